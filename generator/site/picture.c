#include "base/ban.h"

#include "site/picture.h"

#include "base/escape.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "site/picture_allowed.h"
#include "site/picture_style.h"

/* What a tag says. */
typedef struct Attribute {
    Str name, value; /* value as written, entities and all */
} Attribute;

typedef struct Open {
    Str name;        /* for the end tag to match */
    const char *tag; /* written; NULL: left out */
} Open;

typedef struct Reader {
    const Source *source;
    Str text;
    size_t at;
    const PictureView *view;
    Buf *out;
    Open open[LIMIT_NESTING];
    PictureElement path[LIMIT_NESTING + 1]; /* the open elements and the one that is read */
    size_t depth;
    PictureStyle style;
    size_t hidden; /* open elements that are left out, with all below them */
    Str problem;   /* the text cannot be used; empty: it can */
    Str removed;   /* the first thing that was left out for safety */
    size_t removed_count;
} Reader;

static void refuse(Reader *reader, Str what) {
    if (reader->removed_count++ == 0)
        reader->removed = what;
}

static void fail(Reader *reader, Str why) {
    if (reader->problem.size == 0)
        reader->problem = why;
}

/* --- text and values ---------------------------------------------------------------------- */

/* Appends text with XML's own entities resolved and escaped again. Others are of a document type,
 * which is not read. */
static void add_text(Reader *reader, Str text, Buf *out) {
    static const Str entities[] = {{"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}};
    for (size_t at = 0; at < text.size;) {
        size_t mark = str_find_char(text, '&', at);
        html_escape(out, str_slice(text, at, mark));
        if (mark == STR_NONE)
            return;
        size_t end = str_find_char(text, ';', mark);
        Str entity = str_slice(text, mark, end == STR_NONE ? text.size : end + 1);
        bool is_known = end != STR_NONE && entity.size > 3 && entity.data[1] == '#';
        for (size_t i = 2; i + 1 < entity.size && is_known; i++)
            is_known = strchr("0123456789abcdefABCDEFx", entity.data[i]) != NULL;
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
            is_known = is_known || str_equal(entity, entities[i]);
        if (is_known)
            buf_add(out, entity);
        else if (str_equal(entity, STR("&apos;")))
            buf_add_char(out, '\'');
        else {
            fail(reader, STR("an entity is not one of XML's own"));
            return;
        }
        at = mark + entity.size;
    }
}

static void add_attribute(Reader *reader, const char *name, Str value) {
    buf_add_char(reader->out, ' ');
    buf_add_text(reader->out, name);
    buf_add_text(reader->out, "=\"");
    add_text(reader, value, reader->out);
    buf_add_char(reader->out, '"');
}

static void add_reference(Reader *reader, const char *name, const char *before, Str id,
                          const char *after) {
    buf_add_format(reader->out, " %s=\"%s", name, before);
    buf_add(reader->out, reader->view->id_prefix);
    add_text(reader, id, reader->out);
    buf_add_format(reader->out, "%s\"", after);
}

/* A value may refer to a part of the same drawing by url(#id), and to nothing else. Backslashes and
 * numbered characters can hide a reference, so a value with one is left out. */
static void add_value(Reader *reader, const char *name, Str value) {
    value = str_trim(value);
    if (str_find_char(value, '\\', 0) != STR_NONE || str_find(value, STR("&#"), 0) != STR_NONE) {
        refuse(reader, value);
        return;
    }
    if (str_find_char(value, '(', 0) == STR_NONE) {
        add_attribute(reader, name, value);
        return;
    }
    Arena *tmp = arena_new();
    Str lower = str_lower(tmp, value);
    bool is_foreign = str_find(lower, STR("url"), 0) != STR_NONE ||
                      str_find(lower, STR("image"), 0) != STR_NONE ||
                      str_find(lower, STR("src"), 0) != STR_NONE;
    arena_free(tmp);
    Str id = {NULL, 0};
    if (str_starts_with(value, STR("url(")) && str_ends_with(value, STR(")"))) {
        id = str_trim(str_slice(value, 4, value.size - 1));
        if (id.size > 2 && strchr("\"'", id.data[0]))
            id = str_slice(id, 1, id.size - 1);
    }
    if (id.size > 1 && id.data[0] == '#' && str_find_char(id, '(', 0) == STR_NONE)
        add_reference(reader, name, "url(#", str_from_offset(id, 1), ")");
    else if (is_foreign)
        refuse(reader, value);
    else
        add_attribute(reader, name, value);
}

/* The properties of one element, by their place in picture_properties. */
typedef struct Looks {
    Str values[PICTURE_PROPERTY_COUNT]; /* no pointer: not said */
} Looks;

static void set_look(Looks *looks, Str name, Str value) {
    for (size_t i = 0; i < PICTURE_PROPERTY_COUNT; i++)
        if (str_equal(str_from(picture_properties[i]), name))
            looks->values[i] = value;
}

/* What these functions mean is decided in a style sheet; an attribute that says it plainly stands
 * beside them in what draw.io writes. */
static bool is_plain_value(Str value) {
    return str_find(value, STR("var("), 0) == STR_NONE &&
           str_find(value, STR("light-dark("), 0) == STR_NONE;
}

/* declarations = { name ":" value [ "!important" ] ";" }. */
static void set_style(Looks *looks, Str style) {
    while (style.data) {
        Str declaration = str_cut(&style, ';');
        Str name = str_trim(str_cut(&declaration, ':'));
        Str value = str_slice(declaration, 0, str_find(declaration, STR("!important"), 0));
        if (value.data && is_plain_value(value))
            set_look(looks, name, str_trim(value));
    }
}

/* Attributes come first, then rules, then style="": the last one counts. */
static void add_looks(Reader *reader, const Looks *own, Str style) {
    Looks looks = *own;
    for (size_t i = 0; i < reader->style.count; i++)
        if (picture_rule_matches(&reader->style.rules[i], reader->path, reader->depth + 1))
            set_style(&looks, reader->style.rules[i].declarations);
    set_style(&looks, style);
    for (size_t i = 0; i < PICTURE_PROPERTY_COUNT; i++)
        if (looks.values[i].data)
            add_value(reader, picture_properties[i], looks.values[i]);
}

/* href leads to a part of the same drawing; only an image may hold its bytes. */
static void add_href(Reader *reader, const char *tag, Str value) {
    static const Str kinds[] = {{"data:image/png;base64,", 22},
                                {"data:image/jpeg;base64,", 23},
                                {"data:image/gif;base64,", 22},
                                {"data:image/webp;base64,", 23}};
    value = str_trim(value);
    bool is_image = strcmp(tag, "image") == 0;
    for (size_t i = 0; is_image && i < sizeof kinds / sizeof *kinds; i++) {
        if (str_starts_with(value, kinds[i])) {
            add_attribute(reader, "href", value);
            return;
        }
    }
    if (!is_image && value.size > 1 && value.data[0] == '#')
        add_reference(reader, "href", "#", str_from_offset(value, 1), "");
    else
        refuse(reader, value);
}

static void add_one(Reader *reader, const char *tag, const Attribute *attribute) {
    Str name = attribute->name;
    const char *known = picture_attribute(name);
    if (str_equal(name, STR("id")))
        add_reference(reader, "id", "", attribute->value, "");
    else if (str_equal(name, STR("href")) || str_equal(name, STR("xlink:href")))
        add_href(reader, tag, attribute->value);
    else if (known)
        add_value(reader, known, attribute->value);
    else if (name.size > 2 && str_equal_nocase(str_slice(name, 0, 2), STR("on")))
        refuse(reader, name);
}

/* --- tags --------------------------------------------------------------------------------- */

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("_-.:", c)) || (unsigned char)c >= 0x80;
}

static char peek(const Reader *reader) {
    return reader->at < reader->text.size ? reader->text.data[reader->at] : '\0';
}

static void skip_blanks(Reader *reader) {
    while (reader->at < reader->text.size && strchr(" \t\r\n", peek(reader)) && peek(reader))
        reader->at++;
}

static Str take_name(Reader *reader) {
    size_t start = reader->at;
    while (is_name_char(peek(reader)))
        reader->at++;
    return str_slice(reader->text, start, reader->at);
}

/* attribute = name "=" ( '"' value '"' | "'" value "'" ) */
static bool take_attribute(Reader *reader, Attribute *attribute) {
    skip_blanks(reader);
    attribute->name = take_name(reader);
    if (attribute->name.size == 0)
        return false;
    skip_blanks(reader);
    char quote = '\0';
    if (peek(reader) == '=') {
        reader->at++;
        skip_blanks(reader);
        quote = peek(reader);
    }
    size_t end = quote == '"' || quote == '\'' ? str_find_char(reader->text, quote, reader->at + 1)
                                               : STR_NONE;
    if (end == STR_NONE) {
        fail(reader, STR("an attribute has no value in quotes"));
        return false;
    }
    attribute->value = str_slice(reader->text, reader->at + 1, end);
    reader->at = end + 1;
    return true;
}

/* The root says what the picture is; its own size stays. */
static void add_root(Reader *reader) {
    const PictureView *view = reader->view;
    buf_add_text(reader->out, " class=\"picture\"");
    if (view->name.size == 0) {
        buf_add_text(reader->out, " aria-hidden=\"true\"");
        return;
    }
    buf_add_text(reader->out, " role=\"img\" aria-labelledby=\"");
    html_escape(reader->out, view->id_prefix);
    buf_add_text(reader->out, "picture-title\"");
}

/* What is written for an element, or NULL when it is left out with all below it. */
static const char *choose_tag(Reader *reader, Str name) {
    if (reader->hidden)
        return NULL;
    if (str_equal(name, STR("a")))
        return "g";
    if (picture_is_dangerous(name))
        refuse(reader, name);
    const char *tag = picture_element(name);
    bool is_title = tag && (strcmp(tag, "title") == 0 || strcmp(tag, "desc") == 0);
    const char *outer = reader->depth ? reader->open[reader->depth - 1].tag : NULL;
    bool is_in_title = outer && (strcmp(outer, "title") == 0 || strcmp(outer, "desc") == 0);
    /* The page's author has named the picture already. */
    return is_in_title || (is_title && reader->depth == 1) ? NULL : tag;
}

static void add_attributes(Reader *reader, Str name, const char *tag) {
    Looks looks = {0};
    Str style = {NULL, 0};
    PictureElement *element = &reader->path[reader->depth];
    *element = (PictureElement){.name = name};
    Attribute attribute;
    while (take_attribute(reader, &attribute)) {
        if (str_equal(attribute.name, STR("id")))
            element->id = attribute.value;
        else if (str_equal(attribute.name, STR("class")))
            element->classes = attribute.value;
        else if (str_equal(attribute.name, STR("style")))
            style = attribute.value;
        else
            set_look(&looks, attribute.name, attribute.value);
        if (tag)
            add_one(reader, tag, &attribute);
    }
    if (tag)
        add_looks(reader, &looks, style);
}

static void open_tag(Reader *reader) {
    Str name = take_name(reader);
    if (reader->depth == LIMIT_NESTING) {
        fail(reader, STR("it is nested more than 100 deep"));
        return;
    }
    const char *tag = choose_tag(reader, name);
    bool is_root = reader->depth == 0;
    if (is_root && !str_equal(name, STR("svg")))
        fail(reader, STR("it does not begin with <svg>"));
    if (tag) {
        buf_add_char(reader->out, '<');
        buf_add_text(reader->out, tag);
        if (is_root)
            add_root(reader);
    }
    add_attributes(reader, name, tag);
    bool is_empty = peek(reader) == '/';
    reader->at += is_empty;
    if (peek(reader) != '>')
        fail(reader, STR("a tag has no end"));
    reader->at++;
    if (tag)
        buf_add_text(reader->out, is_empty && !is_root ? "/>" : ">");
    if (is_root && reader->view->name.size) {
        buf_add_text(reader->out, "<title id=\"");
        html_escape(reader->out, reader->view->id_prefix);
        buf_add_text(reader->out, "picture-title\">");
        html_escape(reader->out, reader->view->name);
        buf_add_text(reader->out, "</title>");
    }
    if (is_empty) {
        buf_add_text(reader->out, is_root && tag ? "\n</svg>" : "");
        return;
    }
    reader->open[reader->depth++] = (Open){name, tag};
    reader->hidden += tag == NULL;
}

static void close_tag(Reader *reader) {
    Str name = take_name(reader);
    skip_blanks(reader);
    const Open *open = reader->depth ? &reader->open[reader->depth - 1] : NULL;
    if (!open || !str_equal(open->name, name) || peek(reader) != '>') {
        fail(reader, STR("an end tag fits no tag"));
        return;
    }
    reader->at++;
    if (open->tag)
        buf_add_format(reader->out, reader->depth == 1 ? "\n</%s>" : "</%s>", open->tag);
    else
        reader->hidden--;
    reader->depth--;
}

/* --- the file ----------------------------------------------------------------------------- */

/* Takes what begins with `begin` up to `end`; gives what is between. */
static bool take_between(Reader *reader, Str begin, Str end, Str *between) {
    if (!str_starts_with(str_from_offset(reader->text, reader->at), begin))
        return false;
    size_t start = reader->at + begin.size;
    size_t stop = str_find(reader->text, end, start);
    if (stop == STR_NONE)
        fail(reader, STR("a comment or instruction has no end"));
    *between = str_slice(reader->text, start, stop);
    reader->at = stop == STR_NONE ? reader->text.size : stop + end.size;
    return true;
}

/* svg = { instruction | comment | doctype } element; inside of it text, CDATA and elements. A
 * document type with declarations of its own is refused: entities can grow without end. */
static void read_markup(Reader *reader) {
    Str between;
    if (take_between(reader, STR("<?"), STR("?>"), &between) ||
        take_between(reader, STR("<!--"), STR("-->"), &between))
        return;
    if (take_between(reader, STR("<![CDATA["), STR("]]>"), &between)) {
        if (!reader->hidden)
            html_escape(reader->out, between);
        return;
    }
    if (take_between(reader, STR("<!DOCTYPE"), STR(">"), &between)) {
        if (str_find_char(between, '[', 0) != STR_NONE)
            fail(reader, STR("it declares entities of its own"));
        return;
    }
    reader->at++;
    if (peek(reader) == '/') {
        reader->at++;
        close_tag(reader);
    } else if (is_name_char(peek(reader))) {
        open_tag(reader);
    } else {
        fail(reader, STR("a \"<\" begins no tag"));
    }
}

static void read_all(Reader *reader) {
    bool has_root = false;
    while (reader->at < reader->text.size && reader->problem.size == 0) {
        size_t mark = str_find_char(reader->text, '<', reader->at);
        Str text = str_slice(reader->text, reader->at, mark);
        if (reader->depth && !reader->hidden)
            add_text(reader, text, reader->out);
        reader->at += text.size;
        if (mark == STR_NONE)
            break;
        /* Nothing follows the drawing. */
        if (has_root && reader->depth == 0)
            break;
        size_t before = reader->out->size;
        read_markup(reader);
        has_root = has_root || (reader->depth == 0 && reader->out->size > before) || reader->depth;
    }
    if (reader->depth || !has_root)
        fail(reader, STR("it ends too early"));
}

/* The findings of a drawing that was read. False when it stays an image. */
static bool report(const Reader *reader, Diags *diags) {
    const Source *source = reader->source;
    if (reader->problem.size) {
        size_t at = reader->at < source->text.size ? reader->at : source->text.size;
        diag_add(diags, DIAG_PAGE_PICTURE, span_of(source, at, 0),
                 "the drawing stays an image: %.*s", STR_FMT(reader->problem));
        diag_hint(diags, "save it as plain SVG with presentation attributes");
        return false;
    }
    if (reader->removed_count) {
        Str what = utf8_head(reader->removed, 60);
        if (reader->removed_count == 1)
            diag_add(diags, DIAG_PAGE_PICTURE, span_of_str(source, what),
                     "what runs or loads something is left out of the drawing: \"%.*s\"",
                     STR_FMT(what));
        else
            diag_add(diags, DIAG_PAGE_PICTURE, span_of_str(source, what),
                     "%zu things that run or load something are left out of the drawing, first "
                     "\"%.*s\"",
                     reader->removed_count, STR_FMT(what));
        diag_hint(diags, "remove %s from the file", reader->removed_count == 1 ? "it" : "them");
    }
    return true;
}

bool picture_inline(const Source *source, const PictureView *view, Buf *out, Diags *diags) {
    Reader *reader = &(Reader){.source = source, .text = source->text, .view = view, .out = out};
    size_t before = out->size;
    if (str_starts_with(reader->text, STR("\xEF\xBB\xBF")))
        reader->at = 3;
    Arena *tmp = arena_new();
    reader->style = picture_style_read(reader->text, tmp);
    if (reader->style.is_full)
        fail(reader, STR("its style sheet has more than 500 rules"));
    read_all(reader);
    bool is_drawn = report(reader, diags); /* what was left out may stand in the style sheet */
    arena_free(tmp);
    if (!is_drawn)
        out->size = before;
    return is_drawn;
}
