/* Sees where the order would lead an edge through a foreign group only because that group begins a
 * little above the edge's upper end is passed, or ends a little below its lower one. Then the ranks
 * are found again with the wish that the two stand apart, which is shorter than a way around.
 *
 *      u  [ g  ]                    u--------.
 *      '--[----]--.      becomes    [ g ]    |
 *         [ g  ]  v                 [   ]    v           */
#include "base/ban.h"

#include "diagram/layout/layered.h"

#define NODE_MAX  300 /* the order is found twice, so only in drawings of this size */
#define WISH_MAX  64
#define SHIFT_MAX 2 /* ranks that a group is moved by */
#define ROUNDS    2

static bool add_wish(Layered *lay, LayWish *wishes, LayWish wish) {
    for (uint32_t i = 0; i < lay->wish_count; i++)
        if (wishes[i].node == wish.node && wishes[i].group == wish.group)
            return false;
    if (lay->wish_count == WISH_MAX)
        return false;
    wishes[lay->wish_count++] = wish;
    return true;
}

/* The group should begin below the upper end of the link, or end above its lower one. */
static bool wish_apart(Layered *lay, LayWish *wishes, const Link *link, uint32_t g) {
    const Block *upper = &lay->blocks[link->upper], *lower = &lay->blocks[link->lower];
    const LayGroup *group = &lay->groups[g];
    if (upper->kind == BLOCK_NODE && link->rank + 1 - group->top <= SHIFT_MAX)
        return add_wish(lay, wishes, (LayWish){upper->ref, g, true});
    if (lower->kind == BLOCK_NODE && group->bottom - link->rank <= SHIFT_MAX)
        return add_wish(lay, wishes, (LayWish){lower->ref, g, false});
    return false;
}

static bool find_wishes(Layered *lay, LayWish *wishes) {
    bool found = false;
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        for (uint32_t g = 1; g < lay->group_count; g++)
            if (lay_link_passes(lay, link, g))
                found = wish_apart(lay, wishes, link, g) || found;
    }
    return found;
}

void apart_run(Layered *lay) {
    if (lay->known || lay->node_count > NODE_MAX || lay->group_count < 2)
        return;
    LayWish *wishes = ARENA_ARRAY(lay->arena, LayWish, WISH_MAX);
    if (lay->wish_count)
        memcpy(wishes, lay->wishes, lay->wish_count * sizeof *wishes);
    lay->wishes = wishes;
    for (int round = 0; round < ROUNDS && find_wishes(lay, wishes); round++) {
        lay->block_count = lay->link_count = 0;
        rank_run(lay);
        spread_run(lay);
        chains_run(lay);
        order_run(lay);
    }
}
