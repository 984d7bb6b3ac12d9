#include "base/ban.h"

#include "base/buf.h"
#include "diagram/text/text_form.h"

/* What Markdown's marks do to the text between them. */
typedef enum Mark {
    MARK_NONE,
    MARK_BOLD,
    MARK_ITALIC,
    MARK_MONO,
    MARK_COUNT,
} Mark;

typedef struct Reader {
    Str label;
    size_t at;
    TextStyle style;
    Arena *arena;
    Buf text, marks;
    char open[MARK_COUNT]; /* marks that wait for their other end: `*`, `_`, '`', or NUL */
    bool wants_space;      /* a space was read, and is written before the next character */
    char space_marks;      /* with the marks it was read with */
} Reader;

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* The byte at an offset, NUL beyond the end. */
static char byte_at(Str s, size_t at) {
    if (at < s.size)
        return s.data[at];
    return '\0';
}

static char reader_peek(const Reader *reader, size_t offset) {
    return byte_at(reader->label, reader->at + offset);
}

/* The marks of the byte at an offset of the label: those of HTML and those of Markdown. */
static char reader_marks(const Reader *reader, size_t at) {
    static const TextMark marks[MARK_COUNT] = {[MARK_BOLD] = TEXT_MARK_BOLD,
                                               [MARK_ITALIC] = TEXT_MARK_ITALIC,
                                               [MARK_MONO] = TEXT_MARK_CODE};
    unsigned result = (uint8_t)byte_at(reader->style.marks, at);
    for (int i = 0; i < MARK_COUNT; i++)
        if (reader->open[i])
            result |= marks[i];
    return (char)result;
}

/* The bytes of one character. A space before it is written now, when it is known not to end a
 * line. */
static void reader_add(Reader *reader, size_t start, size_t end) {
    if (reader->wants_space) {
        buf_add_char(&reader->text, ' ');
        buf_add_char(&reader->marks, reader->space_marks);
        reader->wants_space = false;
    }
    buf_add(&reader->text, str_slice(reader->label, start, end));
    buf_add_repeat(&reader->marks, reader_marks(reader, start), end - start);
}

static void reader_add_space(Reader *reader) {
    size_t size = reader->text.size;
    if (!reader->wants_space)
        reader->space_marks = reader_marks(reader, reader->at - 1);
    reader->wants_space = size > 0 && reader->text.data[size - 1] != '\n';
}

static void reader_add_break(Reader *reader) {
    reader->wants_space = false;
    buf_add_char(&reader->text, '\n');
    buf_add_char(&reader->marks, 0);
}

/* mark = "**" | "__" | "*" | "_" | "`" */
static Mark mark_at(const Reader *reader, size_t *size) {
    char c = reader_peek(reader, 0);
    *size = 1;
    if (c == '`')
        return MARK_MONO;
    if (c != '*' && c != '_')
        return MARK_NONE;
    if (reader_peek(reader, 1) != c)
        return MARK_ITALIC;
    *size = 2;
    return MARK_BOLD;
}

/* Does a mark like the one at `at` come later, right behind something that is no space? */
static bool mark_has_end(const Reader *reader, size_t size) {
    Str mark = str_slice(reader->label, reader->at, reader->at + size);
    size_t end = str_find(reader->label, mark, reader->at + size + 1);
    return end != STR_NONE && !is_space(reader->label.data[end - 1]);
}

/* Opens or closes emphasis. The rules are CommonMark's as far as labels need them: an opening mark
 * stands before, a closing one behind something that is no space, and `_` within a word is text. */
static bool reader_take_mark(Reader *reader) {
    size_t size;
    Mark mark = mark_at(reader, &size);
    bool is_in_code = reader->open[MARK_MONO] && mark != MARK_MONO;
    if (!reader->style.is_markdown || mark == MARK_NONE || is_in_code)
        return false;
    char sign = reader_peek(reader, 0), after = reader_peek(reader, size);
    char before = byte_at(reader->label, reader->at - 1); /* NUL at the start: the offset wraps */
    if (reader->open[mark] == sign) {
        if (is_space(before) || (sign == '_' && is_letter_or_digit(after)))
            return false;
        reader->open[mark] = '\0';
    } else {
        bool is_within_word = sign == '_' && is_letter_or_digit(before);
        bool is_before_text = after != '\0' && after != '\n' && !is_space(after);
        if (reader->open[mark] || is_within_word || !is_before_text || !mark_has_end(reader, size))
            return false;
        reader->open[mark] = sign;
    }
    reader->at += size;
    return true;
}

static void reader_take_character(Reader *reader) {
    char c = reader_peek(reader, 0);
    bool is_escape = reader->style.is_markdown && c == '\\' && reader->open[MARK_MONO] == '\0' &&
                     strchr("*_`\\", reader_peek(reader, 1)) && reader_peek(reader, 1) != '\0';
    if (is_escape)
        reader->at++;
    size_t begin = reader->at++;
    if (!is_escape && c == '\n') {
        reader_add_break(reader);
        return;
    }
    if (!is_escape && is_space(c)) {
        reader_add_space(reader);
        return;
    }
    while (reader->at < reader->label.size &&
           ((unsigned char)reader->label.data[reader->at] & 0xC0) == 0x80)
        reader->at++;
    reader_add(reader, begin, reader->at);
}

TextMarkup text_markup(Str label, TextStyle style, Arena *arena) {
    Reader reader = {.label = str_trim(label), .style = style, .arena = arena};
    if (style.marks.size)
        reader.style.marks = str_from_offset(style.marks, (size_t)(reader.label.data - label.data));
    reader.text = buf_new(arena);
    reader.marks = buf_new(arena);
    while (reader.at < reader.label.size)
        if (!reader_take_mark(&reader))
            reader_take_character(&reader);
    return (TextMarkup){buf_str(&reader.text), (const uint8_t *)reader.marks.data};
}
