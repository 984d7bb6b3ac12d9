/* Of two drawings of one graph the one that reads better gets more points. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/layout/rate.h"

#include <cmocka.h>

#define PX COORD_PER_PX

/* Two edges, 0>1 and 2>3, in a drawing of 400 px by 300 px; lines between the corners given. */
typedef struct Drawing {
    Point nodes[4]; /* top left corners, of 60 px by 30 px, in px */
    Point lines[2][4];
    size_t counts[2];
    Coord width, height; /* px; 0: as above */
} Drawing;

static const Drawing side_by_side = {
    .nodes = {{0, 0}, {0, 100}, {100, 0}, {100, 100}},
    .lines = {{{30, 30}, {30, 100}}, {{130, 30}, {130, 100}}},
    .counts = {2, 2},
};

static Plan *plan_of(const Drawing *drawing, Arena *arena) {
    Graph *graph = graph_new(arena);
    static const char *const ids[] = {"a", "b", "c", "d"};
    for (size_t i = 0; i < 4; i++)
        graph_intern(graph, arena, str_from(ids[i]), (Span){0});
    for (uint32_t e = 0; e < 2; e++) {
        EdgeId id = graph_add_edge(graph, arena, (EdgeEnd){false, 2 * e},
                                   (EdgeEnd){false, 2 * e + 1}, (Span){0});
        graph->edges[id].end = HEAD_ARROW;
    }
    Plan *plan = plan_new(graph, NULL, (PlanWay){.text_width = 200 * PX}, arena);
    plan->size = (Point){(drawing->width ? drawing->width : 400) * PX,
                         (drawing->height ? drawing->height : 300) * PX};
    for (size_t i = 0; i < 4; i++)
        plan->nodes[i].box =
            (Box){drawing->nodes[i].x * PX, drawing->nodes[i].y * PX, 60 * PX, 30 * PX};
    for (size_t e = 0; e < 2; e++) {
        plan->edges[e].point_count = drawing->counts[e];
        plan->edges[e].points = ARENA_ARRAY(arena, Point, 4);
        for (size_t i = 0; i < drawing->counts[e]; i++)
            plan->edges[e].points[i] =
                (Point){drawing->lines[e][i].x * PX, drawing->lines[e][i].y * PX};
    }
    return plan;
}

static int64_t points_of(const Drawing *drawing) {
    Arena *arena = arena_new();
    int64_t points = rate_plan(plan_of(drawing, arena), 0);
    arena_free(arena);
    assert_true(points > 0 && points <= RATE_MOST);
    return points;
}

static void likes_what_reads_well(void **state) {
    (void)state;
    Drawing crossed = side_by_side, bent = side_by_side, wide = side_by_side, high = side_by_side;
    Drawing back = side_by_side, longer = side_by_side;
    crossed.lines[0][1] = (Point){30, 60}; /* along y = 60 to behind the other edge */
    crossed.lines[0][2] = (Point){200, 60};
    crossed.lines[0][3] = (Point){200, 100};
    crossed.counts[0] = 4;
    bent = crossed; /* the same with the other edge out of its way */
    bent.lines[1][0].x = bent.lines[1][1].x = 230;
    bent.nodes[2].x = bent.nodes[3].x = 200;
    wide.width = 2000;
    high.height = 2000;
    back.nodes[1].y = 0; /* 0>1 leads up */
    back.nodes[0].y = 100;
    longer.nodes[1].y = longer.nodes[3].y = longer.lines[0][1].y = longer.lines[1][1].y = 200;
    int64_t best = points_of(&side_by_side);
    assert_true(best > points_of(&bent));
    assert_true(points_of(&bent) > points_of(&crossed));
    assert_true(best > points_of(&high));
    assert_true(points_of(&high) > points_of(&wide)); /* pages scroll down */
    assert_true(best > points_of(&back));
    assert_true(best > points_of(&longer));
}

/* An edge that must lead back, as a cycle has one, costs nothing. */
static void forgives_cycles(void **state) {
    (void)state;
    Drawing back = side_by_side;
    back.nodes[0].y = 100;
    back.nodes[1].y = 0;
    Arena *arena = arena_new();
    Plan *plan = plan_of(&back, arena);
    assert_int_equal(rate_against(plan), 1);
    assert_true(rate_plan(plan, 1) > rate_plan(plan, 0));
    assert_true(rate_plan(plan, 1) == points_of(&side_by_side));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(likes_what_reads_well),
                                       cmocka_unit_test(forgives_cycles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
