/* Gives every link that is out of line a horizontal piece, and the pieces between two ranks an
 * order from top to bottom with few crossings in which no two vertical pieces lie on each other
 * (channel routing; Sander, "Layout of Directed Hypergraphs with Orthogonal Hyperedges", 2003).
 *
 * Net i above net j: i's pieces down cross j, and j's pieces up cross i. Worse, where i goes down
 * at the x at which j comes from above, the two would run along each other: such a pair should be
 * the other way round, and where a circle of wishes forbids that, j steps aside by a jog above i.
 */
#include "base/ban.h"

#include "diagram/layout/layered.h"

#define NEAR       COORD_OF_PX(7) /* vertical pieces closer than this are read as one */
#define COST_ALONG 64             /* of running along another edge, in crossings */
#define MATRIX_MAX 256            /* nets in a channel up to which all orders are tried */
#define ROUNDS     4

typedef struct Attach {
    uint32_t link;
    Coord x;
} Attach;

/* A net in the making. */
typedef struct Wire {
    Coord low, high;
    Attach *tops, *bottoms;
    uint32_t top_count, bottom_count;
} Wire;

typedef struct Channel {
    Layered *lay;
    Arena *arena;
    int rank;
    uint32_t *links; /* of this channel */
    uint32_t link_count;
    Wire *wires;
    uint32_t wire_count;
    uint32_t *sequence; /* wires from top to bottom */
    int16_t *matrix;    /* cost of row above column, or NULL */
} Channel;

static Coord upper_x(const Layered *lay, const Link *link) {
    return lay->blocks[link->upper].x + link->upper_port;
}

static Coord lower_x(const Layered *lay, const Link *link) {
    return lay->blocks[link->lower].x + link->lower_port;
}

static void widen(Wire *wire, Coord x) {
    wire->low = x < wire->low ? x : wire->low;
    wire->high = x > wire->high ? x : wire->high;
}

/* One wire for links[from..to), which share their upper or their lower port. */
static void add_wire(Channel *channel, uint32_t from, uint32_t to, bool share_upper) {
    Layered *lay = channel->lay;
    Wire wire = {.low = INT32_MAX, .high = INT32_MIN};
    wire.tops = ARENA_ARRAY(channel->arena, Attach, to - from);
    wire.bottoms = ARENA_ARRAY(channel->arena, Attach, to - from);
    for (uint32_t i = from; i < to; i++) {
        Link *link = &lay->links[channel->links[i]];
        Attach top = {channel->links[i], upper_x(lay, link)};
        Attach bottom = {channel->links[i], lower_x(lay, link)};
        widen(&wire, top.x);
        widen(&wire, bottom.x);
        if (!share_upper || i == from)
            wire.tops[wire.top_count++] = top;
        if (share_upper || i == from)
            wire.bottoms[wire.bottom_count++] = bottom;
        link->net = channel->wire_count;
    }
    if (wire.low < wire.high) {
        channel->wires[channel->wire_count++] = wire;
        return;
    }
    for (uint32_t i = from; i < to; i++)
        lay->links[channel->links[i]].net = LAY_NONE;
}

typedef struct PortKey {
    uint32_t block;
    Coord port;
    uint32_t link;
} PortKey;

static int compare_keys(const void *left, const void *right) {
    const PortKey *a = left, *b = right;
    if (a->block != b->block)
        return a->block < b->block ? -1 : 1;
    if (a->port != b->port)
        return a->port < b->port ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link ? 1 : 0;
}

/* Sorts links[from..] by their upper or lower port. */
static void sort_links(Channel *channel, uint32_t count, bool by_upper) {
    PortKey *keys = ARENA_ARRAY(channel->arena, PortKey, count);
    for (uint32_t i = 0; i < count; i++) {
        const Link *link = &channel->lay->links[channel->links[i]];
        keys[i] = by_upper ? (PortKey){link->upper, link->upper_port, channel->links[i]}
                           : (PortKey){link->lower, link->lower_port, channel->links[i]};
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (uint32_t i = 0; i < count; i++)
        channel->links[i] = keys[i].link;
}

static bool same_port(const Layered *lay, uint32_t a, uint32_t b, bool upper) {
    const Link *left = &lay->links[a], *right = &lay->links[b];
    return upper ? left->upper == right->upper && left->upper_port == right->upper_port
                 : left->lower == right->lower && left->lower_port == right->lower_port;
}

/* Links that share an upper port become one wire; of the others those that share a lower port; the
 * rest has a wire each. */
static void make_wires(Channel *channel) {
    const Layered *lay = channel->lay;
    uint32_t rest = 0;
    sort_links(channel, channel->link_count, true);
    for (uint32_t i = 0, next; i < channel->link_count; i = next) {
        for (next = i + 1; next < channel->link_count &&
                           same_port(lay, channel->links[i], channel->links[next], true);)
            next++;
        if (next - i >= 2)
            add_wire(channel, i, next, true);
        else
            channel->links[rest++] = channel->links[i];
    }
    sort_links(channel, rest, false);
    for (uint32_t i = 0, next; i < rest; i = next) {
        for (next = i + 1;
             next < rest && same_port(lay, channel->links[i], channel->links[next], false);)
            next++;
        add_wire(channel, i, next, false);
    }
}

static bool wires_meet(const Wire *a, const Wire *b) {
    return a->low - NEAR < b->high && b->low - NEAR < a->high;
}

static bool runs_along(const Wire *above, const Wire *below, Coord *x) {
    for (uint32_t i = 0; i < above->bottom_count; i++)
        for (uint32_t j = 0; j < below->top_count; j++) {
            Coord off = above->bottoms[i].x - below->tops[j].x;
            if (off > -NEAR && off < NEAR) {
                *x = below->tops[j].x;
                return true;
            }
        }
    return false;
}

static uint32_t inside(const Attach *attaches, uint32_t count, const Wire *wire) {
    uint32_t inside = 0;
    for (uint32_t i = 0; i < count; i++)
        inside += attaches[i].x > wire->low && attaches[i].x < wire->high;
    return inside;
}

static int above_cost(const Channel *channel, uint32_t a, uint32_t b) {
    if (channel->matrix)
        return channel->matrix[(size_t)a * channel->wire_count + b];
    const Wire *above = &channel->wires[a], *below = &channel->wires[b];
    Coord x;
    if (!wires_meet(above, below))
        return 0;
    int cost = (int)(inside(above->bottoms, above->bottom_count, below) +
                     inside(below->tops, below->top_count, above));
    return (runs_along(above, below, &x) ? COST_ALONG : 0) + (cost < 1000 ? cost : 1000);
}

static void fill_matrix(Channel *channel) {
    uint32_t n = channel->wire_count;
    if (n > MATRIX_MAX)
        return;
    int16_t *matrix = ARENA_ARRAY(channel->arena, int16_t, (size_t)n * n);
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = 0; b < n; b++)
            if (a != b)
                matrix[(size_t)a * n + b] = (int16_t)above_cost(channel, a, b);
    channel->matrix = matrix;
}

/* Takes the wire at `at` to the place with the least cost among those before it. */
static bool lift(Channel *channel, uint32_t at) {
    uint32_t wire = channel->sequence[at], best = at;
    int cost = 0, best_cost = 0;
    for (uint32_t i = at; i-- > 0;) {
        uint32_t other = channel->sequence[i];
        cost += above_cost(channel, wire, other) - above_cost(channel, other, wire);
        if (cost < best_cost) {
            best_cost = cost;
            best = i;
        }
    }
    memmove(channel->sequence + best + 1, channel->sequence + best,
            (at - best) * sizeof *channel->sequence);
    channel->sequence[best] = wire;
    return best != at;
}

static bool lower(Channel *channel, uint32_t at) {
    uint32_t wire = channel->sequence[at], best = at;
    int cost = 0, best_cost = 0;
    for (uint32_t i = at + 1; i < channel->wire_count; i++) {
        uint32_t other = channel->sequence[i];
        cost += above_cost(channel, other, wire) - above_cost(channel, wire, other);
        if (cost < best_cost) {
            best_cost = cost;
            best = i;
        }
    }
    memmove(channel->sequence + at, channel->sequence + at + 1,
            (best - at) * sizeof *channel->sequence);
    channel->sequence[best] = wire;
    return best != at;
}

static void order_wires(Channel *channel) {
    channel->sequence = ARENA_ARRAY(channel->arena, uint32_t, 2 * (size_t)channel->wire_count);
    for (uint32_t i = 0; i < channel->wire_count; i++)
        channel->sequence[i] = i;
    fill_matrix(channel);
    uint32_t rounds = channel->matrix ? ROUNDS : 1;
    for (uint32_t round = 0; round < rounds; round++) {
        bool changed = false;
        for (uint32_t i = 1; i < channel->wire_count; i++)
            changed = lift(channel, i) || changed;
        for (uint32_t i = channel->wire_count; i-- > 0;)
            changed = lower(channel, i) || changed;
        if (!changed)
            return;
    }
}

static bool is_free(const Channel *channel, Coord x) {
    for (uint32_t i = 0; i < channel->link_count; i++) {
        const Link *link = &channel->lay->links[channel->links[i]];
        Coord up = upper_x(channel->lay, link) - x, low = lower_x(channel->lay, link) - x;
        if ((up > -NEAR && up < NEAR) || (low > -NEAR && low < NEAR) ||
            (link->jog != LAY_NONE && link->jog_x > x - NEAR && link->jog_x < x + NEAR))
            return false;
    }
    return true;
}

/* The nearest x beside `from` that no other piece of the channel uses, towards `goal` first. */
static Coord free_x(const Channel *channel, Coord from, Coord goal) {
    Coord step = goal < from ? -NEAR : NEAR;
    for (Coord k = 1; k < 64; k++) {
        if (is_free(channel, from + k * step))
            return from + k * step;
        if (is_free(channel, from - k * step))
            return from - k * step;
    }
    return from;
}

/* Leads what `below` gets from above at `x` aside, by a new wire over `above`. */
static void add_jog(Channel *channel, uint32_t at, uint32_t below_index, Coord x) {
    Wire *below = &channel->wires[below_index];
    Coord goal = below->low + (below->high - below->low) / 2;
    Coord aside = free_x(channel, x, goal);
    Wire jog = {.low = x < aside ? x : aside, .high = x < aside ? aside : x};
    jog.tops = ARENA_ARRAY(channel->arena, Attach, 1);
    jog.bottoms = ARENA_ARRAY(channel->arena, Attach, 1);
    jog.tops[jog.top_count++].x = x;
    jog.bottoms[jog.bottom_count++].x = aside;
    uint32_t index = channel->wire_count++;
    channel->wires[index] = jog;
    memmove(channel->sequence + at + 1, channel->sequence + at,
            (index - at) * sizeof *channel->sequence);
    channel->sequence[at] = index;
    for (uint32_t i = 0; i < below->top_count; i++)
        if (below->tops[i].x == x)
            below->tops[i].x = aside;
    for (uint32_t i = 0; i < channel->link_count; i++) {
        Link *link = &channel->lay->links[channel->links[i]];
        if (link->net != below_index || link->jog != LAY_NONE || upper_x(channel->lay, link) != x)
            continue;
        link->jog = index;
        link->jog_x = aside;
    }
    widen(below, aside);
}

/* Every wire may be led aside once. */
static void add_jogs(Channel *channel) {
    uint32_t limit = 2 * channel->wire_count;
    channel->matrix = NULL;
    for (uint32_t i = 0; i < channel->wire_count; i++)
        for (uint32_t j = i + 1; j < channel->wire_count && channel->wire_count < limit; j++) {
            uint32_t above = channel->sequence[i], below = channel->sequence[j];
            Coord x;
            if (wires_meet(&channel->wires[above], &channel->wires[below]) &&
                runs_along(&channel->wires[above], &channel->wires[below], &x)) {
                add_jog(channel, i, below, x);
                i++;
            }
        }
}

static void keep_nets(Channel *channel) {
    Layered *lay = channel->lay;
    uint32_t *number = ARENA_ARRAY(channel->arena, uint32_t, channel->wire_count);
    for (uint32_t i = 0; i < channel->wire_count; i++) {
        const Wire *wire = &channel->wires[channel->sequence[i]];
        number[channel->sequence[i]] = lay->net_count;
        lay->nets[lay->net_count++] = (Net){channel->rank, wire->low, wire->high, 0};
    }
    for (uint32_t i = 0; i < channel->link_count; i++) {
        Link *link = &lay->links[channel->links[i]];
        link->net = link->net == LAY_NONE ? LAY_NONE : number[link->net];
        link->jog = link->jog == LAY_NONE ? LAY_NONE : number[link->jog];
    }
}

void route_run(Layered *lay) {
    Arena *arena = arena_new(), *tmp = arena_new();
    uint32_t *first = ARENA_ARRAY(arena, uint32_t, (size_t)lay->rank_count + 1);
    uint32_t *next = ARENA_ARRAY(arena, uint32_t, lay->rank_count);
    uint32_t *sorted = ARENA_ARRAY(arena, uint32_t, lay->link_count);
    lay->nets = ARENA_ARRAY(lay->arena, Net, 2 * (size_t)lay->link_count);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        lay->links[i].net = lay->links[i].jog = LAY_NONE;
        first[lay->links[i].rank + 1]++;
    }
    for (int r = 0; r < lay->rank_count; r++)
        first[r + 1] += first[r];
    for (uint32_t i = 0; i < lay->link_count; i++) {
        int rank = lay->links[i].rank;
        sorted[first[rank] + next[rank]++] = i;
    }
    for (int r = 0; r < lay->rank_count; r++) {
        Channel channel = {.lay = lay, .arena = tmp, .rank = r, .links = sorted + first[r]};
        channel.link_count = first[r + 1] - first[r];
        channel.wires = ARENA_ARRAY(tmp, Wire, 2 * (size_t)channel.link_count);
        uint32_t *links = ARENA_ARRAY(tmp, uint32_t, channel.link_count);
        uint32_t *own = channel.links;
        if (channel.link_count)
            memcpy(links, own, channel.link_count * sizeof *links);
        channel.links = links;
        make_wires(&channel);
        memcpy(links, own, channel.link_count * sizeof *links); /* make_wires drops some */
        order_wires(&channel);
        add_jogs(&channel);
        keep_nets(&channel);
        arena_reset(tmp);
    }
    arena_free(tmp);
    arena_free(arena);
}
