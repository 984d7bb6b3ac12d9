#include "base/ban.h"

#include "site/print_page.h"

#include "base/escape.h"
#include "base/fs.h"
#include "markdown/tag.h"
#include "site/links.h"

/* What one page's rendering needs. */
typedef struct Printer {
    const PrintUse *use;
    PrintPage *print;
    Buf *out;
    bool has_title; /* the number stands before it */
} Printer;

void print_page_read(PrintPage *print, Arena *arena) {
    Str rest = print->page->content, inside = STR("");
    Tag tag;
    print->ids = map_new(arena);
    while (tag_next(&rest, inside, &tag)) {
        const TagAttribute *id = tag.kind == TAG_OPEN ? tag_attribute(&tag, "id") : NULL;
        inside = tag.kind == TAG_OPEN ? tag.name : STR("");
        if (id && id->value.size)
            map_put(print->ids, id->value, print);
    }
}

/* ---- links ---- */

/* An attribute as it is meant: the entities that html_escape writes are undone. */
static Str meant(Str value, Arena *arena) {
    static const struct {
        Str entity;
        char meant;
    } rows[] = {{{"&amp;", 5}, '&'}, {{"&lt;", 4}, '<'}, {{"&gt;", 4}, '>'}, {{"&quot;", 6}, '"'}};
    Buf out = buf_new(arena);
    while (value.size) {
        size_t taken = 0;
        for (size_t i = 0; i < sizeof rows / sizeof *rows && !taken; i++)
            if (str_starts_with(value, rows[i].entity)) {
                buf_add_char(&out, rows[i].meant);
                taken = rows[i].entity.size;
            }
        if (!taken) {
            buf_add_char(&out, value.data[0]);
            taken = 1;
        }
        value = str_from_offset(value, taken);
    }
    return buf_str(&out);
}

/* "#p3-part"; "#p3" for a place that is not in its text. */
static void add_place(const PrintPage *print, Str fragment, Buf *out) {
    buf_add_format(out, "#p%zu", print->index);
    if (fragment.size && map_find(print->ids, fragment)) {
        buf_add_char(out, '-');
        url_escape(out, fragment);
    }
}

/* A file beside the document: paper has none beside it, so its address must be whole. False when
 * there is no such address. */
static bool add_file(const Printer *printer, const Target *target, Buf *out) {
    Str site = printer->use->site->config->url;
    if (printer->use->is_paper && site.size == 0)
        return false;
    if (printer->use->is_paper)
        url_escape(out, site);
    url_escape(out, target->path);
    if (target->fragment.size) {
        buf_add_char(out, '#');
        url_escape(out, target->fragment);
    }
    return true;
}

/* False when the link leads nowhere from here and is dropped. */
static bool add_link(const Printer *printer, Str value, Buf *out) {
    const PrintUse *use = printer->use;
    Str url = meant(value, out->arena);
    Target target = link_target(use->site, printer->print->page->url, url, out->arena);
    if (target.kind != TARGET_FILE) {
        buf_add(out, value);
        return target.kind == TARGET_EXTERNAL;
    }
    const PrintPage *other = map_find(use->pages, target.path);
    if (!other)
        return add_file(printer, &target, out);
    add_place(other, target.fragment, out);
    return true;
}

/* What is shown from a file: its place as seen from the document, which stands at the root. */
static bool add_source(const Printer *printer, Str value, Buf *out) {
    const PrintUse *use = printer->use;
    Str url = meant(value, out->arena);
    Target target = link_target(use->site, printer->print->page->url, url, out->arena);
    if (target.kind != TARGET_FILE || str_starts_with(url, STR("data:")))
        buf_add(out, value);
    else
        url_escape(out, target.path);
    return true;
}

/* ---- ids ---- */

static bool add_id(const Printer *printer, Str value, Buf *out) {
    buf_add_format(out, "p%zu-", printer->print->index);
    buf_add(out, value);
    return true;
}

/* ids ::= id ( " " id )* */
static bool add_ids(const Printer *printer, Str value, Buf *out) {
    for (bool is_first = true; value.data; is_first = false) {
        Str id = str_cut(&value, ' ');
        if (id.size == 0)
            continue;
        buf_add_text(out, is_first ? "" : " ");
        add_id(printer, id, out);
    }
    return true;
}

/* Several sizes of a picture: the one of `src` is enough. */
static bool drop(const Printer *printer, Str value, Buf *out) {
    (void)printer;
    (void)value;
    (void)out;
    return false;
}

/* Other attributes may name an id of an SVG part: `url(#d1-arrow)`. */
static bool add_value(const Printer *printer, Str value, Buf *out) {
    Str start = STR("url(#");
    for (size_t at = str_find(value, start, 0); at != STR_NONE; at = str_find(value, start, 0)) {
        buf_add(out, str_slice(value, 0, at + start.size));
        buf_add_format(out, "p%zu-", printer->print->index);
        value = str_from_offset(value, at + start.size);
    }
    buf_add(out, value);
    return true;
}

typedef struct AttributeRow {
    const char *name;
    bool (*add)(const Printer *printer, Str value, Buf *out); /* false: leave the attribute out */
} AttributeRow;

static const AttributeRow attribute_rows[] = {
    {"id", add_id},
    {"href", add_link},
    {"src", add_source},
    {"for", add_ids},
    {"name", add_id}, /* fields and details of one group */
    {"aria-labelledby", add_ids},
    {"aria-describedby", add_ids},
    {"aria-controls", add_ids},
    {"aria-details", add_ids},
    {"aria-owns", add_ids},
    {"popovertarget", add_ids},
    {"headers", add_ids},
    {"list", add_ids},
    {"form", add_ids},
    {"xlink:href", add_link},
    {"poster", add_source},
    {"data", add_source},
    {"srcset", drop},
};

static void add_attribute(const Printer *printer, const TagAttribute *attribute) {
    Buf *out = printer->out;
    bool (*add)(const Printer *printer, Str value, Buf *out) = add_value;
    for (size_t i = 0; i < sizeof attribute_rows / sizeof *attribute_rows; i++)
        if (str_equal_nocase(attribute->name, str_from(attribute_rows[i].name)))
            add = attribute_rows[i].add;
    size_t before = out->size;
    buf_add_char(out, ' ');
    buf_add(out, attribute->name);
    if (!attribute->value.data)
        return;
    /* Only an author's attribute may hold double quotes: it was written in single ones. */
    bool is_single = str_find_char(attribute->value, '"', 0) != STR_NONE;
    buf_add_text(out, is_single ? "='" : "=\"");
    if (add(printer, attribute->value, out))
        buf_add_char(out, is_single ? '\'' : '"');
    else
        out->size = before;
}

/* ---- tags ---- */

/* 1 to 6 for a heading, else 0. */
static int heading_level(Str name) {
    bool is_heading = name.size == 2 && (name.data[0] == 'h' || name.data[0] == 'H') &&
                      name.data[1] >= '1' && name.data[1] <= '6';
    return is_heading ? name.data[1] - '0' : 0;
}

static void add_heading(Printer *printer, const Tag *tag, int level) {
    int below = level + printer->print->shift;
    bool is_open = tag->kind == TAG_OPEN;
    buf_add_format(printer->out, "<%sh%d", is_open ? "" : "/", below < 6 ? below : 6);
    if (is_open)
        buf_add_format(printer->out, " data-level=\"%d\"", level);
}

/* Regions of a document have names of their own: those that every page may have get its title. */
static void add_label(const Printer *printer, Str label, Buf *out) {
    buf_add_text(out, " aria-label=\"");
    buf_add(out, label);
    buf_add_text(out, ", ");
    html_escape(out, printer->print->page->title);
    buf_add_char(out, '"');
}

static bool is_region(Str name) {
    static const char *const names[] = {"section", "nav", "aside", "form"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_nocase(name, str_from(names[i])))
            return true;
    return false;
}

static void add_tag(Printer *printer, const Tag *tag) {
    Buf *out = printer->out;
    int level = heading_level(tag->name);
    bool is_open = tag->kind == TAG_OPEN;
    if (level)
        add_heading(printer, tag, level);
    else
        buf_add_format(out, "<%s%.*s", is_open ? "" : "/", STR_FMT(tag->name));
    for (size_t i = 0; i < tag->attribute_count; i++) {
        const TagAttribute *attribute = &tag->attributes[i];
        if (is_region(tag->name) && str_equal(attribute->name, STR("aria-label")))
            add_label(printer, attribute->value, out);
        else
            add_attribute(printer, attribute);
    }
    buf_add_text(out, str_ends_with(tag->text, STR("/>")) ? "/>" : ">");
    if (level == 1 && is_open && !printer->has_title) {
        printer->has_title = true;
        buf_add_format(out, "<span class=\"print-number\">%.*s</span> ",
                       STR_FMT(printer->print->number));
    }
}

static void add_title(Printer *printer) {
    PrintPage *print = printer->print;
    int level = 1 + print->shift;
    printer->has_title = true;
    buf_add_format(printer->out, "<h%d data-level=\"1\"><span class=\"print-number\">%.*s</span> ",
                   level, STR_FMT(print->number));
    html_escape(printer->out, print->page->title);
    buf_add_format(printer->out, "</h%d>\n", level);
}

static bool has_title(Str rest) {
    Str inside = STR("");
    for (Tag tag; tag_next(&rest, inside, &tag);) {
        inside = tag.kind == TAG_OPEN ? tag.name : STR("");
        if (tag.kind == TAG_OPEN && heading_level(tag.name) == 1)
            return true;
    }
    return false;
}

void print_page_render(const PrintUse *use, PrintPage *print, Arena *arena) {
    Str rest = print->page->content, inside = STR("");
    Buf out = buf_new(arena);
    Printer printer = {.use = use, .print = print, .out = &out};
    if (!has_title(rest))
        add_title(&printer);
    for (Tag tag; tag_next(&rest, inside, &tag);) {
        inside = tag.kind == TAG_OPEN ? tag.name : STR("");
        if (tag.kind == TAG_OPEN || tag.kind == TAG_CLOSE)
            add_tag(&printer, &tag);
        else
            buf_add(&out, tag.text);
    }
    print->html = buf_str(&out);
}
