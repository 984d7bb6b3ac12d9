/* Puts the members of twins in the same order, where that costs no crossing: what is repeated is
 * seen to be so. */
#include "base/ban.h"

#include "diagram/layout/p3_pass.h"
#include "diagram/layout/twins.h"

typedef struct Alike {
    Layered *lay;
    const LayTwins *twins;
    Order order;
    Pass pass;
    uint32_t *to_second, *to_first; /* blocks */
    uint32_t *saved;
    uint32_t item_count;
} Alike;

/* The entry of Layered.items for the pair of this one, or LAY_NONE. */
static uint32_t pair_of(const Alike *alike, uint32_t entry, bool is_first) {
    if (!(entry & ITEM_GROUP))
        return is_first ? alike->to_second[entry] : alike->to_first[entry];
    uint32_t group = entry & ~ITEM_GROUP;
    if (is_first)
        return alike->twins->group[group] | ITEM_GROUP;
    for (uint32_t g = 0; g < alike->lay->group_count; g++)
        if (alike->twins->group[g] == group)
            return g | ITEM_GROUP;
    return LAY_NONE;
}

/* The items of `to` that have a pair in `from` take the order of these; other lines stay. */
static void copy_items(const Alike *alike, uint32_t from, uint32_t to, bool is_first) {
    const Layered *lay = alike->lay;
    const LayGroup *source = &lay->groups[from], *goal = &lay->groups[to];
    uint32_t k = 0;
    for (uint32_t i = 0; i < goal->item_count; i++) {
        uint32_t *item = &lay->items[goal->first_item + i], pair = LAY_NONE;
        if (pair_of(alike, *item, !is_first) == LAY_NONE)
            continue;
        while (k < source->item_count && pair == LAY_NONE)
            pair = pair_of(alike, lay->items[source->first_item + k++], is_first);
        *item = pair;
    }
}

/* The line at `from` goes where it crosses the fewest others, rather not at all. */
static void settle_line(Pass *pass, uint32_t from) {
    pass_take_up(pass, from, 1);
    pass_meet(pass);
    uint32_t best = from, left = 0;
    int64_t cost = 0, least = 0;
    for (; left < pass->met_count && pass->met[left] < from; left++)
        cost -= pass->cost[pass->met[left]];
    for (uint32_t i = 0; i <= pass->met_count;
         i++) { /* the first place behind i of those it meets */
        uint32_t to = i == 0 ? 0 : i <= left ? pass->met[i - 1] + 1 : pass->met[i - 1];
        best = cost < least ? to : best;
        least = cost < least ? cost : least;
        cost += i < pass->met_count ? pass_take_cost(pass, i) : 0;
    }
    pass_move(pass, best);
}

static bool is_line(const Alike *alike, uint32_t entry) {
    return !(entry & ITEM_GROUP) && alike->lay->blocks[entry].kind == BLOCK_CHAIN &&
           alike->to_second[entry] == LAY_NONE && alike->to_first[entry] == LAY_NONE;
}

/* Lines to the outside find new places beside members that have moved. */
static void settle_lines(Alike *alike) {
    const Layered *lay = alike->lay;
    uint32_t first = alike->twins->first, second = alike->twins->second;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        if (!lay_group_contains(lay, first, g) && !lay_group_contains(lay, second, g) &&
            !lay_group_contains(lay, g, first))
            continue;
        const LayGroup *group = &lay->groups[g];
        if (group->item_count > 1)
            pass_enter(&alike->pass, g);
        for (uint32_t i = 0; i < group->item_count && group->item_count > 1; i++)
            if (is_line(alike, lay->items[group->first_item + i]))
                settle_line(&alike->pass, i);
    }
}

/* Takes the new order if it costs nothing, when lines have moved too if need be. */
static bool accept(Alike *alike, int64_t before) {
    Layered *lay = alike->lay;
    order_number(&alike->order);
    if (order_crossings(&alike->order) > before)
        settle_lines(alike);
    if (order_crossings(&alike->order) <= before)
        return true;
    memcpy(lay->items, alike->saved, alike->item_count * sizeof *alike->saved);
    order_number(&alike->order);
    return false;
}

/* Two groups change places if the one named later stands before the other. */
static void face_reader(Alike *alike, uint32_t earlier, uint32_t later) {
    Layered *lay = alike->lay;
    const LayGroup *parent = &lay->groups[lay->groups[earlier].parent];
    uint32_t *items = lay->items + parent->first_item, at = LAY_NONE;
    for (uint32_t i = 0; i < parent->item_count; i++) {
        if (items[i] == (later | ITEM_GROUP) && at == LAY_NONE)
            at = i;
        if (items[i] != (earlier | ITEM_GROUP))
            continue;
        if (at == LAY_NONE)
            return;
        int64_t before = order_crossings(&alike->order);
        memcpy(alike->saved, lay->items, alike->item_count * sizeof *alike->saved);
        items[at] = earlier | ITEM_GROUP;
        items[i] = later | ITEM_GROUP;
        accept(alike, before);
        return;
    }
}

/* The one twin as the other, if that costs nothing. */
static bool copy_order(Alike *alike, bool is_first) {
    Layered *lay = alike->lay;
    int64_t before = order_crossings(&alike->order);
    memcpy(alike->saved, lay->items, alike->item_count * sizeof *alike->saved);
    for (uint32_t g = 0; g < lay->group_count; g++) {
        uint32_t other = alike->twins->group[g];
        if (other != LAY_NONE)
            copy_items(alike, is_first ? g : other, is_first ? other : g, is_first);
    }
    return accept(alike, before);
}

static void pair_blocks(Alike *alike, Arena *arena) {
    const Layered *lay = alike->lay;
    alike->to_second = twins_blocks(lay, alike->twins, arena);
    memset(alike->to_first, 0xff, lay->block_count * sizeof *alike->to_first);
    for (uint32_t b = 0; b < lay->block_count; b++)
        if (alike->to_second[b] != LAY_NONE)
            alike->to_first[alike->to_second[b]] = b;
}

void alike_run(Layered *lay) {
    if (!lay->is_alike || lay->known || lay->twins_count == 0)
        return;
    Arena *arena = arena_new();
    Alike alike = {.lay = lay, .order = order_new(lay, arena), .item_count = lay_item_count(lay)};
    alike.pass = pass_new(&alike.order, arena);
    alike.saved = ARENA_ARRAY(arena, uint32_t, alike.item_count);
    alike.to_first = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    order_number(&alike.order);
    for (uint32_t i = 0; i < lay->twins_count; i++) {
        alike.twins = &lay->twins[i];
        pair_blocks(&alike, arena);
        if (!copy_order(&alike, true))
            copy_order(&alike, false);
        for (uint32_t k = 0; k < i; k++)
            if (lay->twins[k].first == lay->twins[i].first)
                face_reader(&alike, lay->twins[k].second, lay->twins[i].second);
        face_reader(&alike, lay->twins[i].first, lay->twins[i].second);
    }
    order_write(&alike.order);
    arena_free(arena);
}
