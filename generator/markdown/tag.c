#include "base/ban.h"

#include "markdown/tag.h"

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char peek(Str text, size_t at) {
    return at < text.size ? text.data[at] : '\0';
}

static size_t skip_spaces(Str text, size_t at) {
    while (is_space(peek(text, at)))
        at++;
    return at;
}

/* The first byte at or behind `at` that is in `stops` or a space, or the end. */
static size_t skip_name(Str text, size_t at, const char *stops) {
    while (at < text.size && !is_space(text.data[at]) &&
           (text.data[at] == '\0' || !strchr(stops, text.data[at])))
        at++;
    return at;
}

/* value = '"' { any but '"' } '"' | "'" { any but "'" } "'" | { any but space and ">" } . Gives the
 * byte behind it, or STR_NONE when a quote has no end. */
static size_t take_value(Str text, size_t at, Str *value) {
    char quote = peek(text, at);
    if (quote != '"' && quote != '\'') {
        size_t end = skip_name(text, at, ">");
        *value = str_slice(text, at, end);
        return end;
    }
    size_t end = str_find_char(text, quote, at + 1);
    if (end == STR_NONE)
        return STR_NONE;
    *value = str_slice(text, at + 1, end);
    return end + 1;
}

/* attribute = name [ spaces "=" spaces value ] . */
static size_t take_attribute(Str text, size_t at, Tag *tag) {
    size_t end = skip_name(text, at + 1, "=>/");
    TagAttribute attribute = {str_slice(text, at, end), {NULL, 0}};
    size_t equals = skip_spaces(text, end);
    if (peek(text, equals) == '=')
        end = take_value(text, skip_spaces(text, equals + 1), &attribute.value);
    if (tag->attribute_count < TAG_ATTRIBUTE_LIMIT)
        tag->attributes[tag->attribute_count++] = attribute;
    return end;
}

/* tag = "<" [ "/" ] letter { any but space, "/" and ">" } { spaces | "/" | attribute } ">" . Gives
 * the byte behind it, or STR_NONE. */
static size_t take_tag(Str text, Tag *tag) {
    bool is_close = peek(text, 1) == '/';
    size_t start = is_close ? 2 : 1;
    size_t at = skip_name(text, start, "/>");
    tag->kind = is_close ? TAG_CLOSE : TAG_OPEN;
    tag->name = str_slice(text, start, at);
    tag->attribute_count = 0;
    while (at < text.size && text.data[at] != '>') {
        if (is_space(text.data[at]) || text.data[at] == '/')
            at++;
        else
            at = take_attribute(text, at, tag);
    }
    return at < text.size ? at + 1 : STR_NONE;
}

/* comment = "<!--" any "-->" | "<!" any ">" | "<?" any ">" . Gives the byte behind it, or STR_NONE.
 */
static size_t take_comment(Str text) {
    Str end = str_starts_with(text, STR("<!--")) ? STR("-->") : STR(">");
    /* "<!-->" is a whole comment. */
    size_t at = str_find(text, end, 2);
    return at == STR_NONE ? STR_NONE : at + end.size;
}

bool tag_is_text_only(Str name) {
    static const char *const names[] = {"script", "style",   "textarea", "title",
                                        "iframe", "noembed", "noframes", "xmp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_nocase(name, str_from(names[i])))
            return true;
    return false;
}

static bool closes(Str text, size_t at, Str name) {
    return peek(text, at + 1) == '/' &&
           str_equal_nocase(str_slice(text, at + 2, at + 2 + name.size), name) &&
           !is_letter(peek(text, at + 2 + name.size));
}

/* Where the text that begins at the front of `text` ends: at the next "<", or inside of <script>
 * and its like at the closing tag. */
static size_t text_end(Str text, Str inside) {
    bool is_text_only = tag_is_text_only(inside);
    size_t end = str_find_char(text, '<', 1);
    while (is_text_only && end != STR_NONE && !closes(text, end, inside))
        end = str_find_char(text, '<', end + 1);
    return end == STR_NONE ? text.size : end;
}

bool tag_next(Str *rest, Str inside, Tag *tag) {
    Str text = *rest;
    if (text.size == 0)
        return false;
    char second = peek(text, 1), third = peek(text, 2);
    bool is_markup = text.data[0] == '<' && (!tag_is_text_only(inside) || closes(text, 0, inside));
    bool is_tag = is_markup && (is_letter(second) || (second == '/' && is_letter(third)));
    bool is_comment = is_markup && (second == '!' || second == '?');
    size_t end = is_tag ? take_tag(text, tag) : is_comment ? take_comment(text) : STR_NONE;
    if (end != STR_NONE) {
        tag->kind = is_comment ? TAG_COMMENT : tag->kind;
    } else {
        /* A tag without end would swallow all that follows; and so it is read only once. */
        tag->kind = TAG_TEXT;
        end = is_tag || is_comment ? text.size : text_end(text, inside);
    }
    tag->text = str_slice(text, 0, end);
    *rest = str_from_offset(text, end);
    return true;
}

const TagAttribute *tag_attribute(const Tag *tag, const char *name) {
    for (size_t i = 0; i < tag->attribute_count; i++)
        if (str_equal_nocase(tag->attributes[i].name, str_from(name)))
            return &tag->attributes[i];
    return NULL;
}
