/* The parts of a sequence diagram as SVG. Each kind of part takes one tone of the palette; only
 * backgrounds that authors colour themselves are worked out here. */
#include "base/ban.h"

#include "diagram/scene/sequence.h"

#include "diagram/svg/svg_form.h"

#define PX COORD_PER_PX

#define LINE_WIDTH   (PX * 3 / 2)
#define THIN_WIDTH   PX
#define ARROW_LENGTH (9 * PX)
#define ARROW_HALF   (PX * 42 / 10)
#define POINT_LENGTH (8 * PX)
#define CROSS_ARM    (5 * PX)
#define CROSS_GAP    (5 * PX) /* between a lost message and whom it does not reach */
#define DOT_RADIUS   (4 * PX)
#define FRAME_RADIUS (4 * PX)
#define NOTE_RADIUS  (3 * PX)
#define BAR_RADIUS   (2 * PX)
#define TURN_RADIUS  (7 * PX)
#define MESSAGE_DASH "5 4"
#define SECTION_DASH "6 4"
/* Contrast of text on a background that an author coloured. On paper it may be asked for more than
 * the least: pale colours pass, and strong ones become pale. */
#define CONTRAST_TEXT 650 /* on grounds in an author's colour */
#define CONTRAST_LINE 300
#define BRIGHT_CUT    75 /* percent of a pure colour that is never laid on */

typedef struct Writer {
    Buf *buf;
    const Scene *scene;
    const SvgOptions *options;
} Writer;

static ThemePaint paint_of(const Writer *writer, ThemePart part, const char *name) {
    Str class_name = str_from(name);
    SceneLook look = {.names = {&class_name, *name ? 1 : 0, 1}};
    return theme_resolve(part, 0, &look, writer->options->is_dark);
}

static void open_group(Writer *writer, const char *part, const ThemePaint *paint) {
    svg_open_part(writer->buf, part, paint);
    buf_add_char(writer->buf, '>');
}

static void close_group(Writer *writer) {
    buf_add_text(writer->buf, "</g>\n");
}

static void write_filled_box(Writer *writer, Box box, Coord radius, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<rect");
    svg_classes(buf, paint, "fs");
    svg_colour(buf, "fill", paint->fill);
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    svg_box(buf, box, radius);
    buf_add_text(buf, "/>");
}

/* `<path class="dg-s" fill="none" stroke=".." stroke-width=".."` up to its data. */
static void begin_line(Writer *writer, const ThemePaint *paint, Coord width, const char *dash) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "s");
    buf_add_text(buf, " fill=\"none\"");
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", width);
    if (dash)
        buf_add_format(buf, " stroke-dasharray=\"%s\"", dash);
    buf_add_text(buf, " d=\"");
}

static void end_line(Writer *writer) {
    buf_add_text(writer->buf, "\"/>");
}

static void write_straight(Writer *writer, Point from, Point to) {
    svg_point(writer->buf, 'M', from);
    svg_point(writer->buf, 'L', to);
}

static void write_area(Writer *writer, Box box, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<rect");
    svg_classes(buf, paint, "f");
    svg_colour(buf, "fill", paint->fill);
    svg_box(buf, box, NOTE_RADIUS);
    buf_add_text(buf, "/>");
}

/* What a text needs that lies on an activation. */
static void write_backing(Writer *writer, Box box, const ThemePaint *paint) {
    write_area(writer, (Box){box.x - 2 * PX, box.y, box.width + 4 * PX, box.height}, paint);
}

/* The page itself, on top of what lies there. */
static void write_page(Writer *writer, Box box) {
    ThemePaint paint = paint_of(writer, THEME_EDGE, "");
    open_group(writer, "edge", &paint);
    write_area(writer, box, &paint);
    close_group(writer);
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
    ThemePaint paint = has_color ? paint_of(writer, THEME_EDGE, "")
                                 : theme_resolve(THEME_GROUP, 1, &(SceneLook){.class_count = 0},
                                                 writer->options->is_dark);
    open_group(writer, has_color ? "edge" : "group", &paint);
    Ground ground = canvas();
    if (has_color)
        write_ground(writer, band->box, band->color, &ground);
    else
        write_area(writer, band->box, &paint);
    svg_lines(writer->buf, &band->title, &paint, writer->scene->font_size_px);
    close_group(writer);
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
        ThemePaint paint = paint_of(writer, THEME_GROUP, "");
        /* Two authors' colours on each other could leave no readable text. */
        if (sequence->band_count && frame->parent == SEQUENCE_NONE)
            write_page(writer, frame->box);
        open_group(writer, "group", &paint);
        write_ground(writer, frame->box, frame->color, &grounds[i]);
        write_border(writer, frame->box, &paint);
        close_group(writer);
    }
}

/* ---- Lifelines and activations ---- */

static void write_lifelines(Writer *writer, const SceneSequence *sequence) {
    if (sequence->lifeline_count == 0)
        return;
    ThemePaint paint =
        theme_resolve(THEME_GROUP, 2, &(SceneLook){.class_count = 0}, writer->options->is_dark);
    open_group(writer, "group", &paint);
    begin_line(writer, &paint, THIN_WIDTH * 5 / 4, NULL);
    for (size_t i = 0; i < sequence->lifeline_count; i++) {
        const SceneLifeline *line = &sequence->lifelines[i];
        write_straight(writer, (Point){line->x, line->top}, (Point){line->x, line->bottom});
    }
    end_line(writer);
    close_group(writer);
}

static void write_bars(Writer *writer, const SceneSequence *sequence) {
    if (sequence->bar_count == 0)
        return;
    ThemePaint paint = paint_of(writer, THEME_NODE, "slate");
    paint.stroke_width = THIN_WIDTH;
    open_group(writer, "node", &paint);
    for (size_t i = 0; i < sequence->bar_count; i++)
        write_filled_box(writer, sequence->bars[i], BAR_RADIUS, &paint);
    close_group(writer);
}

static void write_crosses(Writer *writer, const SceneSequence *sequence) {
    if (sequence->cross_count == 0)
        return;
    ThemePaint paint = paint_of(writer, THEME_EDGE, "");
    open_group(writer, "edge", &paint);
    begin_line(writer, &paint, 2 * PX, NULL);
    for (size_t i = 0; i < sequence->cross_count; i++) {
        Point at = sequence->crosses[i];
        Coord arm = CROSS_ARM + PX;
        write_straight(writer, (Point){at.x - arm, at.y - arm}, (Point){at.x + arm, at.y + arm});
        write_straight(writer, (Point){at.x - arm, at.y + arm}, (Point){at.x + arm, at.y - arm});
    }
    end_line(writer);
    close_group(writer);
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
    ThemePaint label = paint_of(writer, THEME_EDGE, "");
    open_group(writer, "group", &paint);
    buf_add_text(buf, "<rect");
    svg_classes(buf, &paint, "s");
    buf_add_text(buf, " fill=\"none\"");
    svg_colour(buf, "stroke", paint.stroke);
    svg_number(buf, "stroke-width", THIN_WIDTH * 5 / 4);
    svg_box(buf, frame->box, FRAME_RADIUS);
    buf_add_text(buf, "/>");
    for (size_t i = 1; i < frame->section_count; i++) {
        Coord y = frame->sections[i].y;
        begin_line(writer, &paint, THIN_WIDTH * 5 / 4, SECTION_DASH);
        write_straight(writer, (Point){frame->box.x, y},
                       (Point){frame->box.x + frame->box.width, y});
        end_line(writer);
    }
    write_tab(writer, frame, &paint);
    svg_lines(buf, &frame->word, &paint, writer->scene->font_size_px);
    close_group(writer);
    open_group(writer, "edge", &label);
    for (size_t i = 0; i < frame->section_count; i++) {
        if (frame->sections[i].is_backed)
            write_backing(writer, frame->sections[i].title.box, &label);
        svg_lines(buf, &frame->sections[i].title, &label, writer->scene->font_size_px);
    }
    close_group(writer);
}

static void write_note(Writer *writer, const SceneNote *note) {
    ThemePaint paint = paint_of(writer, THEME_NODE, "amber");
    paint.stroke_width = THIN_WIDTH;
    open_group(writer, "node", &paint);
    write_filled_box(writer, note->box, NOTE_RADIUS, &paint);
    svg_lines(writer->buf, &note->text, &paint, writer->scene->font_size_px);
    close_group(writer);
}

/* ---- Messages ---- */

/* One end of a message's line. Every line ends flat; it comes from the left or the right. */
typedef struct Tip {
    Point at;
    Coord sign; /* 1: the line comes from the left */
} Tip;

static Point back(Tip tip, Coord length, Coord down) {
    return (Point){tip.at.x - tip.sign * length, tip.at.y + down};
}

static void write_arrow(Writer *writer, Tip tip, const ThemePaint *paint, Coord top, Coord bottom) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    buf_add_text(buf, " d=\"");
    svg_point(buf, 'M', tip.at);
    svg_point(buf, 'L', back(tip, ARROW_LENGTH, -top));
    svg_point(buf, 'L', back(tip, top && bottom ? ARROW_LENGTH * 4 / 5 : ARROW_LENGTH, 0));
    if (bottom)
        svg_point(buf, 'L', back(tip, ARROW_LENGTH, bottom));
    buf_add_text(buf, "Z\"/>");
}

/* The open forms: an angle, or one barb of it. */
static void write_barbs(Writer *writer, Tip tip, const ThemePaint *paint, bool has_top,
                        bool has_bottom) {
    begin_line(writer, paint, LINE_WIDTH, NULL);
    if (has_top)
        write_straight(writer, back(tip, POINT_LENGTH, -CROSS_ARM), tip.at);
    if (has_bottom)
        write_straight(writer, back(tip, POINT_LENGTH, CROSS_ARM), tip.at);
    end_line(writer);
}

static void write_cross(Writer *writer, Tip tip, const ThemePaint *paint) {
    Coord near = CROSS_GAP, far = near + 2 * CROSS_ARM;
    begin_line(writer, paint, 2 * PX, NULL);
    write_straight(writer, back(tip, near, -CROSS_ARM), back(tip, far, CROSS_ARM));
    write_straight(writer, back(tip, near, CROSS_ARM), back(tip, far, -CROSS_ARM));
    end_line(writer);
}

/* What stands at the receiver, and at the sender. */
static void write_heads(Writer *writer, const SceneMessage *message, Tip end, Tip start,
                        const ThemePaint *paint) {
    switch (message->head) {
    case SEQUENCE_HEAD_NONE: break;
    case SEQUENCE_HEAD_BOTH:
        write_arrow(writer, start, paint, ARROW_HALF, ARROW_HALF);
        write_arrow(writer, end, paint, ARROW_HALF, ARROW_HALF);
        break;
    case SEQUENCE_HEAD_ARROW: write_arrow(writer, end, paint, ARROW_HALF, ARROW_HALF); break;
    case SEQUENCE_HEAD_CROSS: write_cross(writer, end, paint); break;
    case SEQUENCE_HEAD_POINT: write_barbs(writer, end, paint, true, true); break;
    case SEQUENCE_HEAD_HALF_TOP: write_arrow(writer, end, paint, ARROW_HALF, 0); break;
    case SEQUENCE_HEAD_HALF_BOTTOM: write_arrow(writer, end, paint, 0, ARROW_HALF); break;
    case SEQUENCE_HEAD_STICK_TOP: write_barbs(writer, end, paint, true, false); break;
    case SEQUENCE_HEAD_STICK_BOTTOM: write_barbs(writer, end, paint, false, true); break;
    case SEQUENCE_HEAD_HALF_TOP_REVERSE: write_arrow(writer, start, paint, ARROW_HALF, 0); break;
    case SEQUENCE_HEAD_HALF_BOTTOM_REVERSE: write_arrow(writer, start, paint, 0, ARROW_HALF); break;
    case SEQUENCE_HEAD_STICK_TOP_REVERSE: write_barbs(writer, start, paint, true, false); break;
    case SEQUENCE_HEAD_STICK_BOTTOM_REVERSE: write_barbs(writer, start, paint, false, true); break;
    case SEQUENCE_HEAD_COUNT: break;
    }
}

/* How far the line stays away from a filled head, so that it does not show through its tip. */
static Coord head_gap(const SceneMessage *message, bool is_end) {
    bool has_arrow =
        message->head == SEQUENCE_HEAD_BOTH || (is_end && message->head == SEQUENCE_HEAD_ARROW);
    bool has_cross = is_end && message->head == SEQUENCE_HEAD_CROSS;
    return has_arrow ? ARROW_LENGTH * 3 / 4 : has_cross ? CROSS_GAP + CROSS_ARM : 0;
}

static void write_message_line(Writer *writer, const SceneMessage *message, Tip end, Tip start,
                               const ThemePaint *paint) {
    Buf *buf = writer->buf;
    Point from = back(start, head_gap(message, false), 0);
    Point to = back(end, head_gap(message, true), 0);
    begin_line(writer, paint, LINE_WIDTH, message->is_dotted ? MESSAGE_DASH : NULL);
    svg_point(buf, 'M', from);
    if (message->turn) {
        Coord far = message->turn, near = far - TURN_RADIUS;
        svg_point(buf, 'L', (Point){near, from.y});
        svg_point(buf, 'Q', (Point){far, from.y});
        svg_point(buf, ' ', (Point){far, from.y + TURN_RADIUS});
        svg_point(buf, 'L', (Point){far, to.y - TURN_RADIUS});
        svg_point(buf, 'Q', (Point){far, to.y});
        svg_point(buf, ' ', (Point){near, to.y});
    }
    svg_point(buf, 'L', to);
    end_line(writer);
}

static void write_dot(Writer *writer, Point at, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<circle");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    svg_number(buf, "cx", at.x);
    svg_number(buf, "cy", at.y);
    svg_number(buf, "r", DOT_RADIUS);
    buf_add_text(buf, "/>");
}

static void write_badge(Writer *writer, const SceneMessage *message, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    if (!message->badge.width)
        return;
    buf_add_text(buf, "<rect");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    svg_box(buf, message->badge, message->badge.height / 2);
    buf_add_text(buf, "/>");
    /* The number has the colour of the page: what an edge's label stands on. */
    const SceneText *number = &message->number;
    buf_add_text(buf, "<text");
    svg_classes(buf, paint, "f");
    svg_colour(buf, "fill", paint->fill);
    buf_add_text(buf, " text-anchor=\"middle\" font-weight=\"600\"");
    svg_number(buf, "font-size", COORD_OF_PX(number->block.size_px));
    svg_number(buf, "x", number->box.x + number->box.width / 2);
    svg_number(buf, "y", number->box.y + number->block.ascent);
    buf_add_char(buf, '>');
    svg_text(buf, number->block.lines[0].runs[0].text);
    buf_add_text(buf, "</text>");
}

static void write_message(Writer *writer, const SceneMessage *message) {
    Buf *buf = writer->buf;
    ThemePaint paint = paint_of(writer, THEME_EDGE, "");
    Coord sign = message->turn || message->end.x < message->start.x ? -1 : 1;
    Tip end = {message->end, sign};
    Tip start = {message->start, message->turn ? -1 : -sign};
    /* Heads stand beside what lies on the lifeline: a number, a dot. */
    Coord before = message->badge.width  ? message->badge.width / 2
                   : message->has_origin ? DOT_RADIUS
                                         : 0;
    start.at = back(start, before, 0);
    if (message->has_dot)
        end.at = back(end, DOT_RADIUS, 0);
    svg_open_part(buf, "edge", &paint);
    svg_attribute(buf, "data-from", message->from);
    svg_attribute(buf, "data-to", message->to);
    svg_edge_ends(buf, writer->scene, writer->options, message->from, message->to);
    buf_add_char(buf, '>');
    write_message_line(writer, message, end, start, &paint);
    write_heads(writer, message, end, start, &paint);
    if (message->has_dot)
        write_dot(writer, message->end, &paint);
    if (message->has_origin)
        write_dot(writer, message->start, &paint);
    if (message->is_backed)
        write_backing(writer, message->text.box, &paint);
    svg_lines(buf, &message->text, &paint, writer->scene->font_size_px);
    write_badge(writer, message, &paint);
    close_group(writer);
}

/* ---- Participants ---- */

static void write_circle(Writer *writer, Point centre, Coord radius, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<circle");
    svg_classes(buf, paint, "fs");
    svg_colour(buf, "fill", paint->fill);
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    svg_number(buf, "cx", centre.x);
    svg_number(buf, "cy", centre.y);
    svg_number(buf, "r", radius);
    buf_add_text(buf, "/>");
}

/* A person: head, body, arms and legs in a figure of 38 px height. */
static void write_person(Writer *writer, Box box, const ThemePaint *paint) {
    Coord x = box.x + box.width / 2, y = box.y;
    begin_line(writer, paint, LINE_WIDTH, NULL);
    write_straight(writer, (Point){x, y + 13 * PX}, (Point){x, y + 25 * PX});
    write_straight(writer, (Point){x - 11 * PX, y + 17 * PX}, (Point){x + 11 * PX, y + 17 * PX});
    write_straight(writer, (Point){x, y + 25 * PX}, (Point){x - 9 * PX, y + 36 * PX});
    write_straight(writer, (Point){x, y + 25 * PX}, (Point){x + 9 * PX, y + 36 * PX});
    end_line(writer);
    write_circle(writer, (Point){x, y + 7 * PX}, 6 * PX, paint);
}

/* The circles of robustness diagrams: with a bar at the left, an arrow on top, a line below. */
static void write_robustness(Writer *writer, ParticipantKind kind, Box box,
                             const ThemePaint *paint) {
    Coord radius = 14 * PX, x = box.x + box.width / 2, y = box.y + 20 * PX;
    Coord left = x - radius, top = y - radius, bottom = y + radius + 2 * PX;
    if (kind == PARTICIPANT_BOUNDARY)
        x += 4 * PX;
    write_circle(writer, (Point){x, y}, radius, paint);
    begin_line(writer, paint, LINE_WIDTH, NULL);
    if (kind == PARTICIPANT_BOUNDARY) {
        Coord bar = left - 5 * PX;
        write_straight(writer, (Point){bar, y - 9 * PX}, (Point){bar, y + 9 * PX});
        write_straight(writer, (Point){bar, y}, (Point){x - radius, y});
    } else if (kind == PARTICIPANT_CONTROL) {
        write_straight(writer, (Point){x + 4 * PX, top - 5 * PX}, (Point){x - 2 * PX, top});
        write_straight(writer, (Point){x - 2 * PX, top}, (Point){x + 4 * PX, top + 5 * PX});
    } else {
        write_straight(writer, (Point){left, bottom}, (Point){left + 2 * radius, bottom});
    }
    end_line(writer);
}

/* A cylinder that lies on its side. */
static void write_queue(Writer *writer, Box box, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    Coord cap = 6 * PX, right = box.x + box.width, bottom = box.y + box.height;
    Coord middle = box.y + box.height / 2;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "fs");
    svg_colour(buf, "fill", paint->fill);
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    buf_add_text(buf, " d=\"");
    svg_point(buf, 'M', (Point){box.x + cap, box.y});
    svg_point(buf, 'L', (Point){right - cap, box.y});
    svg_point(buf, 'Q', (Point){right + cap, middle});
    svg_point(buf, ' ', (Point){right - cap, bottom});
    svg_point(buf, 'L', (Point){box.x + cap, bottom});
    svg_point(buf, 'Q', (Point){box.x - cap, middle});
    svg_point(buf, ' ', (Point){box.x + cap, box.y});
    svg_point(buf, 'M', (Point){right - cap, box.y});
    svg_point(buf, 'Q', (Point){right - 3 * cap, middle});
    svg_point(buf, ' ', (Point){right - cap, bottom});
    end_line(writer);
}

static void write_outline(Writer *writer, const SceneHead *head, const ThemePaint *paint) {
    switch (head->kind) {
    case PARTICIPANT_BOX: svg_outline(writer->buf, SHAPE_RECT, head->box, paint); break;
    case PARTICIPANT_ACTOR: write_person(writer, head->figure, paint); break;
    case PARTICIPANT_BOUNDARY:
    case PARTICIPANT_CONTROL:
    case PARTICIPANT_ENTITY: write_robustness(writer, head->kind, head->figure, paint); break;
    case PARTICIPANT_DATABASE: svg_outline(writer->buf, SHAPE_CYLINDER, head->box, paint); break;
    case PARTICIPANT_COLLECTIONS:
        svg_outline(writer->buf, SHAPE_PROCESSES, head->box, paint);
        break;
    case PARTICIPANT_QUEUE: write_queue(writer, head->box, paint); break;
    case PARTICIPANT_KIND_COUNT: break;
    }
}

static void write_head(Writer *writer, const SceneHead *head) {
    Buf *buf = writer->buf;
    ThemePaint paint = paint_of(writer, THEME_NODE, "");
    svg_open_part(buf, "node", &paint);
    svg_attribute(buf, "data-id", head->id);
    svg_end(buf, writer->scene, writer->options, head->id);
    buf_add_char(buf, '>');
    bool is_link = svg_open_link(buf, writer->options->link_prefix, head->link);
    write_outline(writer, head, &paint);
    /* A figure has its text below it, not in it, hence a group for each. */
    if (head->figure.width)
        open_group(writer, "node", &paint);
    svg_lines(buf, &head->text, &paint, writer->scene->font_size_px);
    if (head->figure.width)
        buf_add_text(buf, "</g>");
    buf_add_text(buf, is_link ? "</a></g>\n" : "</g>\n");
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
        write_message(&writer, &sequence->messages[i]);
    for (size_t i = 0; i < sequence->head_count; i++)
        write_head(&writer, &sequence->heads[i]);
}
