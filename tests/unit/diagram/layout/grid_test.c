/* Nodes that are alike stand in columns and rows beside lanes that their lines share. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/layout/grid.h"
#include "diagram/layout/layout.h"
#include "diagram/text/text.h"

#include <cmocka.h>

#define PX COORD_PER_PX

/* A graph as words: "a>b" is an edge, "a-b" a dotted one, "a:b" one with a label. */
static Graph *read_graph(const char *text, Arena *arena) {
    Graph *graph = graph_new(arena);
    Str rest = str_from(text);
    while (rest.size) {
        Str word = str_cut(&rest, ' ');
        size_t sign = 0;
        while (word.data[sign] != '>' && word.data[sign] != '-' && word.data[sign] != ':')
            sign++;
        NodeId from = graph_intern(graph, arena, str_slice(word, 0, sign), (Span){0});
        NodeId to = graph_intern(graph, arena, str_from_offset(word, sign + 1), (Span){0});
        EdgeId id =
            graph_add_edge(graph, arena, (EdgeEnd){false, from}, (EdgeEnd){false, to}, (Span){0});
        graph->edges[id].end = HEAD_ARROW;
        if (word.data[sign] == '-')
            graph->edges[id].line = EDGE_DOTTED;
        if (word.data[sign] == ':')
            graph->edges[id].label.text = STR("text");
    }
    for (size_t i = 0; i < graph->node_count; i++)
        graph->nodes[i].label.text = graph->nodes[i].id;
    return graph;
}

/* What is alike, as the names of the members of each grid. */
static void finds_what_is_alike(void **state) {
    (void)state;
    static const struct {
        const char *graph, *grids;
    } rows[] = {
        {"h>a h>b h>c", "a b c;"},
        {"h>a h>b", ""},                       /* two are no grid */
        {"a>h b>h c>h", "a b c;"},             /* lines that lead away */
        {"h>a h>b h>c a>j b>j c>j", "a b c;"}, /* both */
        {"h>a h>b h>c a>j b>j", ""},           /* one of them leads no further */
        {"h>a h>b h>c a>h b>h c>h", ""},       /* there and back would be two buses at one side */
        {"h>a h>b h>c h-d h-e h-f", "a b c;d e f;"},
        {"h>a h>b h:c", ""},             /* a label needs a place of its own */
        {"h>a h>b h>c c>c", ""},         /* so does a loop */
        {"h>a h>a h>b h>c", ""},         /* two lines to one of them */
        {"h>a h>b h>c k>a k>b k>c", ""}, /* of two trunks one would cross the other's lanes */
        {"h>a h>b h>c i>d i>e i>f", "a b c;d e f;"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        PlanWay way = {.text_width = 200 * PX};
        Plan *plan = plan_new(read_graph(rows[i].graph, arena), NULL, way, arena);
        GridList list = grid_find(plan, 3, arena);
        Buf names = buf_new(arena);
        for (size_t g = 0; g < list.count; g++)
            for (uint32_t k = 0; k < list.grids[g].count; k++)
                buf_add_format(&names, "%.*s%s",
                               STR_FMT(plan->graph->nodes[list.grids[g].members[k]].id),
                               k + 1 < list.grids[g].count ? " " : ";");
        if (!str_equal(buf_str(&names), str_from(rows[i].grids)))
            fail_msg("%s: got \"%.*s\"", rows[i].graph, STR_FMT(buf_str(&names)));
        arena_free(arena);
    }
}

/* A fan of `count` nodes between hub and join, or without a join. */
static Scene *draw_fan(int count, bool has_join, GraphDirection direction, Arena *arena) {
    Buf text = buf_new(arena);
    for (int i = 0; i < count; i++)
        buf_add_format(&text, has_join ? "%shub>worker%02d worker%02d>join" : "%shub>worker%02d",
                       i ? " " : "", i, i);
    buf_add_char(&text, '\0');
    Graph *graph = read_graph(buf_str(&text).data, arena);
    graph->direction = direction;
    return layout_flow(graph, NULL, arena);
}

static Point centre(Box box) {
    return (Point){box.x + box.width / 2, box.y + box.height / 2};
}

static bool is_worker(const SceneNode *node) {
    return node->id.data[0] == 'w';
}

/* How many places there are at which workers stand, from left to right or from top to bottom. */
static size_t count_places(const Scene *scene, bool across) {
    size_t count = 0;
    for (size_t i = 0; i < scene->node_count; i++) {
        bool is_new = is_worker(&scene->nodes[i]);
        for (size_t k = 0; k < i && is_new; k++) {
            Point a = centre(scene->nodes[i].box), b = centre(scene->nodes[k].box);
            Coord off = across ? a.x - b.x : a.y - b.y;
            is_new = !is_worker(&scene->nodes[k]) || off < -PX || off > PX;
        }
        count += is_new;
    }
    return count;
}

static void stands_in_columns(void **state) {
    (void)state;
    static const struct {
        int count;
        GraphDirection direction;
        size_t columns, rows;
    } rows[] = {
        {18, GRAPH_TB, 6, 3}, {18, GRAPH_BT, 6, 3}, {24, GRAPH_TB, 6, 4}, {4, GRAPH_TB, 4, 1},
        {24, GRAPH_LR, 4, 6}, {24, GRAPH_RL, 4, 6}, {5, GRAPH_LR, 1, 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        Scene *scene = draw_fan(rows[i].count, true, rows[i].direction, arena);
        size_t columns = count_places(scene, true), lines = count_places(scene, false);
        if (columns != rows[i].columns || lines != rows[i].rows)
            fail_msg("row %zu: %zu columns of %zu", i, columns, lines);
        arena_free(arena);
    }
}

static bool boxes_meet(Box a, Box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

/* The box that a straight piece of a line covers. */
static Box piece_box(Point a, Point b) {
    Coord x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    return (Box){x, y, a.x + b.x - 2 * x, a.y + b.y - 2 * y};
}

static Box shrink(Box box, Coord by) {
    return (Box){box.x + by, box.y + by, box.width - 2 * by, box.height - 2 * by};
}

static void check_nodes_apart(const Scene *scene) {
    for (size_t i = 0; i < scene->node_count; i++)
        for (size_t k = 0; k < i; k++)
            assert_false(boxes_meet(scene->nodes[i].box, scene->nodes[k].box));
}

static void check_lines_clear(const Scene *scene) {
    for (size_t e = 0; e < scene->edge_count; e++) {
        const SceneEdge *edge = &scene->edges[e];
        assert_true(edge->point_count >= 2);
        for (size_t i = 1; i < edge->point_count; i++) {
            Point a = edge->points[i - 1], b = edge->points[i];
            assert_true(a.x == b.x || a.y == b.y);
            for (size_t n = 0; n < scene->node_count; n++)
                assert_false(
                    boxes_meet(piece_box(a, b), shrink(scene->nodes[n].box, COORD_OF_PX(1))));
        }
    }
}

/* Of every size, in every direction: nothing overlaps, no line runs through a node. */
static void keeps_apart(void **state) {
    (void)state;
    for (int count = 3; count < 40; count += count < 12 ? 1 : 5)
        for (GraphDirection direction = GRAPH_TB; direction <= GRAPH_RL; direction++)
            for (int has_join = 0; has_join < 2; has_join++) {
                Arena *arena = arena_new();
                Scene *scene = draw_fan(count, has_join, direction, arena);
                check_nodes_apart(scene);
                check_lines_clear(scene);
                arena_free(arena);
            }
}

/* All lines from the hub leave it at one point and stay together up to the bus. */
static void shares_a_trunk(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Scene *scene = draw_fan(18, true, GRAPH_TB, arena);
    const SceneEdge *first = &scene->edges[0], *last = &scene->edges[1];
    for (size_t e = 0; e < scene->edge_count; e += 2) {
        const SceneEdge *in = &scene->edges[e], *out = &scene->edges[e + 1];
        assert_memory_equal(&in->points[0], &first->points[0], sizeof(Point));
        assert_memory_equal(&out->points[out->point_count - 1],
                            &last->points[last->point_count - 1], sizeof(Point));
    }
    arena_free(arena);
}

int main(void) {
    text_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_is_alike), cmocka_unit_test(stands_in_columns),
        cmocka_unit_test(keeps_apart), cmocka_unit_test(shares_a_trunk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
