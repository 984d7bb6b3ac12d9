/* A sequence diagram placed: columns from the texts between them, rows from the steps, then heads
 * and boxes around both. Nothing is searched for, so the time is that of reading the steps. */
#include "base/ban.h"

#include "diagram/layout/layout.h"
#include "diagram/layout/sequence_plan.h"
#include "diagram/scene/shape.h"
#include "diagram/scene/shift.h"

#define MARGIN         COORD_OF_PX(8)
#define DEFAULT_WIDTH  COORD_OF_PX(800)
#define TALL           COORD_OF_PX(440) /* from here on the participants are repeated below */
#define FIGURE_HEIGHT  COORD_OF_PX(38)
#define BAND_TITLE_GAP COORD_OF_PX(6)
#define BAND_TEXT_MAX  COORD_OF_PX(240)

/* Texts are broken at about so many ems; the narrower ones are tried while that still helps. */
static const int text_ems[] = {24, 18, 14};

/* Heads above stand on one line, heads below hang from one. `height` is that of the tallest. */
static void add_heads(SequencePlan *plan, Coord top, Coord height, bool is_top) {
    for (size_t i = 0; i < plan->column_count; i++) {
        SequenceColumn *column = &plan->columns[i];
        if (is_top ? column->is_created : column->is_ended || column->top < 0)
            continue;
        sequence_add_head(plan, column, is_top ? top + height - column->height : top);
        if (is_top)
            column->top = top + height;
    }
}

void sequence_add_head(SequencePlan *plan, SequenceColumn *column, Coord top) {
    const Participant *participant = &plan->model->participants[column->participant];
    SceneHead *head = &plan->scene->heads[plan->scene->head_count++];
    Coord x = column->x - column->width / 2, height = column->text.height;
    *head = (SceneHead){.id = participant->id,
                        .kind = participant->kind,
                        .box = {x, top, column->width, column->height},
                        .is_first = column->top < 0};
    Box room = shape_text_box(sequence_shape(participant->kind), head->box);
    if (column->figure_width) {
        head->figure =
            (Box){column->x - column->figure_width / 2, top, column->figure_width, FIGURE_HEIGHT};
        room = (Box){x, top + column->height - height, column->width, height};
    }
    head->text.block = column->text;
    head->text.box = (Box){room.x + (room.width - column->text.width) / 2,
                           room.y + (room.height - height) / 2, column->text.width, height};
    if (participant->link_count && head->is_first)
        head->link = participant->links[0].url;
}

/* ---- Boxes around participants ---- */

static Coord measure_bands(SequencePlan *plan) {
    const Sequence *model = plan->model;
    Coord title = 0;
    plan->scene->bands = ARENA_ARRAY(plan->arena, SceneBand, model->box_count);
    plan->scene->band_count = model->box_count;
    for (size_t i = 0; i < model->box_count; i++) {
        SceneBand *band = &plan->scene->bands[i];
        TextStyle style = {
            .face = TEXT_BOLD, .size_px = plan->size_px * 12 / 14, .max_width = BAND_TEXT_MAX};
        band->color = model->boxes[i].color;
        band->title.block = text_layout(model->boxes[i].title.text, style, plan->arena);
        title = seq_most(title, band->title.block.height);
    }
    if (model->box_count == 0)
        return 0;
    return SEQ_BAND_PAD + (title ? title + BAND_TITLE_GAP : 0);
}

/* A box that nobody stands in is not drawn. */
static void place_bands(SequencePlan *plan, Coord top, Coord bottom) {
    SceneSequence *scene = plan->scene;
    size_t kept = 0;
    for (uint32_t i = 0; i < plan->model->box_count; i++) {
        SceneBand band = scene->bands[i];
        bool is_empty = true;
        Coord left = 0, right = 0;
        for (size_t k = 0; k < plan->column_count; k++) {
            const SequenceColumn *column = &plan->columns[k];
            if (plan->model->participants[column->participant].box != i)
                continue;
            Coord edge = column->x + column->width / 2;
            left = is_empty ? column->x - column->width / 2
                            : seq_least(left, column->x - column->width / 2);
            right = is_empty ? edge : seq_most(right, edge);
            is_empty = false;
        }
        if (is_empty)
            continue;
        TextBlock *title = &band.title.block;
        Coord middle = left + (right - left) / 2;
        Coord width = seq_most(right - left, title->width) + 2 * SEQ_BAND_PAD;
        band.box = (Box){middle - width / 2, top, width, bottom - top + SEQ_BAND_PAD};
        band.title.box = (Box){middle - title->width / 2, top + SEQ_BAND_PAD / 2 + COORD_PER_PX,
                               title->width, title->height};
        scene->bands[kept++] = band;
    }
    scene->band_count = kept;
}

/* ---- The whole ---- */

typedef struct Extent {
    Coord left, right;
} Extent;

static void extend(Extent *extent, Box box) {
    extent->left = seq_least(extent->left, box.x);
    extent->right = seq_most(extent->right, box.x + box.width);
}

static Extent find_extent(const SceneSequence *scene) {
    Extent extent = {INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < scene->head_count; i++) {
        extend(&extent, scene->heads[i].box);
        extend(&extent, scene->heads[i].text.box);
    }
    for (size_t i = 0; i < scene->band_count; i++)
        extend(&extent, scene->bands[i].box);
    for (size_t i = 0; i < scene->frame_count; i++)
        extend(&extent, scene->frames[i].box);
    for (size_t i = 0; i < scene->note_count; i++)
        extend(&extent, scene->notes[i].box);
    for (size_t i = 0; i < scene->bar_count; i++)
        extend(&extent, scene->bars[i]);
    for (size_t i = 0; i < scene->message_count; i++) {
        const SceneMessage *message = &scene->messages[i];
        if (message->text.block.line_count)
            extend(&extent, message->text.box);
        if (message->badge.width)
            extend(&extent, message->badge);
        if (message->turn)
            extend(&extent, (Box){message->turn, 0, 0, 0});
    }
    return extent.left > extent.right ? (Extent){0, 0} : extent;
}

static Scene *finish(SequencePlan *plan, Coord bottom) {
    Scene *scene = ARENA_NEW(plan->arena, Scene);
    Extent extent = find_extent(plan->scene);
    scene->width = extent.right - extent.left + 2 * MARGIN;
    scene->height = bottom + MARGIN;
    scene->font_size_px = plan->size_px;
    scene->title = plan->model->title;
    scene->description = plan->model->description;
    scene->role_word = STR("Sequence diagram");
    scene->sequence = plan->scene;
    scene_shift(scene, (Point){MARGIN - extent.left, 0});
    return scene;
}

static Scene *place(const Sequence *model, int size_px, Coord text_max, Arena *arena) {
    SequencePlan plan = {.model = model, .arena = arena, .size_px = size_px, .text_max = text_max};
    plan.columns = ARENA_ARRAY(arena, SequenceColumn, model->participant_count);
    plan.column_of = ARENA_ARRAY(arena, uint32_t, model->participant_count);
    plan.steps = ARENA_ARRAY(arena, SequenceMeasure, model->step_count);
    plan.scene = ARENA_NEW(arena, SceneSequence);
    plan.scene->heads = ARENA_ARRAY(arena, SceneHead, 2 * model->participant_count);
    sequence_measure(&plan);
    Coord top = MARGIN + measure_bands(&plan), heads_height = 0;
    for (size_t i = 0; i < plan.column_count; i++)
        if (!plan.columns[i].is_created)
            heads_height = seq_most(heads_height, plan.columns[i].height);
    sequence_place_columns(&plan);
    sequence_widen_texts(&plan);
    add_heads(&plan, top, heads_height, true);
    Coord bottom = sequence_place_rows(&plan, top + heads_height);
    if (bottom - top > TALL) {
        add_heads(&plan, bottom, heads_height, false);
        for (size_t i = 0; i < plan.column_count; i++)
            if (!plan.columns[i].is_ended)
                heads_height = seq_most(heads_height, plan.columns[i].height);
        bottom += heads_height;
    }
    place_bands(&plan, MARGIN, bottom);
    if (plan.scene->band_count)
        bottom += SEQ_BAND_PAD;
    return finish(&plan, bottom);
}

Scene *layout_sequence(const Sequence *sequence, const LayoutOptions *options, Arena *arena) {
    int size_px = options->font_size_px ? options->font_size_px : 16;
    Coord target = options->target_width ? options->target_width : DEFAULT_WIDTH;
    Scene *best = NULL;
    for (size_t i = 0; i < sizeof text_ems / sizeof *text_ems; i++) {
        if (best && best->width <= target)
            break;
        Coord text_max = COORD_OF_PX(size_px * 13 / 14 * text_ems[i]);
        Scene *scene = place(sequence, size_px, text_max, arena);
        if (!best || scene->width < best->width / 100 * 92)
            best = scene;
    }
    return best;
}
