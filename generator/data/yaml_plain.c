#include "base/ban.h"

#include "data/yaml_plain.h"

#include "data/yaml_scalar.h"

#define KEYS_MAX 12 /* more are seldom */
#define KEY_MAX  32 /* bytes */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Not one letter that means something to YAML inside of a plain text: a colon may end a key, a hash
 * may begin a comment. What else has a meaning has it only at the beginning. */
static bool is_plain(Str text) {
    if (text.size == 0 || (!is_letter(text.data[0]) && !is_digit(text.data[0])))
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < ' ' || text.data[i] > '~' || text.data[i] == ':' || text.data[i] == '#')
            return false;
    return true;
}

static YamlNode *scalar_new(Span region, Str text, Arena *arena) {
    YamlNode *node = ARENA_NEW(arena, YamlNode);
    node->at = span_of_str(region.source, text);
    node->text = str_copy(arena, text);
    yaml_scalar_type(node);
    return node;
}

/* line = key ":" blanks text blanks; key = letter { letter | digit | "_" }. False for any other. */
static bool read_line(Str line, Str *key, Str *value) {
    size_t end = 0;
    while (end < line.size && end <= KEY_MAX &&
           (is_letter(line.data[end]) || line.data[end] == '_' ||
            (end > 0 && is_digit(line.data[end]))))
        end++;
    if (end == 0 || line.data[0] == '_' || end > KEY_MAX || end + 1 >= line.size ||
        line.data[end] != ':' || line.data[end + 1] != ' ')
        return false;
    *key = str_slice(line, 0, end);
    size_t start = end + 1;
    while (start < line.size && line.data[start] == ' ')
        start++;
    *value = str_from_offset(line, start);
    while (value->size && value->data[value->size - 1] == ' ')
        value->size--;
    return is_plain(*value);
}

YamlNode *yaml_read_plain(Span region, Arena *arena) {
    Str keys[KEYS_MAX], values[KEYS_MAX], rest = span_text(region);
    size_t count = 0;
    while (rest.size) {
        if (count == KEYS_MAX || !read_line(str_cut(&rest, '\n'), &keys[count], &values[count]))
            return NULL;
        for (size_t i = 0; i < count; i++)
            if (str_equal(keys[i], keys[count]))
                return NULL;
        count++;
    }
    if (count == 0)
        return NULL;
    YamlNode *map = ARENA_NEW(arena, YamlNode);
    map->kind = YAML_MAP;
    map->keys = ARENA_ARRAY(arena, YamlNode *, count);
    map->values = ARENA_ARRAY(arena, YamlNode *, count);
    for (; map->count < count; map->count++) {
        map->keys[map->count] = scalar_new(region, keys[map->count], arena);
        map->values[map->count] = scalar_new(region, values[map->count], arena);
    }
    Span last = map->values[count - 1]->at;
    map->at = region;
    map->at.size = last.start + last.size - region.start;
    return map;
}
