#include "base/ban.h"

#include "diagram/layout/table.h"

#define PAD_X       COORD_OF_PX(14) /* at the sides of the name */
#define PAD_Y       COORD_OF_PX(8)  /* above and below the name */
#define CELL_X      COORD_OF_PX(11) /* at the sides of a row or cell */
#define ROW_GAP     COORD_OF_PX(4)  /* between two rows */
#define SECTION_PAD COORD_OF_PX(6)  /* above the first and below the last row of a section */
#define TEXT_MAX    COORD_OF_PX(440)
#define CELL_MAX    COORD_OF_PX(240)
#define NAME_MAX    COORD_OF_PX(260)

static Coord larger(Coord a, Coord b) {
    return a > b ? a : b;
}

bool table_is_needed(const Graph *graph, const Node *node) {
    return node->row_count > 0 || node->stereotype.size > 0 ||
           (graph->kind == GRAPH_CLASS && node->shape == SHAPE_RECT) ||
           (graph->kind == GRAPH_ER && node->shape == SHAPE_RECT);
}

static size_t columns_of(const Node *node) {
    return node->is_table ? NODE_CELLS : 1;
}

static const TextBlock *cell_at(const TablePlan *table, const Node *node, size_t row,
                                size_t column) {
    return &table->cells[row * columns_of(node) + column];
}

static bool is_part_of_name(char c) {
    return (unsigned char)c >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
           ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* A static member has its name underlined: all of a method, with its parameters over several lines,
 * would be a block of bars. What has no parameters is short, and underlined as a whole.
 *
 *     +Task CreateAsync(Kernel kernel)
 *           -----------                  */
static Str underline_name(Str text, Arena *arena) {
    size_t end = str_find_char(text, '(', 0), start = end;
    if (end == STR_NONE)
        end = text.size, start = 0;
    while (start > 0 && is_part_of_name(text.data[start - 1]))
        start--;
    if (start == end)
        start = 0, end = text.size;
    char *marks = ARENA_ARRAY(arena, char, text.size);
    memset(marks + start, TEXT_MARK_UNDERLINE, end - start);
    return (Str){marks, text.size};
}

static void measure_rows(Plan *plan, const Node *node, TablePlan *table) {
    size_t columns = columns_of(node);
    table->cells = ARENA_ARRAY(plan->arena, TextBlock, node->row_count * columns);
    for (size_t i = 0; i < node->row_count; i++) {
        const NodeRow *row = &node->rows[i];
        for (size_t k = 0; k < columns; k++) {
            TextStyle style = {.face = row->is_italic ? TEXT_ITALIC : TEXT_REGULAR,
                               .size_px = plan->font_size_px * 13 / 14,
                               .max_width = node->is_table ? CELL_MAX : TEXT_MAX};
            if (row->is_underlined)
                style.marks = underline_name(row->cells[k], plan->arena);
            TextBlock *cell = &table->cells[i * columns + k];
            *cell = text_layout(row->cells[k], style, plan->arena);
            if (cell->line_count)
                table->column_width[k] = larger(table->column_width[k], cell->width + 2 * CELL_X);
        }
    }
}

/* The height of a row: its highest cell. */
static Coord row_height(const TablePlan *table, const Node *node, size_t row) {
    Coord height = 0;
    for (size_t k = 0; k < columns_of(node); k++)
        height = larger(height, cell_at(table, node, row, k)->height);
    return height;
}

/* The distance from the row's top down to the next row's. In a table every row is a section. */
static Coord row_advance(const TablePlan *table, const Node *node, size_t row) {
    Coord height = row_height(table, node, row);
    if (node->is_table)
        return height + 2 * ROW_GAP;
    bool is_last = row + 1 == node->row_count;
    bool is_end = is_last || node->rows[row + 1].section != node->rows[row].section;
    return height + (is_end ? SECTION_PAD : ROW_GAP);
}

static bool begins_section(const Node *node, size_t row) {
    return row == 0 || node->rows[row].section != node->rows[row - 1].section;
}

/* Whole even px, so that centres stay on the pixel grid. */
static Coord even(Coord value) {
    Coord step = COORD_OF_PX(2);
    return (value + step - 1) / step * step;
}

TablePlan *table_measure(Plan *plan, const Node *node, NodePlan *to) {
    TablePlan *table = ARENA_NEW(plan->arena, TablePlan);
    TextStyle small = {
        .face = TEXT_REGULAR, .size_px = plan->font_size_px * 12 / 14, .max_width = NAME_MAX};
    table->stereotype = text_layout(node->stereotype, small, plan->arena);
    measure_rows(plan, node, table);
    Coord width = larger(to->text.width, table->stereotype.width) + 2 * PAD_X, rows = 0;
    for (size_t k = 0; k < columns_of(node); k++)
        rows += table->column_width[k];
    /* What a wide name leaves over goes to the last column that is there. */
    for (size_t k = columns_of(node); k-- > 0 && rows < width;)
        if (table->column_width[k] > 0) {
            table->column_width[k] += even(width) - rows;
            rows = even(width);
        }
    table->header_height = even(to->text.height + table->stereotype.height + 2 * PAD_Y);
    Coord height = table->header_height;
    for (size_t i = 0; i < node->row_count; i++) {
        if (!node->is_table && begins_section(node, i))
            height += SECTION_PAD;
        height += row_advance(table, node, i);
    }
    to->box.width = even(larger(larger(width, rows), COORD_OF_PX(72)));
    to->box.height = even(larger(height, COORD_OF_PX(40)));
    if (node->row_count == 0)
        table->header_height = to->box.height;
    return table;
}

static SceneText start_text(TextBlock block, Coord x, Coord y) {
    return (SceneText){
        .block = block, .box = {x, y, block.width, block.height}, .anchor = SCENE_START};
}

static SceneText middle_text(TextBlock block, Box box, Coord y) {
    return (SceneText){.block = block,
                       .box = {box.x + (box.width - block.width) / 2, y, block.width, block.height},
                       .anchor = SCENE_MIDDLE};
}

static void add_rule(SceneNode *to, Box line) {
    to->rules[to->rule_count++] = line;
}

static void emit_row(const Plan *plan, const NodePlan *from, size_t row, Coord y, SceneNode *to) {
    const TablePlan *table = from->table;
    const Node *node = &plan->graph->nodes[from - plan->nodes];
    Coord x = to->box.x;
    for (size_t k = 0; k < columns_of(node); k++) {
        const TextBlock *cell = cell_at(table, node, row, k);
        if (cell->line_count) {
            SceneText *text = &to->texts[to->text_count++];
            /* What a state says of itself is prose, not a list. */
            *text = plan->graph->kind == GRAPH_STATE ? middle_text(*cell, to->box, y)
                                                     : start_text(*cell, x + CELL_X, y);
        }
        x += table->column_width[k];
    }
}

void table_emit(const Plan *plan, const Node *node, const NodePlan *from, SceneNode *to) {
    const TablePlan *table = from->table;
    size_t columns = columns_of(node);
    Box box = from->box;
    to->texts = ARENA_ARRAY(plan->arena, SceneText, node->row_count * columns + 1);
    to->rules = ARENA_ARRAY(plan->arena, Box, node->row_count + columns + 1);
    Coord text_height = table->stereotype.height + from->text.height;
    Coord y = box.y + (table->header_height - text_height) / 2;
    if (table->stereotype.line_count)
        to->texts[to->text_count++] = middle_text(table->stereotype, box, y);
    to->text = middle_text(from->text, box, y + table->stereotype.height);
    y = box.y + table->header_height;
    for (size_t i = 0; i < node->row_count; i++) {
        if (begins_section(node, i) || node->is_table)
            add_rule(to, (Box){box.x, y, box.width, 0});
        if (node->is_table)
            emit_row(plan, from, i, y + ROW_GAP, to);
        else
            emit_row(plan, from, i, y += begins_section(node, i) ? SECTION_PAD : 0, to);
        y += row_advance(table, node, i);
    }
    Coord x = box.x + table->column_width[0];
    for (size_t k = 1; node->row_count && k < columns; k++) {
        if (table->column_width[k] == 0)
            continue;
        add_rule(to, (Box){x, box.y + table->header_height, 0, box.height - table->header_height});
        x += table->column_width[k];
    }
}
