/* Promises about single drawings: lines that need not cross, groups that may turn, round nodes. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/diagram.h"
#include "diagram/scene/scene.h"

#include <cmocka.h>

static Coord smaller(Coord a, Coord b) {
    return a < b ? a : b;
}

static Coord larger(Coord a, Coord b) {
    return a > b ? a : b;
}

/* Do an upright piece and one across meet within both? */
static bool pieces_cross(const Point *a, const Point *b) {
    if ((a[0].x == a[1].x) == (b[0].x == b[1].x))
        return false;
    const Point *upright = a[0].x == a[1].x ? a : b, *across = a[0].x == a[1].x ? b : a;
    Coord x = upright[0].x, y = across[0].y;
    return x > smaller(across[0].x, across[1].x) && x < larger(across[0].x, across[1].x) &&
           y > smaller(upright[0].y, upright[1].y) && y < larger(upright[0].y, upright[1].y);
}

/* Lines from one node, or to one, may part from a trunk. */
static size_t count_crossings(const Scene *scene) {
    size_t count = 0;
    for (size_t i = 0; i < scene->edge_count; i++)
        for (size_t k = 0; k < i; k++) {
            const SceneEdge *a = &scene->edges[i], *b = &scene->edges[k];
            if (str_equal(a->from, b->from) || str_equal(a->to, b->to))
                continue;
            for (size_t p = 1; p < a->point_count; p++)
                for (size_t q = 1; q < b->point_count; q++)
                    count += pieces_cross(a->points + p - 1, b->points + q - 1);
        }
    return count;
}

static const Scene *scene_of(const char *text, Arena *arena) {
    Diagram *diagram =
        diagram_compile(source_new(arena, STR("x.mmd"), str_from(text)), arena, diags_new(arena));
    assert_true(diagram->is_drawn);
    return diagram->scene;
}

static void check_crossings(const char *text, size_t expected) {
    Arena *arena = arena_new();
    size_t found = count_crossings(scene_of(text, arena));
    if (found != expected)
        fail_msg("%s\n%zu crossings, not %zu", text, found, expected);
    arena_free(arena);
}

/* What leaves an area of another direction in an order arrives in that order. */
static void areas_are_left_in_order(void **state) {
    (void)state;
    check_crossings("flowchart LR\n"
                    "subgraph one\ndirection TB\na1 --> a2 --> a3\nend\n"
                    "subgraph two\ndirection TB\nb1 --> b2 --> b3\nend\n"
                    "a3 -->|third| b3\na1 -->|first| b1\na2 -->|second| b2\n",
                    0);
    check_crossings("flowchart LR\n"
                    "subgraph one\ndirection TB\na1 --> a2 --> a3\nend\n"
                    "a3 -->|low| z\na1 -->|high| two\na2 --> x\ntwo --> w\n",
                    0);
    check_crossings("flowchart TB\n"
                    "subgraph one\ndirection LR\na1 --> a2 --> a3 --> a4\nend\n"
                    "subgraph two\ndirection LR\nb1 --> b2 --> b3 --> b4\nend\n"
                    "a4 --> b4\na1 --> b1\na3 --> b3\na2 --> b2\na4 --> store[(store)]\n",
                    0);
}

/* A line that comes back to a node between the branches of its trunk has a branch at each side. */
static void trunks_let_lines_pass(void **state) {
    (void)state;
    check_crossings("flowchart LR\ns --> k\nk --> a --> z\nk --> b --> z\nk --> c --> z\n"
                    "k --> d --> z\nk --> e --> z\nz -->|again| k\n",
                    0);
    check_crossings("flowchart TB\ns --> k\nk --> a --> z\nk --> b --> z\nk --> c --> z\n"
                    "k --> d --> z\nz --> k\n",
                    0);
}

/* ---- Kinks ----------------------------------------------------------------------------------- */

static Coord length_of(const Point *piece) {
    return larger(piece[0].x, piece[1].x) - smaller(piece[0].x, piece[1].x) +
           larger(piece[0].y, piece[1].y) - smaller(piece[0].y, piece[1].y);
}

/* A line that misses its goal by a hair leaves from a place that is a hair off instead. */
static void lines_have_no_kinks(void **state) {
    (void)state;
    static const char text[] =
        "flowchart LR\ncaller -->|HTTPS| gate[Web / Worker]\nsubgraph App\n"
        "gate --> rules[\"Filters<br/>Security/CORS/Zip/Log\"]\nrules --> routes[Routes /api/v1/*]\n"
        "routes --> logic[\"Services (Domain)\"]\nlogic --> repo[(Repositories)]\n"
        "routes --> auth[\"Auth (JWT Bearer)\"]\nroutes --> limit[\"Rate Limiter (SlowAPI)\"]\n"
        "rules --> log[Structlog JSON]\nend\nrepo --> base[(Mongo)]\nlimit --> cache[(Redis)]\n"
        "log --> trail[(Mongo audit_logs)]\n";
    Arena *arena = arena_new();
    const Scene *scene = scene_of(text, arena);
    for (size_t i = 0; i < scene->edge_count; i++) {
        const SceneEdge *edge = &scene->edges[i];
        for (size_t p = 1; p + 2 < edge->point_count; p++)
            if (length_of(edge->points + p) <= COORD_OF_PX(4))
                fail_msg("%.*s -> %.*s has a kink", STR_FMT(edge->from), STR_FMT(edge->to));
    }
    arena_free(arena);
}

/* ---- Groups that nothing enters -------------------------------------------------------------- */

static Box box_of(const Scene *scene, const char *id) {
    for (size_t i = 0; i < scene->node_count; i++)
        if (str_equal(scene->nodes[i].id, str_from(id)))
            return scene->nodes[i].box;
    fail_msg("there is no node %s", id);
    return (Box){0};
}

/* Two groups with so many steps each, in a drawing that flows to the right. */
static void check_steps(int steps, const char *direction, bool goes_down) {
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, "stateDiagram-v2\ndirection LR\n");
    for (int g = 0; g < 2; g++) {
        buf_add_format(&text, "state Phase%d {\n%s\n[*] --> s%d_0\n", g, direction, g);
        for (int i = 0; i < steps; i++)
            buf_add_format(&text, "s%d_%d : Step number %d\n", g, i, i);
        for (int i = 1; i < steps; i++)
            buf_add_format(&text, "s%d_%d --> s%d_%d\n", g, i - 1, g, i);
        buf_add_text(&text, "}\n");
    }
    buf_add_text(&text, "Phase0 --> Phase1\n");
    const Scene *scene = scene_of(str_cstr(arena, buf_str(&text)), arena);
    Box first = box_of(scene, "s1_0"), second = box_of(scene, "s1_1");
    bool is_below = second.y >= first.y + first.height,
         is_right = second.x >= first.x + first.width;
    if (is_below != goes_down || is_right == goes_down)
        fail_msg("%d steps%s%s: %s", steps, *direction ? ", " : "", direction,
                 goes_down ? "not below each other" : "not beside each other");
    assert_true(scene->groups[1].box.x > scene->groups[0].box.x);
    arena_free(arena);
}

/* They flow as what they lie in while there is room, then down; the author has the last word. */
static void closed_groups_stand_up(void **state) {
    (void)state;
    check_steps(2, "", false);
    check_steps(7, "", true);
    check_steps(7, "direction LR", false);
    check_steps(2, "direction TB", true);
}

/* ---- Round nodes ------------------------------------------------------------------------------
 */

static void check_round(const char *text, const char *id) {
    Arena *arena = arena_new();
    Box box = box_of(scene_of(text, arena), id);
    if (box.width != box.height)
        fail_msg("%s\n%s is %d x %d", text, id, box.width / COORD_PER_PX,
                 box.height / COORD_PER_PX);
    arena_free(arena);
}

/* However many lines come to it from one side. */
static void circles_stay_circles(void **state) {
    (void)state;
    check_round("flowchart TB\na --> h((Hub))\nb --> h\nc -.-> h\nd ==> h\ne --> h\n", "h");
    check_round("flowchart LR\na --> h(((x)))\nb -.-> h\nc --> h\nd ==> h\nh --> e & f\n", "h");
    Arena *arena = arena_new();
    const Scene *scene = scene_of("stateDiagram-v2\n[*] --> a\n[*] --> b\n[*] --> c\na --> [*]\n"
                                  "b --> [*] : x\nc --> [*]\n",
                                  arena);
    size_t dots = 0;
    for (size_t i = 0; i < scene->node_count; i++)
        if (scene->nodes[i].shape == SHAPE_START || scene->nodes[i].shape == SHAPE_STOP) {
            dots++;
            assert_int_equal(scene->nodes[i].box.width, scene->nodes[i].box.height);
        }
    assert_int_equal(dots, 2);
    arena_free(arena);
}

/* ---- Decisions --------------------------------------------------------------------------------
 */

/* A decision stands in the middle above the lines to its answers, also when one of them is wide. */
static void decisions_stand_in_the_middle(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Scene *scene = scene_of("flowchart TD\nd{Is it stable?}\n"
                                  "d -->|no| stay[It stays as it is;<br/>changes wait until then]\n"
                                  "d -->|yes| go[It goes on]\n",
                                  arena);
    Box box = box_of(scene, "d");
    Coord left = box.x + box.width / 2 - scene->edges[0].points[0].x,
          right = scene->edges[1].points[0].x - box.x - box.width / 2;
    if (left < right - COORD_PER_PX || left > right + COORD_PER_PX)
        fail_msg("the lines begin %d px left and %d px right of the middle", left / COORD_PER_PX,
                 right / COORD_PER_PX);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_left_in_order), cmocka_unit_test(trunks_let_lines_pass),
        cmocka_unit_test(lines_have_no_kinks),     cmocka_unit_test(closed_groups_stand_up),
        cmocka_unit_test(circles_stay_circles),    cmocka_unit_test(decisions_stand_in_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
