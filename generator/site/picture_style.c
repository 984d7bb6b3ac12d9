#include "base/ban.h"

#include "site/picture_style.h"

#define SELECTOR_MAX ((size_t)200) /* bytes; bounds how deep a match goes */

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || (unsigned char)c >= 0x80;
}

static size_t name_size(Str text) {
    size_t size = 0;
    while (size < text.size && is_name(text.data[size]))
        size++;
    return size;
}

/* selector = compound { [ ">" ] compound }; compound = ( name | "*" ) { part } | part { part };
 * part = ( "." | "#" ) name. Gives its weight, or STR_NONE for any other. */
static size_t weigh(Str selector) {
    size_t weight = 0;
    bool is_open = true; /* a compound may begin here */
    if (selector.size == 0 || selector.size > SELECTOR_MAX)
        return STR_NONE;
    for (size_t i = 0; i < selector.size;) {
        char c = selector.data[i];
        if (c == ' ' || c == '>') {
            is_open = true;
            i++;
            continue;
        }
        size_t mark = c == '.' || c == '#';
        size_t size = name_size(str_from_offset(selector, i + mark));
        bool is_any = c == '*' && is_open;
        if ((size == 0 && !is_any) || (!mark && !is_open))
            return STR_NONE;
        weight += c == '#' ? 10000 : c == '.' ? 100 : !is_any;
        i += mark + size + is_any;
        is_open = false;
    }
    return is_open ? STR_NONE : weight;
}

/* Blanks as one space each, none beside ">". */
static Str tidy(Str selector, Arena *arena) {
    char *text = arena_bytes(arena, selector.size + 1);
    size_t size = 0;
    selector = str_trim(selector);
    for (size_t i = 0; i < selector.size; i++) {
        char c = strchr("\t\r\n\f", selector.data[i]) && selector.data[i] ? ' ' : selector.data[i];
        if (c == ' ' && size && strchr(" >", text[size - 1]))
            continue;
        if (c == '>' && size && text[size - 1] == ' ')
            size--;
        text[size++] = c;
    }
    return (Str){text, size};
}

/* rule = selector { "," selector } "{" declarations "}". */
static void add_rules(PictureStyle *style, Str selectors, Str declarations, Arena *arena) {
    while (selectors.data && selectors.size) {
        Str selector = tidy(str_cut(&selectors, ','), arena);
        size_t weight = weigh(selector);
        if (weight == STR_NONE)
            continue;
        if (style->count == PICTURE_RULES_MAX) {
            style->is_full = true;
            return;
        }
        ARENA_RESERVE(arena, style->rules, style->count, style->capacity);
        size_t at = style->count++;
        for (; at > 0 && style->rules[at - 1].weight > weight; at--)
            style->rules[at] = style->rules[at - 1];
        style->rules[at] = (PictureRule){selector, declarations, weight};
    }
}

/* Behind the brace that closes the one in front of `at`. */
static size_t block_end(Str css, size_t at) {
    for (size_t depth = 1; at < css.size; at++) {
        depth += css.data[at] == '{';
        depth -= css.data[at] == '}';
        if (depth == 0)
            return at + 1;
    }
    return at;
}

/* sheet = { rule | "@" words ( ";" | block ) }. */
static void read_sheet(PictureStyle *style, Str css, Arena *arena) {
    for (size_t at = 0; at < css.size && !style->is_full;) {
        size_t brace = str_find_char(css, '{', at), semicolon = str_find_char(css, ';', at);
        bool is_rule = str_trim(str_slice(css, at, brace)).size > 0 &&
                       str_trim(str_from_offset(css, at)).data[0] != '@';
        if (!is_rule && semicolon < brace) {
            at = semicolon + 1;
            continue;
        }
        if (brace == STR_NONE)
            return;
        size_t end = block_end(css, brace + 1);
        if (is_rule)
            add_rules(style, str_slice(css, at, brace), str_slice(css, brace + 1, end - 1), arena);
        at = end;
    }
}

/* Without comments and what wraps a sheet in XML: blanks stand in their place. */
static Str strip(Str css, Arena *arena) {
    static const Str wraps[] = {{"<![CDATA[", 9}, {"]]>", 3}, {"<!--", 4}, {"-->", 3}};
    char *text = arena_bytes(arena, css.size + 1);
    if (css.size)
        memcpy(text, css.data, css.size);
    for (size_t at = 0; at < css.size;) {
        Str rest = str_from_offset(css, at);
        size_t size = 0;
        for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++)
            size = str_starts_with(rest, wraps[i]) ? wraps[i].size : size;
        if (str_starts_with(rest, STR("/*"))) {
            size_t end = str_find(rest, STR("*/"), 2);
            size = end == STR_NONE ? rest.size : end + 2;
        }
        memset(text + at, ' ', size);
        at += size ? size : 1;
    }
    return (Str){text, css.size};
}

PictureStyle picture_style_read(Str svg, Arena *arena) {
    PictureStyle style = {0};
    for (size_t at = 0; (at = str_find(svg, STR("<style"), at)) != STR_NONE;) {
        size_t start = str_find_char(svg, '>', at);
        if (start == STR_NONE || svg.data[start - 1] == '/') {
            at += strlen("<style");
            continue;
        }
        size_t end = str_find(svg, STR("</style"), start);
        if (end == STR_NONE)
            break;
        read_sheet(&style, strip(str_slice(svg, start + 1, end), arena), arena);
        at = end;
    }
    return style;
}

static bool has_class(Str classes, Str name) {
    while (classes.size) {
        size_t start = 0;
        while (start < classes.size && strchr(" \t\r\n", classes.data[start]))
            start++;
        classes = str_from_offset(classes, start);
        size_t size = 0;
        while (size < classes.size && !strchr(" \t\r\n", classes.data[size]))
            size++;
        if (size && str_equal(str_slice(classes, 0, size), name))
            return true;
        classes = str_from_offset(classes, size);
    }
    return false;
}

static bool compound_matches(Str compound, const PictureElement *element) {
    while (compound.size) {
        char c = compound.data[0];
        size_t mark = c == '.' || c == '#' || c == '*';
        size_t size = c == '*' ? 0 : name_size(str_from_offset(compound, mark));
        Str name = str_slice(compound, mark, mark + size);
        bool is_match = c == '*'   ? true
                        : c == '.' ? has_class(element->classes, name)
                                   : str_equal(name, c == '#' ? element->id : element->name);
        if (!is_match)
            return false;
        compound = str_from_offset(compound, mark + size);
    }
    return true;
}

/* From the last compound to the first. Elements in between may be passed over where there is a
 * blank; the nearest that fits is taken, which is wrong only for mixtures like "a b > c d". */
bool picture_rule_matches(const PictureRule *rule, const PictureElement *path, size_t depth) {
    Str rest = rule->selector;
    bool is_near = true; /* the next compound is for the very element at the end of the path */
    while (rest.size) {
        size_t start = rest.size;
        while (start > 0 && !strchr(" >", rest.data[start - 1]))
            start--;
        Str compound = str_from_offset(rest, start);
        while (depth > 0 && !is_near && !compound_matches(compound, &path[depth - 1]))
            depth--;
        if (depth == 0 || !compound_matches(compound, &path[depth - 1]))
            return false;
        depth--;
        is_near = start > 0 && rest.data[start - 1] == '>';
        rest = str_slice(rest, 0, start ? start - 1 : 0);
    }
    return true;
}
