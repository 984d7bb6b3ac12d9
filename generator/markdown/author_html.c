/* The HTML that authors write into Markdown, tag by tag. */
#include "base/ban.h"

#include "base/escape.h"
#include "base/map.h"
#include "markdown/md.h"
#include "markdown/pass.h"
#include "markdown/tag.h"
#include "markdown/trace.h"

#define OPEN_LIMIT    100 /* elements within each other; a deeper one is shown as text */
#define FINDING_LIMIT 10  /* of a page */

/* --- what is known of elements and attributes ----------------------------------------------- */

typedef enum ElementFlags {
    IS_SAFE = 1,
    IS_VOID = 2,     /* has no content and no end */
    MAY_BE_OPEN = 4, /* its end may be left out (HTML standard, 13.1.2.4) */
} ElementFlags;

typedef struct Element {
    const char *name;
    unsigned flags;
} Element;

/* The safe ones are those that GitHub lets through. */
static const Element elements[] = {
    {"a", IS_SAFE},
    {"abbr", IS_SAFE},
    {"area", IS_VOID},
    {"b", IS_SAFE},
    {"base", IS_VOID},
    {"bdo", IS_SAFE},
    {"blockquote", IS_SAFE},
    {"br", IS_SAFE | IS_VOID},
    {"caption", IS_SAFE},
    {"cite", IS_SAFE},
    {"code", IS_SAFE},
    {"col", IS_VOID},
    {"dd", IS_SAFE | MAY_BE_OPEN},
    {"del", IS_SAFE},
    {"details", IS_SAFE},
    {"dfn", IS_SAFE},
    {"div", IS_SAFE},
    {"dl", IS_SAFE},
    {"dt", IS_SAFE | MAY_BE_OPEN},
    {"em", IS_SAFE},
    {"embed", IS_VOID},
    {"figcaption", IS_SAFE},
    {"figure", IS_SAFE},
    {"h1", IS_SAFE},
    {"h2", IS_SAFE},
    {"h3", IS_SAFE},
    {"h4", IS_SAFE},
    {"h5", IS_SAFE},
    {"h6", IS_SAFE},
    {"hr", IS_SAFE | IS_VOID},
    {"i", IS_SAFE},
    {"img", IS_SAFE | IS_VOID},
    {"input", IS_VOID},
    {"ins", IS_SAFE},
    {"kbd", IS_SAFE},
    {"li", IS_SAFE | MAY_BE_OPEN},
    {"link", IS_VOID},
    {"mark", IS_SAFE},
    {"meta", IS_VOID},
    {"ol", IS_SAFE},
    {"option", MAY_BE_OPEN},
    {"p", IS_SAFE | MAY_BE_OPEN},
    {"picture", IS_SAFE},
    {"pre", IS_SAFE},
    {"q", IS_SAFE},
    {"rp", IS_SAFE | MAY_BE_OPEN},
    {"rt", IS_SAFE | MAY_BE_OPEN},
    {"ruby", IS_SAFE},
    {"s", IS_SAFE},
    {"samp", IS_SAFE},
    {"small", IS_SAFE},
    {"source", IS_SAFE | IS_VOID},
    {"span", IS_SAFE},
    {"strike", IS_SAFE},
    {"strong", IS_SAFE},
    {"sub", IS_SAFE},
    {"summary", IS_SAFE},
    {"sup", IS_SAFE},
    {"table", IS_SAFE},
    {"tbody", IS_SAFE | MAY_BE_OPEN},
    {"td", IS_SAFE | MAY_BE_OPEN},
    {"tfoot", IS_SAFE | MAY_BE_OPEN},
    {"th", IS_SAFE | MAY_BE_OPEN},
    {"thead", IS_SAFE | MAY_BE_OPEN},
    {"time", IS_SAFE},
    {"tr", IS_SAFE | MAY_BE_OPEN},
    {"track", IS_VOID},
    {"tt", IS_SAFE},
    {"u", IS_SAFE},
    {"ul", IS_SAFE},
    {"var", IS_SAFE},
    {"wbr", IS_SAFE | IS_VOID},
};

static unsigned element_flags(Str name) {
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (str_equal(name, str_from(elements[i].name)))
            return elements[i].flags;
    return 0;
}

static bool is_one_of(Str name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_equal_nocase(name, str_from(names[i])))
            return true;
    return false;
}

static bool is_safe_attribute(Str name) {
    static const char *const names[] = {
        "abbr",   "align", "alt",   "border", "colspan",  "datetime", "dir",   "headers",
        "height", "lang",  "media", "open",   "reversed", "rowspan",  "scope", "sizes",
        "span",   "start", "title", "type",   "valign",   "value",    "width"};
    return is_one_of(name, names, sizeof names / sizeof *names);
}

static bool is_address(Str name) {
    static const char *const names[] = {"href", "poster", "src", "srcset"};
    return is_one_of(name, names, sizeof names / sizeof *names);
}

/* --- reading ------------------------------------------------------------------------------ */

/* An element that is not closed yet. */
typedef struct OpenTag {
    Str name;            /* in lower case */
    Str written;         /* as it stands in the page: SVG knows upper case */
    MdNode *node;        /* in which it was opened; what it holds are siblings of that */
    size_t piece;        /* in there: "<name" */
    const char *content; /* in the node's text */
    Span at;
} OpenTag;

typedef struct Reader {
    MdDoc *doc;
    MdHtml html;
    Arena *arena;
    Diags *diags;
    OpenTag open[OPEN_LIMIT];
    size_t open_count;
    Map *ids; /* of headings and of the author's HTML */
    MdNode *node;
    Buf text;      /* the piece that is being written */
    size_t cursor; /* how far the node's source has been searched */
    size_t finding_count;
} Reader;

/* Where `part`, a piece of the node's text, stands in the source. Quote marks and indents are not
 * in the text: behind them it is searched for. */
static Span place_of(Reader *reader, Str part) {
    const MdNode *node = reader->node;
    size_t offset = (size_t)(part.data - node->text.data);
    Str source = span_text(node->at);
    if (offset + part.size > source.size ||
        !str_equal(str_slice(source, 0, offset + part.size),
                   str_slice(node->text, 0, offset + part.size)))
        offset = str_find(source, part, reader->cursor);
    if (offset == STR_NONE)
        return node->at;
    reader->cursor = offset;
    return span_of(node->at.source, node->at.start + offset, part.size);
}

/* True when the page has not had too many findings of this sort: the caller adds one. */
static bool may_report(Reader *reader) {
    return reader->finding_count++ < FINDING_LIMIT;
}

/* Ends the piece that is being written; an address may follow it. */
static void end_piece(Reader *reader, Str name, MdNode *address) {
    MdNode *node = reader->node;
    ARENA_RESERVE(reader->arena, node->pieces, node->piece_count, node->piece_capacity);
    node->pieces[node->piece_count++] = (MdPiece){buf_str(&reader->text), name, address};
    reader->text = buf_new(reader->arena);
}

/* "&amp;", "&#38;", "&#x26;": would a browser read a character here? */
static bool is_entity(Str text) {
    size_t at = text.size > 1 && text.data[1] == '#' ? 2 : 1, start = at;
    while (at < text.size && at < start + 32 &&
           ((text.data[at] >= '0' && text.data[at] <= '9') ||
            (text.data[at] >= 'a' && text.data[at] <= 'z') ||
            (text.data[at] >= 'A' && text.data[at] <= 'Z')))
        at++;
    return at > start && at < text.size && text.data[at] == ';';
}

/* A "<" that begins no tag must not begin one here, nor a lone "&" a character. */
static void add_text(Reader *reader, Str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '<')
            buf_add_text(&reader->text, "&lt;");
        else if (c == '&' && !is_entity(str_from_offset(text, i)))
            buf_add_text(&reader->text, "&amp;");
        else
            buf_add_char(&reader->text, c);
    }
}

/* The value with its entities resolved. */
static Str decode_value(Reader *reader, Str value) {
    if (str_find_char(value, '&', 0) == STR_NONE)
        return value;
    Buf out = buf_new(reader->arena);
    while (value.size) {
        char decoded[8];
        size_t size;
        size_t taken = trace_decode(value, false, decoded, &size);
        buf_add(&out, (Str){decoded, size});
        value = str_from_offset(value, taken);
    }
    return buf_str(&out);
}

/* Is it the picture of an <img> without a size? */
static bool wants_size(const Tag *tag, const TagAttribute *attribute) {
    return str_equal_nocase(tag->name, STR("img")) &&
           str_equal_nocase(attribute->name, STR("src")) && !tag_attribute(tag, "width") &&
           !tag_attribute(tag, "height");
}

static void add_address(Reader *reader, const Tag *tag, const TagAttribute *attribute) {
    MdNode *address = ARENA_NEW(reader->arena, MdNode);
    address->kind = MD_ADDRESS;
    address->parent = reader->node;
    address->url = str_trim(decode_value(reader, attribute->value));
    address->url_at = place_of(reader, attribute->value);
    address->at = address->url_at;
    address->wants_size = wants_size(tag, attribute);
    end_piece(reader, str_lower(reader->arena, attribute->name), address);
}

/* ` id="value"`, if no other place of the page has it; the first one is where links lead. */
static void add_id(Reader *reader, Str id) {
    MdDoc *doc = reader->doc;
    if (id.size == 0 || map_find(reader->ids, id))
        return;
    map_put(reader->ids, id, reader->node);
    ARENA_RESERVE(reader->arena, doc->html_ids, doc->html_id_count, doc->html_id_capacity);
    doc->html_ids[doc->html_id_count++] = id;
    buf_add_text(&reader->text, " id=\"");
    html_escape(&reader->text, id);
    buf_add_char(&reader->text, '"');
}

static bool is_data(Str url) {
    return url.size >= 5 && str_equal_nocase(str_slice(url, 0, 5), STR("data:"));
}

static void add_attribute(Reader *reader, const Tag *tag, const TagAttribute *attribute) {
    Str name = attribute->name, value = decode_value(reader, attribute->value);
    bool is_all = reader->html == MD_HTML_ALL;
    bool is_anchor_name =
        str_equal_nocase(name, STR("name")) && str_equal_nocase(tag->name, STR("a"));
    /* Several pictures in one srcset, or one in the address itself, are no links. */
    bool is_several =
        str_equal_nocase(name, STR("srcset")) &&
        (str_find_char(value, ',', 0) != STR_NONE || str_find_char(value, ' ', 0) != STR_NONE);
    if (str_equal_nocase(name, STR("id")) || (is_anchor_name && !tag_attribute(tag, "id"))) {
        add_id(reader, value);
    } else if (is_address(name) && value.size && !is_several && !(is_all && is_data(value))) {
        add_address(reader, tag, attribute);
    } else if (is_all ? !is_anchor_name : is_safe_attribute(name)) {
        buf_add_char(&reader->text, ' ');
        buf_add(&reader->text, name);
        if (!attribute->value.data)
            return;
        buf_add_text(&reader->text, "=\"");
        html_escape(&reader->text, value);
        buf_add_char(&reader->text, '"');
    }
}

/* Writes the end of the element on top of the stack. */
static void pop(Reader *reader) {
    OpenTag *tag = &reader->open[--reader->open_count];
    buf_add_format(&reader->text, "</%.*s>", STR_FMT(tag->written));
}

static void report_open(Reader *reader, const OpenTag *tag) {
    if ((element_flags(tag->name) & MAY_BE_OPEN) || !may_report(reader))
        return;
    diag_add(reader->diags, DIAG_PAGE_RAW_HTML, tag->at, "\"<%.*s>\" is never closed",
             STR_FMT(tag->name));
    diag_hint(reader->diags, "write \"</%.*s>\" where it ends, in the same block",
              STR_FMT(tag->name));
}

/* A paragraph or heading that holds blocks of Markdown is none: it becomes a <div>. */
static void widen(Reader *reader, OpenTag *tag) {
    bool is_heading = tag->name.size == 2 && tag->name.data[0] == 'h' && tag->name.data[1] != 'r';
    if (tag->node == reader->node || tag->node->kind == MD_HTML ||
        (!is_heading && !str_equal(tag->name, STR("p"))))
        return;
    tag->name = tag->written = STR("div");
    tag->node->pieces[tag->piece].text = STR("<div");
}

/* Closes what was opened in containers that end before `node`: at the end of each. NULL: all. */
static void leave_containers(Reader *reader, const MdNode *node) {
    while (reader->open_count) {
        OpenTag *tag = &reader->open[reader->open_count - 1];
        const MdNode *above = node ? node->parent : NULL;
        while (above && above != tag->node->parent)
            above = above->parent;
        if (above)
            return;
        report_open(reader, tag);
        reader->node = tree_append(reader->arena, tag->node->parent, tag->node->kind);
        reader->node->at = tag->at;
        widen(reader, tag);
        pop(reader);
        if (reader->node->kind == MD_HTML_BLOCK)
            buf_add_char(&reader->text, '\n');
        end_piece(reader, (Str){NULL, 0}, NULL);
    }
}

/* Which open elements end where one begins (HTML standard, 13.1.2.4). */
static void end_implied(Reader *reader, Str name) {
    static const struct {
        const char *begins;
        const char *ends[5];
    } rows[] = {
        {"dd", {"dd", "dt"}}, {"dt", {"dd", "dt"}},
        {"li", {"li"}},       {"option", {"option"}},
        {"p", {"p"}},         {"tbody", {"tbody", "td", "th", "thead", "tr"}},
        {"td", {"td", "th"}}, {"tfoot", {"tbody", "td", "th", "thead", "tr"}},
        {"th", {"td", "th"}}, {"tr", {"td", "th", "tr"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!str_equal(name, str_from(rows[i].begins)))
            continue;
        for (size_t k = 0; k < 5 && reader->open_count;) {
            const OpenTag *top = &reader->open[reader->open_count - 1];
            bool is_ended = rows[i].ends[k] && top->node->parent == reader->node->parent &&
                            str_equal(top->name, str_from(rows[i].ends[k]));
            if (is_ended)
                pop(reader);
            k = is_ended ? 0 : k + 1;
        }
    }
}

/* The text of a heading that stands whole in one node, without its tags: the first <h1> names a
 * page that has no other title. */
static void read_title(Reader *reader, const OpenTag *heading, const char *end) {
    if (!str_equal(heading->name, STR("h1")) || heading->node != reader->node ||
        reader->doc->html_title.size)
        return;
    Str rest = {heading->content, (size_t)(end - heading->content)};
    Buf out = buf_new(reader->arena);
    for (Tag tag; tag_next(&rest, (Str){NULL, 0}, &tag);)
        if (tag.kind == TAG_TEXT)
            buf_add(&out, decode_value(reader, tag.text));
    reader->doc->html_title = str_trim(buf_str(&out));
    reader->doc->html_title_at = heading->at;
}

static void read_open(Reader *reader, const Tag *tag) {
    Str lower = str_lower(reader->arena, tag->name);
    unsigned flags = element_flags(lower);
    bool is_shown = reader->html == MD_HTML_SAFE && !(flags & IS_SAFE);
    if (is_shown && may_report(reader)) {
        diag_add(reader->diags, DIAG_PAGE_RAW_HTML, place_of(reader, tag->text),
                 "\"<%.*s>\" is not safe and shown as text", STR_FMT(tag->name));
        diag_hint(reader->diags, "write \\< if it is meant as text");
    }
    if (is_shown || reader->open_count == OPEN_LIMIT) {
        html_escape(&reader->text, tag->text);
        return;
    }
    end_implied(reader, lower);
    if (str_equal(lower, STR("img")) && !tag_attribute(tag, "alt")) {
        diag_add(reader->diags, DIAG_PAGE_ALT, place_of(reader, tag->text),
                 "the image has no alternative text");
        diag_hint(reader->diags, "say in alt=\"\" what it shows");
    }
    end_piece(reader, (Str){NULL, 0}, NULL);
    size_t piece = reader->node->piece_count;
    Str written = reader->html == MD_HTML_ALL ? tag->name : lower;
    buf_add_format(&reader->text, "<%.*s", STR_FMT(written));
    end_piece(reader, (Str){NULL, 0}, NULL);
    for (size_t i = 0; i < tag->attribute_count; i++)
        add_attribute(reader, tag, &tag->attributes[i]);
    buf_add_char(&reader->text, '>');
    if (flags & IS_VOID)
        return;
    reader->open[reader->open_count++] = (OpenTag){lower,
                                                   written,
                                                   reader->node,
                                                   piece,
                                                   tag->text.data + tag->text.size,
                                                   place_of(reader, tag->text)};
    if (str_ends_with(tag->text, STR("/>")))
        pop(reader);
}

static void read_close(Reader *reader, const Tag *tag) {
    Str lower = str_lower(reader->arena, tag->name);
    unsigned flags = element_flags(lower);
    if (reader->html == MD_HTML_SAFE && !(flags & IS_SAFE)) {
        html_escape(&reader->text, tag->text);
        return;
    }
    size_t depth = reader->open_count;
    while (depth && reader->open[depth - 1].node->parent == reader->node->parent &&
           !str_equal(reader->open[depth - 1].name, lower))
        depth--;
    if (depth && reader->open[depth - 1].node->parent == reader->node->parent) {
        while (reader->open_count > depth) {
            report_open(reader, &reader->open[reader->open_count - 1]);
            pop(reader);
        }
        read_title(reader, &reader->open[depth - 1], tag->text.data);
        widen(reader, &reader->open[depth - 1]);
        pop(reader);
    } else if (!(flags & IS_VOID) && may_report(reader)) {
        diag_add(reader->diags, DIAG_PAGE_RAW_HTML, place_of(reader, tag->text),
                 "\"%.*s\" closes nothing", STR_FMT(tag->text));
        diag_hint(reader->diags, "remove it, or open the element in the same block");
    }
}

static void read_node(Reader *reader, MdNode *node) {
    leave_containers(reader, node);
    reader->node = node;
    reader->cursor = 0;
    Str rest = node->text, inside = {NULL, 0};
    Tag tag;
    while (tag_next(&rest, inside, &tag)) {
        switch (tag.kind) {
        case TAG_TEXT:
            /* What a script holds must stay as it is. */
            if (inside.size && reader->html == MD_HTML_ALL && tag_is_text_only(inside))
                buf_add(&reader->text, tag.text);
            else
                add_text(reader, tag.text);
            break;
        case TAG_OPEN:
            read_open(reader, &tag);
            inside = tag.name;
            break;
        case TAG_CLOSE:
            read_close(reader, &tag);
            inside = (Str){NULL, 0};
            break;
        case TAG_COMMENT: break;
        }
    }
    end_piece(reader, (Str){NULL, 0}, NULL);
}

void md_read_html(MdDoc *doc, MdHtml html, Arena *arena, Diags *diags) {
    if (html == MD_HTML_AS_TEXT || doc->html_count == 0)
        return;
    Reader reader = {.doc = doc, .html = html, .arena = arena, .diags = diags};
    reader.ids = map_new(arena);
    reader.text = buf_new(arena);
    for (size_t i = 0; i < doc->heading_count; i++)
        map_put(reader.ids, doc->headings[i].node->id, doc->headings[i].node);
    for (size_t i = 0; i < doc->html_count; i++)
        read_node(&reader, doc->html_nodes[i]);
    leave_containers(&reader, NULL);
    parse_relist(doc, arena);
}
