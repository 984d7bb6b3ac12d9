/* Finds nodes that are alike - same group, same kind of lines from the same node and to the same
 * node, nothing else; whatever their shape - and folds them into a block. In rows of a page's width
 * instead of one long row, they cost their lines little, as all of a way run along one trunk:
 *
 *          |                   the trunk
 *      .---+-------.           the bus above the block
 *     [1]<-+->[2] ...          a lane in every second gap between columns
 *     [3]<-'->[4] ...
 *
 * Where lines also lead on from the members, their lanes take the gaps between those, and the bus
 * below the block, so the two ways never cross. */
#include "base/ban.h"

#include "diagram/layout/grid.h"

#define ROW_GAP    COORD_OF_PX(14)
#define COLUMN_GAP COORD_OF_PX(20) /* where no lane runs */
#define HEAD_REACH COORD_OF_PX(18) /* from a lane to a member, with an arrowhead */
#define LANE_REACH COORD_OF_PX(12)
#define BUS_ROOM   COORD_OF_PX(10) /* between a bus and the members */
#define BUS_INNER  COORD_OF_PX(5)  /* a bus on the side where the other way has its own */
#define WIDE       3               /* a block is drawn about as wide as WIDE / HIGH of its height */
#define HIGH       2

/* What makes members alike: nodes with the same key are. */
enum {
    KEY_PARENT,
    KEY_WAY, /* for each way: the far end, what kind that is, and how the line looks */
    KEY_WAY_SIZE = 3,
    KEY_SIZE = KEY_WAY + GRID_WAYS * KEY_WAY_SIZE,
};

typedef struct Likeness {
    uint32_t key[KEY_SIZE];
    uint32_t node;
    uint32_t edges[GRID_WAYS]; /* GRAPH_NONE: no such edge */
    bool is_other;             /* has what no member of a grid may have */
} Likeness;

static bool is_plain(const Plan *plan, uint32_t index) {
    const EdgePlan *at = &plan->edges[index];
    return !at->is_gated && at->text.line_count == 0 && at->ends[0].line_count == 0 &&
           at->ends[1].line_count == 0;
}

static void note_edge(Likeness *node, const Plan *plan, uint32_t index, int way) {
    const Edge *edge = &plan->graph->edges[index];
    EdgeEnd far = way == GRID_IN ? edge->from : edge->to;
    uint32_t *key = node->key + KEY_WAY + way * KEY_WAY_SIZE;
    key[0] = far.index;
    key[1] = far.is_group ? 1 : 2;
    key[2] = ((uint32_t)edge->line << 16) | ((uint32_t)edge->start << 12) |
             ((uint32_t)edge->end << 8) | edge->length;
    node->is_other = node->is_other || node->edges[way] != GRAPH_NONE || !is_plain(plan, index);
    node->edges[way] = index;
}

/* A line each way, to one neighbour both, would be two buses on one side. */
static bool is_there_and_back(const Likeness *node) {
    const uint32_t *in = node->key + KEY_WAY, *out = in + KEY_WAY_SIZE;
    return in[0] == out[0] && in[1] == out[1];
}

static int compare_likeness(const void *left, const void *right) {
    const Likeness *a = left, *b = right;
    for (size_t i = 0; i < KEY_SIZE; i++)
        if (a->key[i] != b->key[i])
            return a->key[i] < b->key[i] ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node ? 1 : 0;
}

/* The nodes that may be members, those that are alike side by side; gives their count. */
static size_t sort_nodes(const Plan *plan, Likeness *nodes) {
    const Graph *graph = plan->graph;
    size_t count = 0;
    for (uint32_t i = 0; i < graph->node_count; i++) {
        const NodePlan *node = &plan->nodes[i];
        nodes[i] = (Likeness){
            .node = i, .key = {graph->nodes[i].parent}, .edges = {GRAPH_NONE, GRAPH_NONE}};
        nodes[i].is_other =
            node->is_beside || node->loop_count > 0 || node->pad > 0 || node->pitch > 0;
    }
    for (uint32_t e = 0; e < graph->edge_count; e++) {
        const Edge *edge = &graph->edges[e];
        if (!edge->to.is_group)
            note_edge(&nodes[edge->to.index], plan, e, GRID_IN);
        if (!edge->from.is_group)
            note_edge(&nodes[edge->from.index], plan, e, GRID_OUT);
    }
    for (uint32_t i = 0; i < graph->node_count; i++)
        if (!nodes[i].is_other && !is_there_and_back(&nodes[i]))
            nodes[count++] = nodes[i];
    qsort(nodes, count, sizeof *nodes, compare_likeness);
    return count;
}

/* Lanes are numbered from the one left of the first column. The way that one serves, or GRID_WAYS:
 * it is none. */
static int way_of_lane(const Grid *grid, uint32_t lane) {
    bool has_in = grid->edges[GRID_IN] != NULL, has_out = grid->edges[GRID_OUT] != NULL;
    if (lane % 2 == 0)
        return has_in && has_out ? GRID_OUT : GRID_WAYS;
    return has_in ? GRID_IN : GRID_OUT;
}

static Coord gap_of_lane(const Grid *grid, uint32_t lane) {
    int way = way_of_lane(grid, lane);
    bool is_inside = lane > 0 && lane < grid->columns;
    if (way == GRID_WAYS)
        return is_inside ? COLUMN_GAP : 0;
    return is_inside ? 2 * grid->reach[way] : grid->reach[way];
}

/* Where the column begins. */
static Coord column_x(const Grid *grid, uint32_t column) {
    Coord x = (Coord)column * grid->cell_width;
    for (uint32_t lane = 0; lane <= column; lane++)
        x += gap_of_lane(grid, lane);
    return x;
}

static Coord lane_x(const Grid *grid, uint32_t lane) {
    if (lane == 0)
        return 0;
    return column_x(grid, lane - 1) + grid->cell_width + grid->reach[way_of_lane(grid, lane)];
}

static uint32_t row_count(const Grid *grid) {
    return (grid->count + grid->columns - 1) / grid->columns;
}

static void size_block(Grid *grid) {
    Coord rows = (Coord)row_count(grid);
    grid->width =
        column_x(grid, grid->columns - 1) + grid->cell_width + gap_of_lane(grid, grid->columns);
    grid->height = rows * grid->cell_height + (rows - 1) * ROW_GAP + 2 * BUS_ROOM;
}

/* Is the block as wide as it should be, as drawn? */
static bool is_wide(const Grid *grid, bool is_turned) {
    int64_t wide = is_turned ? grid->height : grid->width;
    int64_t high = is_turned ? grid->width : grid->height;
    return is_turned ? wide * HIGH <= high * WIDE : wide * HIGH >= high * WIDE;
}

/* An even number of columns, as two share a lane; two more where that fills all rows. */
static void choose_columns(Grid *grid, bool is_turned) {
    grid->columns = 2;
    size_block(grid);
    while (grid->columns < grid->count && !is_wide(grid, is_turned)) {
        grid->columns += 2;
        size_block(grid);
    }
    if (grid->count % grid->columns != 0 && grid->count % (grid->columns + 2) == 0) {
        grid->columns += 2;
        size_block(grid);
    }
}

static Grid make_grid(const Plan *plan, const Likeness *nodes, uint32_t count, Arena *arena) {
    const Graph *graph = plan->graph;
    GraphDirection direction = plan_direction(plan, plan->nodes[nodes->node].area);
    bool is_turned = direction == GRAPH_LR || direction == GRAPH_RL;
    Grid grid = {.count = count};
    uint32_t *members = ARENA_ARRAY(arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) {
        Box box = plan->nodes[nodes[i].node].box;
        Coord across = is_turned ? box.height : box.width,
              along = is_turned ? box.width : box.height;
        members[i] = nodes[i].node;
        grid.cell_width = across > grid.cell_width ? across : grid.cell_width;
        grid.cell_height = along > grid.cell_height ? along : grid.cell_height;
    }
    grid.members = members;
    for (int way = 0; way < GRID_WAYS; way++) {
        if (nodes->edges[way] == GRAPH_NONE)
            continue;
        uint32_t *edges = ARENA_ARRAY(arena, uint32_t, count);
        for (uint32_t i = 0; i < count; i++)
            edges[i] = nodes[i].edges[way];
        grid.edges[way] = edges;
        const Edge *edge = &graph->edges[edges[0]];
        EdgeHead head = way == GRID_IN ? edge->end : edge->start;
        grid.reach[way] = head == HEAD_NONE ? LANE_REACH : HEAD_REACH;
    }
    choose_columns(&grid, is_turned);
    return grid;
}

GridList grid_find(const Plan *plan, uint32_t least, Arena *arena) {
    size_t node_count = plan->graph->node_count;
    GridList list = {0};
    if (least == 0)
        return list;
    Arena *tmp = arena_new();
    Likeness *nodes = ARENA_ARRAY(tmp, Likeness, node_count);
    size_t count = sort_nodes(plan, nodes);
    list.grids = ARENA_ARRAY(arena, Grid, count / least + 1);
    list.of_node = ARENA_ARRAY(arena, uint32_t, node_count);
    memset(list.of_node, 0xff, node_count * sizeof *list.of_node);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1;
             next < count && !memcmp(nodes[i].key, nodes[next].key, sizeof nodes[i].key);)
            next++;
        bool is_alone =
            nodes[i].edges[GRID_IN] == GRAPH_NONE && nodes[i].edges[GRID_OUT] == GRAPH_NONE;
        if (next - i < least || is_alone)
            continue;
        for (size_t k = i; k < next; k++)
            list.of_node[nodes[k].node] = (uint32_t)list.count;
        list.grids[list.count++] = make_grid(plan, nodes + i, (uint32_t)(next - i), arena);
    }
    arena_free(tmp);
    return list;
}

const Grid *grid_of(const GridList *list, uint32_t node) {
    uint32_t index = list->count ? list->of_node[node] : GRAPH_NONE;
    return index == GRAPH_NONE ? NULL : &list->grids[index];
}

Point grid_member(const Grid *grid, uint32_t member) {
    uint32_t row = member / grid->columns, column = member % grid->columns;
    return (Point){column_x(grid, column) + grid->cell_width / 2,
                   BUS_ROOM + (Coord)row * (grid->cell_height + ROW_GAP) + grid->cell_height / 2};
}

void grid_route(const Grid *grid, uint32_t member, GridEntry entry, Point corners[GRID_CORNERS]) {
    uint32_t column = member % grid->columns, lane = column;
    if (way_of_lane(grid, lane) != entry.way)
        lane++;
    Point at = grid_member(grid, member);
    bool is_usual = (entry.way == GRID_IN) != entry.from_below;
    Coord x = lane_x(grid, lane), inner = is_usual ? 0 : BUS_INNER;
    Coord bus = entry.from_below ? grid->height - inner : inner;
    corners[0] = (Point){entry.port, bus};
    corners[1] = (Point){x, bus};
    corners[2] = (Point){x, at.y};
    corners[3] = at;
}
