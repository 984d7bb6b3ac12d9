/* agreement.h: one diagram beside what Mermaid made of it.
 * In: the model that was read and the stored ground truth; out: what differs, in words. What there
 * is to compare for each kind stands in agreement_flow.h, _sequence.h and _kinds.h; included by
 * agreement_test.c only. */
#ifndef TESTS_AGREEMENT_H
#define TESTS_AGREEMENT_H

#include "base/ban.h"

#include "base/buf.h"
#include "data/yaml.h"
#include "diagram/model/graph.h"
#include "diagram/model/graph_json.h"
#include "diagram/model/sequence.h"
#include "diagram/syntax/label.h"

typedef struct Case {
    Arena *arena;
    const Graph *graph;       /* of the layered kinds, else NULL */
    const Sequence *sequence; /* of a sequence diagram, else NULL */
    Buf reasons;              /* one line per difference */
    size_t reason_count;
} Case;

#define REASONS_SHOWN 4 /* of one diagram: one slip often shows in many places */

/* The text under `key`, empty where there is none. */
static inline Str truth_text(const YamlNode *node, const char *key) {
    const YamlNode *value = yaml_find(node, key);
    return value && value->kind != YAML_NULL ? value->text : STR("");
}

static inline size_t truth_count(const YamlNode *list) {
    return list ? list->count : 0;
}

static inline void differ(Case *one, const char *what, Str expected, Str found) {
    if (one->reason_count++ < REASONS_SHOWN)
        buf_add_format(&one->reasons, "    %s: expected \"%.*s\", found \"%.*s\"\n", what,
                       STR_FMT(expected), STR_FMT(found));
}

static inline void compare_text(Case *one, const char *what, Str expected, Str found) {
    if (!str_equal(expected, found))
        differ(one, what, expected, found);
}

static inline void compare_count(Case *one, const char *what, size_t expected, size_t found) {
    if (expected != found)
        differ(one, what, str_format(one->arena, "%zu", expected),
               str_format(one->arena, "%zu", found));
}

/* Without tags, spaces and line ends: HTML does not keep the latter either, and a tag that Mermaid
 * drops and we keep is no difference. */
static inline Str bare(Arena *arena, Str text) {
    Buf buf = buf_new(arena);
    bool in_tag = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '<')
            in_tag = str_find_char(text, '>', i) != STR_NONE;
        if (!in_tag && c != ' ' && c != '\n')
            buf_add_char(&buf, c);
        if (c == '>')
            in_tag = false;
    }
    return buf_str(&buf);
}

/* Labels in the ground truth are HTML, whose tags and entities are still to be read. */
static inline Str plain(Arena *arena, Str html) {
    Str text = label_read(html, arena).text;
    if (html.size > 1 && html.data[0] == '"' && str_ends_with(html, STR("\"")))
        text = str_format(arena, "\"%.*s\"", STR_FMT(text));
    return bare(arena, text);
}

static inline void compare_label(Case *one, const char *what, Str expected, Str found) {
    if (!str_equal(plain(one->arena, expected), bare(one->arena, found)))
        differ(one, what, expected, found);
}

static inline Str end_id(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].id : graph->nodes[end.index].id;
}

static inline Str parent_id(const Graph *graph, GroupId parent) {
    return parent == GRAPH_NONE ? STR("") : graph->groups[parent].id;
}

/* Mermaid says TD for TB in places. `inherited` stands for no direction of its own. */
static inline void compare_direction(Case *one, const char *what, Str expected, Str inherited,
                                     GraphDirection found) {
    Str name = found == GRAPH_INHERIT ? inherited : graph_direction_name(found);
    compare_text(one, what, str_equal(expected, STR("TD")) ? STR("TB") : expected, name);
}

#endif
