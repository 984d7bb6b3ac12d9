#include "base/ban.h"

#include "diagram/syntax/label.h"

#include "base/buf.h"
#include "base/text_mark.h"
#include "diagram/syntax/entity.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/preprocess.h"

typedef enum TagKind {
    TAG_UNKNOWN,
    TAG_INLINE, /* changes the look only */
    TAG_BREAK,  /* starts a new line */
    TAG_PICTURE,
} TagKind;

/* Tags of the inline kind may set their text apart; the others change only its colour or place. */
static const struct {
    const char *name;
    TagKind kind;
    uint8_t marks; /* TextMark */
} tags[] = {
    {"br", TAG_BREAK, 0},
    {"hr", TAG_BREAK, 0},
    {"p", TAG_BREAK, 0},
    {"div", TAG_BREAK, 0},
    {"li", TAG_BREAK, 0},
    {"ul", TAG_BREAK, 0},
    {"ol", TAG_BREAK, 0},
    {"tr", TAG_BREAK, 0},
    {"table", TAG_BREAK, 0},
    {"tbody", TAG_BREAK, 0},
    {"pre", TAG_BREAK, 0},
    {"h1", TAG_BREAK, TEXT_MARK_BOLD},
    {"h2", TAG_BREAK, TEXT_MARK_BOLD},
    {"h3", TAG_BREAK, TEXT_MARK_BOLD},
    {"h4", TAG_BREAK, TEXT_MARK_BOLD},
    {"center", TAG_BREAK, 0},
    {"td", TAG_INLINE, 0},
    {"th", TAG_INLINE, TEXT_MARK_BOLD},
    {"b", TAG_INLINE, TEXT_MARK_BOLD},
    {"strong", TAG_INLINE, TEXT_MARK_BOLD},
    {"i", TAG_INLINE, TEXT_MARK_ITALIC},
    {"em", TAG_INLINE, TEXT_MARK_ITALIC},
    {"code", TAG_INLINE, TEXT_MARK_CODE},
    {"tt", TAG_INLINE, TEXT_MARK_CODE},
    {"kbd", TAG_INLINE, TEXT_MARK_CODE},
    {"small", TAG_INLINE, TEXT_MARK_SMALL},
    {"sub", TAG_INLINE, TEXT_MARK_SUB},
    {"sup", TAG_INLINE, TEXT_MARK_SUP},
    {"u", TAG_INLINE, TEXT_MARK_UNDERLINE},
    {"ins", TAG_INLINE, TEXT_MARK_UNDERLINE},
    {"s", TAG_INLINE, TEXT_MARK_STRIKE},
    {"del", TAG_INLINE, TEXT_MARK_STRIKE},
    {"strike", TAG_INLINE, TEXT_MARK_STRIKE},
    {"a", TAG_INLINE, 0},
    {"big", TAG_INLINE, 0},
    {"span", TAG_INLINE, 0},
    {"font", TAG_INLINE, 0},
    {"mark", TAG_INLINE, 0},
    {"img", TAG_PICTURE, 0},
    {"svg", TAG_PICTURE, 0},
};
#define TAG_COUNT (sizeof tags / sizeof tags[0])

#define MARK_COUNT 8

/* Output with HTML's rule for spaces: a run of them is one, none stands at a line's end. */
typedef struct Writer {
    Buf buf, marks;       /* a byte of marks for every byte of text */
    int open[MARK_COUNT]; /* how many tags of each mark are open */
    uint8_t now, ever;    /* the marks that hold here, and anywhere */
    bool has_space;       /* one is due before the next character */
    uint8_t space_marks;  /* of that space: `a <u>b` has none under it */
    bool has_no_tag;      /* no `>` follows, so that no later `<` can begin a tag */
    LabelText *label;
} Writer;

/* Appends characters, and before them the space that is due unless a line begins. */
static void write_bytes(Writer *writer, Str bytes) {
    bool is_line_start = !writer->buf.size || writer->buf.data[writer->buf.size - 1] == '\n';
    if (writer->has_space && !is_line_start) {
        buf_add_char(&writer->buf, ' ');
        buf_add_char(&writer->marks, (char)writer->space_marks);
    }
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

/* The row of a tag, TAG_COUNT for none. Upper and lower case are the same in HTML. */
static size_t tag_find(Str name) {
    size_t i = 0;
    while (i < TAG_COUNT && !str_equal_nocase(name, str_from(tags[i].name)))
        i++;
    return i;
}

/* Opens or closes the marks of a tag. One that is never closed holds to the end, as in a browser.
 */
static void write_marks(Writer *writer, uint8_t marks, bool is_end) {
    for (int i = 0; i < MARK_COUNT; i++) {
        uint8_t bit = (uint8_t)(1 << i);
        if (!(marks & bit))
            continue;
        if (!is_end)
            writer->open[i]++;
        else if (writer->open[i] > 0)
            writer->open[i]--;
        writer->now = (uint8_t)(writer->open[i] ? writer->now | bit : writer->now & ~bit);
    }
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

    size_t row = tag_find(str_slice(raw, start, end));
    TagKind kind = row < TAG_COUNT ? tags[row].kind : TAG_UNKNOWN;
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
    write_marks(writer, tags[row].marks, is_end);
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
        if (!writer->has_space)
            writer->space_marks = writer->now;
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
    LabelText label = {.text = {NULL, 0}};
    Writer writer = {.buf = buf_new(arena), .marks = buf_new(arena), .label = &label};
    for (size_t at = 0; at < raw.size;) {
        uint8_t marks = writer.now;
        at = read_piece(&writer, raw, at);
        if (writer.buf.size > writer.marks.size)
            writer.ever |= marks;
        buf_add_repeat(&writer.marks, (char)marks, writer.buf.size - writer.marks.size);
    }
    label.text = str_trim(buf_str(&writer.buf));
    if (label.text.size >= 2 && label.text.data[0] == '"' && str_ends_with(label.text, STR("\"")))
        label.text = str_slice(label.text, 1, label.text.size - 1);
    if (writer.ever && label.text.size)
        label.marks =
            (Str){writer.marks.data + (label.text.data - writer.buf.data), label.text.size};
    return label;
}

Label label_report(LabelText label, Span at, Diags *diags) {
    if (label.lost.size) {
        diag_add(diags, DIAG_DIAGRAM_LOST_TEXT, at,
                 "Mermaid takes \"%.*s\" for an HTML tag and does not show it",
                 STR_FMT(label.lost));
        diag_hint(diags, "write #lt; and #gt; for < and >");
    }
    if (label.picture.size)
        diag_add(diags, DIAG_DIAGRAM_UNSUPPORTED, at,
                 "\"%.*s\" is left out: icons and images are not drawn", STR_FMT(label.picture));
    return (Label){.text = label.text, .marks = label.marks, .at = at};
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
