/* p3_pass.h: what it costs an item to pass its siblings.
 * In: an order and a group of it at work; out: for what is taken up, the siblings that cost
 * something to pass, and how much. Moves items within the group, and keeps what it knows of them
 * true. Used by the p3_ files only; decides nothing. */
#ifndef DIAGRAM_LAYOUT_P3_PASS_H
#define DIAGRAM_LAYOUT_P3_PASS_H

#include "diagram/layout/p3_ends.h"

/* The far end of a line that leads out of the item. */
typedef struct Far {
    uint32_t position;
    uint32_t weight;
    int64_t sum; /* of weights up to this one, where they are sorted */
} Far;

typedef struct Pass {
    Order *order;
    Ends ends; /* where these are too many, nothing is met */
    /* The group at work. */
    uint32_t group;
    uint32_t *items;
    uint32_t item_count;
    uint32_t low, span; /* positions of all of them */
    uint32_t *index;    /* block -> the index of the item that holds it */
    uint32_t *starts;   /* index -> its first position; one more for the end of the last */
    /* What is taken up: items that follow each other, as one. */
    uint32_t at, count;   /* their indexes */
    uint32_t start, size; /* their positions */
    uint32_t block;       /* if it is a single block; else LAY_NONE */
    KeyRange keys;
    /* What it meets. */
    int64_t *cost;  /* by index: of passing it from left to right; 0 of all others */
    uint64_t *mark; /* by index, as bits: is it met? */
    uint32_t *met;  /* the indexes of those that are, ascending */
    uint32_t met_count;
    /* Its lines of the key at hand. */
    uint32_t key;
    Far *far; /* of those that lead out */
    uint32_t far_count;
    int64_t inside; /* weight of those that lead back to the item */
    uint64_t work;  /* line ends compared so far, about */
    uint32_t *spare;
} Pass;

Pass pass_new(Order *order, Arena *arena);

/* Sets to work on a group with at least one item. */
void pass_enter(Pass *pass, uint32_t group);

/* Takes up `count` items at index `at`, without regard to others yet. */
void pass_take_up(Pass *pass, uint32_t at, uint32_t count);

/* Finds the siblings that what is taken up meets. */
void pass_meet(Pass *pass);

/* The cost of passing the i-th sibling met, once. */
static inline int64_t pass_take_cost(Pass *pass, uint32_t i) {
    int64_t *at = &pass->cost[pass->met[i]], cost = *at;
    *at = 0;
    return cost;
}

/* Takes items [first, middle) behind items [middle, end). */
void pass_rotate(Pass *pass, uint32_t first, uint32_t middle, uint32_t end);

/* Takes what is taken up to that index: its first item, or for a move to the right its last. */
void pass_move(Pass *pass, uint32_t to);

static inline uint32_t pass_item(const Pass *pass, uint32_t index) {
    return order_item(pass->order->lay, pass->items[index]);
}

/* Where an item of the group stands. */
static inline uint32_t pass_index(const Pass *pass, uint32_t item) {
    const Layered *lay = pass->order->lay;
    return pass->index[item < lay->block_count ? item : lay->groups[item - lay->block_count].left];
}

/* Is the position one of what is taken up? */
static inline bool pass_holds(const Pass *pass, uint32_t position) {
    return position - pass->start < pass->size;
}

#endif
