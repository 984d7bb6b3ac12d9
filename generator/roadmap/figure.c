#include "base/ban.h"

#include "roadmap/figure.h"

#include "base/utf8.h"

#define BAR_CELLS_MIN  3 /* "[ ] 80%" is a task, not a bar */
#define INTEGER_DIGITS 9 /* larger figures are no progress */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* number = digits [ "." digits ] ; decimals behind the third are dropped. Gives its size, or 0. */
static size_t take_number(Str s, int64_t *milli) {
    size_t size = 0;
    int64_t value = 0;
    while (size < s.size && is_digit(s.data[size])) {
        if (size == INTEGER_DIGITS)
            return 0;
        value = value * 10 + (s.data[size++] - '0');
    }
    if (size == 0)
        return 0;
    value *= 1000;
    if (size + 1 < s.size && s.data[size] == '.' && is_digit(s.data[size + 1])) {
        size++;
        for (int64_t unit = 100; size < s.size && is_digit(s.data[size]); unit /= 10)
            value += (s.data[size++] - '0') * unit;
    }
    *milli = value;
    return size;
}

static size_t skip_spaces(Str s, size_t at) {
    while (at < s.size && s.data[at] == ' ')
        at++;
    return at;
}

static RoadmapNumber number_of(const Source *source, Str part, int64_t milli) {
    return (RoadmapNumber){.milli = milli, .is_set = true, .at = span_of_str(source, part)};
}

RoadmapNumber figure_percent(const Source *source, Str text) {
    for (size_t i = 0; i < text.size; i++) {
        int64_t milli = 0;
        size_t size = take_number(str_from_offset(text, i), &milli);
        if (size == 0) {
            /* A number that is too long is passed by as a whole. */
            while (i + 1 < text.size && is_digit(text.data[i]) && is_digit(text.data[i + 1]))
                i++;
            continue;
        }
        size_t behind = skip_spaces(text, i + size);
        if (behind < text.size && text.data[behind] == '%')
            return number_of(source, str_slice(text, i, i + size), milli);
        i += size - 1;
    }
    return (RoadmapNumber){0};
}

/* fraction = number ( "/" | " of " ) number */
bool figure_fraction(const Source *source, Str text, RoadmapNumber *done, RoadmapNumber *total) {
    for (size_t i = 0; i < text.size; i++) {
        int64_t above = 0;
        size_t size = take_number(str_from_offset(text, i), &above);
        if (size == 0)
            continue;
        size_t at = skip_spaces(text, i + size);
        size_t bar = 0;
        if (at < text.size && text.data[at] == '/')
            bar = 1;
        else if (at > i + size && str_starts_with(str_from_offset(text, at), STR("of ")))
            bar = 2;
        size_t second = skip_spaces(text, at + bar);
        int64_t below = 0;
        size_t second_size = bar ? take_number(str_from_offset(text, second), &below) : 0;
        if (second_size > 0) {
            *done = number_of(source, str_slice(text, i, i + size), above);
            *total = number_of(source, str_slice(text, second, second + second_size), below);
            return true;
        }
        i += size - 1;
    }
    return false;
}

RoadmapNumber figure_number(const Source *source, Str text) {
    int64_t milli = 0;
    size_t size = take_number(text, &milli);
    size_t behind = skip_spaces(text, size);
    if (behind < text.size && text.data[behind] == '%')
        behind++;
    if (size == 0 || behind < text.size)
        return (RoadmapNumber){0};
    return number_of(source, str_slice(text, 0, size), milli);
}

/* Eighths of a cell that a sign fills; -1 for a sign that no bar is made of. */
static int cell_eighths(uint32_t point) {
    switch (point) {
    case 0x2588:
    case 0x25A0:
    case '#':
    case '=':
    case '>':
    case 0x1F7E9:
    case 0x1F7E2:
    case 0x2593: return 8;
    case 0x2591:
    case 0x25A1:
    case '-':
    case '.':
    case '_':
    case ' ':
    case 0x2B1C:
    case 0x26AA: return 0;
    default: break;
    }
    /* U+2589 is seven eighths, U+258F one. */
    return point >= 0x2589 && point <= 0x258F ? (int)(0x2590 - point) : -1;
}

/* cells = { filled | partial | empty } ; gives their number, 0 when something else stands there. */
static uint32_t count_cells(Str cells, uint32_t *filled) {
    uint32_t count = 0;
    uint32_t eighths = 0;
    while (cells.size > 0) {
        uint32_t point = utf8_take(&cells);
        if (point == 0xFE0F)
            continue;
        int part = cell_eighths(point);
        if (part < 0)
            return 0;
        eighths += (uint32_t)part;
        count++;
    }
    *filled = eighths / 8;
    return count;
}

/* bar = "[" cells "]" [ " " ] percent */
RoadmapBar figure_bar(const Source *source, Str line) {
    for (size_t open = str_find_char(line, '[', 0); open != STR_NONE;
         open = str_find_char(line, '[', open + 1)) {
        size_t close = str_find_char(line, ']', open);
        if (close == STR_NONE)
            break;
        Str cells = str_slice(line, open + 1, close);
        RoadmapBar bar = {0};
        bar.width = count_cells(cells, &bar.filled);
        size_t behind = skip_spaces(line, close + 1);
        int64_t milli = 0;
        size_t size = take_number(str_from_offset(line, behind), &milli);
        bool has_percent = size > 0 && behind + size < line.size && line.data[behind + size] == '%';
        if (bar.width < BAR_CELLS_MIN || !has_percent)
            continue;
        bar.is_set = true;
        bar.cells = span_of_str(source, cells);
        bar.percent = number_of(source, str_slice(line, behind, behind + size), milli);
        return bar;
    }
    return (RoadmapBar){0};
}

/* bar = "[" cells "]" */
RoadmapBar figure_cells(const Source *source, Str text) {
    for (size_t open = str_find_char(text, '[', 0); open != STR_NONE;
         open = str_find_char(text, '[', open + 1)) {
        size_t close = str_find_char(text, ']', open);
        if (close == STR_NONE)
            break;
        Str cells = str_slice(text, open + 1, close);
        RoadmapBar bar = {0};
        bar.width = count_cells(cells, &bar.filled);
        if (bar.width < BAR_CELLS_MIN)
            continue;
        bar.is_set = true;
        bar.cells = span_of_str(source, cells);
        return bar;
    }
    return (RoadmapBar){0};
}

/* The partner of a sign: what stands for empty beside full, and the other way round. */
static const struct {
    const char *full, *empty;
} bar_signs[] = {
    {"\xE2\x96\x88", "\xE2\x96\x91"},     /* full block, light shade */
    {"\xE2\x96\xA0", "\xE2\x96\xA1"},     /* black and white square */
    {"\xF0\x9F\x9F\xA9", "\xE2\xAC\x9C"}, /* green square, white square */
    {"\xF0\x9F\x9F\xA2", "\xE2\x9A\xAA"}, /* green and white circle */
    {"\xE2\x96\x93", "\xE2\x96\x91"},     /* dark shade, light shade */
    {"=", " "},
    {"#", " "},
    {"#", "_"},
    {"#", "."},
    {"#", "-"},
};

/* The first cell of a bar, with its variation selector. */
static Str first_cell(Str cells) {
    Str rest = cells;
    utf8_take(&rest);
    if (str_starts_with(rest, STR("\xEF\xB8\x8F")))
        rest = str_from_offset(rest, 3);
    return str_slice(cells, 0, cells.size - rest.size);
}

static Str partner_of(Str sign, bool is_full) {
    for (size_t i = 0; i < sizeof bar_signs / sizeof *bar_signs; i++) {
        Str mine = str_from(is_full ? bar_signs[i].full : bar_signs[i].empty);
        if (str_equal(mine, sign))
            return str_from(is_full ? bar_signs[i].empty : bar_signs[i].full);
    }
    return is_full ? STR("-") : STR("#");
}

/* The signs for full and empty cells. A bar of one kind only needs the partner of its sign. */
static void find_signs(const RoadmapBar *bar, Str *full, Str *empty) {
    Str cells = span_text(bar->cells);
    Str first = first_cell(cells);
    if (bar->filled > 0) {
        *full = first;
        *empty = partner_of(first, true);
    } else {
        *empty = first;
        *full = partner_of(first, false);
    }
    for (Str rest = cells; bar->filled > 0 && bar->filled < bar->width && rest.size > 0;) {
        Str cell = first_cell(rest);
        rest = str_from_offset(rest, cell.size);
        *empty = cell; /* the last one: partly filled cells stand before it */
    }
}

Str figure_fill(const RoadmapBar *bar, uint32_t filled, Arena *arena) {
    Str full, empty;
    find_signs(bar, &full, &empty);
    Buf cells = buf_new(arena);
    for (uint32_t i = 0; i < bar->width; i++)
        buf_add(&cells, i < filled ? full : empty);
    return buf_str(&cells);
}
