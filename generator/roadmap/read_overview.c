#include "base/ban.h"

#include "base/map.h"
#include "base/num.h"
#include "roadmap/figure.h"
#include "roadmap/id.h"
#include "roadmap/overview.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

typedef enum Column {
    COLUMN_UNKNOWN,
    COLUMN_ITEM,
    COLUMN_STATUS,
    COLUMN_COMPLETION,
    COLUMN_BAR,
    COLUMN_PRIORITY,
    COLUMN_STATE,
    COLUMN_LOCATION,
    COLUMN_COUNT,
} Column;

static const struct {
    const char *name;
    Column column;
} column_names[] = {
    {"Item", COLUMN_ITEM},           {"Feature", COLUMN_ITEM},
    {"Roadmap", COLUMN_ITEM},        {"Name", COLUMN_ITEM},
    {"Title", COLUMN_ITEM},          {"Project", COLUMN_ITEM},
    {"Status", COLUMN_STATUS},       {"Completion", COLUMN_COMPLETION},
    {"Progress", COLUMN_COMPLETION}, {"%", COLUMN_COMPLETION},
    {"Progress Bar", COLUMN_BAR},    {"Bar", COLUMN_BAR},
    {"Priority", COLUMN_PRIORITY},   {"Current State", COLUMN_STATE},
    {"State", COLUMN_STATE},         {"PRs", COLUMN_STATE},
    {"Location", COLUMN_LOCATION},   {"Folder", COLUMN_LOCATION},
};

/* Where each column stands: the cell's number from 1, 0 when there is none. */
typedef struct Columns {
    size_t at[COLUMN_COUNT];
} Columns;

Str overview_stage_name(OverviewStage stage) {
    static const char *const names[] = {"planning", "in_progress", "complete"};
    return str_from(names[stage]);
}

/* The stage that a row's status means; blocked and unknown ones are on their way. */
static OverviewStage stage_of(RoadmapStatus status) {
    if (status == ROADMAP_NOT_STARTED)
        return OVERVIEW_PLANNING;
    bool is_closed = status == ROADMAP_COMPLETE || status == ROADMAP_CANCELLED;
    return is_closed ? OVERVIEW_COMPLETE : OVERVIEW_IN_PROGRESS;
}

/* ---- the table ---- */

static Columns read_columns(const MdNode *head, Arena *arena) {
    Columns columns = {0};
    size_t number = 1;
    for (const MdNode *cell = head->first; cell; cell = cell->next, number++) {
        Str name = str_trim(md_plain_text(cell, arena));
        for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++) {
            Column column = column_names[i].column;
            if (str_equal_nocase(name, str_from(column_names[i].name)) && columns.at[column] == 0)
                columns.at[column] = number;
        }
    }
    return columns;
}

static const MdNode *cell_of(const MdNode *row, size_t number) {
    const MdNode *cell = number > 0 ? row->first : NULL;
    for (size_t i = 1; cell && i < number; i++)
        cell = cell->next;
    return cell;
}

/* The cell's plain text and place, unset where it says nothing. */
static RoadmapText cell_text(const Reader *reader, const MdNode *row, size_t number) {
    const MdNode *cell = cell_of(row, number);
    Str text = cell ? str_trim(md_plain_text(cell, reader->arena)) : (Str){0};
    if (!cell || text_is_nothing(text))
        return (RoadmapText){0};
    return (RoadmapText){text, span_of_str(reader->source, str_trim(span_text(cell->at)))};
}

/* The first link of a cell. */
static RoadmapText cell_link(const MdNode *row, size_t number) {
    const MdNode *cell = cell_of(row, number);
    for (const MdNode *node = cell ? md_next(cell, cell) : NULL; node; node = md_next(cell, node)) {
        if (node->kind == MD_LINK)
            return (RoadmapText){node->url, node->url_at};
    }
    return (RoadmapText){0};
}

static void read_row(const Reader *reader, const Columns *columns, const MdNode *row,
                     Overview *overview) {
    const size_t *at = columns->at;
    OverviewItem item = {.row = row->at};
    item.title = cell_text(reader, row, at[COLUMN_ITEM]);
    item.link = cell_link(row, at[COLUMN_ITEM]);
    item.raw_status = cell_text(reader, row, at[COLUMN_STATUS]);
    item.priority = cell_text(reader, row, at[COLUMN_PRIORITY]);
    item.state = cell_text(reader, row, at[COLUMN_STATE]);
    item.location = cell_text(reader, row, at[COLUMN_LOCATION]);
    while (str_ends_with(item.location.text, STR("/")))
        item.location.text.size--;
    if (!item.link.at.source)
        item.link = cell_link(row, at[COLUMN_LOCATION]);
    if (item.title.text.size == 0)
        return;
    item.has_status = status_parse(item.raw_status.text, NULL, &item.status);
    item.completion =
        figure_percent(reader->source, span_text(cell_text(reader, row, at[COLUMN_COMPLETION]).at));
    item.bar = figure_cells(reader->source, span_text(cell_text(reader, row, at[COLUMN_BAR]).at));
    figure_fraction(reader->source, span_text(item.state.at), &item.done, &item.total);
    ARENA_RESERVE(reader->arena, overview->items, overview->item_count, overview->item_capacity);
    overview->items[overview->item_count++] = item;
}

/* overview = the first table with a column for names and one for completion */
static void read_table(const Reader *reader, Overview *overview) {
    for (size_t i = 0; i < reader->outline.block_count; i++) {
        const MdNode *table = reader->outline.blocks[i].node;
        if (table->kind != MD_TABLE || !table->first)
            continue;
        Columns columns = read_columns(table->first, reader->arena);
        if (columns.at[COLUMN_ITEM] == 0 || columns.at[COLUMN_COMPLETION] == 0)
            continue;
        overview->table = table->at;
        for (const MdNode *row = table->first; row; row = row->next) {
            if (!row->is_header)
                read_row(reader, &columns, row, overview);
        }
        return;
    }
}

/* ---- what it says about the whole ---- */

/* summary = [ sign ] ( "Planning" | "In Progress" | "Complete" | "Total" ) ":" number ( "items" |
 * "roadmaps" | "features" ) [ "(" percent ... ")" ] */
static void read_summary(const Reader *reader, Str line, Overview *overview) {
    static const struct {
        const char *key;
        int stage; /* OVERVIEW_STAGE_COUNT: the total */
    } keys[] = {{"planning", OVERVIEW_PLANNING},       {"planned", OVERVIEW_PLANNING},
                {"in progress", OVERVIEW_IN_PROGRESS}, {"complete", OVERVIEW_COMPLETE},
                {"completed", OVERVIEW_COMPLETE},      {"total", OVERVIEW_STAGE_COUNT}};
    Str text = pr_skip_signs(line);
    size_t colon = str_find_char(text, ':', 0);
    if (colon == STR_NONE)
        return;
    Str key = text_strip(str_slice(text, 0, colon));
    Str value = text_strip(str_from_offset(text, colon + 1));
    size_t size = 0;
    while (size < value.size && value.data[size] >= '0' && value.data[size] <= '9')
        size++;
    Str noun = str_trim(str_from_offset(value, size));
    bool has_noun = text_find(str_slice(noun, 0, 4), "item") == 0 ||
                    text_find(str_slice(noun, 0, 7), "roadmap") == 0 ||
                    text_find(str_slice(noun, 0, 7), "feature") == 0;
    RoadmapNumber items = figure_number(reader->source, str_slice(value, 0, size));
    for (size_t i = 0; has_noun && items.is_set && i < sizeof keys / sizeof *keys; i++) {
        if (!str_equal_nocase(key, str_from(keys[i].key)))
            continue;
        if (keys[i].stage == OVERVIEW_STAGE_COUNT) {
            overview->said_total = overview->said_total.is_set ? overview->said_total : items;
            return;
        }
        OverviewGroup *group = &overview->groups[keys[i].stage];
        if (!group->items.is_set)
            *group = (OverviewGroup){items, figure_percent(reader->source, noun)};
    }
}

/* total = "**Overall Completion**" ":" percent [ "(" done " of " total ... ")" ] */
static void read_line(const Reader *reader, Str line, Overview *overview) {
    Str rest = line;
    for (Field field; field_next(&rest, &field);) {
        bool is_total = str_equal_nocase(field.key, STR("Overall Completion")) ||
                        str_equal_nocase(field.key, STR("Overall Progress")) ||
                        str_equal_nocase(field.key, STR("Total Completion"));
        if (!is_total || overview->percent.is_set)
            continue;
        overview->percent = figure_percent(reader->source, field.value);
        figure_fraction(reader->source, field.value, &overview->done, &overview->total);
    }
    read_summary(reader, line, overview);
}

static void add_up(Overview *overview) {
    int64_t sum = 0;
    int64_t count = 0;
    for (size_t i = 0; i < overview->item_count; i++) {
        const OverviewItem *item = &overview->items[i];
        if (item->has_status)
            overview->by_stage[stage_of(item->status)]++;
        if (!item->completion.is_set)
            continue;
        sum += item->completion.milli;
        count++;
    }
    overview->has_mean = count > 0;
    if (count > 0)
        overview->mean_milli = (sum + 5 * count) / (10 * count) * 10;
}

Overview *overview_read(const MdDoc *doc, Arena *arena, Diags *diags) {
    Overview *overview = ARENA_NEW(arena, Overview);
    overview->source = doc->source;
    Reader reader = {.doc = doc,
                     .source = doc->source,
                     .map = ARENA_NEW(arena, Roadmap),
                     .arena = arena,
                     .diags = diags};
    outline_build(&reader);
    if (reader.outline.part_count > 0)
        text_set(&overview->title, &reader, reader.outline.parts[0].raw);
    read_table(&reader, overview);
    for (size_t i = 0; i < reader.outline.block_count; i++) {
        const MdNode *node = reader.outline.blocks[i].node;
        Str rest = node->kind == MD_PARAGRAPH ? span_text(node->at) : (Str){0};
        while (rest.data)
            read_line(&reader, str_cut_line(&rest), overview);
    }
    add_up(overview);
    return overview;
}

/* ---- joining ---- */

static Str folder_of(Str path) {
    size_t slash = str_find_last(path, '/');
    return slash == STR_NONE ? (Str){0} : str_slice(path, 0, slash);
}

static Str name_of(Str path) {
    size_t slash = str_find_last(path, '/');
    return slash == STR_NONE ? path : str_from_offset(path, slash + 1);
}

void overview_join(Overview *overview, const Roadmap *const *trackers, size_t count, Arena *arena) {
    Map *paths = map_new(arena);
    Map *names = map_new(arena);
    for (size_t i = 0; i < count; i++) {
        const Roadmap **tracker = ARENA_NEW(arena, const Roadmap *);
        *tracker = trackers[i];
        Str path = trackers[i]->source->path;
        map_put(paths, path, tracker);
        map_put(names, name_of(folder_of(path)), tracker);
    }
    Str base = folder_of(overview->source->path);
    for (size_t i = 0; i < overview->item_count; i++) {
        OverviewItem *item = &overview->items[i];
        Str link = str_starts_with(item->link.text, STR("./")) ? str_from_offset(item->link.text, 2)
                                                               : item->link.text;
        if (link.size == 0)
            continue;
        Str path =
            base.size > 0 ? str_format(arena, "%.*s/%.*s", STR_FMT(base), STR_FMT(link)) : link;
        const Roadmap **tracker = map_find(paths, path);
        if (!tracker && str_equal(name_of(link), STR("PROGRESS_TRACKER.md"))) {
            tracker = map_find(names, name_of(folder_of(link)));
            item->is_moved = tracker != NULL;
        }
        item->tracker = tracker ? *tracker : NULL;
    }
}
