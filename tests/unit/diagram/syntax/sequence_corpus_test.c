/* Reads real sequence diagrams and those of Mermaid's own documents and tests, and compares with
 * what Mermaid 11.17.2 made of them. The corpus is not part of the project: without it the test is
 * skipped. CORPUS_VERBOSE=1 prints every difference. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/limits.h"
#include "data/yaml.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/syntax.h"

#include <cmocka.h>

typedef struct Score {
    size_t count, agreed; /* accepted or refused as Mermaid does */
    size_t models, equal; /* accepted by both; and the same model */
} Score;

typedef struct Case {
    Arena *arena;
    Str path;
    const Sequence *model;
    bool is_equal, is_verbose;
} Case;

static Str text_of(const YamlNode *node, const char *key) {
    const YamlNode *value = yaml_find(node, key);
    return value && value->kind != YAML_NULL ? value->text : STR("");
}

static void differ(Case *one, const char *what, Str expected, Str found) {
    if (one->is_verbose)
        print_message("%.*s: %s: expected \"%.*s\", found \"%.*s\"\n", STR_FMT(one->path), what,
                      STR_FMT(expected), STR_FMT(found));
    one->is_equal = false;
}

static void compare_text(Case *one, const char *what, Str expected, Str found) {
    if (!str_equal(expected, found))
        differ(one, what, expected, found);
}

/* Without spaces and line ends, which HTML does not keep either. */
static Str squeeze(Arena *arena, Str text) {
    Buf buf = buf_new(arena);
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != ' ' && text.data[i] != '\n')
            buf_add_char(&buf, text.data[i]);
    return buf_str(&buf);
}

/* The ground truth is HTML, whose tags and entities are still to be read. */
static Str plain(Arena *arena, Str html) {
    Str text = label_read(html, arena).text;
    if (html.size > 1 && html.data[0] == '"' && str_ends_with(html, STR("\"")))
        text = str_format(arena, "\"%.*s\"", STR_FMT(text));
    return squeeze(arena, text);
}

static void compare_label(Case *one, const char *what, Str expected, Str found) {
    if (!str_equal(plain(one->arena, expected), squeeze(one->arena, found)))
        differ(one, what, expected, found);
}

static Str number_of(Arena *arena, size_t value) {
    return str_format(arena, "%zu", value);
}

static void compare_actors(Case *one, const YamlNode *actors) {
    size_t count = actors ? actors->count : 0;
    if (count != one->model->participant_count) {
        differ(one, "number of participants", number_of(one->arena, count),
               number_of(one->arena, one->model->participant_count));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const YamlNode *expected = actors->values[i];
        const Participant *found = &one->model->participants[i];
        compare_text(one, "id", text_of(expected, "id"), found->id);
        compare_label(one, "label", text_of(expected, "label"), found->label.text);
        compare_text(one, "kind", text_of(expected, "kind"), sequence_kind_name(found->kind));
        Str box = found->box == SEQUENCE_NONE ? STR("") : one->model->boxes[found->box].title.text;
        compare_label(one, "box", text_of(expected, "box"), box);
        const YamlNode *links = yaml_find(expected, "links");
        if ((links ? links->count : 0) != found->link_count)
            differ(one, "number of links", number_of(one->arena, links ? links->count : 0),
                   number_of(one->arena, found->link_count));
    }
}

/* Mermaid's names for arrows, in the order of SequenceHead. */
static const char *const arrow_names[SEQUENCE_HEAD_COUNT][2] = {
    {"SOLID_OPEN", "DOTTED_OPEN"},
    {"SOLID", "DOTTED"},
    {"BIDIRECTIONAL_SOLID", "BIDIRECTIONAL_DOTTED"},
    {"SOLID_CROSS", "DOTTED_CROSS"},
    {"SOLID_POINT", "DOTTED_POINT"},
    {"SOLID_TOP", "SOLID_TOP_DOTTED"},
    {"SOLID_BOTTOM", "SOLID_BOTTOM_DOTTED"},
    {"STICK_TOP", "STICK_TOP_DOTTED"},
    {"STICK_BOTTOM", "STICK_BOTTOM_DOTTED"},
    {"SOLID_ARROW_TOP_REVERSE", "SOLID_ARROW_TOP_REVERSE_DOTTED"},
    {"SOLID_ARROW_BOTTOM_REVERSE", "SOLID_ARROW_BOTTOM_REVERSE_DOTTED"},
    {"STICK_ARROW_TOP_REVERSE", "STICK_ARROW_TOP_REVERSE_DOTTED"},
    {"STICK_ARROW_BOTTOM_REVERSE", "STICK_ARROW_BOTTOM_REVERSE_DOTTED"},
};

static Str frame_name(const SequenceStep *step, Arena *arena) {
    static const char *const names[FRAME_KIND_COUNT] = {"LOOP",     "ALT",      "OPT",   "PAR",
                                                        "PAR_OVER", "CRITICAL", "BREAK", "RECT"};
    const char *name = names[step->frame];
    if (step->kind == STEP_SECTION)
        return step->frame == FRAME_ALT        ? STR("ALT_ELSE")
               : step->frame == FRAME_CRITICAL ? STR("CRITICAL_OPTION")
                                               : STR("PAR_AND");
    if (step->frame == FRAME_PAR_OVER && step->kind == STEP_CLOSE)
        return STR("PAR_END");
    return str_format(arena, "%s%s", name, step->kind == STEP_OPEN ? "_START" : "_END");
}

static Str step_name(const SequenceStep *step, Arena *arena) {
    switch (step->kind) {
    case STEP_MESSAGE: return str_from(arrow_names[step->head][step->is_dotted]);
    case STEP_NOTE: return STR("NOTE");
    case STEP_ACTIVATE: return STR("ACTIVE_START");
    case STEP_DEACTIVATE: return STR("ACTIVE_END");
    case STEP_NUMBER: return STR("AUTONUMBER");
    case STEP_OPEN:
    case STEP_SECTION:
    case STEP_CLOSE: break;
    }
    return frame_name(step, arena);
}

static void compare_numbers(Case *one, const YamlNode *expected, const SequenceStep *step) {
    const YamlNode *visible = yaml_find(expected, "visible");
    if (!visible || visible->is_true != step->is_numbered ||
        (yaml_find(expected, "start") != NULL) != step->has_number)
        differ(one, "autonumber", STR("another"), STR("this"));
}

static void compare_step(Case *one, const YamlNode *expected, const SequenceStep *step) {
    const Sequence *model = one->model;
    compare_text(one, "step", text_of(expected, "kind"), step_name(step, one->arena));
    Str from = step->from == SEQUENCE_NONE ? STR("") : model->participants[step->from].id;
    compare_text(one, "from", text_of(expected, "from"), from);
    Str to = step->to == SEQUENCE_NONE ? STR("") : model->participants[step->to].id;
    if (step->kind != STEP_NOTE || text_of(expected, "to").size)
        compare_text(one, "to", text_of(expected, "to"), to);
    static const char *const places[] = {"OVER", "LEFTOF", "RIGHTOF"};
    if (step->kind == STEP_NOTE)
        compare_text(one, "placement", text_of(expected, "placement"),
                     str_from(places[step->place]));
    if (step->kind == STEP_NUMBER)
        compare_numbers(one, yaml_find(expected, "text"), step);
    else
        compare_label(one, "text", text_of(expected, "text"), step->text.text);
}

static bool compare_model(Case *one, const YamlNode *truth) {
    one->is_equal = true;
    compare_actors(one, yaml_find(truth, "actors"));
    const YamlNode *messages = yaml_find(truth, "messages");
    size_t next = 0;
    for (size_t i = 0; messages && i < messages->count; i++) {
        /* The dots of `()` are steps of their own to Mermaid. */
        if (str_starts_with(text_of(messages->values[i], "kind"), STR("CENTRAL")))
            continue;
        if (next < one->model->step_count)
            compare_step(one, messages->values[i], &one->model->steps[next]);
        next++;
    }
    if (next != one->model->step_count)
        differ(one, "number of steps", number_of(one->arena, next),
               number_of(one->arena, one->model->step_count));
    return one->is_equal;
}

static void print_findings(const Case *one, const Diags *diags) {
    for (size_t i = 0; one->is_verbose && i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        Place place = span_place(diag->at);
        print_message("  %.*s:%u:%u: %.*s (%.*s)\n", STR_FMT(one->path), place.line, place.column,
                      STR_FMT(diag->message), STR_FMT(diag->hint));
    }
}

static Str read_file(Fs *fs, Str path, Arena *arena) {
    FsText text;
    assert_true(fs_read(fs, path, LIMIT_YAML_SIZE, arena, &text));
    return text.content;
}

static void score_case(Fs *fs, Case *one, Score *score) {
    Diags *diags = diags_new(one->arena);
    Str json_path = str_format(one->arena, "%.*s.json", (int)one->path.size - 4, one->path.data);
    Source *json = source_new(one->arena, json_path, read_file(fs, json_path, one->arena));
    const YamlNode *truth =
        yaml_parse(span_of(json, 0, json->text.size), DIAG_DATA_SYNTAX, one->arena, diags);
    assert_non_null(truth);
    bool should_accept = yaml_find(truth, "accepted")->is_true;

    Source *source = source_new(one->arena, one->path, read_file(fs, one->path, one->arena));
    bool ok;
    one->model = syntax_parse_sequence(source, one->arena, diags, &ok);
    score->count++;
    score->agreed += ok == should_accept;
    if (ok != should_accept || getenv("CORPUS_FINDINGS")) {
        if (one->is_verbose)
            print_message("%.*s: should be %s\n", STR_FMT(one->path),
                          should_accept ? "accepted" : "refused");
        print_findings(one, diags);
    }
    if (ok && should_accept) {
        score->models++;
        score->equal += compare_model(one, yaml_find(truth, "semantic"));
    }
}

static void assert_percent(const char *what, size_t part, size_t whole, double least) {
    double percent = whole ? 100.0 * (double)part / (double)whole : 0;
    print_message("# %s: %zu of %zu (%.2f %%)\n", what, part, whole, percent);
    assert_true(percent >= least);
}

/* Group 1: real documents and Mermaid's own; group 2: probes written to try the grammar. */
static void test_agreement(void **state) {
    (void)state;
    const char *root = getenv("DOCSGEN_CORPUS");
    Arena *arena = arena_new(), *tmp = arena_new();
    Fs *fs = fs_open_disk(arena, str_from(root ? root : "../shared/corpus"));
    FsText text;
    if (!fs_read(fs, STR("mermaid/index.tsv"), LIMIT_YAML_SIZE, arena, &text)) {
        arena_free(tmp);
        arena_free(arena);
        skip();
    }
    Score scores[2] = {{0}, {0}};
    Str index = text.content;
    str_cut_line(&index);
    while (index.data) {
        Str line = str_cut_line(&index);
        Str file = str_cut(&line, '\t'), origin = str_cut(&line, '\t');
        if (!str_starts_with(file, STR("sequence/")))
            continue;
        Case one = {.arena = tmp, .is_verbose = getenv("CORPUS_VERBOSE")};
        one.path = str_format(arena, "mermaid/%.*s.mmd", STR_FMT(file));
        score_case(fs, &one, &scores[str_equal(origin, STR("probe"))]);
        arena_reset(tmp);
    }
    assert_percent("real and Mermaid's own: accepted or refused alike", scores[0].agreed,
                   scores[0].count, 99.5);
    assert_percent("real and Mermaid's own: same model", scores[0].equal, scores[0].models, 99.0);
    assert_percent("probes: accepted or refused alike", scores[1].agreed, scores[1].count, 99.5);
    assert_percent("probes: same model", scores[1].equal, scores[1].models, 99.0);
    arena_free(tmp);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_agreement)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
