/* crossings.h: an order of blocks from left to right, and how many lines cross in it.
 * In: the blocks, links and items of a Layered; out: positions and counts, each crossing weighted
 * by both lines. Used by the p3_ files only; changes the order, nothing else. */
#ifndef DIAGRAM_LAYOUT_CROSSINGS_H
#define DIAGRAM_LAYOUT_CROSSINGS_H

#include "diagram/layout/layered.h"

/* One end of a line between rank r and r + 1. Ends are kept by key: 2 * r for upper ends, 2 * r + 1
 * for lower ends, so that ends of one key may cross each other. In a key those of links come first,
 * then those of lines along blocks, both by the slots of their blocks: so the ends that lie in a
 * group follow each other. */
typedef struct LineEnd {
    uint32_t block;
    uint32_t other; /* block at the other end; of a line along a block, that block itself */
    uint32_t weight;
} LineEnd;

/* A line while crossings are counted. */
typedef struct Line {
    uint64_t key;
    int64_t weight;
} Line;

/* An item of the order tree is a block, or block_count + g for group g. */
typedef struct Order {
    Layered *lay;
    uint32_t item_total;
    uint32_t key_count;
    size_t *key_first; /* key -> its first end; one more for the end of the last */
    size_t *key_along; /* key -> its first end of a line along a block */
    LineEnd *ends;
    int span_limit;       /* lines along a block are counted from its first rank up to this many */
    size_t longest;       /* ends of the fullest key */
    uint32_t *position;   /* of blocks */
    uint32_t *at;         /* position -> block */
    uint32_t *size;       /* item -> number of blocks, which follow each other */
    uint32_t *slot;       /* block -> its number by the tree of groups, which no order changes */
    uint32_t *rim_slot;   /* group -> its first slot: of its borders and title, */
    uint32_t *inner_slot; /* the first of its members, */
    uint32_t *end_slot;   /* and the end of these */
    uint32_t *near;       /* blocks that links lead to: */
    uint32_t *near_first; /* 2 * block -> above it, 2 * block + 1 -> below it */
    Line *lines, *spare;  /* scratch of counting */
} Order;

Order order_new(Layered *lay, Arena *arena);

/* Numbers all blocks by the items of the groups. */
void order_number(Order *order);

/* Writes the positions into the blocks. */
void order_write(const Order *order);

/* The weight of all crossings. */
int64_t order_crossings(const Order *order);

/* The first position of an item's blocks. */
static inline uint32_t order_start(const Order *order, uint32_t item) {
    const Layered *lay = order->lay;
    return order
        ->position[item < lay->block_count ? item : lay->groups[item - lay->block_count].left];
}

/* The item of an entry of Layered.items. */
static inline uint32_t order_item(const Layered *lay, uint32_t entry) {
    return entry & ITEM_GROUP ? lay->block_count + (entry & ~ITEM_GROUP) : entry;
}

/* The keys that lines of the item may have: [first, end). */
typedef struct KeyRange {
    uint32_t first, end;
} KeyRange;
KeyRange order_keys(const Order *order, uint32_t item);

#endif
