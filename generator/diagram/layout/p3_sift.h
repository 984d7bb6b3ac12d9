/* p3_sift.h: moves items to where they cross least.
 * In: an order; out: the order with fewer crossings, in the items of the groups too. Used by
 * p3_order.c; looks at one group at a time. */
#ifndef DIAGRAM_LAYOUT_P3_SIFT_H
#define DIAGRAM_LAYOUT_P3_SIFT_H

#include "diagram/layout/crossings.h"

typedef struct Sift Sift;

/* Does nothing any more once it has worked up to `limit`. */
Sift *sift_new(Order *order, uint64_t limit, Arena *arena);

typedef enum SiftHow {
    SIFT_ALONE,
    SIFT_TIDY,    /* also to places as good that are nearer to what the item hangs on */
    SIFT_CHAINS,  /* together with the chains that it hangs on */
    SIFT_COMPANY, /* together with all that it hangs on */
} SiftHow;

/* To be called when the order has been changed by others. */
void sift_wake(Sift *sift);

/* Takes every item of every group once to its best place, but those around which nothing has
 * changed since they were last taken in the same way; gives by how much that lessened crossings. */
int64_t sift_all(Sift *sift, SiftHow how);

/* How many line ends have been compared, about: a measure of time that is the same on every
 * machine.
 */
uint64_t sift_work(const Sift *sift);

#endif
