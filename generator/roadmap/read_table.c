#include "base/ban.h"

#include "markdown/rows.h"
#include "roadmap/figure.h"
#include "roadmap/id.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

static const struct {
    const char *name;
    RoadmapColumn column;
} column_names[] = {
    {"PR", ROADMAP_COLUMN_ID},
    {"PR #", ROADMAP_COLUMN_ID},
    {"PR#", ROADMAP_COLUMN_ID},
    {"#", ROADMAP_COLUMN_ID},
    {"Task", ROADMAP_COLUMN_ID},
    {"ID", ROADMAP_COLUMN_ID},
    {"Title", ROADMAP_COLUMN_TITLE},
    {"Name", ROADMAP_COLUMN_TITLE},
    {"Description", ROADMAP_COLUMN_TITLE},
    {"Status", ROADMAP_COLUMN_STATUS},
    {"Completion", ROADMAP_COLUMN_COMPLETION},
    {"Progress", ROADMAP_COLUMN_COMPLETION},
    {"Complexity", ROADMAP_COLUMN_COMPLEXITY},
    {"Priority", ROADMAP_COLUMN_PRIORITY},
    {"Notes", ROADMAP_COLUMN_NOTES},
    {"Branch", ROADMAP_COLUMN_BRANCH},
    {"Dependencies", ROADMAP_COLUMN_DEPENDS},
    {"Depends On", ROADMAP_COLUMN_DEPENDS},
    {"Blocked By", ROADMAP_COLUMN_DEPENDS},
    {"Prerequisites", ROADMAP_COLUMN_DEPENDS},
    {"Phase", ROADMAP_COLUMN_PHASE},
    {"Effort", ROADMAP_COLUMN_EFFORT},
    {"Estimated Effort", ROADMAP_COLUMN_EFFORT},
    {"Estimate", ROADMAP_COLUMN_EFFORT},
    {"Duration", ROADMAP_COLUMN_EFFORT},
    {"Commit", ROADMAP_COLUMN_COMMIT},
};

/* Where each column stands: the cell's number from 1, 0 when there is none. */
typedef struct Columns {
    size_t at[ROADMAP_COLUMN_COUNT];
} Columns;

static RoadmapColumn column_of(Str name) {
    for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++) {
        if (str_equal_nocase(name, str_from(column_names[i].name)))
            return column_names[i].column;
    }
    return ROADMAP_COLUMN_UNKNOWN;
}

static Columns read_columns(const MdNode *row, Arena *arena) {
    Columns columns = {0};
    size_t number = 1;
    for (const MdNode *cell = row->first; cell; cell = cell->next, number++) {
        RoadmapColumn column = column_of(str_trim(md_plain_text(cell, arena)));
        if (columns.at[column] == 0)
            columns.at[column] = number;
    }
    return columns;
}

/* The cell as written, without padding; the empty Str where the row has none. */
static Str cell_raw(const MdNode *row, size_t number) {
    const MdNode *cell = number > 0 ? row->first : NULL;
    for (size_t i = 1; cell && i < number; i++)
        cell = cell->next;
    return cell ? str_trim(span_text(cell->at)) : (Str){0};
}

/* The cell's plain text and place. */
static RoadmapText cell_text(const Reader *reader, const MdNode *row, size_t number) {
    const MdNode *cell = number > 0 ? row->first : NULL;
    for (size_t i = 1; cell && i < number; i++)
        cell = cell->next;
    if (!cell)
        return (RoadmapText){0};
    Str text = str_trim(md_plain_text(cell, reader->arena));
    return (RoadmapText){text, span_of_str(reader->source, str_trim(span_text(cell->at)))};
}

/* Where the cells of a row with a status stand. The row is cut a second time from its own line, and
 * a cell counts only where both readings agree: an edit must never write into the wrong one. */
static void take_places(const Reader *reader, const Columns *columns, const MdNode *row,
                        RoadmapPr *pr) {
    Str text = span_text(row->at);
    MdRow cells = md_row_begin(str_cut_line(&text));
    Str raw;
    for (size_t number = 1; md_row_next(&cells, &raw); number++) {
        for (int i = ROADMAP_COLUMN_UNKNOWN + 1; i < ROADMAP_COLUMN_COUNT; i++) {
            if (columns->at[i] == number && str_equal(raw, cell_raw(row, number)))
                pr->cells[i] = span_of_str(reader->source, raw);
        }
    }
}

static void take_cell(RoadmapText *field, const Reader *reader, const MdNode *row, size_t number) {
    RoadmapText text = cell_text(reader, row, number);
    if (!field->at.source && text.at.source && !text_is_nothing(text.text))
        *field = text;
}

/* branch = name [ " (PR #" digits ")" ] */
static void take_branch(Reader *reader, RoadmapPr *pr, Str raw) {
    Str rest = str_trim(raw);
    Str name = str_cut(&rest, ' ');
    text_set(&pr->branch, reader, name);
    refs_read_github(reader, pr, rest, false);
}

static void read_row(Reader *reader, const Columns *columns, const MdNode *row, RoadmapPr *pr) {
    const size_t *at = columns->at;
    if (at[ROADMAP_COLUMN_STATUS])
        take_places(reader, columns, row, pr);
    take_cell(&pr->title, reader, row, at[ROADMAP_COLUMN_TITLE]);
    take_cell(&pr->complexity, reader, row, at[ROADMAP_COLUMN_COMPLEXITY]);
    take_cell(&pr->priority, reader, row, at[ROADMAP_COLUMN_PRIORITY]);
    take_cell(&pr->phase, reader, row, at[ROADMAP_COLUMN_PHASE]);
    take_cell(&pr->effort, reader, row, at[ROADMAP_COLUMN_EFFORT]);
    take_cell(&pr->notes, reader, row, at[ROADMAP_COLUMN_NOTES]);
    /* In a breakdown the table is the state and the field in a section often a remark. */
    if (at[ROADMAP_COLUMN_STATUS]) {
        pr->raw_status = cell_text(reader, row, at[ROADMAP_COLUMN_STATUS]);
        status_parse(pr->raw_status.text, reader->map, &pr->status);
        pr->has_status = pr->raw_status.text.size > 0;
    }
    if (!pr->completion.is_set)
        pr->completion =
            figure_number(reader->source, text_strip(cell_raw(row, at[ROADMAP_COLUMN_COMPLETION])));
    take_branch(reader, pr, cell_raw(row, at[ROADMAP_COLUMN_BRANCH]));
    refs_read_commits(reader, pr, cell_raw(row, at[ROADMAP_COLUMN_COMMIT]));
    refs_read_notes(reader, pr, cell_raw(row, at[ROADMAP_COLUMN_NOTES]));
    if (!depends_read(reader, pr, cell_raw(row, at[ROADMAP_COLUMN_DEPENDS])))
        depends_read_notes(reader, pr, cell_raw(row, at[ROADMAP_COLUMN_NOTES]));
}

static bool parse_row_id(const Reader *reader, const Columns *columns, const MdNode *row,
                         PrId *id) {
    Str raw = pr_skip_signs(cell_raw(row, columns->at[ROADMAP_COLUMN_ID]));
    return pr_id_parse(raw, false, reader->arena, id);
}

static bool has_ids(const Reader *reader, const Columns *columns, const MdNode *table) {
    for (const MdNode *row = table->first; row; row = row->next) {
        PrId id;
        if (!row->is_header && parse_row_id(reader, columns, row, &id))
            return true;
    }
    return false;
}

/* How much a heading looks like the dashboard's. */
static int heading_rank(const Reader *reader, const OutlineBlock *block) {
    if (block->part == ROADMAP_NONE)
        return 1;
    Str heading = reader->outline.parts[block->part].text;
    if (text_find(heading, "dashboard") != STR_NONE)
        return 3;
    return text_find(heading, "overall progress") != STR_NONE ||
                   text_find(heading, "pr status") != STR_NONE
               ? 2
               : 1;
}

/* dashboard = the table with an id column and a Status column, best below a heading that says so */
static const OutlineBlock *find_dashboard(const Reader *reader, Columns *columns) {
    const OutlineBlock *best = NULL;
    int best_rank = 0;
    for (size_t i = 0; i < reader->outline.block_count; i++) {
        const OutlineBlock *block = &reader->outline.blocks[i];
        if (block->node->kind != MD_TABLE || !block->node->first)
            continue;
        Columns found = read_columns(block->node->first, reader->arena);
        int rank = heading_rank(reader, block);
        if (found.at[ROADMAP_COLUMN_ID] && found.at[ROADMAP_COLUMN_STATUS] && rank > best_rank &&
            has_ids(reader, &found, block->node)) {
            best = block;
            best_rank = rank;
            *columns = found;
        }
    }
    return best;
}

/* Remembers what stands above and at the top of the dashboard. */
static void describe_dashboard(Reader *reader, const Columns *columns, const OutlineBlock *block) {
    Roadmap *map = reader->map;
    const MdNode *head = block->node->first;
    map->table = block->node->at;
    for (int i = ROADMAP_COLUMN_UNKNOWN + 1; i < ROADMAP_COLUMN_COUNT; i++)
        map->cell_of[i] = columns->at[i];
    if (block->part != ROADMAP_NONE) {
        const OutlinePart *part = &reader->outline.parts[block->part];
        map->heading = (RoadmapText){part->text, span_of_str(reader->source, part->raw)};
    }
    size_t number = 1;
    for (const MdNode *cell = head->first; cell; cell = cell->next, number++) {
        ARENA_RESERVE(reader->arena, map->columns, map->column_count, map->column_capacity);
        map->columns[map->column_count++] = cell_text(reader, head, number);
    }
    /* The table begins at its header row; a paragraph right above it would be counted in. */
    if (head->at.source)
        map->table = span_of(reader->source, head->at.start,
                             block->node->at.start + block->node->at.size - head->at.start);
}

void tables_read_dashboard(Reader *reader) {
    Columns columns = {0};
    const OutlineBlock *block = find_dashboard(reader, &columns);
    if (!block)
        return;
    describe_dashboard(reader, &columns, block);
    for (const MdNode *row = block->node->first; row; row = row->next) {
        PrId id;
        if (row->is_header || !parse_row_id(reader, &columns, row, &id))
            continue;
        Str raw = pr_skip_signs(cell_raw(row, columns.at[ROADMAP_COLUMN_ID]));
        Span at = span_of_str(reader->source, str_slice(raw, 0, id.size));
        RoadmapPr *pr = reader_add_pr(reader, id.id, at, id.weight);
        pr->row = row->at;
        if (id.has_prefix && str_find_char(span_text(at), '#', 0) != STR_NONE)
            reader->has_hashed_ids = true;
    }
    reader_index_ids(reader);
    size_t index = 0;
    for (const MdNode *row = block->node->first; row; row = row->next) {
        PrId id;
        if (!row->is_header && parse_row_id(reader, &columns, row, &id))
            read_row(reader, &columns, row, &reader->map->prs[index++]);
    }
}

void tables_read_plan(Reader *reader) {
    for (size_t i = 0; i < reader->outline.block_count; i++) {
        const OutlineBlock *block = &reader->outline.blocks[i];
        if (block->node->kind != MD_TABLE || !block->node->first)
            continue;
        Columns columns = read_columns(block->node->first, reader->arena);
        if (columns.at[ROADMAP_COLUMN_ID] == 0)
            continue;
        for (const MdNode *row = block->node->first; row; row = row->next) {
            PrId id;
            uint32_t index = ROADMAP_NONE;
            if (!row->is_header && parse_row_id(reader, &columns, row, &id))
                index = reader_find(reader, id.id);
            if (index != ROADMAP_NONE)
                read_row(reader, &columns, row, &reader->map->prs[index]);
        }
    }
}
