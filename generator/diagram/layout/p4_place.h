/* p4_place.h: what p4_place.c hands to p4_straighten.c.
 * In: places that the network simplex found, with the bounds they keep; out: the same with fewer
 * bends. Changes nothing that breaks a bound. */
#ifndef DIAGRAM_LAYOUT_P4_PLACE_H
#define DIAGRAM_LAYOUT_P4_PLACE_H

#include "diagram/layout/layered.h"
#include "diagram/layout/simplex.h"

#define PLACE_PITCH_LEAST COORD_OF_PX(12) /* between ports of one side */

/* One end of a link at a node. Ends with the same block, side and port are one variable. */
typedef struct PlaceEnd {
    uint32_t link, block;
    bool is_upper; /* the link's upper end, at the node's lower side */
    Coord port;
    uint32_t variable;
} PlaceEnd;

static inline bool place_same_side(const PlaceEnd *a, const PlaceEnd *b) {
    return a->block == b->block && a->is_upper == b->is_upper;
}

/* Chains and ports go in line where there is room. Variables below block_count are blocks, the
 * first `bound_count` arcs of `simplex` their distances; `sides` are all ends, sorted by block,
 * side and port. */
void place_straighten(Layered *lay, const Simplex *simplex, size_t bound_count,
                      const PlaceEnd *sides);

#endif
