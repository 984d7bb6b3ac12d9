#include "base/ban.h"

#include "roadmap/repair.h"

#include "base/patch.h"
#include "markdown/md.h"
#include "roadmap/overview.h"

/* Counts, then percentage, then bar, then the plan; a round more finds nothing to do. */
#define ROUNDS 6

/* Changes of one document in one round; what is left is for the next one. */
#define PARTS_LIMIT 2000

/* A tracker and its plan at one time, with the changes of one round. */
typedef struct Round {
    Patch tracker, plan;
    bool has_plan;
    const bool *is_wanted;
    Arena *arena;
} Round;

static Diags *judge(const Source *tracker, const Source *plan, Arena *arena) {
    Diags *diags = diags_new(arena);
    Roadmap *map = roadmap_read(md_parse(tracker, arena, diags), ROADMAP_TRACKER, arena, diags);
    if (plan)
        roadmap_join(map,
                     roadmap_read(md_parse(plan, arena, diags), ROADMAP_BREAKDOWN, arena, diags),
                     arena);
    roadmap_lint(map, arena, diags);
    diags_sort(diags);
    return diags;
}

static Patch *patch_of(Round *round, const Source *source) {
    if (source == round->tracker.source)
        return &round->tracker;
    return round->has_plan && source == round->plan.source ? &round->plan : NULL;
}

/* Does an earlier finding of this round want these bytes? */
static bool is_taken(const Patch *patch, Span at) {
    for (size_t i = 0; i < patch->count; i++) {
        const Span *other = &patch->parts[i].at;
        if (at.start <= other->start + other->size && other->start <= at.start + at.size)
            return true;
    }
    return false;
}

/* All changes of a finding or none. */
static bool take(Round *round, const Diag *diag) {
    if (diag->fix_count == 0 || (round->is_wanted && !round->is_wanted[diag->rule]))
        return false;
    for (size_t i = 0; i < diag->fix_count; i++) {
        const Patch *patch = patch_of(round, diag->fixes[i].at.source);
        if (!patch || patch->count >= PARTS_LIMIT || is_taken(patch, diag->fixes[i].at))
            return false;
    }
    for (size_t i = 0; i < diag->fix_count; i++) {
        Span at = diag->fixes[i].at;
        patch_replace(patch_of(round, at.source), at, span_text(at), diag->fixes[i].text);
    }
    return true;
}

/* The source with the changes of the round. */
static const Source *apply(Patch *patch, Arena *arena) {
    Str text;
    if (patch->count == 0 || !patch_apply(patch, &text))
        return patch->source;
    return source_new(arena, patch->source->path, text);
}

Repair roadmap_repair(const Source *tracker, const Source *plan, const bool *is_wanted,
                      Arena *arena) {
    Repair repair = {.left = judge(tracker, plan, arena)};
    for (int i = 0; i < ROUNDS; i++) {
        Round round = {.tracker = patch_new(tracker, arena),
                       .has_plan = plan != NULL,
                       .is_wanted = is_wanted,
                       .arena = arena};
        if (plan)
            round.plan = patch_new(plan, arena);
        size_t taken = 0;
        for (size_t k = 0; k < diags_count(repair.left); k++)
            taken += take(&round, diags_get(repair.left, k));
        if (taken == 0)
            break;
        repair.count += taken;
        tracker = apply(&round.tracker, arena);
        plan = plan ? apply(&round.plan, arena) : NULL;
        repair.left = judge(tracker, plan, arena);
    }
    repair.tracker = tracker->text;
    repair.plan = plan ? plan->text : (Str){0};
    return repair;
}

static Diags *judge_overview(const Source *source, const Roadmap *const *trackers, size_t count,
                             Arena *arena) {
    Diags *diags = diags_new(arena);
    Overview *overview = overview_read(md_parse(source, arena, diags), arena, diags);
    overview_join(overview, trackers, count, arena);
    overview_lint(overview, trackers, count, arena, diags);
    diags_sort(diags);
    return diags;
}

Repair overview_repair(const Source *overview, const Roadmap *const *trackers, size_t count,
                       const bool *is_wanted, Arena *arena) {
    Repair repair = {.left = judge_overview(overview, trackers, count, arena)};
    for (int i = 0; i < ROUNDS; i++) {
        Round round = {
            .tracker = patch_new(overview, arena), .is_wanted = is_wanted, .arena = arena};
        size_t taken = 0;
        for (size_t k = 0; k < diags_count(repair.left); k++)
            taken += take(&round, diags_get(repair.left, k));
        if (taken == 0)
            break;
        repair.count += taken;
        overview = apply(&round.tracker, arena);
        repair.left = judge_overview(overview, trackers, count, arena);
    }
    repair.tracker = overview->text;
    return repair;
}
