/* Reads real state, class and entity relationship diagrams and those of Mermaid's own documents and
 * tests, and compares with what Mermaid 11.17.2 made of them. The corpus is not part of the
 * project: without it the test is skipped. CORPUS_VERBOSE=1 prints every difference. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/limits.h"
#include "data/yaml.h"
#include "diagram/model/graph_json.h"
#include "diagram/syntax/syntax.h"

#include <cmocka.h>

typedef struct Score {
    size_t count, agreed; /* accepted or refused as Mermaid does */
    size_t models, equal; /* accepted by both; and the same model */
} Score;

/* Where Mermaid's model of a kind has what our graph has as nodes and edges. */
typedef struct KindRow {
    const char *folder;
    Graph *(*parse)(const Source *source, Arena *arena, Diags *diags, bool *ok);
    const char *nodes, *id, *edges, *from, *to;
} KindRow;

static const KindRow kinds[] = {
    {"state/", syntax_parse_state, "nodes", "id", "edges", "start", "end"},
    {"class/", syntax_parse_class, "classes", "id", "relations", "from", "to"},
    {"er/", syntax_parse_er, "entities", "name", "relationships", "a", "b"},
};
#define KIND_COUNT (sizeof kinds / sizeof *kinds)

static Str text_of(const YamlNode *node, const char *key) {
    const YamlNode *value = yaml_find(node, key);
    return value && value->kind != YAML_NULL ? value->text : STR("");
}

/* Notes and regions have numbers for names, and Mermaid's differ from ours. */
static bool is_numbered(Str id) {
    return str_find(id, STR("AUTO"), 0) != STR_NONE || str_find(id, STR("----"), 0) != STR_NONE ||
           str_starts_with(id, STR("divider-id"));
}

static Str end_id(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].id : graph->nodes[end.index].id;
}

/* Every node that Mermaid has is there, every edge joins the same two, in the same order. */
static bool compare(const KindRow *kind, const Graph *graph, const YamlNode *model) {
    const YamlNode *nodes = yaml_find(model, kind->nodes), *edges = yaml_find(model, kind->edges);
    bool is_equal = true;
    for (size_t i = 0; nodes && i < nodes->count; i++) {
        Str id = text_of(nodes->values[i], kind->id);
        is_equal &= is_numbered(id) || graph_find(graph, id) != GRAPH_NONE ||
                    graph_find_group(graph, id) != GRAPH_NONE;
    }
    size_t next = 0;
    for (size_t i = 0; edges && i < edges->count; i++, next++) {
        Str from = text_of(edges->values[i], kind->from), to = text_of(edges->values[i], kind->to);
        /* Mermaid keeps the notes of classes apart from their relations. */
        while (graph->kind == GRAPH_CLASS && next < graph->edge_count &&
               str_find(end_id(graph, graph->edges[next].from), STR("note----"), 0) == 0)
            next++;
        if (next == graph->edge_count)
            return false;
        const Edge *edge = &graph->edges[next];
        is_equal &= is_numbered(from) || str_equal(from, end_id(graph, edge->from));
        is_equal &= is_numbered(to) || str_equal(to, end_id(graph, edge->to));
    }
    while (graph->kind == GRAPH_CLASS && next < graph->edge_count &&
           str_find(end_id(graph, graph->edges[next].from), STR("note----"), 0) == 0)
        next++;
    return is_equal && next == graph->edge_count;
}

static Str read_file(Fs *fs, Str path, Arena *arena) {
    FsText text;
    assert_true(fs_read(fs, path, LIMIT_YAML_SIZE, arena, &text));
    return text.content;
}

static void score_case(Fs *fs, const KindRow *kind, Str file, Score *score) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Str path = str_format(arena, "mermaid/%.*s.json", STR_FMT(file));
    Source *json = source_new(arena, path, read_file(fs, path, arena));
    const YamlNode *truth =
        yaml_parse(span_of(json, 0, json->text.size), DIAG_DATA_SYNTAX, arena, diags);
    assert_non_null(truth);
    path = str_format(arena, "mermaid/%.*s.mmd", STR_FMT(file));
    bool should_accept = yaml_find(truth, "accepted")->is_true, ok;
    const Graph *graph =
        kind->parse(source_new(arena, path, read_file(fs, path, arena)), arena, diags, &ok);
    score->count++;
    score->agreed += ok == should_accept;
    bool is_equal = !ok || compare(kind, graph, yaml_find(truth, "semantic"));
    if (ok && should_accept) {
        score->models++;
        score->equal += is_equal;
    }
    if (getenv("CORPUS_VERBOSE") && (ok != should_accept || !is_equal))
        print_message("%.*s: %s\n", STR_FMT(file),
                      ok == should_accept ? "another model"
                      : ok                ? "should be refused"
                                          : "should be accepted");
    arena_free(arena);
}

static void assert_percent(const KindRow *kind, const char *what, size_t part, size_t whole) {
    double percent = whole ? 100.0 * (double)part / (double)whole : 100.0;
    print_message("# %s %s: %zu of %zu (%.1f %%)\n", kind->folder, what, part, whole, percent);
    assert_true(percent >= 97.0);
}

static void test_agreement(void **state) {
    (void)state;
    const char *root = getenv("DOCSGEN_CORPUS");
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, str_from(root ? root : "../shared/corpus"));
    FsText text;
    if (!fs_read(fs, STR("mermaid/index.tsv"), LIMIT_YAML_SIZE, arena, &text)) {
        arena_free(arena);
        skip();
    }
    for (size_t k = 0; k < KIND_COUNT; k++) {
        Score scores[2] = {{0}, {0}};
        Str index = text.content;
        str_cut_line(&index);
        while (index.data) {
            Str line = str_cut_line(&index);
            Str file = str_cut(&line, '\t'), origin = str_cut(&line, '\t');
            if (str_starts_with(file, str_from(kinds[k].folder)))
                score_case(fs, &kinds[k], file, &scores[str_equal(origin, STR("probe"))]);
        }
        assert_percent(&kinds[k], "real and Mermaid's own: alike", scores[0].agreed,
                       scores[0].count);
        assert_percent(&kinds[k], "real and Mermaid's own: same model", scores[0].equal,
                       scores[0].models);
        assert_percent(&kinds[k], "probes: alike", scores[1].agreed, scores[1].count);
        assert_percent(&kinds[k], "probes: same model", scores[1].equal, scores[1].models);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_agreement)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
