#include "base/ban.h"

#include "roadmap/history.h"

#include "base/map.h"
#include "markdown/md.h"

/* What is kept of a PR from one version to the next. */
typedef struct Kept {
    Str id, title;
    RoadmapStatus status;
    bool is_taken; /* a PR of the next version goes on from it */
} Kept;

typedef struct KeptList {
    Kept *items;
    size_t count;
    Map *by_id, *by_title;
} KeptList;

typedef struct Telling {
    RoadmapHistory *history;
    KeptList before;
    Arena *arena;
} Telling;

static KeptList keep(const Roadmap *roadmap, Arena *arena) {
    KeptList kept = {.items = ARENA_ARRAY(arena, Kept, roadmap->pr_count + 1),
                     .by_id = map_new(arena),
                     .by_title = map_new(arena)};
    for (size_t i = 0; i < roadmap->pr_count; i++) {
        const RoadmapPr *pr = &roadmap->prs[i];
        Str id = str_copy(arena, pr->id);
        if (map_find(kept.by_id, id))
            continue;
        Kept *item = &kept.items[kept.count++];
        *item = (Kept){.id = id, .title = str_copy(arena, pr->title.text), .status = pr->status};
        map_put(kept.by_id, item->id, item);
        if (item->title.size && !map_find(kept.by_title, item->title))
            map_put(kept.by_title, item->title, item);
    }
    return kept;
}

static void add_change(Telling *telling, RoadmapChange change) {
    RoadmapHistory *history = telling->history;
    change.point = history->point_count - 1;
    ARENA_RESERVE(telling->arena, history->changes, history->change_count,
                  history->change_capacity);
    history->changes[history->change_count++] = change;
}

/* Which PR of before an item may go on from, in three rounds: the same id and title, then the same
 * title under another id (plans are renumbered), then the same id (titles are mended). */
static Kept *find_before(const KeptList *before, const Kept *now, int round) {
    Kept *same_id = map_find(before->by_id, now->id);
    Kept *same_title = now->title.size ? map_find(before->by_title, now->title) : NULL;
    bool is_same = same_id && str_equal(same_id->title, now->title);
    Kept *found = round == 0 ? (is_same ? same_id : NULL) : round == 1 ? same_title : same_id;
    return found && !found->is_taken ? found : NULL;
}

/* For each PR of now the one that it goes on from; NULL for a new one. */
static Kept **match(Telling *telling, const KeptList *now) {
    Kept **matched = ARENA_ARRAY(telling->arena, Kept *, now->count + 1);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < now->count; i++) {
            if (matched[i])
                continue;
            matched[i] = find_before(&telling->before, &now->items[i], round);
            if (matched[i])
                matched[i]->is_taken = true;
        }
    }
    return matched;
}

static void compare(Telling *telling, const KeptList *now) {
    Kept **matched = match(telling, now);
    for (size_t i = 0; i < now->count; i++) {
        const Kept *item = &now->items[i], *before = matched[i];
        RoadmapChange change = {.event = ROADMAP_EVENT_ADDED,
                                .id = item->id,
                                .title = item->title,
                                .from = ROADMAP_OTHER,
                                .to = item->status};
        if (before) {
            change.from = before->status;
            change.old_id = before->id;
            bool is_moved = !str_equal(before->id, item->id);
            change.event = is_moved ? ROADMAP_EVENT_MOVED : ROADMAP_EVENT_STATUS;
            if (!is_moved && before->status == item->status)
                continue;
        }
        add_change(telling, change);
    }
    for (size_t i = 0; i < telling->before.count; i++) {
        const Kept *gone = &telling->before.items[i];
        if (!gone->is_taken)
            add_change(telling, (RoadmapChange){.event = ROADMAP_EVENT_REMOVED,
                                                .id = gone->id,
                                                .title = gone->title,
                                                .from = gone->status,
                                                .to = gone->status});
    }
}

static void add_point(Telling *telling, const RoadmapVersion *version, const Roadmap *roadmap) {
    RoadmapHistory *history = telling->history;
    ARENA_RESERVE(telling->arena, history->points, history->point_count, history->point_capacity);
    history->points[history->point_count++] =
        (RoadmapPoint){.commit = version->commit,
                       .subject = version->subject,
                       .time = version->time,
                       .done = roadmap->computed.rows.done,
                       .total = roadmap->computed.rows.total,
                       .said_done = {.milli = roadmap->declared.done.milli,
                                     .is_set = roadmap->declared.done.is_set},
                       .said_total = {.milli = roadmap->declared.total.milli,
                                      .is_set = roadmap->declared.total.is_set}};
}

/* What a version contradicts is no business of today: its findings are dropped, and so is all that
 * reading it needed. */
static void tell_version(Telling *telling, Str path, const RoadmapVersion *version) {
    Arena *scratch = arena_new();
    Diags *dropped = diags_new(scratch);
    const Source *source = source_new(scratch, path, version->content);
    const Roadmap *roadmap =
        roadmap_read(md_parse(source, scratch, dropped), ROADMAP_TRACKER, scratch, dropped);
    if (roadmap->pr_count > 0) {
        KeptList now = keep(roadmap, telling->arena);
        add_point(telling, version, roadmap);
        if (telling->history->point_count > 1)
            compare(telling, &now);
        telling->before = now;
    }
    arena_free(scratch);
}

RoadmapHistory *roadmap_history(Str path, const RoadmapVersion *versions, size_t count,
                                Arena *arena) {
    Telling telling = {.history = ARENA_NEW(arena, RoadmapHistory), .arena = arena};
    for (size_t i = 0; i < count; i++)
        tell_version(&telling, path, &versions[i]);
    return telling.history;
}

void roadmap_change_text(const RoadmapChange *change, Buf *out) {
    buf_add_format(out, "PR %.*s %.*s", STR_FMT(change->id), STR_FMT(change->title));
    switch (change->event) {
    case ROADMAP_EVENT_ADDED: buf_add_text(out, ": added"); break;
    case ROADMAP_EVENT_REMOVED: buf_add_text(out, ": removed"); return;
    case ROADMAP_EVENT_MOVED: buf_add_format(out, ": was PR %.*s", STR_FMT(change->old_id)); break;
    case ROADMAP_EVENT_STATUS: buf_add_char(out, ':'); break;
    }
    bool is_new = change->event == ROADMAP_EVENT_ADDED;
    if (!is_new && change->from == change->to)
        return;
    Str now = roadmap_status_label(change->to), was = roadmap_status_label(change->from);
    if (change->event != ROADMAP_EVENT_STATUS)
        buf_add_char(out, ',');
    buf_add_format(out, " %.*s", STR_FMT(now));
    if (!is_new)
        buf_add_format(out, ", was %.*s", STR_FMT(was));
}
