/* Reads real flowcharts and those of Mermaid's own documents and tests, and compares with what
 * Mermaid 11.17.2 made of them. The corpus is not part of the project: without it the test is
 * skipped. CORPUS_VERBOSE=1 prints every difference. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/limits.h"
#include "base/map.h"
#include "data/yaml.h"
#include "diagram/model/graph_json.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/syntax.h"

#include <cmocka.h>

typedef struct Score {
    size_t count, agreed; /* accepted or refused as Mermaid does */
    size_t models, equal; /* accepted by both; and the same model */
} Score;

typedef struct Case {
    Arena *arena;
    Str path;
    Graph *graph;
    bool is_equal, is_verbose;
} Case;

static Str text_of(const YamlNode *node, const char *key) {
    const YamlNode *value = yaml_find(node, key);
    return value && value->kind != YAML_NULL ? value->text : STR("");
}

static void differ(Case *one, const char *what, Str expected, Str found) {
    if (one->is_verbose)
        print_message("%.*s: %s: expected \"%.*s\", found \"%.*s\"\n", STR_FMT(one->path), what,
                      STR_FMT(expected), STR_FMT(found));
    one->is_equal = false;
}

static void compare_text(Case *one, const char *what, Str expected, Str found) {
    if (!str_equal(expected, found))
        differ(one, what, expected, found);
}

/* Labels in the ground truth are HTML; they are brought to text by the same function. A tag that
 * Mermaid drops and we keep is no difference. */
static Str plain(Arena *arena, Str label) {
    Buf buf = buf_new(arena);
    Str read = label_read(label, arena).text;
    bool in_tag = false;
    for (size_t i = 0; i < read.size; i++) {
        char c = read.data[i];
        if (c == '<')
            in_tag = str_find_char(read, '>', i) != STR_NONE;
        if (!in_tag && c != ' ' && c != '\n')
            buf_add_char(&buf, c);
        if (c == '>')
            in_tag = false;
    }
    return buf_str(&buf);
}

static void compare_label(Case *one, const char *what, Str expected, Str found) {
    if (!str_equal(plain(one->arena, expected), plain(one->arena, found)))
        differ(one, what, expected, found);
}

/* Mermaid's names for the outlines of brackets. */
static Str shape_of(Str raw) {
    static const char *const names[][2] = {
        {"square", "rect"},
        {"rect", "rect"},
        {"odd", "flag"},
        {"doublecircle", "double-circle"},
        {"lean_right", "lean-right"},
        {"lean_left", "lean-left"},
        {"inv_trapezoid", "inv-trapezoid"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(raw, str_from(names[i][0])))
            return str_from(names[i][1]);
    return raw.size ? raw : STR("rect");
}

static void compare_nodes(Case *one, const YamlNode *vertices) {
    size_t count = 0;
    for (size_t i = 0; vertices && i < vertices->count; i++) {
        const YamlNode *vertex = vertices->values[i];
        Str id = text_of(vertex, "id");
        NodeId index = graph_find(one->graph, id);
        if (index == GRAPH_NONE) {
            if (graph_find_group(one->graph, id) == GRAPH_NONE)
                differ(one, "node", id, STR("nothing"));
            continue;
        }
        count++;
        const Node *node = &one->graph->nodes[index];
        compare_label(one, "label", text_of(vertex, "label"), node->label.text);
        Str shape = node->shape_name.size ? node->shape_name : graph_shape_name(node->shape);
        compare_text(one, "shape", shape_of(text_of(vertex, "shape_raw")), shape);
        Str parent = node->parent == GRAPH_NONE ? STR("") : one->graph->groups[node->parent].id;
        compare_text(one, "parent", text_of(vertex, "parent"), parent);
    }
    if (count != one->graph->node_count)
        differ(one, "number of nodes", str_format(one->arena, "%zu", count),
               str_format(one->arena, "%zu", one->graph->node_count));
}

static Str end_id(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].id : graph->nodes[end.index].id;
}

static Str head_of(Str name) {
    return str_equal(name, STR("arrow_point"))    ? STR("arrow")
           : str_equal(name, STR("arrow_circle")) ? STR("circle")
           : str_equal(name, STR("arrow_cross"))  ? STR("cross")
                                                  : STR("none");
}

static void compare_edges(Case *one, const YamlNode *edges) {
    size_t count = edges ? edges->count : 0;
    if (count != one->graph->edge_count) {
        differ(one, "number of edges", str_format(one->arena, "%zu", count),
               str_format(one->arena, "%zu", one->graph->edge_count));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const YamlNode *expected = edges->values[i];
        const Edge *edge = &one->graph->edges[i];
        Str line = text_of(expected, "stroke");
        compare_text(one, "from", text_of(expected, "start"), end_id(one->graph, edge->from));
        compare_text(one, "to", text_of(expected, "end"), end_id(one->graph, edge->to));
        compare_label(one, "edge label", text_of(expected, "label"), edge->label.text);
        /* Mermaid has no line for a link whose two parts differ; we draw the first part's. */
        bool is_valid = !str_equal(line, STR("INVALID"));
        if (is_valid)
            compare_text(one, "line", str_equal(line, STR("normal")) ? STR("solid") : line,
                         graph_line_name(edge->line));
        compare_text(one, "start", head_of(text_of(expected, "arrow_start")),
                     graph_head_name(edge->start));
        compare_text(one, "end", head_of(text_of(expected, "arrow_end")),
                     graph_head_name(edge->end));
        if (is_valid)
            compare_text(one, "length", text_of(expected, "length"),
                         str_format(one->arena, "%d", edge->length));
    }
}

/* The group that the ground truth has at `index`; equal ids are told apart by their order. */
static const Group *group_at(const Case *one, const YamlNode *groups, size_t index) {
    Str id = text_of(groups->values[index], "id");
    size_t skip = 0;
    for (size_t i = 0; i < index; i++)
        skip += str_equal(id, text_of(groups->values[i], "id"));
    for (size_t i = 0; i < one->graph->group_count; i++)
        if (str_equal(one->graph->groups[i].id, id) && skip-- == 0)
            return &one->graph->groups[i];
    return NULL;
}

static void compare_groups(Case *one, const YamlNode *groups) {
    size_t count = groups ? groups->count : 0;
    if (count != one->graph->group_count)
        differ(one, "number of groups", str_format(one->arena, "%zu", count),
               str_format(one->arena, "%zu", one->graph->group_count));
    for (size_t i = 0; i < count; i++) {
        const Group *group = group_at(one, groups, i);
        Str id = text_of(groups->values[i], "id");
        if (!group) {
            differ(one, "group", id, STR("nothing"));
            continue;
        }
        compare_label(one, "title", text_of(groups->values[i], "title"), group->label.text);
        Str direction = text_of(groups->values[i], "dir");
        compare_text(one, "group direction",
                     str_equal(direction, STR("TD")) ? STR("TB") : direction,
                     graph_direction_name(group->direction));
        const YamlNode *members = yaml_find(groups->values[i], "members");
        for (size_t k = 0; members && k < members->count; k++) {
            GroupId inner = graph_find_group(one->graph, members->values[k]->text);
            /* A group that names itself inside holds itself in Mermaid, which then cannot draw it.
             */
            if (inner == GRAPH_NONE || str_equal(members->values[k]->text, id))
                continue;
            GroupId parent = one->graph->groups[inner].parent;
            compare_text(one, "group parent", id,
                         parent == GRAPH_NONE ? STR("") : one->graph->groups[parent].id);
        }
    }
}

static bool compare_model(Case *one, const YamlNode *model) {
    one->is_equal = true;
    Str direction = text_of(model, "direction");
    compare_text(one, "direction", direction.size ? direction : STR("TB"),
                 graph_direction_name(one->graph->direction));
    compare_nodes(one, yaml_find(model, "vertices"));
    compare_edges(one, yaml_find(model, "edges"));
    compare_groups(one, yaml_find(model, "subgraphs"));
    return one->is_equal;
}

static void print_findings(const Case *one, const Diags *diags) {
    for (size_t i = 0; one->is_verbose && i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        Place place = span_place(diag->at);
        print_message("  %.*s:%u:%u: %.*s (%.*s)\n", STR_FMT(one->path), place.line, place.column,
                      STR_FMT(diag->message), STR_FMT(diag->hint));
    }
}

static Str read_file(Fs *fs, Str path, Arena *arena) {
    FsText text;
    assert_true(fs_read(fs, path, LIMIT_YAML_SIZE, arena, &text));
    return text.content;
}

static void score_case(Fs *fs, Case *one, Score *score) {
    Diags *diags = diags_new(one->arena);
    Str json_path = str_format(one->arena, "%.*s.json", (int)one->path.size - 4, one->path.data);
    Source *json = source_new(one->arena, json_path, read_file(fs, json_path, one->arena));
    const YamlNode *truth =
        yaml_parse(span_of(json, 0, json->text.size), DIAG_DATA_SYNTAX, one->arena, diags);
    if (!truth)
        print_findings(one, diags);
    assert_non_null(truth);
    bool should_accept = yaml_find(truth, "accepted")->is_true;

    Source *source = source_new(one->arena, one->path, read_file(fs, one->path, one->arena));
    bool ok;
    one->graph = syntax_parse_flow(source, one->arena, diags, &ok);
    score->count++;
    score->agreed += ok == should_accept;
    if (ok != should_accept) {
        if (one->is_verbose)
            print_message("%.*s: %s\n", STR_FMT(one->path),
                          ok ? "should be refused" : "should be accepted");
        print_findings(one, diags);
    } else if (ok) {
        score->models++;
        score->equal += compare_model(one, yaml_find(truth, "semantic"));
    }
}

static void assert_percent(const char *what, size_t part, size_t whole, double least) {
    double percent = whole ? 100.0 * (double)part / (double)whole : 0;
    print_message("# %s: %zu of %zu (%.2f %%)\n", what, part, whole, percent);
    assert_true(percent >= least);
}

/* Group 1: real documents and Mermaid's own; group 2: probes written to try the grammar. */
static void test_agreement(void **state) {
    (void)state;
    const char *root = getenv("DOCSGEN_CORPUS");
    Arena *arena = arena_new(), *tmp = arena_new();
    Fs *fs = fs_open_disk(arena, str_from(root ? root : "../shared/corpus"));
    FsText text;
    if (!fs_read(fs, STR("mermaid/index.tsv"), LIMIT_YAML_SIZE, arena, &text)) {
        arena_free(tmp);
        arena_free(arena);
        skip();
    }
    Score scores[2] = {{0}, {0}};
    Str index = text.content;
    str_cut_line(&index);
    while (index.data) {
        Str line = str_cut_line(&index);
        Str file = str_cut(&line, '\t'), origin = str_cut(&line, '\t');
        if (!str_starts_with(file, STR("flowchart/")))
            continue;
        Case one = {.arena = tmp, .is_verbose = getenv("CORPUS_VERBOSE")};
        one.path = str_format(arena, "mermaid/%.*s.mmd", STR_FMT(file));
        score_case(fs, &one, &scores[str_equal(origin, STR("probe"))]);
        arena_reset(tmp);
    }
    assert_percent("real and Mermaid's own: accepted or refused alike", scores[0].agreed,
                   scores[0].count, 99.0);
    assert_percent("real and Mermaid's own: same model", scores[0].equal, scores[0].models, 97.0);
    assert_percent("probes: accepted or refused alike", scores[1].agreed, scores[1].count, 99.0);
    assert_percent("probes: same model", scores[1].equal, scores[1].models, 97.0);
    arena_free(tmp);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_agreement)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
