#include "base/ban.h"

#include "base/buf.h"
#include "diagram/text/text_form.h"

/* What an inline tag of HTML does to the text within it. */
typedef enum TagEffect {
    TAG_PLAIN, /* no effect that a diagram shows */
    TAG_BOLD,
    TAG_ITALIC,
    TAG_MONO,
    TAG_BREAK, /* a new line before and after */
} TagEffect;

/* Tags that Mermaid labels use. Anything else in angle brackets is text: `List<String>` keeps its
 * type, although a browser would drop it. */
static const struct {
    const char *name;
    TagEffect effect;
} tags[] = {
    {"b", TAG_BOLD},     {"strong", TAG_BOLD}, {"i", TAG_ITALIC},     {"em", TAG_ITALIC},
    {"code", TAG_MONO},  {"kbd", TAG_MONO},    {"samp", TAG_MONO},    {"tt", TAG_MONO},
    {"pre", TAG_MONO},   {"small", TAG_PLAIN}, {"big", TAG_PLAIN},    {"sub", TAG_PLAIN},
    {"sup", TAG_PLAIN},  {"u", TAG_PLAIN},     {"s", TAG_PLAIN},      {"del", TAG_PLAIN},
    {"mark", TAG_PLAIN}, {"span", TAG_PLAIN},  {"font", TAG_PLAIN},   {"a", TAG_PLAIN},
    {"img", TAG_PLAIN},  {"label", TAG_PLAIN}, {"br", TAG_BREAK},     {"hr", TAG_BREAK},
    {"p", TAG_BREAK},    {"div", TAG_BREAK},   {"center", TAG_BREAK}, {"li", TAG_BREAK},
    {"ul", TAG_BREAK},   {"ol", TAG_BREAK},    {"h1", TAG_BREAK},     {"h2", TAG_BREAK},
    {"h3", TAG_BREAK},   {"h4", TAG_BREAK},
};

typedef struct Tag {
    bool is_end;
    TagEffect effect;
    size_t size; /* bytes, with the brackets */
} Tag;

typedef struct Reader {
    Str label;
    size_t at;
    TextStyle style;
    Arena *arena;
    Buf text, faces;
    int depth[TAG_BREAK]; /* open tags and Markdown marks per effect */
    char open[4];         /* Markdown marks that wait for their other end, as bytes of the label */
    bool wants_space;     /* a space was read, and is written before the next character */
    char space_face;      /* in the face it was read in */
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

static TextFace reader_face(const Reader *reader) {
    if (reader->depth[TAG_MONO] > 0)
        return TEXT_MONO;
    if (reader->depth[TAG_BOLD] > 0 || reader->style.face == TEXT_BOLD)
        return TEXT_BOLD;
    return reader->depth[TAG_ITALIC] > 0 ? TEXT_ITALIC : reader->style.face;
}

/* The bytes of one character. A space before it is written now, when it is known not to end a
 * line. */
static void reader_add(Reader *reader, Str bytes) {
    char face = (char)reader_face(reader);
    if (reader->wants_space) {
        buf_add_char(&reader->text, ' ');
        buf_add_char(&reader->faces, reader->space_face);
        reader->wants_space = false;
    }
    buf_add(&reader->text, bytes);
    buf_add_repeat(&reader->faces, face, bytes.size);
}

static void reader_add_space(Reader *reader) {
    size_t size = reader->text.size;
    if (!reader->wants_space)
        reader->space_face = (char)reader_face(reader);
    reader->wants_space = size > 0 && reader->text.data[size - 1] != '\n';
}

static void reader_add_break(Reader *reader) {
    reader->wants_space = false;
    buf_add_char(&reader->text, '\n');
    buf_add_char(&reader->faces, TEXT_REGULAR);
}

/* tag = "<" ["/"] name [ anything but "<" and ">" ] ">"; false when there is none at `at`. */
static bool tag_find(Str label, size_t at, Tag *tag) {
    size_t i = at + 1;
    tag->is_end = i < label.size && label.data[i] == '/';
    i += tag->is_end;
    size_t begin = i;
    while (i < label.size && is_letter_or_digit(label.data[i]))
        i++;
    Str name = str_slice(label, begin, i);
    char after = byte_at(label, i);
    if (after != '>' && after != '/' && !is_space(after) && after != '\n')
        return false;
    while (i < label.size && label.data[i] != '>' && label.data[i] != '<')
        i++;
    if (byte_at(label, i) != '>')
        return false;
    tag->size = i + 1 - at;
    for (size_t row = 0; row < sizeof tags / sizeof tags[0]; row++)
        if (str_equal_nocase(name, str_from(tags[row].name))) {
            tag->effect = tags[row].effect;
            return true;
        }
    return false;
}

static bool reader_take_tag(Reader *reader) {
    Tag tag;
    if (reader_peek(reader, 0) != '<' || !tag_find(reader->label, reader->at, &tag))
        return false;
    reader->at += tag.size;
    if (tag.effect != TAG_BREAK)
        reader->depth[tag.effect] += tag.is_end ? -1 : 1;
    else if (reader->text.size && reader->text.data[reader->text.size - 1] != '\n')
        reader_add_break(reader);
    return true;
}

/* icon = ("fa" | "fab" | "fas" | "far" | "fal" | "fad") ":fa-" name: the font of icons is not
 * shipped, so that the icon is left out and its label stays. */
static bool reader_take_icon(Reader *reader) {
    Str rest = str_from_offset(reader->label, reader->at);
    if (!str_starts_with(rest, STR("fa")))
        return false;
    size_t size = rest.size > 2 && rest.data[2] != ':' ? 3 : 2;
    if (!str_starts_with(str_from_offset(rest, size), STR(":fa-")))
        return false;
    size += 4;
    while (size < rest.size && (is_letter_or_digit(rest.data[size]) || rest.data[size] == '-'))
        size++;
    reader->at += size;
    return true;
}

/* mark = "**" | "__" | "*" | "_" | "`" */
static TagEffect mark_at(const Reader *reader, size_t *size) {
    char c = reader_peek(reader, 0);
    *size = 1;
    if (c == '`')
        return TAG_MONO;
    if (c != '*' && c != '_')
        return TAG_PLAIN;
    if (reader_peek(reader, 1) != c)
        return TAG_ITALIC;
    *size = 2;
    return TAG_BOLD;
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
    TagEffect effect = mark_at(reader, &size);
    if (!reader->style.is_markdown || effect == TAG_PLAIN)
        return false;
    char mark = reader_peek(reader, 0), after = reader_peek(reader, size);
    char before = byte_at(reader->label, reader->at - 1); /* NUL at the start: the offset wraps */
    bool is_code = reader->open[TAG_MONO] != '\0';
    if (is_code && effect != TAG_MONO)
        return false;
    if (reader->open[effect] == mark) {
        if (is_space(before) || (mark == '_' && is_letter_or_digit(after)))
            return false;
        reader->open[effect] = '\0';
        reader->depth[effect]--;
    } else {
        bool is_within_word = mark == '_' && is_letter_or_digit(before);
        bool is_before_text = after != '\0' && after != '\n' && !is_space(after);
        if (reader->open[effect] || is_within_word || !is_before_text ||
            !mark_has_end(reader, size))
            return false;
        reader->open[effect] = mark;
        reader->depth[effect]++;
    }
    reader->at += size;
    return true;
}

static void reader_take_character(Reader *reader) {
    char c = reader_peek(reader, 0);
    bool is_escape = reader->style.is_markdown && c == '\\' && reader->open[TAG_MONO] == '\0' &&
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
    reader_add(reader, str_slice(reader->label, begin, reader->at));
}

TextMarkup text_markup(Str label, TextStyle style, Arena *arena) {
    Reader reader = {.label = str_trim(label), .style = style, .arena = arena};
    reader.text = buf_new(arena);
    reader.faces = buf_new(arena);
    while (reader.at < reader.label.size)
        if (!reader_take_tag(&reader) && !reader_take_icon(&reader) && !reader_take_mark(&reader))
            reader_take_character(&reader);
    /* A closing block tag at the end opens no line of its own. */
    Str text = buf_str(&reader.text);
    while (text.size && text.data[text.size - 1] == '\n')
        text.size--;
    return (TextMarkup){text, (const uint8_t *)reader.faces.data};
}
