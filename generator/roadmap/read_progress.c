#include "base/ban.h"

#include "base/num.h"
#include "roadmap/figure.h"
#include "roadmap/id.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

/* Keys of the total line; a row further up wins over one further down. */
static const char *const total_keys[] = {"Total Completion", "Overall Progress", "Progress",
                                         "Completion"};
#define TOTAL_KEYS (sizeof total_keys / sizeof *total_keys)

static bool is_in_section(const Reader *reader, uint32_t part) {
    return part != ROADMAP_NONE && reader->owner[part] != ROADMAP_NONE;
}

/* total = "**Total Completion**" ":" percent [ "(" done "/" total ... ")" ] ; gives the key's rank,
 * or TOTAL_KEYS when the field is another one. */
static size_t total_rank(const Field *field) {
    size_t rank = 0;
    while (rank < TOTAL_KEYS && !str_equal_nocase(field->key, str_from(total_keys[rank])))
        rank++;
    return rank;
}

/* Keeps every total line; the first of the best rank is what the document declares. */
static void read_total(Reader *reader, Str value, size_t rank, size_t *best) {
    RoadmapDeclared *declared = &reader->map->declared;
    RoadmapTotal total = {.percent = figure_percent(reader->source, value),
                          .value = span_of_str(reader->source, value),
                          .rank = rank};
    if (rank == TOTAL_KEYS || !total.percent.is_set)
        return;
    figure_fraction(reader->source, value, &total.done, &total.total);
    ARENA_RESERVE(reader->arena, declared->totals, declared->total_count, declared->total_capacity);
    declared->totals[declared->total_count++] = total;
    if (rank >= *best)
        return;
    *best = rank;
    declared->percent = total.percent;
    declared->done = total.done;
    declared->total = total.total;
}

static void read_bar(Reader *reader, Str line) {
    RoadmapDeclared *declared = &reader->map->declared;
    RoadmapBar bar = figure_bar(reader->source, line);
    if (!bar.is_set)
        return;
    ARENA_RESERVE(reader->arena, declared->bars, declared->bar_count, declared->bar_capacity);
    declared->bars[declared->bar_count++] = bar;
    if (!declared->bar.is_set)
        declared->bar = bar;
}

/* current = [ sign ] id anything ; free text names no PR */
static void read_current(Reader *reader, Str value) {
    PrId id;
    Str text = pr_skip_signs(value);
    if (!reader->map->declared.current_line.source)
        reader->map->declared.current_line = span_of_str(reader->source, value);
    if (reader->map->declared.current.at.source || !pr_id_parse(text, true, reader->arena, &id))
        return;
    reader->map->declared.current =
        (RoadmapText){id.id, span_of_str(reader->source, str_slice(text, 0, id.size))};
}

/* "into 10 manageable, atomic pull requests": the plan's own count where nothing better is said. */
static void read_prose_count(Reader *reader, Str text) {
    RoadmapNumber *total = &reader->map->declared.total;
    size_t at = text_find(text, "into ");
    if (total->is_set || at == STR_NONE)
        return;
    Str rest = str_from_offset(text, at + 5);
    size_t size = 0;
    while (size < rest.size && rest.data[size] >= '0' && rest.data[size] <= '9')
        size++;
    int64_t value = 0;
    Str digits = str_slice(rest, 0, size);
    Str behind = str_slice(rest, size, size + 60);
    if (!num_parse_range(digits, 1, 10000, &value) ||
        (text_find(behind, "prs") == STR_NONE && text_find(behind, "pull requests") == STR_NONE))
        return;
    *total = (RoadmapNumber){value * 1000, true, span_of_str(reader->source, digits)};
}

static void read_lines(Reader *reader, const MdNode *node, size_t *best) {
    Str rest = span_text(node->at);
    if (reader->map->kind == ROADMAP_BREAKDOWN)
        read_prose_count(reader, rest);
    while (rest.data) {
        Str line = str_cut_line(&rest);
        read_bar(reader, line);
        for (Field field; field_next(&line, &field);) {
            if (str_equal_nocase(field.key, STR("Current PR")))
                read_current(reader, field.value);
            read_total(reader, field.value, total_rank(&field), best);
        }
    }
}

/* The bar nearly always stands in a fence without a language; those with one hold code. */
static void read_fence(Reader *reader, const MdNode *node) {
    if (node->title.size > 0 && !str_equal_nocase(node->title, STR("text")))
        return;
    Str rest = span_text(node->at);
    while (rest.data)
        read_bar(reader, str_cut_line(&rest));
}

/* ---- next ---- */

typedef enum Pointer {
    POINTER_NONE,
    POINTER_DONE, /* "✅ ALL PRs COMPLETE" */
    POINTER_ID,
} Pointer;

static bool has_upper(Str text, const char *word) {
    return str_find(text, str_from(word), 0) != STR_NONE;
}

/* pointer = [ sign ] ( "START HERE" | "IN PROGRESS" | "CURRENT" ) ":" id
 *         | id ( " -" | ":" ) title         in a heading or in bold
 *         | "**Next**" ":" id
 *         | done-marker                     in a heading */
static Pointer parse_pointer(Reader *reader, Str line, bool is_heading, RoadmapText *next) {
    PrId id;
    line = str_trim(line);
    bool is_marked = has_upper(line, "START HERE") || has_upper(line, "IN PROGRESS") ||
                     has_upper(line, "CURRENT") || has_upper(line, "**Next**") ||
                     has_upper(line, "**Next PR**");
    size_t at = is_marked ? pr_id_search(line, 0, reader->arena, &id) : STR_NONE;
    if (at != STR_NONE) {
        Str part = str_slice(line, at, at + id.size);
        *next = (RoadmapText){id.id, span_of_str(reader->source, part)};
        return POINTER_ID;
    }
    Str title;
    Str status;
    status_split(line, &title, &status);
    RoadmapStatus meaning = ROADMAP_OTHER;
    Str sign = status_sign(str_slice(line, 0, 8));
    bool is_done = (status_parse(status, NULL, &meaning) && meaning == ROADMAP_COMPLETE) ||
                   (status_parse(sign, NULL, &meaning) && meaning == ROADMAP_COMPLETE);
    Str text = pr_skip_signs(line);
    if (!is_done && (is_heading || str_starts_with(line, STR("**"))) &&
        pr_id_parse(text, true, reader->arena, &id)) {
        Str behind = str_from_offset(text, id.size);
        if (str_starts_with(behind, STR("**")))
            behind = str_from_offset(behind, 2);
        if (str_starts_with(behind, STR(" -")) || str_starts_with(behind, STR(":")) ||
            str_starts_with(behind, STR(" \xE2\x80\x93")) ||
            str_starts_with(behind, STR(" \xE2\x80\x94"))) {
            Str part = str_slice(text, 0, id.size);
            *next = (RoadmapText){id.id, span_of_str(reader->source, part)};
            return POINTER_ID;
        }
    }
    return is_heading && has_upper(line, "COMPLETE") ? POINTER_DONE : POINTER_NONE;
}

/* The Branch line between the pointer (block `from`) and the next heading. */
static void read_next_branch(Reader *reader, uint32_t from, uint32_t end) {
    for (uint32_t i = from; i < end; i++) {
        const MdNode *node = reader->outline.blocks[i].node;
        if (i > from && node->kind == MD_HEADING)
            return;
        Str rest = node->kind == MD_PARAGRAPH ? span_text(node->at) : (Str){0};
        while (rest.data) {
            Str line = str_cut_line(&rest);
            for (Field field; field_next(&line, &field);) {
                if (!str_equal_nocase(field.key, STR("Branch")))
                    continue;
                reader->map->declared.next_branch = span_of_str(reader->source, field.value);
                return;
            }
        }
    }
}

/* Follows the headings and lines of one part to the PR that comes next. */
static void read_next(Reader *reader, const OutlinePart *part) {
    RoadmapDeclared *declared = &reader->map->declared;
    for (uint32_t i = part->first + 1; i < part->end; i++) {
        const MdNode *node = reader->outline.blocks[i].node;
        bool is_heading = node->kind == MD_HEADING;
        bool is_task = node->kind == MD_PARAGRAPH && node->parent->kind == MD_ITEM &&
                       node->parent->task != MD_TASK_NONE;
        if ((!is_heading && node->kind != MD_PARAGRAPH) || is_task)
            continue;
        Str rest = is_heading ? reader->outline.parts[reader->outline.blocks[i].part].raw
                              : span_text(node->at);
        while (rest.data) {
            Str line = str_cut_line(&rest);
            Pointer pointer = parse_pointer(reader, line, is_heading, &declared->next);
            if (pointer == POINTER_ID) {
                declared->next_kind = ROADMAP_NEXT_ID;
                declared->next_line = span_of_str(reader->source, line);
                read_next_branch(reader, i, part->end);
                return;
            }
            if (pointer == POINTER_DONE && declared->next_kind == ROADMAP_NEXT_UNSAID) {
                declared->next_kind = ROADMAP_NEXT_NOTHING;
                declared->next.at = span_of_str(reader->source, line);
                declared->next_line = declared->next.at;
            }
        }
    }
}

/* The first part about the next PR; plain "Next Steps" only when no part speaks of a PR. */
static const OutlinePart *find_next_part(const Reader *reader) {
    static const char *const heads[] = {"next pr", "next steps", "next actions"};
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
        for (size_t i = 0; i < reader->outline.part_count; i++) {
            const OutlinePart *part = &reader->outline.parts[i];
            Str start = str_slice(pr_skip_signs(part->text), 0, strlen(heads[k]));
            if (text_find(start, heads[k]) == 0 && reader->owner[i] == ROADMAP_NONE)
                return part;
        }
    }
    return NULL;
}

void progress_read(Reader *reader) {
    size_t best = TOTAL_KEYS;
    for (size_t i = 0; i < reader->outline.block_count; i++) {
        const OutlineBlock *block = &reader->outline.blocks[i];
        if (is_in_section(reader, block->part))
            continue;
        if (block->node->kind == MD_PARAGRAPH)
            read_lines(reader, block->node, &best);
        else if (block->node->kind == MD_CODE_BLOCK)
            read_fence(reader, block->node);
    }
    const OutlinePart *next = find_next_part(reader);
    if (next)
        read_next(reader, next);
}

/* ---- legend ---- */

static void add_legend(Reader *reader, Str text, Span at) {
    Roadmap *map = reader->map;
    text = str_trim(text);
    if (text.size == 0)
        return;
    RoadmapLegend row = {.text = {text, at}};
    status_parse(text, NULL, &row.status);
    ARENA_RESERVE(reader->arena, map->legend, map->legend_count, map->legend_capacity);
    map->legend[map->legend_count++] = row;
}

/* "**Legend**: a | b | c" */
static bool read_inline_legend(Reader *reader, const MdNode *node) {
    Str rest = span_text(node->at);
    Str line = str_cut_line(&rest);
    Field field;
    if (!field_next(&line, &field) || (!str_equal_nocase(field.key, STR("Legend")) &&
                                       !str_equal_nocase(field.key, STR("Status Legend"))))
        return false;
    Str values = field.value;
    while (values.data && field.value.size > 0) {
        Str part = str_trim(str_cut(&values, '|'));
        add_legend(reader, part, span_of_str(reader->source, part));
    }
    return true;
}

/* legend = a heading "Status Legend" or a bold line, then bullets */
void legend_read(Reader *reader) {
    const Outline *outline = &reader->outline;
    bool is_open = false;
    for (size_t i = 0; i < outline->block_count; i++) {
        const MdNode *node = outline->blocks[i].node;
        if (node->kind == MD_HEADING) {
            if (reader->map->legend_count > 0)
                return;
            is_open = text_find(outline->parts[outline->blocks[i].part].text, "legend") != STR_NONE;
        } else if (node->kind == MD_PARAGRAPH && node->parent->kind != MD_ITEM) {
            if (reader->map->legend_count > 0)
                return;
            is_open = is_open || read_inline_legend(reader, node);
        } else if (node->kind == MD_ITEM && is_open && node->first) {
            Span at = span_of_str(reader->source, str_trim(span_text(node->first->at)));
            add_legend(reader, md_plain_text(node->first, reader->arena), at);
        }
    }
}
