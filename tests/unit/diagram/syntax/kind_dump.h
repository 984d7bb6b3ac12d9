/* kind_dump.h: state, class and entity relationship diagrams as lines of text, and the checks that
 * their tests share: models and findings word for word, and hostile texts against the clock.
 * In: a parse function and texts; out: one line per thing. Included by the tests of diagram/syntax.
 */
#ifndef TESTS_KIND_DUMP_H
#define TESTS_KIND_DUMP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "time_limit.h"
#include "unit/diagram/syntax/flow_dump.h"

#include <cmocka.h>

typedef Graph *(*KindParse)(const Source *source, Arena *arena, Diags *diags, bool *ok);

typedef struct KindCase {
    const char *text, *expected;
} KindCase;

/* `before`, then `piece` `count` times, then `after`. */
typedef struct KindHostile {
    const char *before, *piece;
    size_t count;
    const char *after;
} KindHostile;

static inline void dump_rows(Buf *buf, const Node *node) {
    for (size_t i = 0; i < node->row_count; i++) {
        const NodeRow *row = &node->rows[i];
        buf_add_format(buf, "  %d", row->section);
        for (size_t k = 0; k < (node->is_table ? NODE_CELLS : 1); k++)
            dump_text(buf, " | ", row->cells[k]);
        buf_add_text(buf, row->is_italic ? " (abstract)" : "");
        buf_add_text(buf, row->is_underlined ? " (static)\n" : "\n");
    }
}

static inline void dump_joint(Buf *buf, const Graph *graph, const Edge *edge) {
    dump_text(buf, "edge ", dump_end(graph, edge->from));
    dump_text(buf, " ", edge->start_label.text);
    dump_text(buf, " ", graph_head_name(edge->start));
    dump_text(buf, " ", graph_line_name(edge->line));
    dump_text(buf, " ", graph_head_name(edge->end));
    dump_text(buf, " ", edge->end_label.text);
    dump_text(buf, " ", dump_end(graph, edge->to));
    if (edge->label.text.size)
        dump_label(buf, edge->label);
    buf_add_char(buf, '\n');
}

/* The model, "refused" when there is none, and all findings. */
static inline Str dump_kind(KindParse parse, Str text, Arena *arena) {
    Diags *diags = diags_new(arena);
    Buf buf = buf_new(arena);
    bool ok;
    const Graph *graph = parse(source_new(arena, STR("a.mmd"), text), arena, diags, &ok);
    if (ok)
        dump_head(&buf, graph);
    else
        buf_add_text(&buf, "refused\n");
    for (size_t i = 0; ok && i < graph->node_count; i++) {
        const Node *node = &graph->nodes[i];
        dump_text(&buf, "<<", node->stereotype);
        buf_add_text(&buf, node->stereotype.size ? ">> " : "");
        dump_node(&buf, graph, node);
        dump_rows(&buf, node);
    }
    for (size_t i = 0; ok && i < graph->edge_count; i++)
        dump_joint(&buf, graph, &graph->edges[i]);
    for (size_t i = 0; ok && i < graph->group_count; i++)
        dump_group(&buf, graph, &graph->groups[i]);
    dump_findings(&buf, diags, DIAG_NOTE);
    return buf_str(&buf);
}

/* KIND_WRITE=1 prints what is found, for copying after a look at it. */
static inline void check_kind(KindParse parse, const KindCase *cases, size_t count) {
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        Str found = dump_kind(parse, str_from(cases[i].text), arena);
        if (getenv("KIND_WRITE"))
            print_message("-- %s\n%.*s", cases[i].text, STR_FMT(found));
        else
            assert_string_equal(str_cstr(arena, found), cases[i].expected);
        arena_reset(arena);
    }
    arena_free(arena);
}

/* Sanitizers make it some times slower. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KIND_SECONDS 10.0
#else
#define KIND_SECONDS 2.0
#endif

/* An answer in time and a sound graph, whatever the text; a refusal says why. */
static inline void check_hostile(KindParse parse, const KindHostile *cases, size_t count) {
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        Buf buf = buf_new(arena);
        buf_add_text(&buf, cases[i].before);
        for (size_t k = 0; k < cases[i].count; k++)
            buf_add_text(&buf, cases[i].piece);
        buf_add_text(&buf, cases[i].after);
        Diags *diags = diags_new(arena);
        bool ok;
        clock_t start = clock();
        const Graph *graph =
            parse(source_new(arena, STR("a.mmd"), buf_str(&buf)), arena, diags, &ok);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds >= time_limit(KIND_SECONDS))
            print_message("case %zu (%s): %.2f s\n", i, cases[i].piece, seconds);
        assert_true(graph_check(graph));
        assert_true(ok || diags_count(diags) > 0);
        assert_true(seconds < time_limit(KIND_SECONDS));
        arena_reset(arena);
    }
    arena_free(arena);
}

/* Every prefix of a text, and the text without each of its bytes: no crash, a sound graph. */
static inline void check_damaged(KindParse parse, Str text) {
    Arena *arena = arena_new();
    for (size_t i = 0; i < 2 * text.size; i++) {
        Buf buf = buf_new(arena);
        bool ok;
        buf_add(&buf, str_slice(text, 0, i / 2));
        if (i % 2)
            buf_add(&buf, str_from_offset(text, i / 2 + 1));
        Diags *diags = diags_new(arena);
        const Graph *graph =
            parse(source_new(arena, STR("a.mmd"), buf_str(&buf)), arena, diags, &ok);
        assert_true(graph_check(graph));
        assert_true(ok || diags_count(diags) > 0);
        arena_reset(arena);
    }
    arena_free(arena);
}

#endif
