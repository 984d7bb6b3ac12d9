/* Makes crowded ranks narrower: of the nodes that end a path every second one goes a rank further,
 * so that the row becomes a zigzag, with the lines to the lower ones between the upper; then those
 * that begin a path, the other way. What lies on the way stays, as all that follows it would have
 * to move too.
 *
 * Ranks of a given width are NP-hard to find; this is what people do by hand. */
#include "base/ban.h"

#include "diagram/layout/layered.h"

#define MOVES_MAX 3 /* of a node, by a rank each */

typedef struct Spread {
    Layered *lay;
    bool is_upwards;    /* what begins a path goes up; all ranks are counted from below */
    uint32_t *leads_on; /* edges of each node to ranks further on */
    uint32_t *leads_to; /* and from ranks before it */
    int *moves;
    Coord *width; /* of the nodes of each rank */
} Spread;

static Coord room_of(const Layered *lay, uint32_t node) {
    const LayNode *n = &lay->nodes[node];
    return n->width + n->loop_width + n->notes.before + n->notes.after + lay->space.node;
}

/* May the node go to `rank`? Its group is not made longer for it. */
static bool may_stand_at(const Spread *spread, const LayNode *node, int rank) {
    const Layered *lay = spread->lay;
    const LayGroup *group = &lay->groups[node->group];
    if (node->group == LAY_ROOT)
        return true;
    return rank <= group->bottom - (spread->is_upwards ? lay_head_ranks(lay, node->group)
                                                       : lay_foot_ranks(lay, node->group));
}

static bool is_movable(const Spread *spread, uint32_t v, int rank) {
    const LayNode *node = &spread->lay->nodes[v];
    return node->rank == rank && node->kind != LAY_PORT && spread->leads_on[v] == 0 &&
           spread->leads_to[v] > 0 && spread->moves[v] < MOVES_MAX &&
           may_stand_at(spread, node, rank + spread->lay->scale);
}

/* Every second of the movable nodes of the rank, until it is narrow enough. */
static void spread_rank(Spread *spread, int rank, Coord limit) {
    Layered *lay = spread->lay;
    int next = rank + lay->scale;
    bool is_second = false;
    for (uint32_t v = 0; v < lay->node_count && spread->width[rank] > limit; v++) {
        if (!is_movable(spread, v, rank))
            continue;
        is_second = !is_second;
        if (is_second)
            continue;
        lay->is_crowded = true;
        if (!lay->is_spread)
            return;
        lay->nodes[v].rank = next;
        spread->moves[v]++;
        spread->width[rank] -= room_of(lay, v) - lay->space.edge; /* its line stays */
        spread->width[next] += room_of(lay, v);
        lay->rank_count = lay->rank_count > next + 1 ? lay->rank_count : next + 1;
    }
}

/* Counts all ranks from the other end. */
static void flip(Layered *lay) {
    int last = lay->rank_count - 1;
    for (uint32_t v = 0; v < lay->node_count; v++)
        lay->nodes[v].rank = last - lay->nodes[v].rank;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        LayGroup *group = &lay->groups[g];
        int top = group->top;
        group->top = last - group->bottom;
        group->bottom = last - top;
    }
}

static void spread_ends(Layered *lay, bool is_upwards) {
    Arena *arena = arena_new();
    Spread spread = {.lay = lay, .is_upwards = is_upwards};
    int last = lay->rank_count + MOVES_MAX * lay->scale;
    spread.leads_on = ARENA_ARRAY(arena, uint32_t, lay->node_count);
    spread.leads_to = ARENA_ARRAY(arena, uint32_t, lay->node_count);
    spread.moves = ARENA_ARRAY(arena, int, lay->node_count);
    spread.width = ARENA_ARRAY(arena, Coord, last + lay->scale);
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        const LayEdge *edge = &lay->edges[e];
        spread.leads_on[is_upwards ? lay_lower(edge) : lay_upper(edge)]++;
        spread.leads_to[is_upwards ? lay_upper(edge) : lay_lower(edge)]++;
    }
    for (uint32_t v = 0; v < lay->node_count; v++)
        spread.width[lay->nodes[v].rank] += room_of(lay, v);
    for (int rank = 0; rank < lay->rank_count && rank < last; rank++)
        spread_rank(&spread, rank, lay->page);
    lay->groups[LAY_ROOT].bottom = lay->rank_count - 1;
    arena_free(arena);
}

void spread_run(Layered *lay) {
    spread_ends(lay, false);
    flip(lay);
    spread_ends(lay, true);
    flip(lay);
}
