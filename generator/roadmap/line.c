#include "base/ban.h"

#include "roadmap/reader.h"

static char lower(char c) {
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c;
}

size_t text_find(Str text, const char *needle) {
    size_t size = strlen(needle);
    for (size_t i = 0; i + size <= text.size; i++) {
        size_t j = 0;
        while (j < size && lower(text.data[i + j]) == needle[j])
            j++;
        if (j == size)
            return i;
    }
    return STR_NONE;
}

Str text_strip(Str text) {
    text = str_trim(text);
    for (;;) {
        static const char *const marks[] = {"**", "__", "*", "`", "~~"};
        size_t before = text.size;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            Str mark = str_from(marks[i]);
            if (text.size > 2 * mark.size && str_starts_with(text, mark) &&
                str_ends_with(text, mark))
                text = str_trim(str_slice(text, mark.size, text.size - mark.size));
        }
        if (text.size == before)
            return text;
    }
}

bool text_is_nothing(Str text) {
    static const char *const words[] = {"", "-", "--", "\xE2\x80\x93", "\xE2\x80\x94", "TBD", "?"};
    text = text_strip(text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal_nocase(text, str_from(words[i])))
            return true;
    }
    return false;
}

/* field = "**" key "**" ":" value | "**" key ":" "**" value ; a value ends at " | **". */
bool field_next(Str *line, Field *field) {
    for (size_t from = 0;;) {
        size_t open = str_find(*line, STR("**"), from);
        size_t close = open == STR_NONE ? STR_NONE : str_find(*line, STR("**"), open + 2);
        if (close == STR_NONE)
            return false;
        Str key = str_trim(str_slice(*line, open + 2, close));
        size_t value = close + 2;
        bool has_colon = str_ends_with(key, STR(":"));
        if (has_colon)
            key = str_trim(str_slice(key, 0, key.size - 1));
        else if (value < line->size && line->data[value] == ':') {
            has_colon = true;
            value++;
        }
        if (!has_colon || key.size == 0) {
            from = close + 2;
            continue;
        }
        size_t end = str_find(*line, STR("| **"), value);
        end = end == STR_NONE ? line->size : end;
        *field = (Field){key, str_trim(str_slice(*line, value, end))};
        *line = str_from_offset(*line, end);
        return true;
    }
}

void text_set(RoadmapText *field, const Reader *reader, Str value) {
    value = text_strip(value);
    if (field->at.source || text_is_nothing(value))
        return;
    field->text = value;
    field->at = span_of_str(reader->source, value);
}
