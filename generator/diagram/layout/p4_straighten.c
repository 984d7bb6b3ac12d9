/* Takes out bends that linear costs cannot see: chains go in line with one of their ends, and ports
 * back to where they look best, all within the distances that p4_place.c has set. */
#include "base/ban.h"

#include "diagram/layout/p4_place.h"

#define STRAIGHTEN_ROUNDS 4
#define BEND_ROOM         COORD_OF_PX(24)
#define KINK              COORD_OF_PX(4) /* a bend of less looks like a mistake */

/* The bounds at each block, and the links of each chain. */
typedef struct Rope {
    Layered *lay;
    const SimplexArc *arcs;
    uint32_t *first, *bounds;
    uint32_t *above, *below; /* LAY_NONE at the side where a line turns back */
} Rope;

static Rope rope_new(Layered *lay, const Simplex *simplex, size_t bound_count) {
    Arena *arena = simplex->arena;
    Rope rope = {.lay = lay, .arcs = simplex->arcs};
    rope.first = ARENA_ARRAY(arena, uint32_t, (size_t)lay->block_count + 2);
    rope.bounds = ARENA_ARRAY(arena, uint32_t, 2 * bound_count);
    rope.above = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    rope.below = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    for (size_t i = 0; i < bound_count; i++) {
        rope.first[rope.arcs[i].tail + 2]++;
        rope.first[rope.arcs[i].head + 2]++;
    }
    for (uint32_t b = 0; b < lay->block_count; b++)
        rope.first[b + 2] += rope.first[b + 1];
    for (uint32_t i = 0; i < bound_count; i++) {
        rope.bounds[rope.first[rope.arcs[i].tail + 1]++] = i;
        rope.bounds[rope.first[rope.arcs[i].head + 1]++] = i;
    }
    memset(rope.above, 0xff, lay->block_count * sizeof *rope.above);
    memset(rope.below, 0xff, lay->block_count * sizeof *rope.below);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        rope.below[lay->links[i].upper] = i;
        rope.above[lay->links[i].lower] = i;
    }
    return rope;
}

static bool has_room(const Rope *rope, uint32_t block, Coord x) {
    for (uint32_t i = rope->first[block]; i < rope->first[block + 1]; i++) {
        const SimplexArc *arc = &rope->arcs[rope->bounds[i]];
        if (arc->tail == block ? rope->lay->blocks[arc->head].x < x + arc->length
                               : x < rope->lay->blocks[arc->tail].x + arc->length)
            return false;
    }
    return true;
}

/* A chain that bends at both ends goes in line with its lower end, or its upper one, if there is
 * room: the line is no longer than before and has two bends less. Linear costs cannot tell. */
static bool straighten_chain(const Rope *rope, uint32_t chain) {
    Layered *lay = rope->lay;
    if (rope->above[chain] == LAY_NONE || rope->below[chain] == LAY_NONE)
        return false;
    const Link *above = &lay->links[rope->above[chain]], *below = &lay->links[rope->below[chain]];
    Coord x = lay->blocks[chain].x;
    Coord goals[2] = {lay->blocks[below->lower].x + below->lower_port,
                      lay->blocks[above->upper].x + above->upper_port};
    if (x == goals[0] || x == goals[1])
        return false;
    for (size_t i = 0; i < 2; i++)
        if (has_room(rope, chain, goals[i])) {
            lay->blocks[chain].x = goals[i];
            return true;
        }
    return false;
}

/* Some rounds, as a move may give room to others. */
static void straighten(const Rope *rope) {
    const Layered *lay = rope->lay;
    bool has_moved = true;
    for (int round = 0; round < STRAIGHTEN_ROUNDS && has_moved; round++) {
        has_moved = false;
        for (uint32_t b = 0; b < lay->block_count; b++)
            if (lay->blocks[b].kind == BLOCK_CHAIN)
                has_moved = straighten_chain(rope, b) || has_moved;
    }
}

static Coord far_x(const Layered *lay, const PlaceEnd *end) {
    const Link *link = &lay->links[end->link];
    return end->is_upper ? lay->blocks[link->lower].x + link->lower_port
                         : lay->blocks[link->upper].x + link->upper_port;
}

static Coord *port_of(Layered *lay, const PlaceEnd *end) {
    Link *link = &lay->links[end->link];
    return end->is_upper ? &link->upper_port : &link->lower_port;
}

/* Is the edge straight up to a chain that bends behind it and has room to go along when the port
 * moves to `port`? Then so many bends stay so many. */
static bool takes_chain(const Rope *rope, const PlaceEnd *end, Coord port) {
    const Layered *lay = rope->lay;
    const Link *link = &lay->links[end->link];
    uint32_t chain = end->is_upper ? link->lower : link->upper;
    Coord x = lay->blocks[end->block].x + port;
    if (lay->blocks[chain].kind != BLOCK_CHAIN)
        return false;
    uint32_t onward = end->is_upper ? rope->below[chain] : rope->above[chain];
    if (onward == LAY_NONE)
        return false;
    const Link *next = &lay->links[onward];
    Coord goal = end->is_upper ? lay->blocks[next->lower].x + next->lower_port
                               : lay->blocks[next->upper].x + next->upper_port;
    Coord then = goal - x;
    return goal != lay->blocks[chain].x && (then <= -BEND_ROOM || then >= BEND_ROOM) &&
           has_room(rope, chain, x);
}

static void move_chain(const Rope *rope, const PlaceEnd *end, Coord port) {
    const Link *link = &rope->lay->links[end->link];
    uint32_t chain = end->is_upper ? link->lower : link->upper;
    rope->lay->blocks[chain].x = rope->lay->blocks[end->block].x + port;
}

/* May the edges of this port, ends[0..count), leave from `port` instead? Not if one of them is
 * straight now, or would have hardly room for its two bends. */
static bool may_stand_at(Layered *lay, const PlaceEnd *ends, size_t count, Coord port) {
    Coord x = lay->blocks[ends[0].block].x;
    for (size_t i = 0; i < count; i++) {
        Coord now = far_x(lay, &ends[i]) - x - *port_of(lay, &ends[i]);
        Coord then = far_x(lay, &ends[i]) - x - port;
        if (now == 0 || (then > -BEND_ROOM && then < BEND_ROOM))
            return false;
    }
    return true;
}

/* An edge that bends anyway need not leave at the corner that is nearest to its goal: ports go back
 * to where they look best, as far as the ports beside them allow. */
static void centre_side(const Rope *rope, const PlaceEnd *ends, size_t count) {
    Layered *lay = rope->lay;
    /* Only nodes have ports that move. */
    Coord least = lay_pitch(&lay->nodes[lay->blocks[ends[0].block].ref], PLACE_PITCH_LEAST);
    Coord last = INT32_MIN / 2;
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && ends[next].variable == ends[i].variable;)
            next++;
        Coord high = next < count ? *port_of(lay, &ends[next]) - least : INT32_MAX;
        Coord goal = ends[i].port < last + least ? last + least : ends[i].port;
        goal = goal > high ? high : goal;
        Coord now = *port_of(lay, &ends[i]);
        bool is_on_way =
            (now <= goal && goal <= ends[i].port) || (now >= goal && goal >= ends[i].port);
        bool may_move = is_on_way && now != goal && goal >= last + least;
        bool is_straight = far_x(lay, &ends[i]) == lay->blocks[ends[i].block].x + now;
        if (may_move && next - i == 1 && is_straight && takes_chain(rope, &ends[i], goal)) {
            move_chain(rope, &ends[i], goal);
            *port_of(lay, &ends[i]) = goal;
        } else if (may_move && may_stand_at(lay, ends + i, next - i, goal)) {
            for (size_t k = i; k < next; k++)
                *port_of(lay, &ends[k]) = goal;
        }
        last = *port_of(lay, &ends[i]);
    }
}

/* Takes out kinks: bends so small that they look like mistakes. They come from distances that are
 * missed by a hair, so the port may leave its place by as much, though not its order. */
static void iron_side(const Rope *rope, const PlaceEnd *ends, size_t count) {
    Layered *lay = rope->lay;
    const LayNode *node = &lay->nodes[lay->blocks[ends[0].block].ref];
    Coord reach = lay_port_room(node) / 2 + KINK, least = lay_pitch(node, PLACE_PITCH_LEAST) - KINK;
    Coord last = INT32_MIN / 2;
    for (size_t i = 0; i < count; last = *port_of(lay, &ends[i++])) {
        bool is_shared = (i > 0 && ends[i - 1].variable == ends[i].variable) ||
                         (i + 1 < count && ends[i + 1].variable == ends[i].variable);
        Coord goal = far_x(lay, &ends[i]) - lay->blocks[ends[i].block].x;
        Coord off = goal - *port_of(lay, &ends[i]);
        Coord high = i + 1 < count ? *port_of(lay, &ends[i + 1]) - least : reach;
        if (!is_shared && off >= -KINK && off <= KINK && goal >= -reach && goal <= reach &&
            goal >= last + least && goal <= high)
            *port_of(lay, &ends[i]) = goal;
    }
}

typedef void SideFunction(const Rope *rope, const PlaceEnd *ends, size_t count);

/* Calls for every side of a node whose ports may move. */
static void each_side(const Rope *rope, const PlaceEnd *ends, SideFunction *function) {
    size_t total = 2 * (size_t)rope->lay->link_count;
    for (size_t i = 0, next; i < total; i = next) {
        for (next = i + 1; next < total && place_same_side(&ends[i], &ends[next]);)
            next++;
        if (ends[i].variable != ends[i].block)
            function(rope, ends + i, next - i);
    }
}

void place_straighten(Layered *lay, const Simplex *simplex, size_t bound_count,
                      const PlaceEnd *sides) {
    Rope rope = rope_new(lay, simplex, bound_count);
    straighten(&rope);
    each_side(&rope, sides, centre_side);
    each_side(&rope, sides, iron_side);
}
