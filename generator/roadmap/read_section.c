#include "base/ban.h"

#include "roadmap/figure.h"
#include "roadmap/id.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

typedef enum FieldKind {
    FIELD_BRANCH,
    FIELD_STATUS,
    FIELD_COMPLEXITY,
    FIELD_PRIORITY,
    FIELD_EFFORT,
    FIELD_COMMIT,
    FIELD_GITHUB,
    FIELD_DEPENDS,
} FieldKind;

static const struct {
    const char *key;
    FieldKind kind;
} field_keys[] = {
    {"Branch", FIELD_BRANCH},
    {"Status", FIELD_STATUS},
    {"Complexity", FIELD_COMPLEXITY},
    {"Priority", FIELD_PRIORITY},
    {"Estimated Effort", FIELD_EFFORT},
    {"Effort", FIELD_EFFORT},
    {"Estimate", FIELD_EFFORT},
    {"Commit", FIELD_COMMIT},
    {"Commits", FIELD_COMMIT},
    {"Commit Hash", FIELD_COMMIT},
    {"Key Commits", FIELD_COMMIT},
    {"Merged", FIELD_COMMIT},
    {"PR", FIELD_GITHUB},
    {"Pull Request", FIELD_GITHUB},
    {"Dependencies", FIELD_DEPENDS},
    {"Depends On", FIELD_DEPENDS},
    {"Blocked By", FIELD_DEPENDS},
    {"Prerequisites", FIELD_DEPENDS},
};

/* What a heading says about a PR. */
typedef struct SectionHead {
    PrId id;
    Span at; /* id with prefix */
    bool is_primary;
} SectionHead;

/* pr-section = [ sign ] id ( ":" | " -" ) title ; anything else behind the id makes it secondary */
static bool parse_head(const Reader *reader, const OutlinePart *part, SectionHead *head) {
    Str raw = pr_skip_signs(part->raw);
    if (!pr_id_parse(raw, true, reader->arena, &head->id))
        return false;
    head->at = span_of_str(reader->source, str_slice(raw, 0, head->id.size));
    Str rest = str_from_offset(raw, head->id.size);
    if (str_starts_with(rest, STR("**")))
        rest = str_from_offset(rest, 2);
    static const char *const marks[] = {":", " -", " \xE2\x80\x93", " \xE2\x80\x94", ".", " ("};
    head->is_primary = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !head->is_primary; i++)
        head->is_primary = str_starts_with(rest, str_from(marks[i]));
    return true;
}

/* The title behind id and separator, and the status behind the title. */
static void read_title(const Reader *reader, const OutlinePart *part, RoadmapSection *section) {
    PrId id;
    Str plain = pr_skip_signs(part->text);
    if (!pr_id_parse(plain, true, reader->arena, &id))
        return;
    Str behind = str_trim(str_from_offset(plain, id.size));
    while (behind.size > 0 && (behind.data[0] == ':' || behind.data[0] == '-'))
        behind = str_trim(str_from_offset(behind, 1));
    if (str_starts_with(behind, STR("\xE2\x80\x93")) ||
        str_starts_with(behind, STR("\xE2\x80\x94")))
        behind = str_trim(str_from_offset(behind, 3));
    Str status;
    status_split(behind, &section->title.text, &status);
    /* The place is exact where the heading has no markup; otherwise the whole heading. */
    Str raw = part->raw;
    size_t at = str_find(raw, section->title.text, 0);
    bool is_found = at != STR_NONE && section->title.text.size > 0;
    section->title.at = span_of_str(
        reader->source, is_found ? str_slice(raw, at, at + section->title.text.size) : raw);
    if (status.size > 0) {
        at = str_find(raw, status, 0);
        section->status.text = status;
        section->status.at = span_of_str(
            reader->source, at == STR_NONE ? raw : str_slice(raw, at, at + status.size));
    }
}

static RoadmapSection make_section(const Reader *reader, const OutlinePart *part,
                                   const SectionHead *head) {
    RoadmapSection section = {.id = head->id.id,
                              .heading = part->heading->at,
                              .anchor = part->heading->id,
                              .end = outline_part_end(reader, part),
                              .level = part->level,
                              .parent = part->parent,
                              .is_primary = head->is_primary};
    read_title(reader, part, &section);
    return section;
}

/* The parts about the next PR repeat headings of sections: "### PR 11 - Alerts". */
static bool is_next_part(const Outline *outline, uint32_t part) {
    for (; part != ROADMAP_NONE; part = outline->parts[part].parent) {
        Str text = pr_skip_signs(outline->parts[part].text);
        if (text_find(text, "next pr") == 0 || text_find(text, "next step") == 0 ||
            text_find(text, "next action") == 0)
            return true;
    }
    return false;
}

static void set_status(Reader *reader, RoadmapPr *pr, Str value) {
    RoadmapSection *section = pr->section_count ? &pr->sections[pr->section_count - 1] : NULL;
    if (section && !section->status.at.source)
        text_set(&section->status, reader, value);
    refs_read_github(reader, pr, value, false);
    if (reader->map->kind != ROADMAP_BREAKDOWN || pr->has_status)
        return;
    pr->has_status = status_parse(value, reader->map, &pr->status);
    text_set(&pr->raw_status, reader, value);
    /* "Planned (after PR 1 merges)" */
    size_t after = text_find(value, "after ");
    if (after != STR_NONE && !roadmap_is_closed(pr))
        depends_read(reader, pr, str_from_offset(value, after));
}

static void set_branch(const Reader *reader, RoadmapPr *pr, Str value) {
    size_t open = str_find_char(value, '`', 0);
    size_t close = open == STR_NONE ? STR_NONE : str_find_char(value, '`', open + 1);
    if (close != STR_NONE)
        value = str_slice(value, open + 1, close);
    else
        value = str_cut(&value, ' ');
    text_set(&pr->branch, reader, value);
}

static void apply_field(Reader *reader, RoadmapPr *pr, const Field *field) {
    ARENA_RESERVE(reader->arena, pr->fields, pr->field_count, pr->field_capacity);
    pr->fields[pr->field_count++] =
        (RoadmapField){field->key, span_of_str(reader->source, field->value)};
    for (size_t i = 0; i < sizeof field_keys / sizeof *field_keys; i++) {
        if (!str_equal_nocase(field->key, str_from(field_keys[i].key)))
            continue;
        switch (field_keys[i].kind) {
        case FIELD_BRANCH: set_branch(reader, pr, field->value); return;
        case FIELD_STATUS: set_status(reader, pr, field->value); return;
        case FIELD_COMPLEXITY: text_set(&pr->complexity, reader, field->value); return;
        case FIELD_PRIORITY: text_set(&pr->priority, reader, field->value); return;
        case FIELD_EFFORT: text_set(&pr->effort, reader, field->value); return;
        case FIELD_COMMIT:
            refs_read_commits(reader, pr, field->value);
            refs_read_github(reader, pr, field->value, false);
            return;
        case FIELD_GITHUB:
            refs_read_github(reader, pr, field->value, true);
            refs_read_notes(reader, pr, field->value);
            return;
        case FIELD_DEPENDS: depends_read(reader, pr, field->value); return;
        }
    }
}

/* The item's first line, without the list's bullet. */
static Str item_line(const MdNode *item) {
    if (!item->first || item->first->kind != MD_PARAGRAPH)
        return (Str){0};
    Str rest = span_text(item->first->at);
    return str_trim(str_cut_line(&rest));
}

/* task = "[" ( " " | "x" | "X" | "-" | "~" ) "] " text */
static void read_item(Reader *reader, RoadmapPr *pr, const MdNode *item) {
    Str line = item_line(item);
    RoadmapItem task = {.mark_at = item->task_at, .at = span_of_str(reader->source, line)};
    bool is_odd = item->task == MD_TASK_NONE && line.size > 3 && line.data[0] == '[' &&
                  line.data[2] == ']' && line.data[3] == ' ' &&
                  (line.data[1] == '-' || line.data[1] == '~' || line.data[1] == '/' ||
                   line.data[1] == '!' || line.data[1] == '>');
    if (item->task == MD_TASK_NONE && !is_odd)
        return;
    if (is_odd) {
        task.mark = ROADMAP_MARK_OTHER;
        task.mark_at = span_of_str(reader->source, str_slice(line, 1, 2));
        task.at = span_of_str(reader->source, str_trim(str_from_offset(line, 4)));
        pr->items_other++;
    } else if (item->task == MD_TASK_DONE) {
        task.mark = ROADMAP_MARK_DONE;
        pr->items_done++;
    }
    ARENA_RESERVE(reader->arena, pr->items, pr->item_count, pr->item_capacity);
    pr->items[pr->item_count++] = task;
}

/* signed = "⬜" text | "✅" text, as an item or as a line of a paragraph */
static void read_signed(Reader *reader, RoadmapPr *pr, Str line) {
    Str text = str_trim(line);
    Str sign = status_sign(str_slice(text, 0, 4));
    bool is_open = str_equal(sign, STR("\xE2\xAC\x9C"));
    bool is_done = str_equal(sign, STR("\xE2\x9C\x85"));
    if ((!is_open && !is_done) || sign.data != text.data)
        return;
    ARENA_RESERVE(reader->arena, pr->signed_items, pr->signed_count, pr->signed_capacity);
    pr->signed_items[pr->signed_count++] = (RoadmapItem){
        .mark = is_done ? ROADMAP_MARK_DONE : ROADMAP_MARK_OPEN,
        .mark_at = span_of_str(reader->source, sign),
        .at = span_of_str(reader->source, str_trim(str_from_offset(text, sign.size)))};
}

/* Reads the blocks of one section that belong to its PR and to no section within it. */
static void read_blocks(Reader *reader, uint32_t part_index, RoadmapPr *pr) {
    const Outline *outline = &reader->outline;
    const OutlinePart *part = &outline->parts[part_index];
    uint32_t own = reader->owner[part_index];
    for (uint32_t i = part->first + 1; i < part->end; i++) {
        const OutlineBlock *block = &outline->blocks[i];
        if (block->part != part_index && reader->owner[block->part] != own) {
            i = outline->parts[block->part].end - 1; /* another PR's section inside this one */
            continue;
        }
        if (block->node->kind == MD_ITEM)
            read_item(reader, pr, block->node);
        if (block->node->kind != MD_PARAGRAPH)
            continue;
        Str rest = span_text(block->node->at);
        while (rest.data) {
            Str line = str_cut_line(&rest);
            read_signed(reader, pr, line);
            for (Field field; field_next(&line, &field);)
                apply_field(reader, pr, &field);
        }
    }
}

static void add_section(Reader *reader, RoadmapPr *pr, RoadmapSection section) {
    ARENA_RESERVE(reader->arena, pr->sections, pr->section_count, pr->section_capacity);
    pr->sections[pr->section_count++] = section;
}

/* Attaches a primary section to its PR, makes the PR in a breakdown, or keeps it as a stray. */
static void place_primary(Reader *reader, uint32_t part_index, const SectionHead *head) {
    const OutlinePart *part = &reader->outline.parts[part_index];
    RoadmapSection section = make_section(reader, part, head);
    uint32_t index = reader_find(reader, head->id.id);
    if (index == ROADMAP_NONE && reader->map->kind == ROADMAP_BREAKDOWN) {
        RoadmapPr *pr = reader_add_pr(reader, head->id.id, head->at, head->id.weight);
        pr->title = section.title;
        index = (uint32_t)reader->map->pr_count - 1;
        reader_index_id(reader, pr->id, index);
    }
    if (index == ROADMAP_NONE) {
        Roadmap *map = reader->map;
        ARENA_RESERVE(reader->arena, map->strays, map->stray_count, map->stray_capacity);
        map->strays[map->stray_count++] = section;
        return;
    }
    reader->owner[part_index] = index;
    add_section(reader, &reader->map->prs[index], section);
}

/* Parts inherit the owner of the part around them. */
static void inherit_owner(Reader *reader, uint32_t part_index) {
    uint32_t parent = reader->outline.parts[part_index].parent;
    if (reader->owner[part_index] == ROADMAP_NONE && parent != ROADMAP_NONE)
        reader->owner[part_index] = reader->owner[parent];
}

static bool has_primary(const RoadmapPr *pr) {
    for (size_t i = 0; i < pr->section_count; i++) {
        if (pr->sections[i].is_primary)
            return true;
    }
    return false;
}

/* Sections like "PR-2 Files" stand in for a PR that has no section of its own; those about the next
 * PR only when there is nothing else. */
static void place_secondary(Reader *reader, bool in_next) {
    const Outline *outline = &reader->outline;
    bool *is_placed = ARENA_ARRAY(reader->arena, bool, outline->part_count + 1);
    for (uint32_t i = 0; i < outline->part_count; i++) {
        SectionHead head;
        inherit_owner(reader, i);
        if (reader->owner[i] != ROADMAP_NONE || is_next_part(outline, i) != in_next ||
            !parse_head(reader, &outline->parts[i], &head))
            continue;
        uint32_t index = reader_find(reader, head.id.id);
        RoadmapPr *pr = index == ROADMAP_NONE ? NULL : &reader->map->prs[index];
        if (!pr || has_primary(pr) || (in_next && pr->section_count > 0))
            continue;
        head.is_primary = false;
        reader->owner[i] = index;
        is_placed[i] = true;
        add_section(reader, pr, make_section(reader, &outline->parts[i], &head));
    }
    for (uint32_t i = 0; i < outline->part_count; i++) {
        if (is_placed[i])
            read_blocks(reader, i, &reader->map->prs[reader->owner[i]]);
    }
}

void sections_read(Reader *reader) {
    const Outline *outline = &reader->outline;
    reader->owner = ARENA_ARRAY(reader->arena, uint32_t, outline->part_count + 1);
    for (uint32_t i = 0; i < outline->part_count; i++) {
        SectionHead head;
        reader->owner[i] = ROADMAP_NONE;
        if (!is_next_part(outline, i) && parse_head(reader, &outline->parts[i], &head) &&
            head.is_primary)
            place_primary(reader, i, &head);
        inherit_owner(reader, i);
    }
    for (uint32_t i = 0; i < outline->part_count; i++) {
        uint32_t parent = outline->parts[i].parent;
        uint32_t index = reader->owner[i];
        bool is_top = parent == ROADMAP_NONE || reader->owner[parent] != index;
        if (index != ROADMAP_NONE && is_top)
            read_blocks(reader, i, &reader->map->prs[index]);
    }
    if (reader->map->kind == ROADMAP_TRACKER) {
        place_secondary(reader, false);
        place_secondary(reader, true);
    }
}
