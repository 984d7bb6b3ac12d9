#include "base/ban.h"

#include "base/fs.h"
#include "roadmap/id.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

/* Bounds what ranges and "all previous" may spell out; no real roadmap comes near. */
#define DEPENDS_LIMIT ((size_t)1 << 18)
#define MEMBERS_LIMIT ((size_t)1 << 16)

uint32_t reader_find(const Reader *reader, Str id) {
    const uint32_t *index = map_find(reader->ids, id);
    return index ? *index : ROADMAP_NONE;
}

RoadmapPr *reader_add_pr(Reader *reader, Str id, Span at, uint32_t weight) {
    Roadmap *map = reader->map;
    ARENA_RESERVE(reader->arena, map->prs, map->pr_count, map->pr_capacity);
    RoadmapPr *pr = &map->prs[map->pr_count++];
    *pr = (RoadmapPr){.id = id, .id_at = at, .weight = weight, .plan = ROADMAP_NONE};
    return pr;
}

void reader_index_id(Reader *reader, Str id, uint32_t index) {
    if (map_find(reader->ids, id))
        return;
    uint32_t *value = ARENA_NEW(reader->arena, uint32_t);
    *value = index;
    map_put(reader->ids, id, value);
}

void reader_index_ids(Reader *reader) {
    const Roadmap *map = reader->map;
    for (uint32_t i = 0; i < map->pr_count; i++)
        reader_index_id(reader, map->prs[i].id, i);
    for (uint32_t i = 0; i < map->pr_count; i++) {
        const RoadmapPr *pr = &map->prs[i];
        if (pr->weight < 2 || map_count(reader->ids) > MEMBERS_LIMIT)
            continue;
        Str *parts = ARENA_ARRAY(reader->arena, Str, pr->weight);
        size_t count = pr_id_expand(pr->id, reader->arena, parts, pr->weight);
        for (size_t k = 0; k < count; k++)
            reader_index_id(reader, parts[k], i);
    }
}

bool roadmap_is_closed(const RoadmapPr *pr) {
    return pr->status == ROADMAP_COMPLETE || pr->status == ROADMAP_CANCELLED;
}

uint32_t roadmap_find(const Roadmap *roadmap, Str name, Arena *arena) {
    PrId id;
    name = pr_skip_signs(str_trim(name));
    if (!pr_id_parse(name, false, arena, &id) || id.size != name.size)
        return ROADMAP_NONE;
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        if (str_equal(roadmap->prs[i].id, id.id))
            return i;
    }
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        if (roadmap->prs[i].weight > 1 && pr_id_contains(roadmap->prs[i].id, id.id))
            return i;
    }
    return ROADMAP_NONE;
}

/* title = "# " feature " - " ( "Progress Tracker" | "PR Breakdown" ) ... ; gives the feature */
static void read_title(Reader *reader) {
    if (reader->outline.part_count == 0)
        return;
    static const char *const tails[] = {"progress tracker", "pr breakdown", "ai agent handoff"};
    Str raw = reader->outline.parts[0].raw;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t at = text_find(raw, tails[i]);
        if (at == STR_NONE || at == 0)
            continue;
        Str head = str_trim(str_slice(raw, 0, at));
        while (head.size > 0 &&
               (head.data[head.size - 1] == '-' || head.data[head.size - 1] == ':'))
            head = str_trim(str_slice(head, 0, head.size - 1));
        raw = head.size > 0 ? head : raw;
    }
    text_set(&reader->map->title, reader, raw);
}

Roadmap *roadmap_read(const MdDoc *doc, RoadmapKind kind, Arena *arena, Diags *diags) {
    Roadmap *map = ARENA_NEW(arena, Roadmap);
    map->kind = kind;
    map->source = doc->source;
    Reader reader = {.doc = doc,
                     .source = doc->source,
                     .map = map,
                     .ids = map_new(arena),
                     .arena = arena,
                     .diags = diags,
                     .depends_room = DEPENDS_LIMIT};
    map->doc = doc;
    outline_build(&reader);
    read_title(&reader);
    legend_read(&reader);
    if (kind == ROADMAP_TRACKER)
        tables_read_dashboard(&reader);
    sections_read(&reader);
    if (kind == ROADMAP_BREAKDOWN) {
        tables_read_plan(&reader);
        lists_read(&reader);
    }
    phases_read(&reader);
    progress_read(&reader);
    depends_resolve(&reader);
    if (reader.depends_room == 0)
        diag_add(diags, DIAG_PAGE_LIMIT, map->table, "more than %zu dependencies in one roadmap",
                 DEPENDS_LIMIT);
    roadmap_roll_up(map);
    Outline *outline = ARENA_NEW(arena, Outline);
    *outline = reader.outline;
    map->outline = outline;
    map->owner = reader.owner;
    return map;
}

bool roadmap_is_document(Str path) {
    static const Str names[] = {
        {"PROGRESS_TRACKER.md", 19}, {"PR_BREAKDOWN.md", 15}, {"ROADMAP.md", 10}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(fs_name_of(path), names[i]))
            return true;
    return false;
}
