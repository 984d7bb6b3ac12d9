/* p3_ends.h: which line ends lie in which group, and which of these lead out of it.
 * In: an Order; out: for each group and key the ranges of its ends. Used by p3_pass.c only; true
 * for every order of the same blocks. */
#ifndef DIAGRAM_LAYOUT_P3_ENDS_H
#define DIAGRAM_LAYOUT_P3_ENDS_H

#include "diagram/layout/crossings.h"

/* The line ends of one key that lie in a group, as indexes into Order.ends. */
typedef struct KeyEnds {
    uint32_t links, links_end;      /* of links */
    uint32_t rim, along, along_end; /* of lines along its own borders, then along members */
    uint32_t out, out_end;          /* in Ends.out: of links that lead out of the group */
    uint32_t inside;                /* weight of all its other lines */
} KeyEnds;

typedef struct Ends {
    const Order *order;
    KeyRange *keys; /* item -> its keys */
    KeyEnds **rows; /* group -> its ends by key, from its first key on; NULL: they are too many */
    uint32_t *out;  /* indexes into Order.ends */
} Ends;

Ends ends_new(const Order *order, Arena *arena);

/* Those of the group in a key that it has. */
static inline const KeyEnds *ends_of(const Ends *ends, uint32_t group, uint32_t key) {
    return &ends->rows[group][key - ends->keys[ends->order->lay->block_count + group].first];
}

#endif
