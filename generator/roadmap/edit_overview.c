#include "base/ban.h"

#include "roadmap/editor.h"
#include "roadmap/overview.h"
#include "roadmap/repair.h"

static Overview *read(const Source *source, const Roadmap *tracker, Arena *arena) {
    Diags *unsaid = diags_new(arena);
    Overview *overview = overview_read(md_parse(source, arena, unsaid), arena, unsaid);
    overview_join(overview, &tracker, 1, arena);
    return overview;
}

static const OverviewItem *row_of(const Overview *overview, const Roadmap *tracker) {
    for (size_t i = 0; i < overview->item_count; i++)
        if (overview->items[i].tracker == tracker)
            return &overview->items[i];
    return NULL;
}

bool roadmap_is_listed(const Source *overview, const Roadmap *tracker, Arena *arena) {
    return row_of(read(overview, tracker, arena), tracker) != NULL;
}

/* What a list says of a roadmap: not begun, under way, at its end. */
static RoadmapStatus status_of(const Roadmap *tracker) {
    const RoadmapComputed *computed = &tracker->computed;
    uint32_t begun = computed->by_status[ROADMAP_COMPLETE] +
                     computed->by_status[ROADMAP_IN_PROGRESS] +
                     computed->by_status[ROADMAP_BLOCKED];
    const RoadmapShare *share = &computed->excluding_cancelled;
    if (share->total > 0 && share->done == share->total)
        return ROADMAP_COMPLETE;
    return begun > 0 ? ROADMAP_IN_PROGRESS : ROADMAP_NOT_STARTED;
}

/* As another row spells it, else in the manner of the row itself. */
static Str spelling(const Overview *overview, const OverviewItem *row, RoadmapStatus status,
                    Arena *arena) {
    for (size_t i = 0; i < overview->item_count; i++) {
        const OverviewItem *item = &overview->items[i];
        if (item != row && item->has_status && item->status == status)
            return span_text(item->raw_status.at);
    }
    return words_like(span_text(row->raw_status.at), status, arena);
}

/* "1 of 2 items complete": moves with the row when it was right before. */
static void edit_done(const Overview *overview, int change, Patch *patch, Arena *arena) {
    int64_t counted = overview->by_stage[OVERVIEW_COMPLETE];
    if (!overview->done.is_set || overview->done.milli != counted * 1000 || change == 0)
        return;
    patch_replace(patch, overview->done.at, span_text(overview->done.at),
                  str_format(arena, "%lld", (long long)(counted + change)));
}

/* The row's status, when the edit has brought the roadmap from one stage to the next and the row
 * agreed with it before. */
static Str edit_status(const Overview *overview, const Roadmap *before, const Roadmap *after,
                       Arena *arena) {
    const OverviewItem *row = row_of(overview, before);
    RoadmapStatus from = status_of(before), to = status_of(after);
    Patch patch = patch_new(overview->source, arena);
    Str text;
    if (!row->has_status || from == to || row->status != from)
        return overview->source->text;
    patch_replace(&patch, row->raw_status.at, span_text(row->raw_status.at),
                  spelling(overview, row, to, arena));
    edit_done(overview, (to == ROADMAP_COMPLETE) - (from == ROADMAP_COMPLETE), &patch, arena);
    return patch_apply(&patch, &text) ? text : overview->source->text;
}

Str roadmap_edit_overview(const Source *overview, const Roadmap *before, const Roadmap *after,
                          Arena *arena) {
    const Overview *old = read(overview, before, arena);
    if (!row_of(old, before))
        return overview->text;
    Str text = edit_status(old, before, after, arena);
    bool is_wanted[DIAG_RULE_COUNT] = {[DIAG_ROADMAP_OVERVIEW] = true, [DIAG_ROADMAP_BAR] = true};
    const Source *source = source_new(arena, overview->path, text);
    return overview_repair(source, &after, 1, is_wanted, arena).tracker;
}
