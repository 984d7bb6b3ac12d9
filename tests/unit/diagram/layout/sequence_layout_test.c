/* Properties of every placed sequence diagram: no two texts touch, nothing lies outside of the
 * drawing, no line runs through a text. Tried on diagrams made by chance from fixed seeds and,
 * where it is there, on the corpus of real ones. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/limits.h"
#include "diagram/layout/layout.h"
#include "diagram/scene/sequence.h"
#include "diagram/syntax/syntax.h"
#include "diagram/text/text.h"
#include "time_limit.h"
#include "unit/diagram/layout/sequence_chance.h"

#include <cmocka.h>

#define SEEDS      400
#define TEXTS_MAX  20000
#define TIME_LIMIT 2.0

/* ---- Looking at a scene ---- */

typedef struct Piece {
    Box box;
    const char *what;
    bool is_opaque; /* lines behind it do not matter */
} Piece;

typedef struct Look {
    const Scene *scene;
    Str name; /* of the case, for messages */
    Piece *texts;
    size_t text_count;
    size_t faults;
} Look;

static void fault(Look *look, const char *what, const char *with, Box box) {
    if (look->faults++ < 5)
        print_message("%.*s: %s, %s at %d,%d\n", STR_FMT(look->name), what, with,
                      box.x / COORD_PER_PX, box.y / COORD_PER_PX);
}

static bool overlaps(Box a, Box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

static bool contains(Box outer, Box inner) {
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

static void add_text(Look *look, const char *what, const SceneText *text, bool is_opaque) {
    if (text->block.line_count == 0 || look->text_count == TEXTS_MAX)
        return;
    look->texts[look->text_count++] = (Piece){text->box, what, is_opaque};
    if (!contains((Box){0, 0, look->scene->width, look->scene->height}, text->box))
        fault(look, what, "outside of the drawing", text->box);
}

static void add_texts(Look *look, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->head_count; i++)
        add_text(look, "participant", &scene->heads[i].text, true);
    for (size_t i = 0; i < scene->band_count; i++)
        add_text(look, "box title", &scene->bands[i].title, true);
    for (size_t i = 0; i < scene->note_count; i++) {
        add_text(look, "note", &scene->notes[i].text, true);
        if (!contains(scene->notes[i].box, scene->notes[i].text.box))
            fault(look, "note", "text outside of it", scene->notes[i].box);
    }
    for (size_t i = 0; i < scene->frame_count; i++) {
        const SceneFrame *frame = &scene->frames[i];
        add_text(look, "frame word", &frame->word, true);
        for (size_t k = 0; k < frame->section_count; k++) {
            add_text(look, "section title", &frame->sections[k].title,
                     frame->sections[k].is_backed);
            if (frame->sections[k].title.block.line_count &&
                !contains(frame->box, frame->sections[k].title.box))
                fault(look, "section title", "outside of its frame", frame->box);
        }
    }
    for (size_t i = 0; i < scene->message_count; i++) {
        add_text(look, "message", &scene->messages[i].text, scene->messages[i].is_backed);
        if (scene->messages[i].badge.width)
            look->texts[look->text_count++] = (Piece){scene->messages[i].badge, "number", true};
    }
}

static int compare_pieces(const void *left, const void *right) {
    const Piece *a = left, *b = right;
    return (a->box.y > b->box.y) - (a->box.y < b->box.y);
}

static void check_texts(Look *look) {
    qsort(look->texts, look->text_count, sizeof *look->texts, compare_pieces);
    for (size_t i = 0; i < look->text_count; i++)
        for (size_t k = i + 1; k < look->text_count; k++) {
            const Piece *a = &look->texts[i], *b = &look->texts[k];
            if (b->box.y >= a->box.y + a->box.height)
                break;
            if (overlaps(a->box, b->box))
                fault(look, a->what, b->what, b->box);
        }
}

/* A box that must not lie over or under a text that is not its own. */
static void check_against_texts(Look *look, const char *what, Box box, Box own) {
    for (size_t i = 0; i < look->text_count; i++) {
        const Piece *text = &look->texts[i];
        bool is_own = memcmp(&text->box, &own, sizeof own) == 0;
        if (!is_own && !text->is_opaque && overlaps(box, text->box))
            fault(look, what, text->what, text->box);
    }
}

static void check_boxes(Look *look, const SceneSequence *scene) {
    Box canvas = {0, 0, look->scene->width, look->scene->height};
    for (size_t i = 0; i < scene->frame_count; i++) {
        uint32_t parent = scene->frames[i].parent;
        if (!contains(canvas, scene->frames[i].box))
            fault(look, "frame", "outside of the drawing", scene->frames[i].box);
        if (parent != SEQUENCE_NONE && !contains(scene->frames[parent].box, scene->frames[i].box))
            fault(look, "frame", "outside of the one around it", scene->frames[i].box);
    }
    for (size_t i = 0; i < scene->note_count; i++) {
        if (!contains(canvas, scene->notes[i].box))
            fault(look, "note", "outside of the drawing", scene->notes[i].box);
        check_against_texts(look, "note", scene->notes[i].box, scene->notes[i].text.box);
    }
    for (size_t i = 0; i < scene->head_count; i++) {
        if (!contains(canvas, scene->heads[i].box))
            fault(look, "participant", "outside of the drawing", scene->heads[i].box);
        check_against_texts(look, "participant", scene->heads[i].box, scene->heads[i].text.box);
    }
    for (size_t i = 0; i < scene->bar_count; i++)
        check_against_texts(look, "activation", scene->bars[i], (Box){0, 0, 0, 0});
}

static void check_lines(Look *look, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->lifeline_count; i++) {
        const SceneLifeline *line = &scene->lifelines[i];
        Box box = {line->x, line->top, 1, line->bottom - line->top};
        if (line->bottom <= line->top || line->bottom > look->scene->height)
            fault(look, "lifeline", "of no length", box);
        check_against_texts(look, "lifeline", box, (Box){0, 0, 0, 0});
    }
    Box none = {0, 0, 0, 0};
    for (size_t i = 0; i < scene->message_count; i++) {
        const SceneMessage *message = &scene->messages[i];
        Coord left = message->start.x < message->end.x ? message->start.x : message->end.x;
        Coord right = message->start.x + message->end.x - left;
        if (message->turn == 0)
            check_against_texts(look, "line", (Box){left, message->start.y, right - left, 1}, none);
    }
}

static size_t check_scene(const Scene *scene, Str name, Arena *arena) {
    Look look = {.scene = scene, .name = name};
    look.texts = ARENA_ARRAY(arena, Piece, TEXTS_MAX * 2);
    add_texts(&look, scene->sequence);
    check_texts(&look);
    check_boxes(&look, scene->sequence);
    check_lines(&look, scene->sequence);
    return look.faults;
}

static const Scene *place(Str text, Str name, Arena *arena) {
    static const LayoutOptions options = {.font_size_px = 14, .target_width = COORD_OF_PX(680)};
    bool ok;
    Diags *diags = diags_new(arena);
    Sequence *sequence = syntax_parse_sequence(source_new(arena, name, text), arena, diags, &ok);
    return ok ? layout_sequence(sequence, &options, arena) : NULL;
}

/* ---- Diagrams by chance ---- */

static void test_chance(void **state) {
    (void)state;
    Arena *arena = arena_new();
    size_t faults = 0, drawn = 0;
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        Str name = str_format(arena, "seed %u", seed);
        Str text = chance_sequence(seed, arena);
        const Scene *scene = place(text, name, arena);
        size_t found = scene ? check_scene(scene, name, arena) : 0;
        if (!scene || (found && faults == 0))
            print_message("%.*s\n", STR_FMT(text));
        faults += found;
        drawn += scene != NULL;
        arena_reset(arena);
    }
    arena_free(arena);
    assert_int_equal(drawn, SEEDS);
    assert_int_equal(faults, 0);
}

static void test_corpus(void **state) {
    (void)state;
    const char *root = getenv("DOCSGEN_CORPUS");
    Arena *arena = arena_new(), *tmp = arena_new();
    Fs *fs = fs_open_disk(arena, str_from(root ? root : "../shared/corpus"));
    FsList list = {.arena = arena};
    Str why;
    fs_walk(fs, (FsWalk){.folder = STR("mermaid/sequence")}, &list, &why);
    size_t faults = 0, drawn = 0;
    for (size_t i = 0; i < list.count; i++) {
        FsText text;
        Str path = list.entries[i].path;
        if (!str_ends_with(path, STR(".mmd")))
            continue;
        assert_true(fs_read(fs, path, LIMIT_DIAGRAM_SIZE, tmp, &text));
        const Scene *scene = place(text.content, path, tmp);
        if (scene)
            faults += check_scene(scene, path, tmp);
        drawn += scene != NULL;
        arena_reset(tmp);
    }
    arena_free(tmp);
    arena_free(arena);
    if (drawn == 0)
        skip();
    print_message("# %zu diagrams of the corpus placed\n", drawn);
    assert_int_equal(faults, 0);
}

/* ---- Many and large ---- */

static void test_large(void **state) {
    (void)state;
    static const struct {
        const char *head, *piece, *tail;
        size_t count;
    } rows[] = {
        {"sequenceDiagram\n", "A->>B: hello\n", "", 19000},
        {"sequenceDiagram\n", "A->>+A: hello\n", "", 9000},
        {"sequenceDiagram\n", "loop x\n", "", 0},
        {"sequenceDiagram\nautonumber\n", "A->>B: x\nNote over A,B: y\nA->>A: z\n", "", 6000},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Buf buf = buf_new(arena);
        buf_add_text(&buf, rows[i].head);
        for (size_t k = 0; k < rows[i].count; k++)
            buf_add_text(&buf, rows[i].piece);
        clock_t start = clock();
        const Scene *scene = place(buf_str(&buf), STR("large"), arena);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        assert_non_null(scene);
        assert_true(scene->width > 0 && scene->height > 0);
        if (seconds >= time_limit(TIME_LIMIT))
            print_message("row %zu: %.2f s\n", i, seconds);
        assert_true(seconds < time_limit(TIME_LIMIT));
        arena_reset(arena);
    }
    /* Everybody speaks to everybody: as many pairs of columns as there are messages. */
    Buf buf = buf_new(arena);
    buf_add_text(&buf, "sequenceDiagram\n");
    for (size_t i = 0; i < 15000; i++)
        buf_add_format(&buf, "P%zu->>P%zu: a text of some length\n", i % 4999, i * 7919 % 4999);
    clock_t start = clock();
    assert_non_null(place(buf_str(&buf), STR("wide"), arena));
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    print_message("# 15,000 messages between 4,999 participants: %.2f s\n", seconds);
    assert_true(seconds < time_limit(4 * TIME_LIMIT));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chance),
        cmocka_unit_test(test_corpus),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
