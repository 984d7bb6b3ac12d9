#include "base/ban.h"

#include "base/utf8.h"
#include "diagram/text/text_form.h"

/* One line of the label as written, with what breaking it needs to know. */
typedef struct Paragraph {
    Str text;
    const uint8_t *marks;
    TextStyle style;
    TextAdvance *sums; /* text.size + 1: width of everything before each byte */
    bool *may_break;   /* text.size + 1: may a line begin at this byte? */
} Paragraph;

typedef struct Lines {
    TextLine *items;
    size_t count, capacity;
} Lines;

static Coord coord_of(TextAdvance advance) {
    return (Coord)((advance + TEXT_ADVANCE_PER_COORD / 2) / TEXT_ADVANCE_PER_COORD);
}

TextStyle text_marked(TextStyle style, uint8_t marks) {
    if (marks & TEXT_MARK_CODE)
        style.face = TEXT_MONO;
    else if (marks & TEXT_MARK_BOLD)
        style.face = TEXT_BOLD;
    else if (marks & TEXT_MARK_ITALIC && style.face == TEXT_REGULAR)
        style.face = TEXT_ITALIC;
    if (marks & (TEXT_MARK_SUB | TEXT_MARK_SUP))
        style.size_px = style.size_px * 5 / 7;
    else if (marks & TEXT_MARK_SMALL)
        style.size_px = style.size_px * 6 / 7;
    return style;
}

/* The end of the stretch of equal marks that begins at `start`. */
static size_t run_end(const Paragraph *paragraph, size_t start, size_t end) {
    size_t at = start + 1;
    while (at < end && paragraph->marks[at] == paragraph->marks[start])
        at++;
    return at;
}

/* Fills the sums, run by run. */
static void measure(Paragraph *paragraph, Arena *arena) {
    size_t size = paragraph->text.size;
    paragraph->sums = ARENA_ARRAY(arena, TextAdvance, size + 1);
    for (size_t at = 0, next; at < size; at = next) {
        next = run_end(paragraph, at, size);
        TextStyle style = text_marked(paragraph->style, paragraph->marks[at]);
        text_advances(paragraph->text, at, next, style, paragraph->sums);
    }
    TextAdvance sum = 0;
    for (size_t i = 0; i <= size; i++) {
        TextAdvance advance = paragraph->sums[i];
        paragraph->sums[i] = sum;
        sum += advance;
    }
}

/* Width of a line from `start` to `end`; a space at its end is not drawn. */
static TextAdvance line_width(const Paragraph *paragraph, size_t start, size_t end) {
    if (end > start && paragraph->text.data[end - 1] == ' ')
        end--;
    return paragraph->sums[end] - paragraph->sums[start];
}

/* The next place after `start` where a line may end, or the end of the text. */
static size_t next_break(const Paragraph *paragraph, size_t start) {
    size_t at = start + 1;
    while (at < paragraph->text.size && !paragraph->may_break[at])
        at++;
    return at;
}

/* Breaks are allowed behind spaces and on both sides of wide characters (East Asian text has no
 * spaces). */
static void mark_breaks(const Paragraph *paragraph) {
    Str rest = paragraph->text;
    bool was_wide = false;
    while (rest.size) {
        size_t at = paragraph->text.size - rest.size;
        bool is_after_space = at > 0 && paragraph->text.data[at - 1] == ' ';
        uint32_t code_point = utf8_take(&rest);
        bool is_wide = utf8_columns(code_point) == 2 && code_point < 0x1F000;
        bool is_mark = utf8_columns(code_point) == 0;
        paragraph->may_break[at] = is_after_space || (is_wide || (was_wide && !is_mark));
        was_wide = is_wide || (was_wide && is_mark);
    }
}

/* Does a part of a name begin here, as `Bean` in `FactoryBean` and `<T>` in `List<T>`? */
static bool begins_part(Str text, size_t at) {
    char before = at ? text.data[at - 1] : 'A', c = text.data[at];
    bool was_small = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9');
    return (was_small && c >= 'A' && c <= 'Z') || c == '<' || c == '(';
}

/* Cuts the word [start, end), which is wider than a line: where the next character would not fit,
 * preferably behind the last punctuation that paths and names are made of, or between the parts of
 * a name. */
static void mark_word(const Paragraph *paragraph, size_t start, size_t end, TextAdvance limit) {
    size_t line = start, after_mark = start, part = start;
    for (size_t at = start, next; at < end; at = next) {
        Str rest = str_slice(paragraph->text, at, end);
        utf8_take(&rest);
        next = end - rest.size;
        if (line_width(paragraph, line, next) > limit && at > line) {
            line = after_mark > line ? after_mark : part > line ? part : at;
            paragraph->may_break[line] = true;
        }
        if (begins_part(paragraph->text, at))
            part = at;
        if (strchr("/-_.:,;@", paragraph->text.data[at]))
            after_mark = next;
    }
}

/* Breaks words that are wider than `most`; gives the width of the widest of the others. */
static TextAdvance mark_long_words(const Paragraph *paragraph, TextAdvance most) {
    TextAdvance widest = 0;
    for (size_t at = 0, next; at < paragraph->text.size; at = next) {
        next = next_break(paragraph, at);
        TextAdvance width = line_width(paragraph, at, next);
        if (width > most)
            mark_word(paragraph, at, next, most);
        else if (width > widest)
            widest = width;
    }
    return widest;
}

/* Where the line that begins at `start` ends when it takes all that fits. */
static size_t fill_line(const Paragraph *paragraph, size_t start, TextAdvance limit) {
    size_t end = next_break(paragraph, start);
    while (end < paragraph->text.size) {
        size_t next = next_break(paragraph, end);
        if (line_width(paragraph, start, next) > limit)
            break;
        end = next;
    }
    return end;
}

static size_t count_lines(const Paragraph *paragraph, TextAdvance limit) {
    size_t count = 0;
    for (size_t at = 0; at < paragraph->text.size; at = fill_line(paragraph, at, limit))
        count++;
    return count;
}

/* The least width that needs no more lines than `limit` does: the last line then is about as long
 * as the others (what CSS calls text-wrap: balance). */
static TextAdvance balance(const Paragraph *paragraph, TextAdvance limit) {
    size_t count = count_lines(paragraph, limit);
    if (count < 2)
        return limit;
    TextAdvance low = 0, high = limit; /* low needs more lines, high does not */
    while (high - low > TEXT_ADVANCE_PER_COORD) {
        TextAdvance middle = low + (high - low) / 2;
        if (count_lines(paragraph, middle) > count)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* A measured paragraph as one line of runs. */
static void add_line(Lines *lines, const Paragraph *paragraph, Arena *arena) {
    size_t capacity = 0, size = paragraph->text.size;
    const TextAdvance *sums = paragraph->sums;
    TextLine line = {.width = coord_of(sums[size])};
    for (size_t at = 0, next; at < size; at = next) {
        next = run_end(paragraph, at, size);
        TextStyle style = text_marked(paragraph->style, paragraph->marks[at]);
        ARENA_RESERVE(arena, line.runs, line.run_count, capacity);
        line.runs[line.run_count++] = (TextRun){.text = str_slice(paragraph->text, at, next),
                                                .face = style.face,
                                                .marks = paragraph->marks[at],
                                                .size_px = style.size_px,
                                                .width = coord_of(sums[next] - sums[at])};
    }
    ARENA_RESERVE(arena, lines->items, lines->count, lines->capacity);
    lines->items[lines->count++] = line;
}

/* The part [start, end) of a broken paragraph. It is measured anew, because kerning may have
 * reached across the break. */
static void add_part(Lines *lines, const Paragraph *paragraph, size_t start, size_t end,
                     Arena *arena) {
    if (end > start && paragraph->text.data[end - 1] == ' ')
        end--;
    Paragraph part = {.text = str_slice(paragraph->text, start, end),
                      .marks = paragraph->marks + start,
                      .style = paragraph->style};
    measure(&part, arena);
    add_line(lines, &part, arena);
}

/* A word that stays whole widens the label, and all of its lines may then be that wide: "EC2 host"
 * is not broken above "observability-ec2.tf". Gives the width for all lines. */
static Coord widen(TextMarkup markup, TextStyle style, Arena *arena) {
    if (style.max_width == 0 || style.word_width <= style.max_width ||
        str_find_char(markup.text, '\n', 0) == STR_NONE)
        return style.max_width;
    TextAdvance widest = (TextAdvance)style.max_width * TEXT_ADVANCE_PER_COORD;
    Str rest = markup.text;
    while (rest.data) {
        size_t start = (size_t)(rest.data - markup.text.data);
        Paragraph paragraph = {
            .text = str_cut(&rest, '\n'), .marks = markup.marks + start, .style = style};
        measure(&paragraph, arena);
        paragraph.may_break = ARENA_ARRAY(arena, bool, paragraph.text.size + 1);
        mark_breaks(&paragraph);
        TextAdvance word =
            mark_long_words(&paragraph, (TextAdvance)style.word_width * TEXT_ADVANCE_PER_COORD);
        widest = word > widest ? word : widest;
    }
    return (Coord)((widest + TEXT_ADVANCE_PER_COORD - 1) / TEXT_ADVANCE_PER_COORD);
}

static void add_paragraph(Lines *lines, Paragraph *paragraph, Arena *arena) {
    Str text = paragraph->text;
    TextAdvance limit = (TextAdvance)paragraph->style.max_width * TEXT_ADVANCE_PER_COORD;
    TextAdvance most = (TextAdvance)paragraph->style.word_width * TEXT_ADVANCE_PER_COORD;
    measure(paragraph, arena);
    TextAdvance slack = (TextAdvance)paragraph->style.slack * TEXT_ADVANCE_PER_COORD;
    if (limit == 0 || paragraph->sums[text.size] <= limit + slack) {
        add_line(lines, paragraph, arena);
        return;
    }
    paragraph->may_break = ARENA_ARRAY(arena, bool, text.size + 1);
    mark_breaks(paragraph);
    TextAdvance widest = mark_long_words(paragraph, most > limit ? most : limit);
    limit = widest > limit ? widest : limit;
    if (count_lines(paragraph, limit + slack) < count_lines(paragraph, limit))
        limit += slack;
    limit = balance(paragraph, limit);
    for (size_t at = 0, next; at < text.size; at = next) {
        next = fill_line(paragraph, at, limit);
        add_part(lines, paragraph, at, next, arena);
    }
}

Coord text_width(Str text, TextFace face, int size_px) {
    TextStyle style = {.face = face, .size_px = size_px};
    return coord_of(text_advances(text, 0, text.size, style, NULL));
}

TextBlock text_layout(Str text, TextStyle style, Arena *arena) {
    /* 1.4 em apart, in whole px so that every baseline is as sharp as the first. Capitals (0.727 em
     * in Inter) stand in the middle of their line: that is what the eye centres. */
    int line_px = (style.size_px * 14 + 9) / 10;
    int ascent_px = (line_px * 1000 + style.size_px * 727 + 1000) / 2000;
    TextBlock block = {.size_px = style.size_px,
                       .line_height = COORD_OF_PX(line_px),
                       .ascent = COORD_OF_PX(ascent_px)};
    TextMarkup markup = text_markup(text, style, arena);
    if (markup.text.size == 0)
        return block;
    Lines lines = {0};
    style.max_width = widen(markup, style, arena);
    Str rest = markup.text;
    while (rest.data) {
        size_t start = (size_t)(rest.data - markup.text.data);
        Paragraph paragraph = {
            .text = str_cut(&rest, '\n'), .marks = markup.marks + start, .style = style};
        add_paragraph(&lines, &paragraph, arena);
    }
    block.lines = lines.items;
    block.line_count = lines.count;
    for (size_t i = 0; i < lines.count; i++)
        if (lines.items[i].width > block.width)
            block.width = lines.items[i].width;
    block.height = (Coord)lines.count * block.line_height;
    return block;
}
