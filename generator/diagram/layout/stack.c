/* Finds y for everything at once. All that has a place across the flow - nodes, labels, titles,
 * horizontal pieces of edges, borders of groups - is dropped from above in the order of ranks onto
 * a skyline of what lies there already; each contact is a bound. The network simplex then draws
 * edges together within these bounds. So a rank has no height of its own, and a tall group does not
 * push away what stands beside it.
 *
 * Nodes of one rank and one group share a variable and stay in line. */
#include "base/ban.h"

#include "diagram/layout/layered.h"
#include "diagram/layout/simplex.h"
#include "diagram/layout/twins.h"

#define MARGIN        COORD_OF_PX(5) /* kept at the sides of everything */
#define WEIGHT_EDGE   4
#define WEIGHT_GROUP  4
#define WEIGHT_HEIGHT 2
#define WEIGHT_UP     1
#define WEIGHT_TITLE  64 /* a title stays at its border */
#define TITLE_MARGIN  COORD_OF_PX(4)
#define TITLE_ROUNDS  3 /* heights are found anew for titles without a place */

typedef enum ItemKind {
    ITEM_NODE,
    ITEM_LABEL,
    ITEM_TITLE,
    ITEM_NET,
    ITEM_TOP,
    ITEM_BOTTOM,
    ITEM_KIND_COUNT
} ItemKind;

/* Least distance in px from the row's kind down to the column's. An edge is drawn between most
 * pairs, so there is room for a stub or an arrowhead. */
static const Coord gaps[ITEM_KIND_COUNT][ITEM_KIND_COUNT] = {
    /*            node label title net top bottom */
    /* node   */ {28, 10, 10, 10, 16, 12},
    /* label  */ {15, 6, 6, 7, 8, 6},
    /* title  */ {8, 6, 6, 7, 6, 8},
    /* net    */ {15, 7, 7, 9, 12, 9},
    /* top    */ {12, 8, 5, 9, 9, 9},
    /* bottom */ {16, 8, 9, 10, 16, 10},
};

typedef struct Item {
    ItemKind kind;
    uint32_t variable;
    Coord low, high;    /* across */
    Coord above, below; /* from the variable's place to the edges of the item */
} Item;

/* A stretch of the skyline: `item` is what was dropped on it last; LAY_NONE: nothing yet. */
typedef struct Stretch {
    Coord low; /* up to the next stretch */
    uint32_t item;
} Stretch;

typedef struct Stack {
    Layered *lay;
    Simplex simplex;
    Item *items;
    uint32_t item_count;
    Stretch *line, *spare;
    size_t line_count;
    uint32_t ceiling, floor;        /* variables: ends of the drawing */
    uint32_t *top, *bottom;         /* variables of groups */
    uint32_t *leader;               /* of groups: itself, or the twin that it stands in line with */
    uint32_t *block_variable;       /* of a node, title, or a chain's label */
    bool *has_above, *has_below;    /* blocks that links come to from there */
    uint32_t *node_row, *label_row; /* variables by group, of the rank at work */
    uint32_t net_first;             /* variables of nets follow each other */
} Stack;

static void bound(Stack *stack, uint32_t tail, uint32_t head, Coord length, int weight) {
    simplex_bound(&stack->simplex, (SimplexArc){tail, head, length, weight});
}

static void touch(Stack *stack, uint32_t upper, uint32_t lower) {
    const Item *a = &stack->items[upper], *b = &stack->items[lower];
    if (a->variable != b->variable)
        bound(stack, a->variable, b->variable,
              a->below + COORD_OF_PX(gaps[a->kind][b->kind]) + b->above, 0);
}

/* Lets the item fall: it touches what lies below it, and covers that from now on. */
static void drop(Stack *stack, Item item) {
    uint32_t index = stack->item_count++;
    Coord low = item.low - MARGIN, high = item.high + MARGIN;
    size_t count = 0, i = 0;
    stack->items[index] = item;
    bound(stack, stack->ceiling, item.variable, item.above, 0);
    bound(stack, item.variable, stack->floor, item.below, 0);
    for (; i < stack->line_count && stack->line[i].low < low; i++)
        stack->spare[count++] = stack->line[i];
    stack->spare[count++] = (Stretch){low, index};
    uint32_t last = i > 0 ? stack->line[i - 1].item : LAY_NONE, before = LAY_NONE;
    for (;; i++) {
        if (last != LAY_NONE && last != before)
            touch(stack, last, index);
        before = last;
        if (i == stack->line_count || stack->line[i].low >= high)
            break;
        last = stack->line[i].item;
    }
    if (i == stack->line_count || stack->line[i].low > high)
        stack->spare[count++] = (Stretch){high, last};
    for (; i < stack->line_count; i++)
        stack->spare[count++] = stack->line[i];
    Stretch *line = stack->line;
    stack->line = stack->spare;
    stack->spare = line;
    stack->line_count = count;
}

/* Twins with the same ranks stand in line, member by member. */
static void find_leaders(Stack *stack) {
    const Layered *lay = stack->lay;
    for (uint32_t g = 0; g < lay->group_count; g++)
        stack->leader[g] = g;
    for (uint32_t i = 0; i < lay->twins_count && lay->is_alike; i++)
        for (uint32_t g = 0; g < lay->group_count && twins_in_line(lay, &lay->twins[i]); g++)
            if (lay->twins[i].group[g] != LAY_NONE)
                stack->leader[lay->twins[i].group[g]] = stack->leader[g];
    for (uint32_t g = 0; g < lay->group_count; g++) /* that may stand in line with another */
        while (stack->leader[g] != stack->leader[stack->leader[g]])
            stack->leader[g] = stack->leader[stack->leader[g]];
}

/* Only the sides of a node that edges come to keep its padding. */
static void trim_padding(const Stack *stack, uint32_t index, Item *item) {
    const Block *block = &stack->lay->blocks[index];
    const LayNode *node = &stack->lay->nodes[block->ref];
    Coord height = node->height - 2 * node->pad;
    height = height > node->loop_height ? height : node->loop_height;
    height = height > node->notes.along ? height : node->notes.along;
    if (!stack->has_above[index])
        item->above = height / 2;
    if (!stack->has_below[index])
        item->below = height - height / 2;
}

static uint32_t row_variable(Stack *stack, uint32_t *rows, uint32_t group) {
    if (rows[group] == LAY_NONE) {
        rows[group] = simplex_variable(&stack->simplex);
        bound(stack, stack->ceiling, rows[group], 0, WEIGHT_UP);
    }
    return rows[group];
}

static void drop_block(Stack *stack, uint32_t index) {
    const Block *block = &stack->lay->blocks[index];
    bool is_label = block->kind == BLOCK_CHAIN;
    Item item = {.kind = is_label                     ? ITEM_LABEL
                         : block->kind == BLOCK_TITLE ? ITEM_TITLE
                                                      : ITEM_NODE,
                 .low = block->x - block->left,
                 .high = block->x + block->right,
                 .above = block->height / 2,
                 .below = block->height - block->height / 2};
    if (block->kind == BLOCK_TITLE) {
        item.variable = simplex_variable(&stack->simplex);
        if (stack->lay->title_side == TITLE_AT_TOP)
            bound(stack, stack->top[block->group], item.variable, 0, WEIGHT_TITLE);
        else
            bound(stack, item.variable, stack->bottom[block->group], 0, WEIGHT_TITLE);
    } else
        item.variable = row_variable(stack, is_label ? stack->label_row : stack->node_row,
                                     stack->leader[block->group]);
    if (block->kind == BLOCK_NODE)
        trim_padding(stack, index, &item);
    if (block->kind == BLOCK_NODE && stack->lay->nodes[block->ref].kind == LAY_PORT) {
        const LayNode *port = &stack->lay->nodes[block->ref];
        item.kind = ITEM_NET;
        if (port->pin != PIN_FREE) { /* the edge ends at the border instead */
            stack->block_variable[index] =
                port->pin == PIN_TOP ? stack->top[port->group] : stack->bottom[port->group];
            return;
        }
        item.variable = simplex_variable(&stack->simplex);
    }
    stack->block_variable[index] = item.variable;
    drop(stack, item);
}

/* Borders of groups that begin or end at this rank; `blocks` of one rank in order. */
static void drop_borders(Stack *stack, int rank, bool tops) {
    const Layered *lay = stack->lay;
    for (uint32_t i = 1; i < lay->group_count; i++) {
        uint32_t g = tops ? i : lay->group_count - i; /* parents before children, or after them */
        const LayGroup *group = &lay->groups[g];
        if ((tops ? group->top : group->bottom) == rank)
            drop(stack, (Item){.kind = tops ? ITEM_TOP : ITEM_BOTTOM,
                               .variable = tops ? stack->top[g] : stack->bottom[g],
                               .low = group->box.x,
                               .high = group->box.x + group->box.width});
    }
}

static void drop_all(Stack *stack, Arena *arena) {
    const Layered *lay = stack->lay;
    uint32_t *first = ARENA_ARRAY(arena, uint32_t, (size_t)lay->rank_count + 1);
    uint32_t *next = ARENA_ARRAY(arena, uint32_t, lay->rank_count);
    uint32_t *sorted = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    for (uint32_t b = 0; b < lay->block_count; b++) {
        const Block *block = &lay->blocks[b];
        int rank = block->kind == BLOCK_CHAIN ? block->label_rank : block->first;
        if (block->kind <= BLOCK_CHAIN && rank >= 0)
            first[rank + 1]++;
    }
    for (int r = 0; r < lay->rank_count; r++)
        first[r + 1] += first[r];
    for (uint32_t b = 0; b < lay->block_count; b++) {
        const Block *block = &lay->blocks[b];
        int rank = block->kind == BLOCK_CHAIN ? block->label_rank : block->first;
        if (block->kind <= BLOCK_CHAIN && rank >= 0)
            sorted[first[rank] + next[rank]++] = b;
    }
    uint32_t net = 0;
    for (int r = 0; r < lay->rank_count; r++) {
        drop_borders(stack, r, true);
        memset(stack->node_row, 0xff, lay->group_count * sizeof *stack->node_row);
        memset(stack->label_row, 0xff, lay->group_count * sizeof *stack->label_row);
        for (uint32_t i = first[r]; i < first[r + 1]; i++)
            drop_block(stack, sorted[i]);
        drop_borders(stack, r, false);
        for (; net < lay->net_count && lay->nets[net].rank == r; net++)
            drop(stack, (Item){.kind = ITEM_NET,
                               .variable = stack->net_first + net,
                               .low = lay->nets[net].low,
                               .high = lay->nets[net].high});
    }
}

/* Draws two parts of an edge together, the first above the second unless the edge leads up. Where
 * it turns back, two nets of one channel follow each other: those have their order already. */
static void pull(Stack *stack, uint32_t last, uint32_t stop, bool is_up) {
    uint32_t end = stack->net_first + stack->lay->net_count;
    bool are_nets =
        last >= stack->net_first && last < end && stop >= stack->net_first && stop < end;
    bool is_above = are_nets ? last < stop : !is_up;
    bound(stack, is_above ? last : stop, is_above ? stop : last, 0, WEIGHT_EDGE);
}

/* Draws the parts of every edge together, each to the next on its way; where it has turned back,
 * the next is above. */
static void pull_edges(Stack *stack) {
    const Layered *lay = stack->lay;
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        const LayEdge *edge = &lay->edges[e];
        uint32_t last = stack->block_variable[lay->nodes[lay_upper(edge)].block];
        for (uint32_t i = 0; i < edge->link_count; i++) {
            const Link *link = &lay->links[edge->first_link + i];
            uint32_t jog = link->jog == LAY_NONE ? LAY_NONE : stack->net_first + link->jog;
            uint32_t net = link->net == LAY_NONE ? LAY_NONE : stack->net_first + link->net;
            uint32_t stops[3] = {link->is_up ? net : jog, link->is_up ? jog : net,
                                 stack->block_variable[link->is_up ? link->upper : link->lower]};
            for (size_t k = 0; k < 3; k++) {
                if (stops[k] == LAY_NONE || stops[k] == last)
                    continue;
                pull(stack, last, stops[k], link->is_up);
                last = stops[k];
            }
        }
    }
}

static void bound_groups(Stack *stack) {
    const Layered *lay = stack->lay;
    for (uint32_t g = 1; g < lay->group_count; g++) {
        const LayGroup *group = &lay->groups[g];
        Coord least = 2 * lay->space.pad;
        if (lay->title_side == TITLE_AT_LEFT)
            least += group->title_width;
        bound(stack, stack->top[g], stack->bottom[g], least, WEIGHT_GROUP);
    }
    bound(stack, stack->ceiling, stack->floor, 0, WEIGHT_HEIGHT);
}

static void keep_heights(Stack *stack, const int32_t *values) {
    Layered *lay = stack->lay;
    Coord ceiling = values[stack->ceiling];
    for (uint32_t b = 0; b < lay->block_count; b++)
        if (stack->block_variable[b] != LAY_NONE)
            lay->blocks[b].y = values[stack->block_variable[b]] - ceiling;
    for (uint32_t i = 0; i < lay->net_count; i++)
        lay->nets[i].y = values[stack->net_first + i] - ceiling;
    for (uint32_t g = 1; g < lay->group_count; g++) {
        lay->groups[g].box.y = values[stack->top[g]] - ceiling;
        lay->groups[g].box.height = values[stack->bottom[g]] - values[stack->top[g]];
    }
    lay->height = values[stack->floor] - ceiling;
}

/* Does the net cross the band along the left border that holds the title? */
static bool crosses_band(const Stack *stack, const Net *net, const LayGroup *group) {
    Coord band = group->box.x + stack->lay->space.pad + group->title_height;
    return net->low < band && net->high > group->box.x;
}

/* The first place along the band for the title that no net passes; false: there is none. */
static bool find_title_place(const Stack *stack, LayGroup *group) {
    const Layered *lay = stack->lay;
    Coord at = group->box.y + lay->space.pad;
    Coord limit = group->box.y + group->box.height - lay->space.pad - group->title_width;
    group->title_at = at;
    for (uint32_t i = 0; i < lay->net_count && at <= limit;) {
        const Net *net = &lay->nets[i++];
        if (!crosses_band(stack, net, group) || net->y <= at - TITLE_MARGIN ||
            net->y >= at + group->title_width + TITLE_MARGIN)
            continue;
        at = net->y + TITLE_MARGIN;
        i = 0; /* an earlier net may be in the way of the new place */
    }
    if (at > limit)
        return false;
    group->title_at = at;
    return true;
}

/* Places all titles that stand beside members. Where edges leave no gap, room is asked for below
 * the last of them; true: so heights must be found again. */
static bool place_titles(Stack *stack) {
    Layered *lay = stack->lay;
    bool is_short = false;
    for (uint32_t g = 1; g < lay->group_count && lay->title_side == TITLE_AT_LEFT; g++) {
        LayGroup *group = &lay->groups[g];
        if (group->title_height == 0 || find_title_place(stack, group))
            continue;
        Coord room = group->title_width + TITLE_MARGIN + lay->space.pad;
        for (uint32_t i = 0; i < lay->net_count; i++) {
            const Net *net = &lay->nets[i];
            if (crosses_band(stack, net, group) && net->y >= group->box.y &&
                net->y <= group->box.y + group->box.height)
                bound(stack, stack->net_first + i, stack->bottom[g], room, 0);
        }
        is_short = true;
    }
    return is_short;
}

static void solve(Stack *stack) {
    int32_t *values = ARENA_ARRAY(stack->simplex.arena, int32_t, stack->simplex.variable_count);
    simplex_solve(&stack->simplex, false, values);
    keep_heights(stack, values);
}

static Stack stack_new(Layered *lay, Arena *arena) {
    Stack stack = {.lay = lay, .simplex = simplex_new(arena)};
    size_t item_max = lay->block_count + 2 * (size_t)lay->group_count + lay->net_count;
    stack.items = ARENA_ARRAY(arena, Item, item_max);
    stack.line = ARENA_ARRAY(arena, Stretch, 2 * item_max + 2);
    stack.spare = ARENA_ARRAY(arena, Stretch, 2 * item_max + 2);
    stack.top = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    stack.bottom = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    stack.node_row = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    stack.label_row = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    stack.block_variable = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    memset(stack.block_variable, 0xff, lay->block_count * sizeof *stack.block_variable);
    stack.has_above = ARENA_ARRAY(arena, bool, lay->block_count);
    stack.has_below = ARENA_ARRAY(arena, bool, lay->block_count);
    for (uint32_t i = 0; i < lay->link_count; i++)
        stack.has_below[lay->links[i].upper] = stack.has_above[lay->links[i].lower] = true;
    stack.leader = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    find_leaders(&stack);
    stack.ceiling = simplex_variable(&stack.simplex);
    stack.floor = simplex_variable(&stack.simplex);
    for (uint32_t g = 0; g < lay->group_count; g++) {
        bool is_first = stack.leader[g] == g;
        stack.top[g] = is_first ? simplex_variable(&stack.simplex) : LAY_NONE;
        stack.bottom[g] = is_first ? simplex_variable(&stack.simplex) : LAY_NONE;
    }
    for (uint32_t g = 0; g < lay->group_count; g++) {
        stack.top[g] = stack.top[stack.leader[g]];
        stack.bottom[g] = stack.bottom[stack.leader[g]];
    }
    stack.net_first = stack.simplex.variable_count;
    for (uint32_t i = 0; i < lay->net_count; i++)
        simplex_variable(&stack.simplex);
    return stack;
}

void stack_run(Layered *lay) {
    Arena *arena = arena_new();
    Stack stack = stack_new(lay, arena);
    drop_all(&stack, arena);
    pull_edges(&stack);
    bound_groups(&stack);
    solve(&stack);
    for (int i = 0; i < TITLE_ROUNDS && place_titles(&stack); i++)
        solve(&stack);
    arena_free(arena);
}
