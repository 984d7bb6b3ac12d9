/* crossings.h: how many lines cross in an order, and how that changes when two neighbours swap.
 * In: the blocks and links of a Layered; out: counts, each crossing weighted by both lines.
 * Used by p3_order.c only; changes the order, nothing else. */
#ifndef DIAGRAM_LAYOUT_CROSSINGS_H
#define DIAGRAM_LAYOUT_CROSSINGS_H

#include "diagram/layout/layered.h"

/* One end of a line between rank r and r + 1. key = 2 * r for an upper end, 2 * r + 1 for a lower
 * end, so that equal keys may cross each other. */
typedef struct Touch {
    uint32_t key;
    uint32_t other; /* block at the other end */
    uint32_t weight;
} Touch;

/* An item of the order tree is a block, or block_count + g for group g. */
typedef struct Order {
    Layered *lay;
    uint32_t item_total;
    uint32_t *first_touch; /* item -> its touches, sorted by key */
    uint32_t *touch_end;
    Touch *touches;
    uint32_t *at;   /* position -> block; Block.order is the inverse */
    uint32_t *size; /* item -> number of blocks */
    uint32_t *scratch;
    Touch *sorted;
    uint32_t low, middle, high; /* positions [low, middle) and [middle, high) count as swapped */
} Order;

Order order_new(Layered *lay, Arena *arena);

/* Numbers all blocks by the items of the groups. */
void order_number(Order *order);

/* What the weight of all crossings grows by when items `a` and `b`, neighbours in this order, swap.
 */
int64_t order_swap_gain(const Order *order, uint32_t a, uint32_t b);

/* From now on positions are as if [low, middle) and [middle, high) were swapped; low == high: as
 * they are. So an item can be tried everywhere and is moved once. */
void order_imagine(Order *order, uint32_t low, uint32_t middle, uint32_t high);

/* Makes true what is imagined; the items array is the caller's. */
void order_realise(Order *order);

/* The weight of all crossings. */
int64_t order_crossings(const Order *order);

/* The position of a block, as imagined. */
uint32_t order_position(const Order *order, uint32_t block);

/* The first position of an item's blocks, as imagined; they follow each other. */
uint32_t order_start(const Order *order, uint32_t item);

/* The item of an entry of Layered.items. */
uint32_t order_item(const Layered *lay, uint32_t entry);

#endif
