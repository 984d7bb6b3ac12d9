#include "base/ban.h"

#include "site/card.h"

#include "base/escape.h"
#include "base/utf8.h"
#include "diagram/text/text.h"
#include "raster/palette.h"
#include "site/links.h"

#define MARGIN     64
#define PANEL_TOP  56
#define PANEL_PAD  32
#define MARK_SIZE  44
#define SIDE_LEFT  612  /* of the panel beside the title */
#define BELOW_TOP  292  /* of the panel below the title */
#define CORNER     22   /* radius of the panel */
#define SCALE_UNIT 1024 /* scales are fractions of it */

/* A label of a diagram is 14 px, and previews show a card at half its size. A diagram is shown
 * whole down to a scale where its labels can just be read; a larger one is cut instead, at a scale
 * where they are read with ease. */
#define SCALE_WHOLE (SCALE_UNIT * 70 / 100)
#define SCALE_CUT   (SCALE_UNIT * 90 / 100)
#define SCALE_MOST  (SCALE_UNIT * 175 / 100)

/* A drawing that takes longer than a whole site of cards is left out. */
#define DRAWING_MOST ((size_t)256 << 10)

#define COLOR_BACK    "#f2f5fc"
#define COLOR_SHAPE   "#e4eafa"
#define COLOR_PANEL   "#ffffff"
#define COLOR_LINE    "#d5dcec"
#define COLOR_HEADING "#10151f"
#define COLOR_MUTED   "#566072"
#define COLOR_ACCENT  "#3451d1"

bool card_is_made(const Site *site, const Page *page) {
    return site->config->url.size && site->config->has_cards && !page->is_generated;
}

Str card_path(const Page *page, Arena *arena) {
    return str_format(arena, "cards/%.*s.png", STR_FMT(page_stem(page)));
}

static Str site_name(const Site *site) {
    const Page *home = site_find_page(site, STR("index.html"));
    Str title = site->config->title;
    return title.size ? title : home ? home->title : STR("");
}

/* The title of the part of the navigation that the page stands in; empty at the top. */
static Str section_name(const Page *page) {
    const NavEntry *parent = page->nav ? page->nav->parent : NULL;
    return parent && parent->parent ? parent->title : STR("");
}

Str card_words(const Site *site, const Page *page, Arena *arena) {
    Buf out = buf_new(arena);
    Str name = site_name(site), section = section_name(page);
    buf_add(&out, page->title);
    if (section.size)
        buf_add_format(&out, ", %.*s", STR_FMT(section));
    if (name.size && !str_equal(name, page->title))
        buf_add_format(&out, " - %.*s", STR_FMT(name));
    return buf_str(&out);
}

/* ---- which diagram ---- */

static const SiteDiagram *diagram_of_image(const Site *site, const Page *page, const MdNode *node,
                                           Arena *arena) {
    Target target = link_target(site, link_from(page, node), node->url, arena);
    const SiteFile *file = target.kind == TARGET_FILE ? site_find_file(site, target.path) : NULL;
    return file && file->kind == FILE_DIAGRAM ? file->part : NULL;
}

static bool is_drawn(const SiteDiagram *diagram) {
    return diagram && diagram->diagram && diagram->diagram->is_drawn;
}

const SiteDiagram *card_find_diagram(const Site *site, const Page *page, Arena *arena) {
    if (page->tracker && is_drawn(&page->tracker->graph))
        return &page->tracker->graph; /* its dashboard comes first */
    size_t fence = 0;
    if (!page->doc) {
        /* Its tree is gone, so it shows no images. */
        while (fence < page->fence_count && !is_drawn(&page->fences[fence]))
            fence++;
        return fence < page->fence_count ? &page->fences[fence] : NULL;
    }
    if (page->doc->link_count == 0 && page->fence_count == 0)
        return NULL;
    for (const MdNode *node = page->doc->root; node; node = md_next(page->doc->root, node)) {
        const SiteDiagram *diagram = NULL;
        if (node->kind == MD_IMAGE)
            diagram = diagram_of_image(site, page, node, arena);
        else if (node->kind == MD_CODE_BLOCK && node->is_fenced && fence < page->fence_count &&
                 str_equal(str_trim(node->title), STR("mermaid")))
            diagram = &page->fences[fence++];
        if (is_drawn(diagram))
            return diagram;
    }
    return NULL;
}

/* ---- text ---- */

static bool is_pictograph(uint32_t c) {
    bool is_selector = c >= 0xFE00 && c <= 0xFE0F;
    bool is_tag = c >= 0xE0020 && c <= 0xE007F;
    return (c >= 0x1F000 && c <= 0x1FBFF) || is_selector || is_tag || c == 0x20E3;
}

/* What can be drawn: pictographs are left out, lest a card need a font of its own for decoration,
 * and so is what no font has, which would be drawn as empty boxes. */
static Str drawable(Str text, Arena *arena) {
    Buf out = buf_new(arena);
    bool was_left_out = false;
    while (text.size) {
        uint32_t c = utf8_take(&text);
        bool is_joiner = c == 0x200D;
        bool is_kept = c < 0x7F ? c >= ' ' || c == '\t' || c == '\n'
                                : !is_pictograph(c) && !(is_joiner && was_left_out) &&
                                      (utf8_columns(c) == 0 || raster_has_letter(c));
        was_left_out = !is_kept;
        if (is_kept)
            utf8_add(&out, c < ' ' ? ' ' : c);
    }
    return str_trim(buf_str(&out));
}

/* Is the first letter with a direction Hebrew or Arabic? */
static bool is_right_to_left(Str text) {
    while (text.size) {
        uint32_t c = utf8_take(&text);
        bool is_right = (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
                        (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
                        (c >= 0x1E800 && c <= 0x1EFFF);
        if (is_right)
            return true;
        if (utf8_is_word(c) && !(c >= '0' && c <= '9'))
            return false;
    }
    return false;
}

/* A piece of text on the card, broken into lines. */
typedef struct CardText {
    Str text;
    TextFace face;
    int size_px, line_px; /* letters; from one baseline to the next */
    int width_px;         /* room for a line */
    size_t lines_most;
    const char *color;
} CardText;

static TextBlock lay_out(const CardText *text, Arena *arena) {
    TextStyle style = {
        .face = text->face, .size_px = text->size_px, .max_width = COORD_OF_PX(text->width_px)};
    return text_layout(text->text, style, arena);
}

/* Does a word have to be broken? */
static bool has_long_word(const CardText *text) {
    Str rest = text->text;
    while (rest.size) {
        Str word = str_cut(&rest, ' ');
        if (text_width(word, text->face, text->size_px) > COORD_OF_PX(text->width_px))
            return true;
    }
    return false;
}

/* The largest of the sizes in which the text fits; the last one when it fits in none. */
static void fit_size(CardText *text, const int *sizes, size_t count, Arena *arena) {
    for (size_t i = 0; i < count; i++) {
        text->size_px = sizes[i];
        text->line_px = sizes[i] * 6 / 5;
        if (!has_long_word(text) && lay_out(text, arena).line_count <= text->lines_most)
            return;
    }
}

static Str line_text(const TextLine *line, Arena *arena) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < line->run_count; i++)
        buf_add(&out, line->runs[i].text);
    return str_trim(buf_str(&out));
}

/* The line with an ellipsis behind as much of it as has room. */
static Str shorten(const CardText *text, Str line, Arena *arena) {
    static const Str ellipsis = {"…", 3};
    Coord room = COORD_OF_PX(text->width_px) - text_width(ellipsis, text->face, text->size_px);
    while (line.size && text_width(line, text->face, text->size_px) > room) {
        line.size--;
        while (line.size && ((unsigned char)line.data[line.size] & 0xC0) == 0x80)
            line.size--; /* the rest of a letter */
    }
    return str_format(arena, "%.*s…", STR_FMT(str_trim(line)));
}

static void add_line(const CardText *text, Str line, int x, int y, Buf *out) {
    bool is_right = is_right_to_left(text->text);
    buf_add_format(
        out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" font-weight=\"%d\" fill=\"%s\"%s>",
        is_right ? x + text->width_px : x, y, text->size_px, text->face == TEXT_BOLD ? 600 : 400,
        text->color, is_right ? " direction=\"rtl\"" : "");
    html_escape(out, line);
    buf_add_text(out, "</text>\n");
}

/* Appends the text with the top of its first line at `y`; gives where it ends. */
static int add_text(const CardText *text, int x, int y, Buf *out) {
    TextBlock block = lay_out(text, out->arena);
    size_t count = block.line_count < text->lines_most ? block.line_count : text->lines_most;
    for (size_t i = 0; i < count; i++) {
        Str line = line_text(&block.lines[i], out->arena);
        if (i + 1 == count && count < block.line_count)
            line = shorten(text, line, out->arena);
        /* The baseline: Inter's capitals are 0.73 em high. */
        int middle = y + (int)i * text->line_px + (text->line_px + text->size_px * 73 / 100) / 2;
        add_line(text, line, x, middle, out);
    }
    return y + (int)count * text->line_px;
}

static int height_of(const CardText *text, Arena *arena) {
    size_t count = lay_out(text, arena).line_count;
    return (int)(count < text->lines_most ? count : text->lines_most) * text->line_px;
}

/* ---- the panel with the diagram ---- */

typedef struct Panel {
    const SiteDiagram *diagram; /* NULL: none */
    bool is_below;              /* the title, instead of beside it */
    int left, top, width, height;
    int scale;              /* of the diagram, in 1/SCALE_UNIT */
    int offset_x, offset_y; /* of the diagram on the card */
} Panel;

static int scaled(int length, int scale) {
    return (int)((int64_t)length * scale / SCALE_UNIT);
}

/* The scale at which a drawing fills a panel. */
static int scale_for(const Diagram *diagram, int width, int height) {
    int64_t across = (int64_t)(width - 2 * PANEL_PAD) * SCALE_UNIT / diagram->width_px;
    int64_t down = (int64_t)(height - 2 * PANEL_PAD) * SCALE_UNIT / diagram->height_px;
    int64_t scale = across < down ? across : down;
    return (int)(scale < SCALE_MOST ? scale : SCALE_MOST);
}

/* A drawing that fits stands in the middle; one that does not begins at its edge and runs out of
 * the card, panel and all. */
static void place(int length, int start, int *size, int end, int *offset) {
    if (length <= *size - 2 * PANEL_PAD) {
        *offset = start + (*size - length) / 2;
        return;
    }
    *offset = start + PANEL_PAD;
    *size = end + 2 * CORNER - start;
}

/* Beside the title for drawings that are high, below it for those that are wide. */
static Panel choose_panel(const SiteDiagram *diagram) {
    Panel panel = {.diagram = diagram};
    int side_width = CARD_WIDTH - MARGIN - SIDE_LEFT, side_height = CARD_HEIGHT - 2 * PANEL_TOP;
    int below_width = CARD_WIDTH - 2 * MARGIN, below_height = CARD_HEIGHT - PANEL_TOP - BELOW_TOP;
    if (!diagram || diagram->svg.size > DRAWING_MOST || diagram->diagram->width_px <= 0 ||
        diagram->diagram->height_px <= 0)
        return (Panel){0};
    const Diagram *drawing = diagram->diagram;
    int beside = scale_for(drawing, side_width, side_height);
    int below = scale_for(drawing, below_width, below_height);
    panel.is_below = below > beside + beside / 4;
    panel.scale = panel.is_below ? below : beside;
    if (panel.scale < SCALE_WHOLE)
        panel.scale = SCALE_CUT;
    panel.left = panel.is_below ? MARGIN : SIDE_LEFT;
    panel.top = panel.is_below ? BELOW_TOP : PANEL_TOP;
    panel.width = panel.is_below ? below_width : side_width;
    panel.height = panel.is_below ? below_height : side_height;
    place(scaled(drawing->width_px, panel.scale), panel.left, &panel.width, CARD_WIDTH,
          &panel.offset_x);
    place(scaled(drawing->height_px, panel.scale), panel.top, &panel.height, CARD_HEIGHT,
          &panel.offset_y);
    return panel;
}

static void add_panel(const Panel *panel, Buf *out) {
    buf_add_format(
        out,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" fill=\"" COLOR_PANEL
        "\" stroke=\"" COLOR_LINE "\" stroke-width=\"2\"/>\n",
        panel->left, panel->top, panel->width, panel->height, CORNER);
    buf_add_format(
        out,
        "<clipPath id=\"panel\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>\n",
        panel->left + 2, panel->top + 2, panel->width - 4, panel->height - 4);
    buf_add_format(out, "<g clip-path=\"url(#panel)\"><g transform=\"translate(%d %d) scale(",
                   panel->offset_x, panel->offset_y);
    buf_add_fixed(out, panel->scale, SCALE_UNIT, 4);
    buf_add_text(out, ")\">\n");
    DiagramSvgOptions options = {.id_prefix = STR("d-")};
    diagram_write_svg(panel->diagram->diagram, &options, out);
    buf_add_text(out, "</g></g>\n");
}

/* ---- the card ---- */

/* The theme's mark, `size` px wide. */
static void add_mark(int x, int y, int size, bool is_large, Buf *out) {
    buf_add_format(out, "<g transform=\"translate(%d %d) scale(", x, y);
    buf_add_fixed(out, size, 32, 4);
    buf_add_text(out, ")\">\n");
    if (!is_large)
        buf_add_text(out,
                     "<rect width=\"32\" height=\"32\" rx=\"8\" fill=\"" COLOR_ACCENT "\"/>\n");
    buf_add_format(out,
                   "<path d=\"M10 11h5.500a3 3 0 0 1 3 3v4a3 3 0 0 0 3 3\" fill=\"none\" "
                   "stroke=\"%s\" stroke-width=\"2.25\" stroke-linecap=\"round\"/>\n",
                   is_large ? COLOR_SHAPE : "#b9c6ff");
    const char *dot = is_large ? COLOR_SHAPE : "#ffffff";
    buf_add_format(out,
                   "<circle cx=\"9\" cy=\"11\" r=\"3\" fill=\"%s\"/>"
                   "<circle cx=\"23\" cy=\"21\" r=\"3\" fill=\"%s\"/>\n</g>\n",
                   dot, dot);
}

typedef struct Words {
    CardText name, section, title, description;
} Words;

static Words make_words(const Site *site, const Page *page, const Panel *panel, Arena *arena) {
    static const int sizes[] = {68, 60, 54, 48, 43, 38};
    bool has_panel = panel->diagram != NULL;
    int width = !has_panel        ? 800
                : panel->is_below ? CARD_WIDTH - 2 * MARGIN
                                  : SIDE_LEFT - MARGIN - 48;
    Str name = drawable(site_name(site), arena), title = drawable(page->title, arena);
    Words words = {
        .name = {name, TEXT_BOLD, 27, 34, width - MARK_SIZE - 16, 1, COLOR_MUTED},
        .section = {drawable(section_name(page), arena), TEXT_BOLD, 26, 34, width, 1, COLOR_ACCENT},
        .title = {title, TEXT_BOLD, 0, 0, width, 4, COLOR_HEADING},
        .description = {drawable(page->description, arena), TEXT_REGULAR, 27, 39, width, 3,
                        COLOR_MUTED},
    };
    /* The home page need not say its name twice; a title of nothing but pictographs says nothing.
     */
    if (title.size == 0)
        words.title.text = name;
    if (title.size == 0 || str_equal(name, title))
        words.name.text = STR("");
    size_t skip = !has_panel ? 0 : panel->is_below ? 1 : 2;
    words.title.lines_most = panel->is_below ? 2 : 4;
    fit_size(&words.title, sizes + skip, sizeof sizes / sizeof *sizes - skip, arena);
    if (panel->is_below)
        words.description.text = STR("");
    return words;
}

/* The text in the middle of the room that the name leaves, or above the panel. */
static void add_words(const Words *words, const Panel *panel, Buf *out) {
    enum {
        GAP_SECTION = 12,
        GAP_DESCRIPTION = 22
    };
    int top = MARGIN + MARK_SIZE, bottom = panel->is_below ? BELOW_TOP : CARD_HEIGHT - 40;
    add_mark(MARGIN, MARGIN - 4, MARK_SIZE, false, out);
    add_text(&words->name, MARGIN + MARK_SIZE + 16, MARGIN + 1, out);
    Words shown = *words;
    int height = height_of(&words->title, out->arena);
    height += words->section.text.size ? words->section.line_px + GAP_SECTION : 0;
    while (shown.description.lines_most && shown.description.text.size &&
           height + GAP_DESCRIPTION + height_of(&shown.description, out->arena) > bottom - top)
        shown.description.lines_most--;
    bool has_description = shown.description.text.size && shown.description.lines_most;
    if (has_description)
        height += GAP_DESCRIPTION + height_of(&shown.description, out->arena);
    int y = top + (bottom - top - height) / 2;
    if (shown.section.text.size)
        y = add_text(&shown.section, MARGIN, y, out) + GAP_SECTION;
    y = add_text(&shown.title, MARGIN, y, out);
    if (has_description)
        add_text(&shown.description, MARGIN, y + GAP_DESCRIPTION, out);
}

Str card_svg(const Site *site, const Page *page, const SiteDiagram *diagram, Arena *arena) {
    Buf out = buf_new(arena);
    Panel panel = choose_panel(diagram);
    Words words = make_words(site, page, &panel, arena);
    buf_add_format(&out,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                   "viewBox=\"0 0 %d %d\" font-family=\"Inter\">\n"
                   "<rect width=\"%d\" height=\"%d\" fill=\"" COLOR_BACK "\"/>\n",
                   CARD_WIDTH, CARD_HEIGHT, CARD_WIDTH, CARD_HEIGHT, CARD_WIDTH, CARD_HEIGHT);
    if (panel.diagram)
        add_panel(&panel, &out);
    else
        add_mark(700, 30, 640, true, &out);
    add_words(&words, &panel, &out);
    buf_add_text(&out, "</svg>\n");
    return buf_str(&out);
}
