/* Each phase on graphs small enough to know the answer. A graph is written as "a>b b>c"; "g(a" puts
 * node a into group g. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/layout/crossings.h"
#include "diagram/layout/plan.h"

#include <cmocka.h>

static EdgeEnd end_of(Graph *graph, Arena *arena, Str id) {
    GroupId group = graph_find_group(graph, id);
    if (group != GRAPH_NONE)
        return (EdgeEnd){true, group};
    return (EdgeEnd){false, graph_intern(graph, arena, id, (Span){0})};
}

static Graph *read_graph(const char *text, Arena *arena) {
    Graph *graph = graph_new(arena);
    Str rest = str_from(text);
    while (rest.size) {
        Str word = str_cut(&rest, ' ');
        size_t arrow = str_find_char(word, '>', 0), inside = str_find_char(word, '(', 0);
        Str left = str_slice(word, 0, arrow != STR_NONE ? arrow : inside);
        if (inside != STR_NONE) {
            if (graph_find_group(graph, left) == GRAPH_NONE)
                graph_add_group(graph, arena, left, (Span){0});
            NodeId node = graph_intern(graph, arena, str_from_offset(word, inside + 1), (Span){0});
            graph->nodes[node].parent = graph_find_group(graph, left);
            continue;
        }
        EdgeEnd from = end_of(graph, arena, left);
        EdgeEnd to = end_of(graph, arena, str_from_offset(word, arrow + 1));
        EdgeId edge = graph_add_edge(graph, arena, from, to, (Span){0});
        graph->edges[edge].end = HEAD_ARROW;
    }
    return graph;
}

/* The first part of the graph after these phases. */
static Layered *run(const char *text, const LayeredPass *passes, size_t count, Arena *arena) {
    const Graph *graph = read_graph(text, arena);
    const Plan *plan = plan_new(graph, NULL, (PlanWay){.text_width = COORD_OF_PX(200)}, arena);
    PartList list = part_split(plan, GRAPH_NONE, arena);
    assert_true(list.count > 0);
    for (size_t i = 0; i < count; i++) {
        passes[i](list.parts[0]);
        assert_true(layered_check(list.parts[0]));
    }
    return list.parts[0];
}

static const LayeredPass all_passes[] = {acyclic_run, rank_run,  chains_run, order_run,
                                         ports_run,   place_run, route_run,  stack_run};

/* ---- acyclic ----------------------------------------------------------------------------------
 */

/* `expected` has a letter for each edge: f forward, r reversed. */
static void check_reversed(const char *text, const char *expected) {
    Arena *arena = arena_new();
    const Layered *lay = run(text, all_passes, 1, arena);
    assert_int_equal(lay->edge_count, strlen(expected));
    for (uint32_t e = 0; e < lay->edge_count; e++)
        if (lay->edges[e].reversed != (expected[e] == 'r'))
            fail_msg("%s: edge %u", text, e);
    arena_free(arena);
}

static void keeps_what_was_said_first(void **state) {
    (void)state;
    check_reversed("a>b b>c c>d", "fff");
    check_reversed("a>b b>c c>a", "ffr");
    check_reversed("c>a a>b b>c", "ffr");
    check_reversed("a>b b>a", "fr");
    check_reversed("a>b b>c c>d d>b d>a", "fffrr");
}

static void groups_stand_above_each_other(void **state) {
    (void)state;
    check_reversed("g(a h(b g>h", "f");
    check_reversed("g(a h(b a>b g>h", "ff");
    check_reversed("g(a h(b b>a g>h", "fr"); /* h is above g already */
}

/* Members depend on each other both ways: no order of the two groups would do. */
static void groups_side_by_side(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Layered *lay = run("g(a g(b h(c h(d a>c d>b g>h", all_passes, 2, arena);
    assert_true(lay->edges[2].is_free);
    assert_false(lay->edges[0].reversed || lay->edges[1].reversed);
    arena_free(arena);
}

/* ---- rank -------------------------------------------------------------------------------------
 */

/* `expected` has a digit for the rank of each node, in order of mention. */
static void check_ranks(const char *text, const char *expected) {
    Arena *arena = arena_new();
    const Layered *lay = run(text, all_passes, 2, arena);
    for (uint32_t v = 0; v < lay->node_count; v++)
        if (lay->nodes[v].rank != expected[v] - '0')
            fail_msg("%s: node %u has rank %d", text, v, lay->nodes[v].rank);
    arena_free(arena);
}

static void ranks_follow_edges(void **state) {
    (void)state;
    check_ranks("a>b b>c", "012");
    check_ranks("a>b b>c a>c", "012");
    check_ranks("a>b b>c c>a", "012");
    check_ranks("a>b b>c c>d e>d", "01232"); /* e is drawn down to d */
}

/* Groups with an edge between them stand one after the other, or where it is allowed share ranks.
 */
static void groups_may_share_ranks(void **state) {
    (void)state;
    for (int is_loose = 0; is_loose < 2; is_loose++) {
        Arena *arena = arena_new();
        PlanWay way = {.text_width = COORD_OF_PX(200), .is_loose = is_loose};
        const Graph *graph = read_graph("g(a g(b h(c h(d a>b c>d a>d", arena);
        Layered *lay = part_split(plan_new(graph, NULL, way, arena), GRAPH_NONE, arena).parts[0];
        acyclic_run(lay);
        rank_run(lay);
        assert_int_equal(lay->edges[2].is_stacked, !is_loose);
        assert_int_equal(lay->groups[2].top > lay->groups[1].bottom, !is_loose);
        arena_free(arena);
    }
}

static void groups_hold_their_ranks(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Layered *lay = run("g(a g(b x>a a>b b>y", all_passes, 2, arena);
    const LayGroup *group = &lay->groups[1];
    for (uint32_t v = 0; v < lay->node_count; v++) {
        bool inside = lay->nodes[v].group == 1;
        bool within = lay->nodes[v].rank >= group->top && lay->nodes[v].rank <= group->bottom;
        assert_int_equal(inside, within);
    }
    arena_free(arena);
}

/* ---- spread -----------------------------------------------------------------------------------
 */

/* Ranks as in check_ranks, on a page on which `columns` nodes fit side by side. */
static void check_spread(const char *text, int columns, const char *expected) {
    Arena *arena = arena_new();
    Layered *lay = run(text, all_passes, 2, arena);
    lay->is_spread = true;
    lay->page = columns * (lay->nodes[0].width + lay->space.node);
    spread_run(lay);
    assert_true(layered_check(lay));
    for (uint32_t v = 0; v < lay->node_count; v++) {
        assert_in_range(lay->nodes[v].rank, 0, lay->rank_count - 1);
        if (lay->nodes[v].rank != expected[v] - '0')
            fail_msg("%s: node %u has rank %d", text, v, lay->nodes[v].rank);
    }
    arena_free(arena);
}

static void spreads_crowded_ranks(void **state) {
    (void)state;
    check_spread("r>a r>b r>c r>d", 4, "01111");      /* they fit: as it was */
    check_spread("r>a r>b r>c r>d", 3, "01212");      /* lines need a little room, too */
    check_spread("r>a r>b r>c r>d r>e", 3, "012121"); /* a zigzag, from the first on */
    check_spread("a>r b>r c>r d>r e>r", 3, "120101"); /* what begins a path goes up */
    check_spread("r>a r>b r>c r>d a>e b>f c>g d>h", 3, "011112323"); /* what is on a way stays */
    check_spread("g(a g(b g(c g(d r>a r>b r>c r>d", 2,
                 "22221"); /* a group is not made longer: below its title */
}

/* ---- order ------------------------------------------------------------------------------------
 */

static void check_crossings(const char *text, int64_t expected) {
    Arena *arena = arena_new();
    Layered *lay = run(text, all_passes, 4, arena);
    Order order = order_new(lay, arena);
    order_number(&order);
    if (order_crossings(&order) != expected)
        fail_msg("%s: %lld crossings", text, (long long)order_crossings(&order));
    arena_free(arena);
}

static void finds_few_crossings(void **state) {
    (void)state;
    check_crossings("a>x b>y", 0);
    check_crossings("r>a r>b a>y b>x", 0);
    check_crossings("a>1 a>2 b>1 b>2", 1);                         /* K2,2 */
    check_crossings("a>1 a>2 a>3 b>1 b>2 b>3 c>1 c>2 c>3", 9);     /* K3,3 in two layers */
    check_crossings("r>a r>b r>c a>x b>y c>z x>s y>s z>s r>s", 0); /* a long edge among others */
    check_crossings("g(a g(b h(c h(d a>d b>c", 0);
    check_crossings("r>a r>b r>c c>1 b>2 a>3 c>4 b>5 a>6 1>A 2>B 3>C 4>D 5>E 6>F", 0); /* a tree */
}

/* Groups with edges one way stand apart, those with edges both ways share ranks. */
static void stacks_groups(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Layered *lay = run("g(a g(b h(c h(d a>b c>d a>d", all_passes, 2, arena);
    assert_true(lay->edges[2].is_stacked);
    assert_true(lay->groups[1].bottom < lay->groups[2].top);
    lay = run("g(a g(b h(c h(d a>d c>b", all_passes, 2, arena);
    assert_true(!lay->edges[0].is_stacked && !lay->edges[1].is_stacked);
    assert_int_equal(lay->groups[1].top, lay->groups[2].top);
    arena_free(arena);
}

/* ---- place, route, stack ----------------------------------------------------------------------
 */

static void chain_is_straight(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Layered *lay = run("a>b b>c c>d a>d", all_passes, 8, arena);
    const Block *a = &lay->blocks[lay->nodes[0].block], *d = &lay->blocks[lay->nodes[3].block];
    const Block *b = &lay->blocks[lay->nodes[1].block];
    assert_true(a->y < b->y && b->y < d->y);
    for (uint32_t i = 0; i < lay->link_count; i++) /* a>b, b>c and c>d bend nowhere */
        if (lay->links[i].edge < 3)
            assert_int_equal(lay->links[i].net, LAY_NONE);
    arena_free(arena);
}

/* Two edges that change places cannot both go down where the other comes from: their horizontal
 * pieces have different heights. */
static void nets_keep_apart(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Layered *lay = run("a>1 a>2 a>3 b>1 b>2 b>3 c>1 c>2 c>3", all_passes, 8, arena);
    assert_true(lay->net_count > 1);
    for (uint32_t i = 0; i < lay->net_count; i++)
        for (uint32_t j = 0; j < i; j++) {
            const Net *a = &lay->nets[i], *b = &lay->nets[j];
            bool meet = a->low < b->high && b->low < a->high;
            assert_true(!meet || a->y >= b->y + COORD_OF_PX(8));
        }
    arena_free(arena);
}

static void parts_are_packed(void **state) {
    (void)state;
    Point sizes[6], corners[6];
    for (size_t i = 0; i < 6; i++)
        sizes[i] = (Point){COORD_OF_PX(300), COORD_OF_PX(100)};
    Point whole = pack_rows(sizes, 6, COORD_OF_PX(800), corners);
    assert_in_range(whole.x, COORD_OF_PX(600), COORD_OF_PX(800));
    assert_int_equal(corners[2].x, 0); /* two in a row */
    assert_true(corners[2].y > corners[0].y + sizes[0].y);
}

/* ---- ways to draw ----------------------------------------------------------------------------
 */

/* The first part drawn that way, in the order that is `known` unless it is NULL. */
static const Layered *draw(const char *text, PlanWay way, const LayOrder *known, Arena *arena) {
    Layered *lay =
        part_split(plan_new(read_graph(text, arena), NULL, way, arena), GRAPH_NONE, arena).parts[0];
    if (known)
        order_take(lay, known);
    passes_run(lay);
    return lay;
}

static const char *const two_trees = "r>a r>b a>c a>d a>e b>f b>g b>h e>x f>y f>z h>k h>l";

/* An order that is there to be taken is taken: here one with which no search would end. */
static void takes_a_known_order(void **state) {
    (void)state;
    Arena *arena = arena_new();
    PlanWay way = {.text_width = COORD_OF_PX(200)};
    const Layered *found = draw(two_trees, way, NULL, arena);
    LayOrder turned = order_keep(found, arena);
    uint32_t count = lay_item_count(found);
    for (uint32_t i = 0; i < count; i++)
        turned.items[i] = found->items[count - 1 - i];
    const Layered *again = draw(two_trees, way, &turned, arena);
    assert_int_equal(lay_item_count(again), count);
    assert_memory_equal(again->items, turned.items, count * sizeof *again->items);
    arena_free(arena);
}

static void draws_tightly(void **state) {
    (void)state;
    Arena *arena = arena_new();
    PlanWay way = {.text_width = COORD_OF_PX(200)};
    const Layered *usual = draw(two_trees, way, NULL, arena);
    way.is_tight = true;
    LayOrder known = order_keep(usual, arena);
    const Layered *tight = draw(two_trees, way, &known, arena);
    assert_true(tight->width < usual->width);
    arena_free(arena);
}

static int set_up(void **state) {
    (void)state;
    text_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_was_said_first),
        cmocka_unit_test(groups_stand_above_each_other),
        cmocka_unit_test(groups_side_by_side),
        cmocka_unit_test(ranks_follow_edges),
        cmocka_unit_test(groups_may_share_ranks),
        cmocka_unit_test(groups_hold_their_ranks),
        cmocka_unit_test(spreads_crowded_ranks),
        cmocka_unit_test(finds_few_crossings),
        cmocka_unit_test(stacks_groups),
        cmocka_unit_test(chain_is_straight),
        cmocka_unit_test(nets_keep_apart),
        cmocka_unit_test(parts_are_packed),
        cmocka_unit_test(takes_a_known_order),
        cmocka_unit_test(draws_tightly),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
