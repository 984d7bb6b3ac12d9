#include "base/ban.h"

#include "diagram/syntax/label.h"

#include "base/buf.h"
#include "diagram/syntax/entity.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/preprocess.h"

typedef enum TagKind {
    TAG_UNKNOWN,
    TAG_INLINE, /* changes the look only: left out */
    TAG_BREAK,  /* starts a new line */
    TAG_PICTURE,
} TagKind;

static const struct {
    const char *name;
    TagKind kind;
} tags[] = {
    {"br", TAG_BREAK},      {"hr", TAG_BREAK},      {"p", TAG_BREAK},      {"div", TAG_BREAK},
    {"li", TAG_BREAK},      {"ul", TAG_BREAK},      {"ol", TAG_BREAK},     {"tr", TAG_BREAK},
    {"table", TAG_BREAK},   {"tbody", TAG_BREAK},   {"pre", TAG_BREAK},    {"h1", TAG_BREAK},
    {"h2", TAG_BREAK},      {"h3", TAG_BREAK},      {"h4", TAG_BREAK},     {"center", TAG_BREAK},
    {"td", TAG_INLINE},     {"th", TAG_INLINE},     {"b", TAG_INLINE},     {"i", TAG_INLINE},
    {"u", TAG_INLINE},      {"s", TAG_INLINE},      {"a", TAG_INLINE},     {"em", TAG_INLINE},
    {"strong", TAG_INLINE}, {"code", TAG_INLINE},   {"small", TAG_INLINE}, {"big", TAG_INLINE},
    {"sub", TAG_INLINE},    {"sup", TAG_INLINE},    {"span", TAG_INLINE},  {"font", TAG_INLINE},
    {"tt", TAG_INLINE},     {"kbd", TAG_INLINE},    {"mark", TAG_INLINE},  {"del", TAG_INLINE},
    {"ins", TAG_INLINE},    {"strike", TAG_INLINE}, {"img", TAG_PICTURE},  {"svg", TAG_PICTURE},
};

/* Output with HTML's rule for spaces: a run of them is one, none stands at a line's end. */
typedef struct Writer {
    Buf buf;
    bool has_space;  /* one is due before the next character */
    bool has_no_tag; /* no `>` follows, so that no later `<` can begin a tag */
    LabelText *label;
} Writer;

/* Appends characters, and before them the space that is due unless a line begins. */
static void write_bytes(Writer *writer, Str bytes) {
    bool is_line_start = !writer->buf.size || writer->buf.data[writer->buf.size - 1] == '\n';
    if (writer->has_space && !is_line_start)
        buf_add_char(&writer->buf, ' ');
    writer->has_space = false;
    buf_add(&writer->buf, bytes);
}

static void write_break(Writer *writer) {
    writer->has_space = false;
    buf_add_char(&writer->buf, '\n');
}

static void write_code_point(Writer *writer, uint32_t code_point) {
    write_bytes(writer, STR(""));
    /* A no-break space is kept as such; a line end written as an entity breaks. */
    if (code_point == '\n')
        write_break(writer);
    else
        utf8_add(&writer->buf, code_point);
}

/* Upper and lower case are the same in HTML. */
static TagKind tag_kind(Str name) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_equal_nocase(name, str_from(tags[i].name)))
            return tags[i].kind;
    return TAG_UNKNOWN;
}

/* tag := "<" "/"? name ... ">" ; gives the offset behind it, or `at` when `<` is only a sign. An
 * unknown name stays as text: `List<String>` should not lose its half, as it does in Mermaid. */
static size_t read_tag(Writer *writer, Str raw, size_t at) {
    size_t start = at + 1;
    bool is_end = start < raw.size && raw.data[start] == '/';
    start += is_end;
    size_t end = start;
    while (end < raw.size && letters_is_word(raw.data[end]))
        end++;
    if (end == start || writer->has_no_tag || (raw.data[start] >= '0' && raw.data[start] <= '9'))
        return at;
    size_t close = str_find_char(raw, '>', end);
    writer->has_no_tag = close == STR_NONE;
    if (writer->has_no_tag)
        return at;

    TagKind kind = tag_kind(str_slice(raw, start, end));
    if (kind == TAG_UNKNOWN) {
        if (!writer->label->lost.size)
            writer->label->lost = str_slice(raw, at, close + 1);
        return at;
    }
    if (kind == TAG_PICTURE && !writer->label->picture.size)
        writer->label->picture = str_slice(raw, at, close + 1);
    /* The end of a paragraph is followed by a new one or by nothing: one break is enough. */
    bool is_line_start = !writer->buf.size || writer->buf.data[writer->buf.size - 1] == '\n';
    bool is_br = str_equal_nocase(str_slice(raw, start, end), STR("br"));
    if (kind == TAG_BREAK && (is_br || !is_line_start))
        write_break(writer);
    return close + 1;
}

/* entity := "&" name ";" | mark name end-mark ; gives the offset behind it, or `at`. */
static size_t read_entity(Writer *writer, Str raw, size_t at) {
    Str rest = str_from_offset(raw, at), stop = STR(";");
    size_t skip = 1;
    bool is_number = false;
    if (str_starts_with(rest, STR(PREPROCESS_ENTITY))) {
        stop = STR(PREPROCESS_ENTITY_END);
        skip = sizeof PREPROCESS_ENTITY - 1;
        Str digit = STR(PREPROCESS_ENTITY_DIGIT);
        is_number = str_starts_with(str_from_offset(rest, skip), digit);
        skip += is_number ? digit.size : 0;
    } else if (rest.data[0] != '&') {
        return at;
    }
    size_t end = skip;
    while (end < rest.size && (letters_is_word(rest.data[end]) || rest.data[end] == '#'))
        end++;
    /* A browser takes `&#40` without its semicolon as well. */
    if (stop.size == 1 && rest.size > 1 && rest.data[1] == '#') {
        for (end = 2; end < rest.size && rest.data[end] >= '0' && rest.data[end] <= '9';)
            end++;
        if (!str_starts_with(str_from_offset(rest, end), stop))
            stop.size = 0;
    }
    if (end == skip || !str_starts_with(str_from_offset(rest, end), stop))
        return at;
    Str name = str_slice(rest, skip, end);
    uint32_t code_point = is_number
                              ? entity_find(str_format(writer->buf.arena, "#%.*s", STR_FMT(name)))
                              : entity_find(name);
    if (code_point) {
        write_code_point(writer, code_point);
    } else if (stop.size > 1) {
        /* No such entity: what the author wrote. */
        write_bytes(writer, STR("#"));
        write_bytes(writer, name);
        write_bytes(writer, STR(";"));
    } else {
        return at;
    }
    return at + end + stop.size;
}

/* icon := "fa" letter? ":fa-" name ; the icon font is not there, so it is left out. */
static size_t read_icon(Writer *writer, Str raw, size_t at) {
    Str rest = str_from_offset(raw, at);
    if (!str_starts_with(rest, STR("fa")) || (at > 0 && letters_is_word(raw.data[at - 1])))
        return at;
    size_t colon = rest.size > 2 && rest.data[2] == ':' ? 2 : 3;
    if (!str_starts_with(str_from_offset(rest, colon), STR(":fa-")))
        return at;
    size_t end = colon + 4;
    while (end < rest.size && (letters_is_word(rest.data[end]) || rest.data[end] == '-'))
        end++;
    if (!writer->label->picture.size)
        writer->label->picture = str_slice(rest, 0, end);
    return at + end;
}

/* Reads what stands at `at` and gives the offset behind it. */
static size_t read_piece(Writer *writer, Str raw, size_t at) {
    size_t space = letters_space_size(raw, at);
    char c = raw.data[at];
    if (c == '\n') {
        write_break(writer);
        return at + 1;
    }
    /* A no-break space is a character to HTML. */
    if (space == 1) {
        writer->has_space = true;
        return at + 1;
    }
    if (c == '\\' && at + 1 < raw.size && raw.data[at + 1] == 'n') {
        write_break(writer);
        return at + 2;
    }
    size_t end = at;
    if (c == '<')
        end = read_tag(writer, raw, at);
    else if (c == '&' || c == PREPROCESS_ENTITY[0])
        end = read_entity(writer, raw, at);
    else if (c == 'f')
        end = read_icon(writer, raw, at);
    if (end > at)
        return end;
    write_bytes(writer, str_slice(raw, at, at + 1));
    return at + 1;
}

LabelText label_read(Str raw, Arena *arena) {
    LabelText label = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    Writer writer = {buf_new(arena), false, false, &label};
    for (size_t at = 0; at < raw.size;)
        at = read_piece(&writer, raw, at);
    label.text = str_trim(buf_str(&writer.buf));
    if (label.text.size >= 2 && label.text.data[0] == '"' && str_ends_with(label.text, STR("\"")))
        label.text = str_slice(label.text, 1, label.text.size - 1);
    return label;
}

Str label_unmark(Str raw, Arena *arena) {
    Str mark = STR(PREPROCESS_ENTITY), digit = STR(PREPROCESS_ENTITY_DIGIT);
    Str stop = STR(PREPROCESS_ENTITY_END);
    if (str_find(raw, mark, 0) == STR_NONE)
        return raw;
    Buf buf = buf_new(arena);
    for (size_t at = 0; at < raw.size;) {
        Str rest = str_from_offset(raw, at);
        if (str_starts_with(rest, mark)) {
            at += mark.size;
            if (str_starts_with(str_from_offset(raw, at), digit))
                at += digit.size;
            buf_add_char(&buf, '#');
        } else if (str_starts_with(rest, stop)) {
            at += stop.size;
            buf_add_char(&buf, ';');
        } else {
            buf_add_char(&buf, raw.data[at++]);
        }
    }
    return buf_str(&buf);
}
