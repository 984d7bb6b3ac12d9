/* A sequence diagram as SVG, from the back to the front. Each kind of part takes one tone of the
 * palette; only backgrounds that authors colour themselves are worked out here. */
#include "base/ban.h"

#include "diagram/svg/sequence_write.h"

#define CROSS_ARM    (5 * PX)
#define FRAME_RADIUS (4 * PX)
#define NOTE_RADIUS  (3 * PX)
#define BAR_RADIUS   (2 * PX)
#define SECTION_DASH "6 4"
/* Contrast of text on a background that an author coloured. On paper it may be asked for more than
 * the least: pale colours pass, and strong ones become pale. */
#define CONTRAST_TEXT 650 /* on grounds in an author's colour */
#define CONTRAST_LINE 300
#define BRIGHT_CUT    75 /* percent of a pure colour that is never laid on */

/* The page itself, on top of what lies there. */
static void write_page(Writer *writer, Box box) {
    ThemePaint paint = writer_paint(writer, THEME_EDGE, "");
    writer_open(writer, "edge", &paint);
    writer_area(writer, box, &paint);
    writer_close(writer);
}

/* ---- Backgrounds ---- */

/* What lies behind a text: in the light theme and in the dark one. */
typedef struct Ground {
    Color color[2];
} Ground;

static Color mix(Color under, Color over, int percent) {
    return (Color){(uint8_t)((under.red * (100 - percent) + over.red * percent + 50) / 100),
                   (uint8_t)((under.green * (100 - percent) + over.green * percent + 50) / 100),
                   (uint8_t)((under.blue * (100 - percent) + over.blue * percent + 50) / 100), 255};
}

/* What lies behind a text when `color` was laid on `ground`, with the theme's veil over it. */
static Color washed(const Ground *ground, Color color, int percent, bool is_dark) {
    Color veil = theme_veil(is_dark);
    return mix(mix(ground->color[is_dark], color, percent), veil, veil.alpha * 100 / 255);
}

static bool is_readable_on(Color ground, bool is_dark) {
    ThemePaint paint = theme_resolve(THEME_EDGE, 0, &(SceneLook){.class_count = 0}, is_dark);
    return color_contrast(paint.text, ground) >= CONTRAST_TEXT &&
           color_contrast(paint.stroke, ground) >= CONTRAST_LINE;
}

/* The same markup serves both themes, so an author's colour is laid on so thin that texts and lines
 * stay readable on it in either: as thick as that allows, and no thicker than asked for. Bright
 * colours are thinner still, so that they stay behind the messages. In the dark theme a veil makes
 * it thinner again, else pale colours would shine. Gives the percentage, and what then lies behind.
 */
static int wash(Color color, Ground *ground) {
    int high = color.red > color.green ? color.red : color.green;
    int low = color.red < color.green ? color.red : color.green;
    high = high > color.blue ? high : color.blue;
    low = low < color.blue ? low : color.blue;
    int percent = color.alpha * 100 / 255, most = 100 - (high - low) * BRIGHT_CUT / 255;
    percent = percent < most ? percent : most;
    while (percent > 0 && (!is_readable_on(washed(ground, color, percent, false), false) ||
                           !is_readable_on(washed(ground, color, percent, true), true)))
        percent -= 5;
    percent = percent > 0 ? percent : 0;
    for (int dark = 0; dark < 2; dark++)
        ground->color[dark] = washed(ground, color, percent, dark);
    return percent;
}

/* A box in an author's colour, or in none. */
static void write_ground(Writer *writer, Box box, Str text, Ground *ground) {
    Buf *buf = writer->buf;
    Color color = {0, 0, 0, 0};
    if (!text.size || !color_parse(text, &color) || !color.alpha)
        return;
    int percent = wash(color, ground);
    color.alpha = 255;
    buf_add_text(buf, "<rect");
    svg_colour(buf, "fill", color);
    buf_add_text(buf, " fill-opacity=\"");
    buf_add_fixed(buf, percent, 100, 2);
    buf_add_char(buf, '"');
    svg_box(buf, box, FRAME_RADIUS);
    buf_add_text(buf, "/><rect class=\"dg-veil\"");
    svg_colour(buf, "fill", theme_veil(writer->options->is_dark));
    svg_box(buf, box, FRAME_RADIUS);
    buf_add_text(buf, "/>");
}

/* A border of the palette, for colours that are too pale to be seen. */
static void write_border(Writer *writer, Box box, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<rect");
    svg_classes(buf, paint, "s");
    buf_add_text(buf, " fill=\"none\"");
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", THIN_WIDTH);
    svg_box(buf, box, FRAME_RADIUS);
    buf_add_text(buf, "/>");
}

static Ground canvas(void) {
    return (Ground){{theme_canvas(false), theme_canvas(true)}};
}

/* Boxes have no border: texts of messages between their members and others would cross it. */
static void write_band(Writer *writer, const SceneBand *band) {
    /* An author's colour is thin enough for the texts of messages, so the title takes theirs. */
    bool has_color = band->color.size > 0;
    ThemePaint paint = has_color ? writer_paint(writer, THEME_EDGE, "")
                                 : theme_resolve(THEME_GROUP, 1, &(SceneLook){.class_count = 0},
                                                 writer->options->is_dark);
    writer_open(writer, has_color ? "edge" : "group", &paint);
    Ground ground = canvas();
    if (has_color)
        write_ground(writer, band->box, band->color, &ground);
    else
        writer_area(writer, band->box, &paint);
    svg_lines(writer->buf, &band->title, &paint, writer->scene->font_size_px);
    writer_close(writer);
}

/* Rects lie behind everything; a rect within another one lies on that one's colour. */
static void write_rects(Writer *writer, const SceneSequence *sequence) {
    Buf *buf = writer->buf;
    Arena *arena = buf->arena;
    Ground *grounds = ARENA_ARRAY(arena, Ground, sequence->frame_count);
    for (size_t i = 0; i < sequence->frame_count; i++) {
        const SceneFrame *frame = &sequence->frames[i];
        grounds[i] = frame->parent == SEQUENCE_NONE ? canvas() : grounds[frame->parent];
        if (frame->kind != FRAME_RECT)
            continue;
        ThemePaint paint = writer_paint(writer, THEME_GROUP, "");
        /* Two authors' colours on each other could leave no readable text. */
        if (sequence->band_count && frame->parent == SEQUENCE_NONE)
            write_page(writer, frame->box);
        writer_open(writer, "group", &paint);
        write_ground(writer, frame->box, frame->color, &grounds[i]);
        write_border(writer, frame->box, &paint);
        writer_close(writer);
    }
}

/* ---- Lifelines and activations ---- */

static void write_lifelines(Writer *writer, const SceneSequence *sequence) {
    if (sequence->lifeline_count == 0)
        return;
    ThemePaint paint =
        theme_resolve(THEME_GROUP, 2, &(SceneLook){.class_count = 0}, writer->options->is_dark);
    writer_open(writer, "group", &paint);
    writer_begin_line(writer, &paint, THIN_WIDTH * 5 / 4, NULL);
    for (size_t i = 0; i < sequence->lifeline_count; i++) {
        const SceneLifeline *line = &sequence->lifelines[i];
        writer_straight(writer, (Point){line->x, line->top}, (Point){line->x, line->bottom});
    }
    writer_end_line(writer);
    writer_close(writer);
}

static void write_bars(Writer *writer, const SceneSequence *sequence) {
    if (sequence->bar_count == 0)
        return;
    ThemePaint paint = writer_paint(writer, THEME_NODE, "slate");
    paint.stroke_width = THIN_WIDTH;
    writer_open(writer, "node", &paint);
    for (size_t i = 0; i < sequence->bar_count; i++)
        writer_box(writer, sequence->bars[i], BAR_RADIUS, &paint);
    writer_close(writer);
}

static void write_crosses(Writer *writer, const SceneSequence *sequence) {
    if (sequence->cross_count == 0)
        return;
    ThemePaint paint = writer_paint(writer, THEME_EDGE, "");
    writer_open(writer, "edge", &paint);
    writer_begin_line(writer, &paint, 2 * PX, NULL);
    for (size_t i = 0; i < sequence->cross_count; i++) {
        Point at = sequence->crosses[i];
        Coord arm = CROSS_ARM + PX;
        writer_straight(writer, (Point){at.x - arm, at.y - arm}, (Point){at.x + arm, at.y + arm});
        writer_straight(writer, (Point){at.x - arm, at.y + arm}, (Point){at.x + arm, at.y - arm});
    }
    writer_end_line(writer);
    writer_close(writer);
}

/* ---- Frames and notes ---- */

/* The tab's lower right corner is cut, as in UML. */
static void write_tab(Writer *writer, const SceneFrame *frame, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    Box tab = frame->tab;
    Coord right = tab.x + tab.width, bottom = tab.y + tab.height, cut = 6 * PX;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "fs");
    svg_colour(buf, "fill", paint->fill);
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    buf_add_text(buf, " d=\"");
    svg_point(buf, 'M', (Point){tab.x, tab.y + FRAME_RADIUS});
    svg_point(buf, 'Q', (Point){tab.x, tab.y});
    svg_point(buf, ' ', (Point){tab.x + FRAME_RADIUS, tab.y});
    svg_point(buf, 'L', (Point){right, tab.y});
    svg_point(buf, 'L', (Point){right, bottom - cut});
    svg_point(buf, 'L', (Point){right - cut, bottom});
    svg_point(buf, 'L', (Point){tab.x, bottom});
    buf_add_text(buf, "Z\"/>");
}

static void write_frame(Writer *writer, const SceneFrame *frame) {
    if (frame->kind == FRAME_RECT)
        return;
    Buf *buf = writer->buf;
    ThemePaint paint =
        theme_resolve(THEME_GROUP, 2, &(SceneLook){.class_count = 0}, writer->options->is_dark);
    ThemePaint label = writer_paint(writer, THEME_EDGE, "");
    writer_open(writer, "group", &paint);
    buf_add_text(buf, "<rect");
    svg_classes(buf, &paint, "s");
    buf_add_text(buf, " fill=\"none\"");
    svg_colour(buf, "stroke", paint.stroke);
    svg_number(buf, "stroke-width", THIN_WIDTH * 5 / 4);
    svg_box(buf, frame->box, FRAME_RADIUS);
    buf_add_text(buf, "/>");
    for (size_t i = 1; i < frame->section_count; i++) {
        Coord y = frame->sections[i].y;
        writer_begin_line(writer, &paint, THIN_WIDTH * 5 / 4, SECTION_DASH);
        writer_straight(writer, (Point){frame->box.x, y},
                        (Point){frame->box.x + frame->box.width, y});
        writer_end_line(writer);
    }
    write_tab(writer, frame, &paint);
    svg_lines(buf, &frame->word, &paint, writer->scene->font_size_px);
    writer_close(writer);
    writer_open(writer, "edge", &label);
    for (size_t i = 0; i < frame->section_count; i++) {
        if (frame->sections[i].is_backed)
            writer_backing(writer, frame->sections[i].title.box, &label);
        svg_lines(buf, &frame->sections[i].title, &label, writer->scene->font_size_px);
    }
    writer_close(writer);
}

static void write_note(Writer *writer, const SceneNote *note) {
    ThemePaint paint = writer_paint(writer, THEME_NODE, "amber");
    paint.stroke_width = THIN_WIDTH;
    writer_open(writer, "node", &paint);
    writer_box(writer, note->box, NOTE_RADIUS, &paint);
    svg_lines(writer->buf, &note->text, &paint, writer->scene->font_size_px);
    writer_close(writer);
}

void svg_sequence(Buf *buf, const Scene *scene, const SvgOptions *options) {
    Writer writer = {buf, scene, options};
    const SceneSequence *sequence = scene->sequence;
    for (size_t i = 0; i < sequence->band_count; i++)
        write_band(&writer, &sequence->bands[i]);
    write_rects(&writer, sequence);
    write_lifelines(&writer, sequence);
    write_bars(&writer, sequence);
    for (size_t i = 0; i < sequence->frame_count; i++)
        write_frame(&writer, &sequence->frames[i]);
    write_crosses(&writer, sequence);
    for (size_t i = 0; i < sequence->note_count; i++)
        write_note(&writer, &sequence->notes[i]);
    for (size_t i = 0; i < sequence->message_count; i++)
        writer_message(&writer, &sequence->messages[i]);
    for (size_t i = 0; i < sequence->head_count; i++)
        writer_head(&writer, &sequence->heads[i]);
}
