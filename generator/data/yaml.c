#include "base/ban.h"

#include "data/yaml.h"

#include <assert.h>
#include <yaml.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/num.h"
#include "base/utf8.h"
#include "data/yaml_errors.h"
#include "data/yaml_plain.h"
#include "data/yaml_scalar.h"

/* A file in which every line is wrong says so this often, then stops. */
#define FINDING_LIMIT 20

/* Below this many keys comparing each with each is quicker than a map. */
#define FEW_KEYS 16

typedef struct Reader {
    yaml_parser_t parser;
    YamlText text;
    DiagRule rule;
    size_t finding_count;
    Arena *arena;
    Diags *diags;
} Reader;

/* Notes that the document is not usable and tells whether reading on is worth it. */
static bool count_finding(Reader *reader) {
    return ++reader->finding_count < FINDING_LIMIT;
}

/* The next event, which the caller deletes. False when libyaml stopped; the finding is made. */
static bool next_event(Reader *reader, yaml_event_t *event) {
    if (yaml_parser_parse(&reader->parser, event))
        return true;
    reader->finding_count++;
    yaml_errors_report(&reader->parser, &reader->text, reader->rule, reader->diags);
    return false;
}

static Span event_span(const Reader *reader, const yaml_event_t *event) {
    size_t start = event->start_mark.index;
    return yaml_text_span(&reader->text, start, event->end_mark.index - start);
}

/* A finding for an anchor or a tag before a value. The event begins with them, so the place is the
 * event's first word. Why they are refused: an alias makes a small file huge, and a reader of the
 * page on GitHub cannot follow either. */
static bool check_properties(Reader *reader, const yaml_event_t *event, const yaml_char_t *anchor,
                             const yaml_char_t *tag) {
    if (!anchor && !tag)
        return true;
    Span at = event_span(reader, event);
    Str word = span_text(at);
    size_t size = 0;
    while (size < word.size && !strchr(" \t\r\n", word.data[size]))
        size++;
    at.size = (uint32_t)size;
    diag_add(reader->diags, reader->rule, at, "%s \"%.*s\" cannot be used here",
             anchor ? "the anchor" : "the tag", STR_FMT(span_text(at)));
    diag_hint(reader->diags, "put the text in quotes if the \"%s\" belongs to it",
              anchor ? "&" : "!");
    return count_finding(reader);
}

static YamlNode *node_new(Reader *reader, YamlKind kind, const yaml_event_t *event) {
    YamlNode *node = ARENA_NEW(reader->arena, YamlNode);
    node->kind = kind;
    node->at = event_span(reader, event);
    return node;
}

/* A scalar's node. Quoted and block scalars are text whatever they look like. */
static YamlNode *scalar_node(Reader *reader, const yaml_event_t *event) {
    YamlNode *node = node_new(reader, YAML_STRING, event);
    Str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    node->text = str_copy(reader->arena, value);
    node->is_quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (!node->is_quoted) {
        yaml_scalar_type(node);
    } else { /* a block scalar's event reaches over the empty lines behind it */
        Str written = span_text(node->at);
        while (written.size && strchr(" \t\r\n", written.data[written.size - 1]))
            written.size--;
        node->at.size = (uint32_t)written.size;
    }
    return node;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static YamlNode *parse_value(Reader *reader, const yaml_event_t *event, size_t depth);

/* The end of a block collection's event is where the next token begins, comments and all; the
 * author's idea of the end is that of the last value. */
static void end_collection(Reader *reader, YamlNode *node, const yaml_event_t *end, bool is_flow) {
    Span last = event_span(reader, end);
    if (!is_flow && node->count)
        last = node->values[node->count - 1]->at;
    node->at.size = last.start + last.size - node->at.start;
}

/* list ::= value*, up to the closing event. NULL after a finding that ends the reading. */
static YamlNode *parse_list(Reader *reader, const yaml_event_t *start, size_t depth) {
    YamlNode *list = node_new(reader, YAML_LIST, start);
    size_t capacity = 0;
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event))
            return NULL;
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            end_collection(reader, list, &event,
                           start->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
            yaml_event_delete(&event);
            return list;
        }
        YamlNode *value = parse_value(reader, &event, depth);
        yaml_event_delete(&event);
        if (!value)
            return NULL;
        ARENA_RESERVE(reader->arena, list->values, list->count, capacity);
        list->values[list->count++] = value;
    }
}

/* The first of the map's keys with the text of `key`, or NULL. `seen` is NULL for small maps. */
static YamlNode *find_same_key(const YamlNode *map, Map *seen, YamlNode *key) {
    if (seen)
        return map_find(seen, key->text);
    for (size_t i = 0; i < map->count; i++)
        if (str_equal(map->keys[i]->text, key->text))
            return map->keys[i];
    return NULL;
}

/* key ::= scalar. False after a finding that ends the reading. */
static YamlNode *parse_key(Reader *reader, const yaml_event_t *event, size_t depth) {
    YamlNode *key = parse_value(reader, event, depth);
    if (key && (key->kind == YAML_LIST || key->kind == YAML_MAP)) {
        diag_add(reader->diags, reader->rule, key->at, "%.*s cannot be a key",
                 STR_FMT(yaml_kind_name(key->kind)));
        diag_hint(reader->diags, "put the text in quotes if the brackets belong to it");
        reader->finding_count++;
        return NULL;
    }
    return key;
}

static bool check_duplicate(Reader *reader, const YamlNode *map, Map *seen, YamlNode *key) {
    const YamlNode *other = find_same_key(map, seen, key);
    if (!other)
        return true;
    diag_add(reader->diags, reader->rule, key->at, "the key \"%.*s\" is there twice",
             STR_FMT(key->text));
    diag_relate(reader->diags, other->at, "the first one");
    return count_finding(reader);
}

/* `{Memory: 2,688 MB}` is YAML for two keys, the second one "688 MB" without a value: what nobody
 * means and everybody writes once. */
static bool check_cut_number(Reader *reader, const YamlNode *key, const YamlNode *value) {
    Str text = reader->text.bytes;
    size_t at = key->at.start - reader->text.region.start;
    bool is_cut = value->kind == YAML_NULL && !value->at.size && at >= 2 &&
                  text.data[at - 1] == ',' && is_digit(text.data[at - 2]) &&
                  is_digit(text.data[at]);
    if (!is_cut)
        return true;
    diag_add(reader->diags, reader->rule, span_of(key->at.source, key->at.start - 1, 1),
             "this comma ends the value before it");
    diag_hint(reader->diags, "put the whole number in quotes");
    return count_finding(reader);
}

/* map ::= (key value)*, up to the closing event. NULL after a finding that ends the reading. */
static YamlNode *parse_map(Reader *reader, const yaml_event_t *start, size_t depth) {
    YamlNode *map = node_new(reader, YAML_MAP, start);
    size_t key_capacity = 0, value_capacity = 0;
    Map *seen = NULL;
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event))
            return NULL;
        if (event.type == YAML_MAPPING_END_EVENT) {
            end_collection(reader, map, &event,
                           start->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
            yaml_event_delete(&event);
            return map;
        }
        YamlNode *key = parse_key(reader, &event, depth);
        yaml_event_delete(&event);
        if (!key || !check_duplicate(reader, map, seen, key) || !next_event(reader, &event))
            return NULL;
        YamlNode *value = parse_value(reader, &event, depth);
        yaml_event_delete(&event);
        if (!value || !check_cut_number(reader, key, value))
            return NULL;
        ARENA_RESERVE(reader->arena, map->keys, map->count, key_capacity);
        ARENA_RESERVE(reader->arena, map->values, map->count, value_capacity);
        map->keys[map->count] = key;
        map->values[map->count++] = value;
        if (map->count == FEW_KEYS) {
            seen = map_new(reader->arena);
            for (size_t i = 0; i < FEW_KEYS; i++)
                map_put(seen, map->keys[i]->text, map->keys[i]);
        } else if (seen && !map_find(seen, key->text)) {
            map_put(seen, key->text, key);
        }
    }
}

/* `*name` is refused: see check_properties. A null stands in its place. */
static YamlNode *parse_alias(Reader *reader, const yaml_event_t *event) {
    YamlNode *node = node_new(reader, YAML_NULL, event);
    diag_add(reader->diags, reader->rule, node->at, "the alias \"%.*s\" cannot be used here",
             STR_FMT(span_text(node->at)));
    diag_hint(reader->diags, "put the text in quotes if the \"*\" belongs to it");
    return count_finding(reader) ? node : NULL;
}

static bool check_depth(Reader *reader, const yaml_event_t *event, size_t depth) {
    if (depth < LIMIT_YAML_DEPTH)
        return true;
    Span at = event_span(reader, event);
    diag_add(reader->diags, reader->rule, at, "nested more than %zu deep", LIMIT_YAML_DEPTH);
    reader->finding_count++;
    return false;
}

/* value ::= scalar | list | map, of which `event` is the beginning. NULL after a finding that ends
 * the reading. */
static YamlNode *parse_value(Reader *reader, const yaml_event_t *event, size_t depth) {
    switch ((int)event->type) {
    case YAML_ALIAS_EVENT: return parse_alias(reader, event);
    case YAML_SCALAR_EVENT:
        if (!check_properties(reader, event, event->data.scalar.anchor, event->data.scalar.tag))
            return NULL;
        return scalar_node(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        if (!check_properties(reader, event, event->data.sequence_start.anchor,
                              event->data.sequence_start.tag) ||
            !check_depth(reader, event, depth))
            return NULL;
        return parse_list(reader, event, depth + 1);
    case YAML_MAPPING_START_EVENT:
        if (!check_properties(reader, event, event->data.mapping_start.anchor,
                              event->data.mapping_start.tag) ||
            !check_depth(reader, event, depth))
            return NULL;
        return parse_map(reader, event, depth + 1);
    }
    assert(false); /* libyaml gives no other event where a value is due */
    return NULL;
}

/* A second document is refused: what it would mean is nowhere said. */
static void report_second_document(Reader *reader, const yaml_event_t *event) {
    Span at = event_span(reader, event);
    diag_add(reader->diags, reader->rule, at, "a second document begins here");
    diag_hint(reader->diags, "keep one document in a file, or indent the line");
    reader->finding_count++;
}

/* stream ::= [document], document ::= ["---"] value ["..."]. */
static YamlNode *parse_stream(Reader *reader) {
    YamlNode *root = NULL;
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event))
            return NULL;
        bool go_on = event.type != YAML_STREAM_END_EVENT;
        if (event.type == YAML_DOCUMENT_START_EVENT && root) {
            report_second_document(reader, &event);
            go_on = false;
        } else if (event.type != YAML_STREAM_START_EVENT &&
                   event.type != YAML_DOCUMENT_START_EVENT &&
                   event.type != YAML_DOCUMENT_END_EVENT && go_on) {
            root = parse_value(reader, &event, 0);
            go_on = root != NULL;
        }
        yaml_event_delete(&event);
        if (!go_on)
            break;
    }
    if (!root && !reader->finding_count) {
        root = ARENA_NEW(reader->arena, YamlNode);
        root->kind = YAML_NULL;
        root->at = yaml_text_span(&reader->text, 0, 0);
    }
    return reader->finding_count ? NULL : root;
}

/* Size and encoding, which libyaml would report in its own way and without a place. */
static bool check_bytes(Span region, DiagRule rule, Diags *diags) {
    Str text = span_text(region);
    if (text.size > LIMIT_YAML_SIZE) {
        region.size = 0;
        diag_add(diags, rule, region, "larger than %zu MiB", LIMIT_YAML_SIZE >> 20);
        return false;
    }
    size_t bad = utf8_find_invalid(text);
    if (bad != STR_NONE) {
        diag_add(diags, rule, span_of(region.source, region.start + bad, 1),
                 "the byte 0x%02X is not UTF-8", (unsigned)(unsigned char)text.data[bad]);
        diag_hint(diags, "save the file as UTF-8");
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) {
            diag_add(diags, rule, span_of(region.source, region.start + i, 1),
                     "a control character, U+%04X, cannot be used here", (unsigned)c);
            return false;
        }
    }
    return true;
}

YamlNode *yaml_parse(Span region, DiagRule rule, Arena *arena, Diags *diags) {
    YamlNode *plain = yaml_read_plain(region, arena);
    if (plain || !check_bytes(region, rule, diags))
        return plain;
    Reader reader = {.rule = rule, .arena = arena, .diags = diags};
    reader.text = yaml_text_new(region, arena);
    Str bytes = reader.text.bytes;
    if (!yaml_parser_initialize(&reader.parser))
        abort(); /* no memory left, as in base/arena.c */
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)bytes.data, bytes.size);
    YamlNode *root = parse_stream(&reader);
    yaml_parser_delete(&reader.parser);
    return root;
}

YamlNode *yaml_find(const YamlNode *node, const char *key) {
    if (!node || node->kind != YAML_MAP)
        return NULL;
    Str name = str_from(key);
    for (size_t i = 0; i < node->count; i++)
        if (str_equal(node->keys[i]->text, name))
            return node->values[i];
    return NULL;
}

bool yaml_check_keys(const YamlNode *map, const char *const *known, DiagRule rule, Diags *diags) {
    Str names[64];
    size_t name_count = 0;
    while (known[name_count]) {
        assert(name_count < sizeof names / sizeof *names);
        names[name_count] = str_from(known[name_count]);
        name_count++;
    }
    size_t finding_count = 0;
    for (size_t i = 0; i < map->count && finding_count < FINDING_LIMIT; i++) {
        bool is_known = false;
        for (size_t j = 0; j < name_count && !is_known; j++)
            is_known = str_equal(map->keys[i]->text, names[j]);
        if (is_known)
            continue;
        finding_count++;
        diag_add(diags, rule, map->keys[i]->at, "unknown key \"%.*s\"",
                 STR_FMT(map->keys[i]->text));
        diag_hint_nearest(diags, map->keys[i]->text, names, name_count);
    }
    return finding_count == 0;
}

Str yaml_kind_name(YamlKind kind) {
    static const char *const names[] = {
        [YAML_NULL] = "nothing",      [YAML_BOOL] = "true or false", [YAML_INT] = "a number",
        [YAML_FLOAT] = "a number",    [YAML_STRING] = "text",        [YAML_LIST] = "a list",
        [YAML_MAP] = "a map of keys",
    };
    return str_from(names[kind]);
}
