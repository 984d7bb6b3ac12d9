#include "base/ban.h"

#include "diagram/model/rules.h"

#include "diagram/model/reach.h"
#include "diagram/model/rules_form.h"

typedef struct Prover {
    const Graph *graph;
    const Reach *reach;
    Arena *arena;
    Diags *diags;
} Prover;

/* A set of vertices. */
static bool *new_set(const Prover *prover) {
    return ARENA_ARRAY(prover->arena, bool, prover->reach->vertex_count);
}

static bool *mark_name(const Prover *prover, const RuleName *name) {
    bool *set = new_set(prover);
    reach_mark(prover->reach, name->end, set, prover->arena);
    return set;
}

static bool *mark_names(const Prover *prover, const RuleNames *names) {
    bool *set = new_set(prover);
    for (size_t i = 0; i < names->count; i++)
        reach_mark(prover->reach, names->items[i].end, set, prover->arena);
    return set;
}

/* `set` without `other`. False when nothing is left. */
static bool subtract(const Prover *prover, bool *set, const bool *other) {
    bool is_left = false;
    for (size_t i = 0; i < prover->reach->vertex_count; i++) {
        set[i] = set[i] && !other[i];
        is_left = is_left || set[i];
    }
    return is_left;
}

static bool intersects(const Prover *prover, const bool *set, const bool *other) {
    for (size_t i = 0; i < prover->reach->vertex_count; i++)
        if (set[i] && other[i])
            return true;
    return false;
}

/* The first one of `set` that the walk found, which is the nearest; else VERTEX_NONE. */
static Vertex find_reached(const Walk *walk, const bool *set) {
    for (size_t i = 0; i < walk->count; i++)
        if (set[walk->found[i]])
            return walk->found[i];
    return VERTEX_NONE;
}

static Str describe_way(const Prover *prover, const Walk *walk, Vertex end) {
    size_t count;
    const Vertex *path = walk_path(walk, end, &count, prover->arena);
    Buf out = buf_new(prover->arena);
    walk_describe(walk, path, count, &out);
    return buf_str(&out);
}

/* The last edge of the way to `end`. */
static EdgeId last_edge(const Walk *walk, Vertex end) {
    EdgeId edge = GRAPH_NONE;
    for (Vertex at = end; edge == GRAPH_NONE && at != VERTEX_NONE; at = walk->previous[at])
        edge = walk->by[at];
    return edge;
}

static void relate_edge(const Prover *prover, EdgeId edge, const char *what) {
    if (edge != GRAPH_NONE)
        diag_relate(prover->diags, prover->graph->edges[edge].at, what);
}

static Str quote_names(const Prover *prover, const RuleNames *names) {
    Buf out = buf_new(prover->arena);
    for (size_t i = 0; i < names->count; i++)
        buf_add_format(&out, "%s\"%.*s\"", i ? ", " : "", STR_FMT(names->items[i].text));
    return buf_str(&out);
}

static void report_overlap(const Prover *prover, const Rule *rule) {
    diag_add(prover->diags, DIAG_MODEL_RULE, rule->at,
             "the rule says nothing: all on the left also stands on the right");
    diag_hint(prover->diags, "name different nodes on both sides");
}

/* What is on both sides counts on the right alone: `forbid: aws -> grafana` means the rest of aws.
 */
static void prove_forbid(const Prover *prover, const Rule *rule) {
    bool *from = mark_names(prover, &rule->left);
    if (!subtract(prover, from, mark_names(prover, &rule->right))) {
        report_overlap(prover, rule);
        return;
    }
    const Walk *walk = reach_walk(prover->reach, from, NULL, prover->arena);
    for (size_t i = 0; i < rule->right.count; i++) {
        Vertex end = find_reached(walk, mark_name(prover, &rule->right.items[i]));
        if (end == VERTEX_NONE)
            continue;
        Str way = describe_way(prover, walk, end);
        diag_add(prover->diags, DIAG_MODEL_RULE, rule->at, "a forbidden path exists: %.*s",
                 STR_FMT(way));
        relate_edge(prover, last_edge(walk, end), "the path ends with this connection");
    }
}

/* Often only the direction is wrong. */
static void hint_way_back(const Prover *prover, const bool *from, const bool *to) {
    const Walk *walk = reach_walk(prover->reach, from, NULL, prover->arena);
    Vertex end = find_reached(walk, to);
    if (end == VERTEX_NONE)
        return;
    Str way = describe_way(prover, walk, end);
    diag_hint(prover->diags, "there is one the other way: %.*s", STR_FMT(way));
}

/* Is there a way from the name on the left, where `walk` began, to each on the right? */
static void prove_way(const Prover *prover, const Rule *rule, const RuleName *left,
                      const Walk *walk) {
    const bool *from = mark_name(prover, left);
    for (size_t i = 0; i < rule->right.count; i++) {
        const RuleName *right = &rule->right.items[i];
        const bool *to = mark_name(prover, right);
        if (find_reached(walk, to) != VERTEX_NONE)
            continue;
        diag_add(prover->diags, DIAG_MODEL_RULE, rule->at, "no path from \"%.*s\" to \"%.*s\"",
                 STR_FMT(left->text), STR_FMT(right->text));
        /* One more walk for each pair of names would take time in proportion to their product. */
        if (rule->left.count == 1 && rule->right.count == 1)
            hint_way_back(prover, to, from);
    }
}

/* The edge at which a way that avoids `via` joins the ways that do not: the first one to a place
 * that can be reached from `via`, as `behind` found them. Without one the last edge. */
static EdgeId find_bypass(const Walk *walk, Vertex end, const Walk *behind) {
    EdgeId bypass = GRAPH_NONE;
    for (Vertex at = end; at != VERTEX_NONE && behind->is_found[at]; at = walk->previous[at])
        if (walk->by[at] != GRAPH_NONE)
            bypass = walk->by[at];
    return bypass == GRAPH_NONE ? last_edge(walk, end) : bypass;
}

/* A place lies on every way between two others when no way is left without it. */
static void prove_via(const Prover *prover, const Rule *rule, const bool *from) {
    const bool *via = mark_names(prover, &rule->via);
    if (intersects(prover, via, from) ||
        intersects(prover, via, mark_names(prover, &rule->right))) {
        diag_add(prover->diags, DIAG_MODEL_RULE, rule->via.items[0].at,
                 "what stands behind \"via\" must lie between both sides of the rule");
        diag_hint(prover->diags, "name what all paths pass on their way");
        return;
    }
    const Walk *walk = reach_walk(prover->reach, from, via, prover->arena);
    const Walk *behind = reach_walk(prover->reach, via, NULL, prover->arena);
    for (size_t i = 0; i < rule->right.count; i++) {
        Vertex end = find_reached(walk, mark_name(prover, &rule->right.items[i]));
        if (end == VERTEX_NONE)
            continue;
        Str names = quote_names(prover, &rule->via), way = describe_way(prover, walk, end);
        diag_add(prover->diags, DIAG_MODEL_RULE, rule->at, "a path avoids %.*s: %.*s",
                 STR_FMT(names), STR_FMT(way));
        relate_edge(prover, find_bypass(walk, end, behind), "this connection goes around it");
    }
}

static void prove_require(const Prover *prover, const Rule *rule) {
    bool *from = mark_names(prover, &rule->left);
    bool *to = mark_names(prover, &rule->right);
    if (!subtract(prover, from, to)) {
        report_overlap(prover, rule);
        return;
    }
    for (size_t i = 0; i < rule->left.count; i++) {
        bool *start = mark_name(prover, &rule->left.items[i]);
        if (subtract(prover, start, to))
            prove_way(prover, rule, &rule->left.items[i],
                      reach_walk(prover->reach, start, NULL, prover->arena));
    }
    if (rule->via.count)
        prove_via(prover, rule, from);
}

static void prove_contain(const Prover *prover, const Rule *rule) {
    const Graph *graph = prover->graph;
    GroupId outer = rule->left.items[0].end.index;
    for (size_t i = 0; i < rule->right.count; i++) {
        const RuleName *name = &rule->right.items[i];
        EdgeEnd end = name->end;
        GroupId parent =
            end.is_group ? graph->groups[end.index].parent : graph->nodes[end.index].parent;
        if (graph_group_contains(graph, outer, parent))
            continue;
        diag_add(prover->diags, DIAG_MODEL_RULE, name->at, "\"%.*s\" does not lie in \"%.*s\"",
                 STR_FMT(name->text), STR_FMT(graph->groups[outer].id));
        if (parent == GRAPH_NONE)
            diag_hint(prover->diags, "it lies in no group");
        else
            diag_hint(prover->diags, "it lies in \"%.*s\"", STR_FMT(graph->groups[parent].id));
        diag_relate(prover->diags,
                    end.is_group ? graph->groups[end.index].at : graph->nodes[end.index].at,
                    "it stands here");
    }
}

/* How many places of each group are in a set, those of inner groups included. */
static uint32_t *count_groups(const Prover *prover, const bool *set) {
    const Graph *graph = prover->graph;
    uint32_t *counts = ARENA_ARRAY(prover->arena, uint32_t, graph->group_count);
    for (size_t i = 0; i < graph->node_count; i++)
        if (set[i] && graph->nodes[i].parent != GRAPH_NONE)
            counts[graph->nodes[i].parent]++;
    for (size_t i = graph->group_count; i-- > 0;) {
        counts[i] += set[graph->node_count + i]; /* hollow: stands for itself */
        if (graph->groups[i].parent != GRAPH_NONE)
            counts[graph->groups[i].parent] += counts[i];
    }
    return counts;
}

/* A set, asked about ends of edges. */
typedef struct EndSet {
    const bool *vertices;
    const uint32_t *counts; /* by group */
} EndSet;

static EndSet end_set(const Prover *prover, const bool *set) {
    return (EndSet){set, count_groups(prover, set)};
}

/* Does an edge to or from `end` touch something in the set? */
static bool touches(const EndSet *set, EdgeEnd end) {
    return end.is_group ? set->counts[end.index] > 0 : set->vertices[end.index];
}

/* Does one turn of an edge lead from something that is not allowed to a target? */
static bool breaks_only(const EndSet *others, const EndSet *targets, EdgeEnd from, EdgeEnd to) {
    return touches(targets, to) && touches(others, from);
}

static Str end_name(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].id : graph->nodes[end.index].id;
}

/* One target of `only`: every edge to it begins at one of the allowed, or in the target itself. */
static void prove_only_target(const Prover *prover, const Rule *rule, const RuleName *target) {
    const Graph *graph = prover->graph;
    const bool *allowed = mark_names(prover, &rule->left), *own = mark_name(prover, target);
    bool *other = new_set(prover);
    for (size_t i = 0; i < graph->node_count + graph->group_count; i++)
        other[i] = !allowed[i] && !own[i] &&
                   (i < graph->node_count || prover->reach->is_hollow[i - graph->node_count]);
    EndSet targets = end_set(prover, own), others = end_set(prover, other);
    size_t count = 0;
    const Edge *first = NULL;
    EdgeEnd from = {0}, to = {0};
    for (size_t i = 0; i < graph->edge_count; i++) {
        const Edge *edge = &graph->edges[i];
        bool is_on = edge_leads_on(edge) && breaks_only(&others, &targets, edge->from, edge->to);
        bool is_back =
            edge_leads_back(edge) && breaks_only(&others, &targets, edge->to, edge->from);
        if (!is_on && !is_back)
            continue;
        if (count++ == 0) {
            first = edge;
            from = is_on ? edge->from : edge->to;
            to = is_on ? edge->to : edge->from;
        }
    }
    if (!first)
        return;
    Str from_name = end_name(graph, from), to_name = end_name(graph, to);
    diag_add(prover->diags, DIAG_MODEL_RULE, rule->at,
             "\"%.*s\" is reached from elsewhere: %.*s -> %.*s", STR_FMT(target->text),
             STR_FMT(from_name), STR_FMT(to_name));
    if (count > 1)
        diag_hint(prover->diags, "and by %zu more connection%s", count - 1, count > 2 ? "s" : "");
    diag_relate(prover->diags, first->at, "by this connection");
}

static void prove_only(const Prover *prover, const Rule *rule) {
    for (size_t i = 0; i < rule->right.count; i++)
        prove_only_target(prover, rule, &rule->right.items[i]);
}

static void (*const proofs[RULE_KIND_COUNT])(const Prover *prover, const Rule *rule) = {
    [RULE_FORBID] = prove_forbid,
    [RULE_REQUIRE] = prove_require,
    [RULE_CONTAIN] = prove_contain,
    [RULE_ONLY] = prove_only,
};

void rules_check(const Graph *graph, Arena *arena, Diags *diags) {
    if (graph->rule_count == 0)
        return;
    /* Working memory of one rule is forgotten before the next; findings copy what they say. */
    Arena *tmp = arena_new();
    Rule *rule = ARENA_NEW(arena, Rule);
    for (size_t i = 0; i < graph->rule_count; i++) {
        if (i == LIMIT_RULES) {
            diag_add(diags, DIAG_DIAGRAM_LIMIT, graph->rules[i].at,
                     "a diagram may have %zu rules; the rest is not proved", LIMIT_RULES);
            break;
        }
        arena_reset(tmp);
        if (rule_parse(graph, &graph->rules[i], tmp, rule, diags)) {
            Prover prover = {graph, reach_new(graph, tmp), tmp, diags};
            proofs[rule->kind](&prover, rule);
        }
    }
    arena_free(tmp);
}
