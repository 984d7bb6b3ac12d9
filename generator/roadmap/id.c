#include "base/ban.h"

#include "roadmap/id.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

#define RANGE_LIMIT 1000 /* a longer range is a typing error */
#define GROUP_LIMIT 16   /* members of a group; more are no id */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char char_at(Str s, size_t index) {
    if (index >= s.size)
        return '\0';
    return s.data[index];
}

/* num = digits { "." digits } [ a-z ] ; its size, 0 when there is none. */
static size_t num_size(Str s) {
    size_t size = 0;
    while (is_digit(char_at(s, size)))
        size++;
    if (size == 0)
        return 0;
    while (char_at(s, size) == '.' && is_digit(char_at(s, size + 1))) {
        size += 2;
        while (is_digit(char_at(s, size)))
            size++;
    }
    char letter = char_at(s, size);
    if (letter >= 'a' && letter <= 'z' && !is_word(char_at(s, size + 1)))
        size++;
    return is_word(char_at(s, size)) ? 0 : size;
}

/* prefix = ( "Sub-PR" | "PRs" | "PR" | "Task" | "T" ) [ " " | "-" ] [ "#" ] | "#" ; its size. "T"
 * counts only when the number follows at once. */
static size_t prefix_size(Str s) {
    static const char *const words[] = {"Sub-PR", "PRs", "PR", "Tasks", "Task"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if (!str_equal_nocase(str_slice(s, 0, size), str_from(words[i])))
            continue;
        if (char_at(s, size) == ' ' || char_at(s, size) == '-')
            size++;
        if (char_at(s, size) == '#')
            size++;
        if (is_digit(char_at(s, size)))
            return size;
    }
    if (char_at(s, 0) == 'T' && is_digit(char_at(s, 1)))
        return 1;
    return char_at(s, 0) == '#' && is_digit(char_at(s, 1)) ? 1 : 0;
}

/* sep = "+" | "/" | "-" | "&" ; its size with the spaces around it, which only stand before a
 * number with a prefix: "PR3 + PR4" is a group, "PR 3 - 4 screens" has a title. */
static size_t separator_size(Str s, char *separator) {
    size_t size = 0;
    bool has_space = char_at(s, 0) == ' ';
    size += has_space;
    *separator = char_at(s, size);
    if (*separator != '+' && *separator != '/' && *separator != '-' && *separator != '&')
        return 0;
    size++;
    if (char_at(s, size) == ' ') {
        size++;
        has_space = true;
    }
    if (has_space && (*separator == '-' || prefix_size(str_from_offset(s, size)) == 0))
        return 0;
    return size;
}

/* Whole numbers of a range "4-6", both ends included; 2 for anything odd. */
static uint32_t range_weight(Str from, Str to) {
    int64_t low = 0;
    int64_t high = 0;
    if (!num_parse_range(from, 0, INT32_MAX, &low) || !num_parse_range(to, 0, INT32_MAX, &high))
        return 2;
    return high > low && high - low < RANGE_LIMIT ? (uint32_t)(high - low + 1) : 2;
}

/* id = [ prefix ] num { sep [ prefix ] num } */
bool pr_id_parse(Str text, bool needs_prefix, Arena *arena, PrId *id) {
    size_t start = prefix_size(text);
    if (start == 0 && needs_prefix)
        return false;
    size_t size = num_size(str_from_offset(text, start));
    if (size == 0)
        return false;
    *id = (PrId){.id = str_slice(text, start, start + size),
                 .size = start + size,
                 .weight = 1,
                 .has_prefix = start > 0};
    Str last = id->id;
    for (int members = 1; members < GROUP_LIMIT; members++) {
        char separator = '\0';
        Str rest = str_from_offset(text, id->size);
        size_t skip = separator_size(rest, &separator);
        if (skip == 0)
            return true;
        skip += prefix_size(str_from_offset(rest, skip));
        size = num_size(str_from_offset(rest, skip));
        if (size == 0)
            return true;
        Str part = str_slice(rest, skip, skip + size);
        id->weight += separator == '-' ? range_weight(last, part) - 1 : 1;
        id->id = str_format(arena, "%.*s%c%.*s", STR_FMT(id->id), separator, STR_FMT(part));
        id->size += skip + size;
        last = part;
    }
    return true;
}

size_t pr_id_search(Str text, size_t from, Arena *arena, PrId *id) {
    for (size_t i = from; i < text.size; i++) {
        char c = text.data[i];
        if (c != 'P' && c != 'p' && c != 'T' && c != 't' && c != 'S' && c != 's')
            continue;
        if (i > 0 && is_word(text.data[i - 1]))
            continue;
        if (pr_id_parse(str_from_offset(text, i), true, arena, id))
            return i;
    }
    return STR_NONE;
}

/* more = ( "," | " and" | " &" | ", and" | " or" ) " " [ prefix ] num */
bool pr_id_continue(Str text, Arena *arena, PrId *id) {
    static const char *const words[] = {"and ", "or ", "& ", "+ "};
    size_t size = 0;
    bool has_comma = char_at(text, 0) == ',';
    size += has_comma;
    while (char_at(text, size) == ' ')
        size++;
    bool has_word = false;
    for (size_t i = 0; i < sizeof words / sizeof *words && !has_word; i++) {
        has_word = str_starts_with(str_from_offset(text, size), str_from(words[i]));
        if (has_word)
            size += strlen(words[i]);
    }
    if ((!has_comma && !has_word) || size == 0)
        return false;
    if (!pr_id_parse(str_from_offset(text, size), false, arena, id))
        return false;
    id->size += size;
    return true;
}

size_t pr_id_expand(Str group, Arena *arena, Str *parts, size_t limit) {
    size_t count = 0;
    Str last = {0};
    char separator = '+';
    while (group.size > 0 && count < limit) {
        size_t size = 0;
        while (size < group.size && (is_word(group.data[size]) || group.data[size] == '.'))
            size++;
        Str part = str_slice(group, 0, size);
        uint32_t weight = separator == '-' ? range_weight(last, part) : 2;
        int64_t low = 0;
        if (weight > 2 && num_parse(last, &low)) {
            for (uint32_t i = 1; i + 1 < weight && count < limit; i++)
                parts[count++] = str_format(arena, "%lld", (long long)low + i);
        }
        if (count < limit)
            parts[count++] = part;
        last = part;
        separator = char_at(group, size);
        group = str_from_offset(group, size + 1);
    }
    return count;
}

bool pr_id_contains(Str group, Str id) {
    Str last = {0};
    char separator = '+';
    int64_t value = 0;
    bool is_number = num_parse(id, &value);
    while (group.size > 0) {
        size_t size = 0;
        while (size < group.size && (is_word(group.data[size]) || group.data[size] == '.'))
            size++;
        Str part = str_slice(group, 0, size);
        int64_t low = 0;
        int64_t high = 0;
        if (str_equal(part, id))
            return true;
        if (separator == '-' && is_number && num_parse(last, &low) && num_parse(part, &high) &&
            low < value && value < high)
            return true;
        last = part;
        separator = char_at(group, size);
        group = str_from_offset(group, size + 1);
    }
    return false;
}

Str pr_skip_signs(Str text) {
    while (text.size > 0) {
        Str rest = text;
        uint32_t point = utf8_take(&rest);
        /* U+FE0F counts as a letter's mark, but here it belongs to the sign before it. */
        bool is_sign = point >= 0x2000 ? point == 0xFE0F || !utf8_is_word(point)
                                       : point == ' ' || point == '\t' || point == '*' ||
                                             point == '_' || point == '~' || point == '>';
        if (!is_sign)
            break;
        text = rest;
    }
    return text;
}
