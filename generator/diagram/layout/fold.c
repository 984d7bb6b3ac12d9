/* Folds a long drawing: Rüegg, von Hanxleden, "Wrapping Layered Graphs" (2018), on the finished
 * drawing rather than on its ranks. A cut runs across the flow where it meets nothing but edges.
 * What it cuts leaves its row at the end, runs back in a lane between the rows, and goes on at the
 * start of the next. Lanes nest, so a fold adds no crossing:
 *
 *     row 1  ----+--.      the lower edge turns first,
 *            ----.  |      takes the upper lane,
 *      .---------'  |      and comes in below the other again
 *      |  .---------'
 *      |  '----- row 2
 *      '--------
 *
 * Groups are never cut. */
#include "base/ban.h"

#include "diagram/layout/fold.h"

#include <assert.h>

#define ROW_MAX     12
#define ROW_LEAST   3               /* no row is shorter than this part of the longest */
#define LANE_MAX    3               /* edges that one cut may meet: more would be a maze */
#define GAP_MAX     400             /* places for cuts that are looked at */
#define ENTRY       COORD_OF_PX(18) /* from a lane to the row: room for an arrowhead */
#define LANE_PITCH  COORD_OF_PX(12)
#define LANE_ROOM   COORD_OF_PX(22) /* between a row and the lanes beside it */
#define GAIN_LEAST  500             /* in the measure of rate() */
#define WIDTH_STEPS 20
#define NEVER       INT32_MAX

/* Where the drawing may be cut. */
typedef struct Gap {
    Coord y;
    Coord before, after; /* the ends of what lies on its two sides */
    Coord lanes[LANE_MAX];
    uint32_t lane_count; /* LANE_MAX + 1: too many */
} Gap;

struct Fold {
    uint32_t row_count;
    const Gap *cuts[ROW_MAX]; /* after each row but the last */
    Coord from[ROW_MAX];      /* y of the first of a row */
    Coord length[ROW_MAX];
    Coord low[ROW_MAX], high[ROW_MAX]; /* x */
    Coord lead[ROW_MAX];               /* where the row begins in the rows' drawing */
    Coord top[ROW_MAX];
    Coord width, height; /* across, along */
};

typedef struct Folder {
    Layered *lay;
    Arena *arena;
    Line *lines;
    Gap *gaps; /* in order; the first and the last are the ends of the drawing */
    uint32_t gap_count;
    int64_t length; /* sum of all edges as they are */
} Folder;

typedef struct Range {
    Coord low, high;
} Range;

static int compare_ranges(const void *left, const void *right) {
    const Range *a = left, *b = right;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return a->high < b->high ? -1 : a->high > b->high ? 1 : 0;
}

/* The y of everything that may not be cut: nodes, labels, groups with their titles, and those
 * pieces of edges that run across. */
static uint32_t collect(const Folder *folder, Range *to) {
    const Layered *lay = folder->lay;
    uint32_t count = 0;
    for (uint32_t b = 0; b < lay->block_count; b++) {
        const Block *block = &lay->blocks[b];
        if (block->kind == BLOCK_NODE || (block->kind == BLOCK_CHAIN && block->label_rank >= 0))
            to[count++] = (Range){block->y - block->height / 2, block->y + block->height / 2};
    }
    for (uint32_t g = 1; g < lay->group_count; g++) {
        Box box = lay->groups[g].box;
        to[count++] = (Range){box.y, box.y + box.height};
    }
    for (uint32_t i = 0; i < lay->net_count; i++)
        to[count++] = (Range){lay->nets[i].y, lay->nets[i].y};
    qsort(to, count, sizeof *to, compare_ranges);
    return count;
}

/* The edges that the gap meets, from left to right; edges on one trunk stay on one lane. */
static void find_lanes(const Folder *folder, Gap *gap) {
    for (uint32_t e = 0; e < folder->lay->edge_count; e++) {
        const Line *line = &folder->lines[e];
        for (size_t i = 1; i < line->count; i++) {
            Point a = line->points[i - 1], b = line->points[i];
            if ((a.y < gap->y) == (b.y < gap->y))
                continue;
            uint32_t at = 0;
            while (at < gap->lane_count && gap->lanes[at] < a.x)
                at++;
            if (at < gap->lane_count && gap->lanes[at] == a.x)
                continue;
            if (a.x != b.x || gap->lane_count == LANE_MAX) {
                gap->lane_count = LANE_MAX + 1;
                return;
            }
            memmove(gap->lanes + at + 1, gap->lanes + at,
                    (gap->lane_count - at) * sizeof *gap->lanes);
            gap->lanes[at] = a.x;
            gap->lane_count++;
        }
    }
}

static void find_gaps(Folder *folder) {
    const Layered *lay = folder->lay;
    size_t most = (size_t)lay->block_count + lay->group_count + lay->net_count;
    Range *ranges = ARENA_ARRAY(folder->arena, Range, most);
    uint32_t count = collect(folder, ranges);
    folder->gaps = ARENA_ARRAY(folder->arena, Gap, GAP_MAX + 2);
    folder->gap_count = 1;
    Coord reached = count ? ranges[0].high : 0;
    for (uint32_t i = 1; i < count; i++) {
        if (ranges[i].low > reached + COORD_OF_PX(3) && folder->gap_count <= GAP_MAX) {
            Gap gap = {.y = reached + (ranges[i].low - reached) / 2,
                       .before = reached,
                       .after = ranges[i].low};
            find_lanes(folder, &gap);
            if (gap.lane_count <= LANE_MAX)
                folder->gaps[folder->gap_count++] = gap;
        }
        reached = ranges[i].high > reached ? ranges[i].high : reached;
    }
    folder->gaps[folder->gap_count++] = (Gap){.y = lay->height, .before = lay->height};
}

/* Room for the lanes beside a row. */
static Coord lanes_room(const Gap *gap, Coord margin) {
    return gap->lane_count ? margin + (Coord)(gap->lane_count - 1) * LANE_PITCH : 0;
}

static Coord row_length(const Gap *from, const Gap *to) {
    return to->before - from->after + lanes_room(from, ENTRY) + lanes_room(to, ENTRY);
}

static uint32_t row_of(const Fold *fold, Coord y) {
    uint32_t row = 0;
    while (row + 1 < fold->row_count && y > fold->cuts[row]->y)
        row++;
    return row;
}

static void widen(Fold *fold, Coord y, Coord low, Coord high) {
    uint32_t row = row_of(fold, y);
    fold->low[row] = low < fold->low[row] ? low : fold->low[row];
    fold->high[row] = high > fold->high[row] ? high : fold->high[row];
}

/* How far each row reaches across: everything in it, and the edges that pass. */
static void measure_rows(const Folder *folder, Fold *fold) {
    const Layered *lay = folder->lay;
    for (uint32_t r = 0; r < fold->row_count; r++) {
        fold->low[r] = INT32_MAX;
        fold->high[r] = INT32_MIN;
    }
    for (uint32_t b = 0; b < lay->block_count; b++) {
        const Block *block = &lay->blocks[b];
        if (block->kind == BLOCK_NODE || (block->kind == BLOCK_CHAIN && block->label_rank >= 0))
            widen(fold, block->y, block->x - block->left, block->x + block->right);
    }
    for (uint32_t g = 1; g < lay->group_count; g++) {
        Box box = lay->groups[g].box;
        widen(fold, box.y + box.height / 2, box.x, box.x + box.width);
    }
    for (uint32_t e = 0; e < lay->edge_count; e++)
        for (size_t i = 0; i < folder->lines[e].count; i++) {
            Point p = folder->lines[e].points[i];
            widen(fold, p.y, p.x, p.x);
        }
    for (uint32_t r = 0; r + 1 < fold->row_count; r++) {
        const Gap *cut = fold->cuts[r];
        for (uint32_t k = 0; k < cut->lane_count; k++) {
            widen(fold, cut->before, cut->lanes[k], cut->lanes[k]);
            widen(fold, cut->after, cut->lanes[k], cut->lanes[k]);
        }
    }
}

/* The rows below each other, with room for the lanes between them. */
static void stack_rows(Fold *fold) {
    Coord top = 0;
    fold->height = 0;
    for (uint32_t r = 0; r < fold->row_count; r++) {
        const Gap *cut = fold->cuts[r];
        fold->lead[r] = r ? lanes_room(fold->cuts[r - 1], ENTRY) : 0;
        Coord end = fold->lead[r] + fold->length[r] + lanes_room(cut, ENTRY);
        fold->height = end > fold->height ? end : fold->height;
        fold->top[r] = top;
        top += fold->high[r] - fold->low[r];
        fold->width = top;
        top += LANE_ROOM + lanes_room(cut, LANE_ROOM);
    }
}

/* Cuts after these gaps: rows[0] is the end of the first row. */
static Fold *fold_at(const Folder *folder, const uint32_t *ends, uint32_t row_count) {
    Fold *fold = ARENA_NEW(folder->arena, Fold);
    fold->row_count = row_count;
    const Gap *from = &folder->gaps[0];
    for (uint32_t r = 0; r < row_count; r++) {
        const Gap *to = &folder->gaps[ends[r]];
        fold->cuts[r] = to;
        fold->from[r] = from->after;
        fold->length[r] = to->before - from->after;
        from = to;
    }
    measure_rows(folder, fold);
    stack_rows(fold);
    return fold;
}

/* The cuts that meet the fewest edges, with rows of at most `limit`; NULL: there are none. A row
 * costs as much as two edges. */
static Fold *fold_within(const Folder *folder, Coord limit) {
    uint32_t count = folder->gap_count, ends[ROW_MAX], rows = 0;
    uint32_t *before = ARENA_ARRAY(folder->arena, uint32_t, count);
    int *cost = ARENA_ARRAY(folder->arena, int, count),
        *depth = ARENA_ARRAY(folder->arena, int, count);
    for (uint32_t to = 1; to < count; to++) {
        cost[to] = NEVER;
        for (uint32_t from = 0; from < to; from++) {
            Coord length = row_length(&folder->gaps[from], &folder->gaps[to]);
            if (cost[from] == NEVER || depth[from] == ROW_MAX || length > limit ||
                length < limit / ROW_LEAST)
                continue;
            int sum = cost[from] + 2 + (int)folder->gaps[to].lane_count;
            if (sum >= cost[to])
                continue;
            cost[to] = sum;
            before[to] = from;
            depth[to] = depth[from] + 1;
        }
    }
    if (cost[count - 1] == NEVER)
        return NULL;
    for (uint32_t at = count - 1; at > 0; at = before[at])
        ends[ROW_MAX - ++rows] = at;
    return fold_at(folder, ends + ROW_MAX - rows, rows);
}

/* What a fold costs its edges. */
typedef struct Load {
    int64_t length;  /* of all edges */
    int64_t lanes;   /* each of four more bends */
    int64_t against; /* edges */
} Load;

/* How well a part of this size can be read on a page, less what its edges cost, in thousandths: the
 * letters' size when fitted to the width counts most, then when the whole fits on a screen; then
 * short edges, that lead onward, with few bends and detours. */
static int64_t rate(const Folder *folder, const Fold *fold, Load load, Coord target) {
    Coord width = fold ? fold->width : folder->lay->width;
    Coord height = fold ? fold->height : folder->lay->height;
    int64_t wide = (int64_t)target * 4000 / 3 / (height + 1);
    int64_t high = (int64_t)target * 1000 / (width + 1);
    wide = wide > 1000 ? 1000 : wide;
    high = high > wide ? wide : high;
    int64_t edges = folder->lay->edge_count, mean = load.length / (edges + 1);
    int64_t near = 6000 * (int64_t)COORD_OF_PX(240) / (COORD_OF_PX(240) + mean);
    int64_t onward = 16000 * edges / (2 * edges + 25 * load.against + 1);
    int64_t straight = 175000 * edges / (35 * edges + 40 * load.lanes + 1);
    int64_t direct = 4000 * edges / (edges + 3 * load.lanes + 1);
    return 12 * wide + 10 * high + near + onward + straight + direct;
}

/* Does the edge now lead back, although it was drawn onward? */
static bool is_against(const Layered *lay, const Fold *fold, const LayEdge *edge) {
    const Block *upper = &lay->blocks[lay->nodes[lay_upper(edge)].block];
    const Block *lower = &lay->blocks[lay->nodes[lay_lower(edge)].block];
    uint32_t from = row_of(fold, upper->y), to = row_of(fold, lower->y);
    return !edge->reversed && upper->y - fold->from[from] + fold->lead[from] >
                                  lower->y - fold->from[to] + fold->lead[to];
}

static int64_t rate_fold(const Folder *folder, const Fold *fold, Coord target) {
    Load load = {.length = folder->length};
    for (uint32_t r = 0; r + 1 < fold->row_count; r++) {
        int64_t lane = fold->length[r] + fold->width / (Coord)fold->row_count + 4 * (int64_t)ENTRY;
        load.length += lane * fold->cuts[r]->lane_count;
        load.lanes += fold->cuts[r]->lane_count;
    }
    for (uint32_t e = 0; e < folder->lay->edge_count; e++)
        load.against += is_against(folder->lay, fold, &folder->lay->edges[e]);
    return rate(folder, fold, load, target);
}

static void trace_all(Folder *folder) {
    const Layered *lay = folder->lay;
    folder->lines = ARENA_ARRAY(folder->arena, Line, lay->edge_count);
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        Line *line = &folder->lines[e];
        *line = emit_trace(lay, &lay->edges[e], folder->arena);
        for (size_t i = 1; i < line->count; i++) {
            Point a = line->points[i - 1], b = line->points[i];
            folder->length += a.x > b.x ? a.x - b.x : b.x - a.x;
            folder->length += a.y > b.y ? a.y - b.y : b.y - a.y;
        }
    }
}

void fold_run(Layered *lay, Coord target) {
    if (lay->height <= target)
        return;
    Folder folder = {.lay = lay, .arena = lay->arena};
    trace_all(&folder);
    find_gaps(&folder);
    Load flat = {.length = folder.length};
    int64_t best = rate(&folder, NULL, flat, target) + GAIN_LEAST;
    for (int step = WIDTH_STEPS; step > 0; step--) {
        Coord limit = (Coord)((int64_t)lay->height * step / WIDTH_STEPS);
        Fold *fold = fold_within(&folder, limit);
        if (!fold)
            continue;
        int64_t rating = rate_fold(&folder, fold, target);
        if (fold->row_count > 1 && rating > best) {
            best = rating;
            lay->fold = fold;
        }
    }
}

Point fold_size(const Layered *lay) {
    return lay->fold ? (Point){lay->fold->width, lay->fold->height}
                     : (Point){lay->width, lay->height};
}

static Point fold_point(const Fold *fold, uint32_t row, Point p) {
    return (Point){p.x - fold->low[row] + fold->top[row], p.y - fold->from[row] + fold->lead[row]};
}

Box fold_box(const Layered *lay, Box box) {
    if (!lay->fold)
        return box;
    Point at =
        fold_point(lay->fold, row_of(lay->fold, box.y + box.height / 2), (Point){box.x, box.y});
    return (Box){at.x, at.y, box.width, box.height};
}

void line_add(Line *line, Point p) {
    Point *at = line->points;
    size_t n = line->count;
    if (n > 0 && at[n - 1].x == p.x && at[n - 1].y == p.y)
        return;
    if (n > 1 &&
        ((at[n - 2].x == p.x && at[n - 1].x == p.x) || (at[n - 2].y == p.y && at[n - 1].y == p.y)))
        line->count--;
    line->points[line->count++] = p;
}

/* From a row to the next, or back. */
static void add_lane(const Fold *fold, uint32_t row, Coord x, bool is_back, Line *line) {
    const Gap *cut = fold->cuts[row];
    uint32_t k = 0;
    while (k < cut->lane_count && cut->lanes[k] != x)
        k++;
    assert(k < cut->lane_count);
    Coord outer = (Coord)(cut->lane_count - 1 - k) * LANE_PITCH, inner = (Coord)k * LANE_PITCH;
    Coord leave = fold->lead[row] + fold->length[row] + ENTRY + outer;
    Coord enter = fold->lead[row + 1] - ENTRY - inner;
    Coord lane = fold->top[row] + fold->high[row] - fold->low[row] + LANE_ROOM + outer;
    Point corners[4] = {{fold_point(fold, row, (Point){x, 0}).x, leave},
                        {lane, leave},
                        {lane, enter},
                        {fold_point(fold, row + 1, (Point){x, 0}).x, enter}};
    for (size_t i = 0; i < 4; i++)
        line_add(line, corners[is_back ? 3 - i : i]);
}

Line fold_line(const Layered *lay, Line line, Arena *arena) {
    const Fold *fold = lay->fold;
    if (!fold)
        return line;
    Line to = {.points =
                   ARENA_ARRAY(arena, Point, line.count * (1 + 4 * (size_t)(fold->row_count - 1)))};
    for (size_t i = 0; i < line.count; i++) {
        Point p = line.points[i];
        uint32_t row = row_of(fold, p.y);
        uint32_t at = i ? row_of(fold, line.points[i - 1].y) : row;
        for (; at < row; at++)
            add_lane(fold, at, p.x, false, &to);
        for (; at > row; at--)
            add_lane(fold, at - 1, p.x, true, &to);
        line_add(&to, fold_point(fold, row, p));
    }
    return to;
}
