/* Properties of every drawing, over graphs that a small generator makes: what must never overlap
 * does not, edges are orthogonal and end on outlines, the same graph gives the same drawing. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/layout/layout.h"
#include "diagram/scene/shape.h"
#include "diagram/text/text.h"

#include <cmocka.h>

#define PX COORD_PER_PX

/* ---- the generator ----------------------------------------------------------------------------
 */

static uint32_t random_state;

static uint32_t next_random(uint32_t below) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % below;
}

typedef struct Recipe {
    uint32_t seed, nodes, groups, edges;
    GraphDirection direction;
    bool is_plain; /* rectangles without labels on edges */
    bool is_chain; /* each edge to the next node, or the one after that */
    uint32_t notes;
} Recipe;

static Label label_of(Str text) {
    return (Label){.text = text};
}

static void add_groups(Graph *graph, Arena *arena, const Recipe *recipe) {
    for (uint32_t g = 0; g < recipe->groups; g++) {
        GroupId id = graph_add_group(graph, arena, str_format(arena, "g%u", g), (Span){0});
        graph->groups[id].label = label_of(str_format(arena, "Group number %u", g));
        graph->groups[id].parent = g > 0 && next_random(2) ? next_random(g) : GRAPH_NONE;
        if (next_random(4) == 0)
            graph->groups[id].direction = (GraphDirection)next_random(4);
    }
}

static void add_nodes(Graph *graph, Arena *arena, const Recipe *recipe) {
    static const char *const words[] = {"api", "Application load balancer", "db",
                                        "a text of several words that has to be broken", "x"};
    for (uint32_t n = 0; n < recipe->nodes; n++) {
        NodeId id = graph_intern(graph, arena, str_format(arena, "n%u", n), (Span){0});
        graph->nodes[id].label = label_of(str_from(words[next_random(5)]));
        graph->nodes[id].shape =
            recipe->is_plain ? SHAPE_RECT : (NodeShape)next_random(SHAPE_COUNT);
        graph->nodes[id].parent =
            recipe->groups && next_random(3) ? next_random(recipe->groups) : GRAPH_NONE;
    }
}

static EdgeEnd random_end(const Recipe *recipe) {
    if (recipe->groups && next_random(8) == 0)
        return (EdgeEnd){true, next_random(recipe->groups)};
    return (EdgeEnd){false, next_random(recipe->nodes)};
}

/* Notes beside nodes and groups, as the parsers leave them: tied by a dotted line. */
static void add_notes(Graph *graph, Arena *arena, const Recipe *recipe) {
    for (uint32_t i = 0; i < recipe->notes; i++) {
        EdgeEnd anchor = random_end(recipe);
        NodeId note = graph_intern(graph, arena, str_format(arena, "note%u", i), (Span){0});
        bool is_left = next_random(2);
        EdgeEnd from = is_left ? (EdgeEnd){false, note} : anchor;
        EdgeEnd to = is_left ? anchor : (EdgeEnd){false, note};
        EdgeId tether = graph_add_edge(graph, arena, from, to, (Span){0});
        Node *node = &graph->nodes[note];
        node->label = label_of(next_random(2) ? STR("a note") : STR("several\nlines\nof a\nnote"));
        node->shape = SHAPE_NOTE;
        node->parent = anchor.is_group ? graph->groups[anchor.index].parent
                                       : graph->nodes[anchor.index].parent;
        node->beside = is_left ? BESIDE_LEFT : BESIDE_RIGHT;
        node->anchor = anchor;
        node->tether = tether;
        graph->edges[tether].line = EDGE_DOTTED;
    }
}

static Graph *make_graph(const Recipe *recipe, Arena *arena) {
    Graph *graph = graph_new(arena);
    random_state = recipe->seed * 2654435761u + 1;
    graph->direction = recipe->direction;
    add_groups(graph, arena, recipe);
    add_nodes(graph, arena, recipe);
    for (uint32_t e = 0; e < recipe->edges && recipe->nodes; e++) {
        EdgeEnd from = random_end(recipe), to = random_end(recipe);
        if (recipe->is_chain) {
            from = (EdgeEnd){false, e % (recipe->nodes - 1)};
            to = (EdgeEnd){false,
                           from.index + 1 + (from.index + 2 < recipe->nodes && e >= recipe->nodes)};
        }
        if (from.is_group && to.is_group && from.index == to.index)
            continue;
        EdgeId id = graph_add_edge(graph, arena, from, to, (Span){0});
        graph->edges[id].end = next_random(6) ? HEAD_ARROW : HEAD_NONE;
        graph->edges[id].length = (uint8_t)(1 + next_random(8) / 7);
        if (!recipe->is_plain && next_random(3) == 0)
            graph->edges[id].label = label_of(STR("HTTPS :443"));
    }
    add_notes(graph, arena, recipe);
    assert_true(graph_check(graph));
    return graph;
}

/* ---- the properties ---------------------------------------------------------------------------
 */

static bool overlap(Box a, Box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

static bool holds(Box outer, Box inner) {
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

static bool is_around(const Scene *scene, uint32_t outer, uint32_t group) {
    for (; group != GRAPH_NONE; group = scene->groups[group].parent)
        if (group == outer)
            return true;
    return false;
}

static void check_boxes(const Scene *scene, const Recipe *recipe) {
    Box canvas = {0, 0, scene->width, scene->height};
    for (size_t i = 0; i < scene->node_count; i++) {
        const SceneNode *node = &scene->nodes[i];
        assert_true(holds(canvas, node->box));
        assert_true(holds(node->box, node->text.box));
        for (size_t j = 0; j < i; j++)
            if (overlap(node->box, scene->nodes[j].box))
                fail_msg("seed %u: nodes %zu and %zu overlap", recipe->seed, i, j);
        for (uint32_t g = 0; g < scene->group_count; g++) {
            bool inside = is_around(scene, g, node->parent);
            if (inside ? !holds(scene->groups[g].box, node->box)
                       : overlap(scene->groups[g].box, node->box))
                fail_msg("seed %u: node %zu and group %u", recipe->seed, i, g);
            if (overlap(scene->groups[g].title.box, node->box))
                fail_msg("seed %u: node %zu on the title of group %u", recipe->seed, i, g);
        }
    }
    for (uint32_t g = 0; g < scene->group_count; g++) {
        assert_true(holds(canvas, scene->groups[g].box));
        assert_true(holds(scene->groups[g].box, scene->groups[g].title.box));
        for (uint32_t h = 0; h < scene->group_count; h++) {
            bool related = is_around(scene, g, h) || is_around(scene, h, g);
            if (!related && overlap(scene->groups[g].box, scene->groups[h].box))
                fail_msg("seed %u: groups %u and %u overlap", recipe->seed, g, h);
            if (g != h && overlap(scene->groups[g].title.box, scene->groups[h].title.box))
                fail_msg("seed %u: titles of %u and %u overlap", recipe->seed, g, h);
            if (g != h && is_around(scene, g, h))
                assert_true(holds(scene->groups[g].box, scene->groups[h].box));
        }
    }
}

static Coord smaller(Coord a, Coord b) {
    return a < b ? a : b;
}

static Box piece_box(Point a, Point b) {
    Coord width = a.x < b.x ? b.x - a.x : a.x - b.x, height = a.y < b.y ? b.y - a.y : a.y - b.y;
    return (Box){smaller(a.x, b.x), smaller(a.y, b.y), width + 1, height + 1};
}

/* Is the point on the outline of the shape, to half a px? */
static bool on_outline(NodeShape shape, Box box, Point p) {
    static const Side sides[] = {SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT};
    for (size_t i = 0; i < 4; i++) {
        bool across = sides[i] == SIDE_TOP || sides[i] == SIDE_BOTTOM;
        Coord inset = shape_inset(shape, box, sides[i], across ? p.x : p.y);
        Coord edge = sides[i] == SIDE_TOP      ? box.y + inset
                     : sides[i] == SIDE_BOTTOM ? box.y + box.height - inset
                     : sides[i] == SIDE_LEFT   ? box.x + inset
                                               : box.x + box.width - inset;
        Coord off = (across ? p.y : p.x) - edge;
        if (off >= -PX / 2 && off <= PX / 2)
            return true;
    }
    return false;
}

static void check_end(const Scene *scene, EdgeEnd end, Point p, const Recipe *recipe) {
    Box box = end.is_group ? scene->groups[end.index].box : scene->nodes[end.index].box;
    NodeShape shape = end.is_group ? SHAPE_RECT : scene->nodes[end.index].shape;
    Box around = {box.x - 1, box.y - 1, box.width + 2, box.height + 2};
    if (!holds(around, (Box){p.x, p.y, 0, 0}) || !on_outline(shape, box, p))
        fail_msg("seed %u: an edge ends off its %s %u", recipe->seed,
                 end.is_group ? "group" : "node", end.index);
}

static void check_piece(const Scene *scene, const Edge *edge, Box piece, const Recipe *recipe) {
    for (uint32_t n = 0; n < scene->node_count; n++) {
        bool is_end = (!edge->from.is_group && edge->from.index == n) ||
                      (!edge->to.is_group && edge->to.index == n);
        if (!is_end && overlap(piece, scene->nodes[n].box))
            fail_msg("seed %u: an edge runs through node %u", recipe->seed, n);
    }
    for (uint32_t g = 0; g < scene->group_count; g++)
        if (overlap(piece, scene->groups[g].title.box))
            fail_msg("seed %u: an edge runs through the title of group %u", recipe->seed, g);
}

static void check_edges(const Scene *scene, const Graph *graph, const Recipe *recipe) {
    for (size_t e = 0; e < scene->edge_count; e++) {
        const SceneEdge *edge = &scene->edges[e];
        assert_true(edge->point_count >= 2);
        check_end(scene, graph->edges[e].from, edge->points[0], recipe);
        check_end(scene, graph->edges[e].to, edge->points[edge->point_count - 1], recipe);
        for (size_t i = 1; i < edge->point_count; i++) {
            Point a = edge->points[i - 1], b = edge->points[i];
            if (a.x != b.x && a.y != b.y)
                fail_msg("seed %u: edge %zu is slanted", recipe->seed, e);
            Box piece = piece_box(a, b);
            assert_true(holds((Box){0, 0, scene->width, scene->height}, piece));
            check_piece(scene, &graph->edges[e], piece, recipe);
            for (size_t f = 0; f < scene->edge_count; f++)
                if (f != e && scene->edges[f].label.block.line_count &&
                    overlap(piece, scene->edges[f].label.box))
                    fail_msg("seed %u: edge %zu runs through the label of %zu", recipe->seed, e, f);
        }
    }
}

static void check_labels(const Scene *scene, const Recipe *recipe) {
    Box canvas = {0, 0, scene->width, scene->height};
    for (size_t e = 0; e < scene->edge_count; e++) {
        const SceneText *label = &scene->edges[e].label;
        if (!label->block.line_count)
            continue;
        assert_true(holds(canvas, label->box));
        for (size_t f = 0; f < e; f++)
            if (scene->edges[f].label.block.line_count &&
                overlap(label->box, scene->edges[f].label.box))
                fail_msg("seed %u: labels of %zu and %zu overlap", recipe->seed, e, f);
        for (size_t n = 0; n < scene->node_count; n++)
            if (overlap(label->box, scene->nodes[n].box))
                fail_msg("seed %u: label of %zu on node %zu", recipe->seed, e, n);
        for (size_t g = 0; g < scene->group_count; g++)
            if (overlap(label->box, scene->groups[g].title.box))
                fail_msg("seed %u: label of %zu on title %zu", recipe->seed, e, g);
    }
}

/* A note stands wholly at its side of its anchor: left or right of it, or above or below where the
 * drawing flows sideways. */
static void check_notes(const Scene *scene, const Graph *graph, const Recipe *recipe) {
    for (size_t i = 0; i < graph->node_count; i++) {
        const Node *node = &graph->nodes[i];
        if (node->beside == BESIDE_NONE || node->anchor.is_group)
            continue; /* a note may stand below a group whose sides edges pass */
        Box anchor = scene->nodes[node->anchor.index].box;
        Box note = scene->nodes[i].box;
        Box first = node->beside == BESIDE_LEFT ? note : anchor;
        Box last = node->beside == BESIDE_LEFT ? anchor : note;
        if (first.x + first.width >= last.x && first.y + first.height >= last.y)
            fail_msg("seed %u: note %zu is not at its side", recipe->seed, i);
    }
}

static void check_recipe(const Recipe *recipe) {
    Arena *arena = arena_new();
    const Graph *graph = make_graph(recipe, arena);
    const Scene *scene = layout_flow(graph, NULL, arena);
    check_boxes(scene, recipe);
    check_edges(scene, graph, recipe);
    check_labels(scene, recipe);
    check_notes(scene, graph, recipe);
    Buf once = buf_new(arena), twice = buf_new(arena);
    layout_write_json(scene, &once);
    layout_write_json(layout_flow(graph, NULL, arena), &twice);
    assert_true(str_equal(buf_str(&once), buf_str(&twice)));
    arena_free(arena);
}

/* ---- the cases --------------------------------------------------------------------------------
 */

static void small_graphs(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 160; seed++)
        check_recipe(&(Recipe){.seed = seed,
                               .nodes = 2 + seed % 9,
                               .groups = seed % 4,
                               .edges = 1 + seed % 12,
                               .direction = (GraphDirection)(seed % 4)});
}

static void middling_graphs(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 24; seed++)
        check_recipe(&(Recipe){.seed = seed,
                               .nodes = 20 + seed,
                               .groups = seed % 9,
                               .edges = 30 + seed,
                               .direction = (GraphDirection)(seed % 4),
                               .is_plain = seed % 2});
}

static void notes_beside(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 120; seed++)
        check_recipe(&(Recipe){.seed = seed,
                               .nodes = 2 + seed % 9,
                               .groups = seed % 4,
                               .edges = 1 + seed % 12,
                               .direction = (GraphDirection)(seed % 4),
                               .notes = 1 + seed % 6});
}

/* The boxes of all texts of a drawing but those in nodes. */
static size_t collect_texts(const Scene *scene, Box *to) {
    size_t count = 0;
    for (size_t g = 0; g < scene->group_count; g++)
        if (scene->groups[g].title.block.line_count)
            to[count++] = scene->groups[g].title.box;
    for (size_t e = 0; e < scene->edge_count; e++) {
        const SceneEdge *edge = &scene->edges[e];
        const SceneText *texts[] = {&edge->label, &edge->ends[0], &edge->ends[1]};
        for (size_t k = 0; k < 3; k++)
            if (texts[k]->block.line_count)
                to[count++] = texts[k]->box;
    }
    return count;
}

static void check_texts_apart(const Scene *scene, uint32_t seed) {
    Box texts[200];
    size_t count = collect_texts(scene, texts);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (overlap(texts[i], texts[k]))
                fail_msg("seed %u: texts touch at %d, %d", seed, texts[i].x / COORD_PER_PX,
                         texts[i].y / COORD_PER_PX);
}

/* Every relation of a class diagram may have its own head and a text at each end, loops too: all
 * of them on the canvas, none on a class. */
static void texts_at_ends(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        Arena *arena = arena_new();
        Recipe recipe = {.seed = seed,
                         .nodes = 2 + seed % 7,
                         .edges = 1 + seed % 8 + seed / 50,
                         .direction = (GraphDirection)(seed % 4),
                         .is_plain = true,
                         .notes = seed % 3};
        Graph *graph = make_graph(&recipe, arena);
        graph->kind = GRAPH_CLASS;
        for (size_t e = 0; e < recipe.edges; e++) {
            graph->edges[e].start = (EdgeHead)next_random(HEAD_ZERO_MANY + 1);
            graph->edges[e].start_label = label_of(STR("0..*"));
            graph->edges[e].end_label = label_of(next_random(2) ? STR("1") : STR("many of them"));
        }
        const Scene *scene = layout_flow(graph, NULL, arena);
        check_boxes(scene, &recipe);
        Box canvas = {0, 0, scene->width, scene->height};
        for (size_t e = 0; e < recipe.edges; e++)
            for (size_t k = 0; k < 2; k++) {
                Box text = scene->edges[e].ends[k].box;
                if (!holds(canvas, text))
                    fail_msg("seed %u: a text of edge %zu is cut", seed, e);
                for (size_t n = 0; n < scene->node_count; n++)
                    if (overlap(text, scene->nodes[n].box))
                        fail_msg("seed %u: a text of edge %zu on node %zu", seed, e, n);
            }
        check_texts_apart(scene, seed);
        arena_free(arena);
    }
}

/* Long drawings are cut into rows; nothing overlaps there either. */
static void chains_in_rows(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++)
        check_recipe(&(Recipe){.seed = seed,
                               .nodes = 12 + seed,
                               .groups = seed % 3,
                               .edges = 11 + seed + seed % 7,
                               .direction = seed % 2 ? GRAPH_LR : GRAPH_RL,
                               .is_plain = seed % 5 < 2,
                               .is_chain = true,
                               .notes = seed % 4});
}

/* Rows read as lines of a text do: each begins at the left, below the one before. */
static void rows_of_a_chain(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Recipe recipe = {.seed = 1,
                           .nodes = 30,
                           .edges = 29,
                           .direction = GRAPH_LR,
                           .is_plain = true,
                           .is_chain = true};
    const Scene *scene = layout_flow(make_graph(&recipe, arena), NULL, arena);
    size_t rows = 1;
    for (size_t i = 1; i < scene->node_count; i++) {
        Box before = scene->nodes[i - 1].box, box = scene->nodes[i].box;
        if (box.x > before.x + before.width)
            continue;
        rows++;
        assert_true(box.x < scene->nodes[1].box.x);
        assert_true(box.y > before.y + before.height);
    }
    assert_in_range(rows, 3, 6);
    assert_true(scene->width < 1200 * PX);
    arena_free(arena);
}

static void nothing_and_little(void **state) {
    (void)state;
    check_recipe(&(Recipe){.seed = 1});
    check_recipe(&(Recipe){.seed = 1, .nodes = 1});
    check_recipe(&(Recipe){.seed = 1, .groups = 3}); /* empty groups */
    check_recipe(&(Recipe){.seed = 1, .groups = 1, .nodes = 1, .edges = 3});
    check_recipe(&(Recipe){.seed = 2, .nodes = 30}); /* no edges */
}

/* A chain of groups, each in the one before. */
static void deep_nesting(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    NodeId inner = graph_intern(graph, arena, STR("inner"), (Span){0});
    NodeId outer = graph_intern(graph, arena, STR("outer"), (Span){0});
    for (uint32_t g = 0; g < 99; g++) {
        GroupId id = graph_add_group(graph, arena, str_format(arena, "g%u", g), (Span){0});
        graph->groups[id].parent = g ? g - 1 : GRAPH_NONE;
    }
    graph->nodes[inner].parent = 98;
    graph_add_edge(graph, arena, (EdgeEnd){false, outer}, (EdgeEnd){false, inner}, (Span){0});
    Recipe recipe = {.seed = 0};
    const Scene *scene = layout_flow(graph, NULL, arena);
    check_boxes(scene, &recipe);
    check_edges(scene, graph, &recipe);
    arena_free(arena);
}

static void directions(void **state) {
    (void)state;
    for (int direction = GRAPH_TB; direction <= GRAPH_RL; direction++) {
        Arena *arena = arena_new();
        Graph *graph = graph_new(arena);
        graph->direction = (GraphDirection)direction;
        NodeId a = graph_intern(graph, arena, STR("a"), (Span){0});
        NodeId b = graph_intern(graph, arena, STR("b"), (Span){0});
        graph_add_edge(graph, arena, (EdgeEnd){false, a}, (EdgeEnd){false, b}, (Span){0});
        const Scene *scene = layout_flow(graph, NULL, arena);
        Coord right = scene->nodes[b].box.x - scene->nodes[a].box.x;
        Coord down = scene->nodes[b].box.y - scene->nodes[a].box.y;
        assert_int_equal(down > 0, direction == GRAPH_TB);
        assert_int_equal(down < 0, direction == GRAPH_BT);
        assert_int_equal(right > 0, direction == GRAPH_LR);
        assert_int_equal(right < 0, direction == GRAPH_RL);
        assert_int_equal(scene->edges[0].point_count, 2);
        arena_free(arena);
    }
}

/* A group without edges over its border keeps its own direction. */
static void direction_of_a_group(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    GroupId g = graph_add_group(graph, arena, STR("g"), (Span){0});
    graph->groups[g].direction = GRAPH_LR;
    NodeId a = graph_intern(graph, arena, STR("a"), (Span){0});
    NodeId b = graph_intern(graph, arena, STR("b"), (Span){0});
    NodeId c = graph_intern(graph, arena, STR("c"), (Span){0});
    graph->nodes[a].parent = graph->nodes[b].parent = g;
    graph_add_edge(graph, arena, (EdgeEnd){false, a}, (EdgeEnd){false, b}, (Span){0});
    graph_add_edge(graph, arena, (EdgeEnd){true, g}, (EdgeEnd){false, c}, (Span){0});
    const Scene *scene = layout_flow(graph, NULL, arena);
    assert_int_equal(scene->nodes[a].box.y, scene->nodes[b].box.y);
    assert_true(scene->nodes[a].box.x < scene->nodes[b].box.x);
    assert_true(scene->nodes[c].box.y > scene->groups[g].box.y + scene->groups[g].box.height);
    arena_free(arena);
}

/* A group that nothing enters has its note beside it, like a node. */
static void note_of_a_group(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    GroupId g = graph_add_group(graph, arena, STR("g"), (Span){0});
    NodeId a = graph_intern(graph, arena, STR("a"), (Span){0});
    NodeId note = graph_intern(graph, arena, STR("note"), (Span){0});
    graph->nodes[a].parent = g;
    graph->nodes[note].beside = BESIDE_RIGHT;
    graph->nodes[note].anchor = (EdgeEnd){true, g};
    graph->nodes[note].tether =
        graph_add_edge(graph, arena, graph->nodes[note].anchor, (EdgeEnd){false, note}, (Span){0});
    const Scene *scene = layout_flow(graph, NULL, arena);
    Box group = scene->groups[g].box, beside = scene->nodes[note].box;
    assert_true(beside.x > group.x + group.width);
    assert_true(beside.y + beside.height > group.y && beside.y < group.y + group.height);
    arena_free(arena);
}

static void writes_json(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    NodeId a = graph_intern(graph, arena, STR("a\"b"), (Span){0});
    graph->nodes[a].shape = SHAPE_DIAMOND;
    Buf out = buf_new(arena);
    layout_write_json(layout_flow(graph, NULL, arena), &out);
    assert_int_not_equal(str_find(buf_str(&out), STR("\"id\": \"a\\\"b\""), 0), STR_NONE);
    assert_int_not_equal(str_find(buf_str(&out), STR("\"shape\": \"diamond\""), 0), STR_NONE);
    assert_int_not_equal(str_find(buf_str(&out), STR("\"edges\": []"), 0), STR_NONE);
    arena_free(arena);
}

static int set_up(void **state) {
    (void)state;
    text_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_and_little),   cmocka_unit_test(directions),
        cmocka_unit_test(direction_of_a_group), cmocka_unit_test(deep_nesting),
        cmocka_unit_test(writes_json),          cmocka_unit_test(small_graphs),
        cmocka_unit_test(middling_graphs),      cmocka_unit_test(chains_in_rows),
        cmocka_unit_test(rows_of_a_chain),      cmocka_unit_test(notes_beside),
        cmocka_unit_test(texts_at_ends),        cmocka_unit_test(note_of_a_group),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
