#include "base/ban.h"

#include "roadmap/id.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

typedef enum PlanList {
    LIST_NONE,
    LIST_COMPLETED,
    LIST_REMAINING,
} PlanList;

/* Which list of the state block a part holds. */
static PlanList list_of(const Outline *outline, uint32_t part) {
    if (part == ROADMAP_NONE)
        return LIST_NONE;
    Str text = pr_skip_signs(outline->parts[part].text);
    if (text_find(str_slice(text, 0, 12), "completed pr") == 0)
        return LIST_COMPLETED;
    return text_find(str_slice(text, 0, 12), "remaining pr") == 0 ? LIST_REMAINING : LIST_NONE;
}

/* entry = [ task | sign ] [ "**" ] id [ "**" ] ":" title [ note ] */
static void read_entry(Reader *reader, const MdNode *item, PlanList list) {
    Str rest = span_text(item->first->at);
    Str line = str_trim(str_cut_line(&rest));
    if (line.size > 3 && line.data[0] == '[' && line.data[2] == ']')
        line = str_trim(str_from_offset(line, 3));
    PrId id;
    Str text = pr_skip_signs(line);
    uint32_t index =
        pr_id_parse(text, true, reader->arena, &id) ? reader_find(reader, id.id) : ROADMAP_NONE;
    if (index == ROADMAP_NONE)
        return;
    RoadmapPr *pr = &reader->map->prs[index];
    RoadmapStatus status = ROADMAP_OTHER;
    bool has_status = status_parse(status_sign(line), reader->map, &status);
    if (list == LIST_COMPLETED || item->task == MD_TASK_DONE)
        status = ROADMAP_COMPLETE;
    else if (!has_status || item->task == MD_TASK_OPEN)
        status = ROADMAP_NOT_STARTED;
    if (list == LIST_COMPLETED) {
        pr->in_completed = true;
        pr->completed_at = item->at;
    } else {
        pr->in_remaining = true;
        pr->remaining_at = item->at;
    }
    if (!pr->has_status || status == ROADMAP_COMPLETE)
        pr->status = status;
    pr->has_status = true;
    refs_read_notes(reader, pr, str_from_offset(text, id.size));
}

/* Remembers where a list stands, whatever its items say. */
static void add_to_list(Reader *reader, const OutlineBlock *block, PlanList kind) {
    Roadmap *map = reader->map;
    RoadmapList *list = kind == LIST_COMPLETED ? &map->completed : &map->remaining;
    list->heading = reader->outline.parts[block->part].heading->at;
    if (block->node->kind != MD_ITEM)
        return;
    ARENA_RESERVE(reader->arena, list->items, list->item_count, list->item_capacity);
    list->items[list->item_count++] = block->node->at;
}

void lists_read(Reader *reader) {
    const Outline *outline = &reader->outline;
    for (size_t i = 0; i < outline->block_count; i++) {
        const OutlineBlock *block = &outline->blocks[i];
        PlanList list = list_of(outline, block->part);
        if (list != LIST_NONE)
            add_to_list(reader, block, list);
        if (list != LIST_NONE && block->node->kind == MD_ITEM && block->node->first &&
            block->node->first->kind == MD_PARAGRAPH)
            read_entry(reader, block->node, list);
    }
}

/* phase = "Phase" number ":" name "(" ids ")" */
void phases_read(Reader *reader) {
    const Outline *outline = &reader->outline;
    for (uint32_t i = 0; i < outline->part_count; i++) {
        const OutlinePart *part = &outline->parts[i];
        Str raw = pr_skip_signs(part->raw);
        size_t open = str_find_last(raw, '(');
        if (text_find(str_slice(raw, 0, 6), "phase ") != 0 || open == STR_NONE)
            continue;
        PrId id;
        Str name = str_trim(str_slice(raw, 0, open));
        for (size_t at = pr_id_search(raw, open, reader->arena, &id); at != STR_NONE;
             at = pr_id_search(raw, at + id.size, reader->arena, &id)) {
            for (size_t k = 0; k < reader->map->pr_count; k++) {
                RoadmapPr *pr = &reader->map->prs[k];
                if (pr_id_contains(id.id, pr->id))
                    text_set(&pr->phase, reader, name);
            }
        }
    }
}
