#include "base/ban.h"

#include "roadmap/schedule.h"

/* Whom each PR lets go on: the dependencies turned round, as one list per PR. */
typedef struct Followers {
    uint32_t *start; /* index into `list`; one more than there are PRs */
    uint32_t *list;
} Followers;

static Followers find_followers(const Roadmap *roadmap, Arena *arena) {
    size_t count = roadmap->pr_count;
    Followers followers = {.start = ARENA_ARRAY(arena, uint32_t, count + 2)};
    uint32_t total = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < roadmap->prs[i].depends_count; k++) {
            uint32_t on = roadmap->prs[i].depends[k].index;
            if (on != ROADMAP_NONE) {
                followers.start[on + 2]++;
                total++;
            }
        }
    }
    for (size_t i = 2; i < count + 2; i++)
        followers.start[i] += followers.start[i - 1];
    followers.list = ARENA_ARRAY(arena, uint32_t, total + 1);
    for (uint32_t i = 0; i < count; i++) {
        for (size_t k = 0; k < roadmap->prs[i].depends_count; k++) {
            uint32_t on = roadmap->prs[i].depends[k].index;
            if (on != ROADMAP_NONE)
                followers.list[followers.start[on + 1]++] = i;
        }
    }
    return followers;
}

/* Kahn 1962: a PR is placed once all of its dependencies are. Rounds go by row order, so the order
 * is the same every time. Layers come out on the way. */
static void find_order(const Roadmap *roadmap, const Followers *followers, Schedule *schedule,
                       Arena *arena) {
    size_t count = roadmap->pr_count;
    uint32_t *waiting = ARENA_ARRAY(arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        schedule->steps[i].in_cycle = true;
        for (size_t k = 0; k < roadmap->prs[i].depends_count; k++)
            waiting[i] += roadmap->prs[i].depends[k].index != ROADMAP_NONE;
        if (waiting[i] == 0)
            schedule->order[schedule->order_count++] = i;
    }
    for (size_t at = 0; at < schedule->order_count; at++) {
        uint32_t pr = schedule->order[at];
        ScheduleStep *step = &schedule->steps[pr];
        step->in_cycle = false;
        if (step->layer + 1 > schedule->chain)
            schedule->chain = step->layer + 1;
        for (uint32_t k = followers->start[pr]; k < followers->start[pr + 1]; k++) {
            uint32_t next = followers->list[k];
            if (schedule->steps[next].layer < step->layer + 1)
                schedule->steps[next].layer = step->layer + 1;
            if (--waiting[next] == 0)
                schedule->order[schedule->order_count++] = next;
        }
    }
}

/* From any PR that was not placed, dependencies that were not placed lead into a circle. */
static void find_cycle(const Roadmap *roadmap, Schedule *schedule, Arena *arena) {
    if (schedule->order_count == roadmap->pr_count)
        return;
    uint32_t pr = 0;
    while (!schedule->steps[pr].in_cycle)
        pr++;
    uint32_t *place = ARENA_ARRAY(arena, uint32_t, roadmap->pr_count); /* in `walk`, from 1 */
    uint32_t *walk = ARENA_ARRAY(arena, uint32_t, roadmap->pr_count + 1);
    uint32_t size = 0;
    while (place[pr] == 0) {
        walk[size++] = pr;
        place[pr] = size;
        const RoadmapPr *from = &roadmap->prs[pr];
        for (size_t k = 0; k < from->depends_count; k++) {
            uint32_t on = from->depends[k].index;
            if (on != ROADMAP_NONE && schedule->steps[on].in_cycle) {
                pr = on;
                break;
            }
        }
    }
    schedule->cycle = &walk[place[pr] - 1];
    schedule->cycle_count = size - (place[pr] - 1);
}

/* Slack: how far the last possible layer lies behind the first (Kelley and Walker 1959, with every
 * PR as long as any other). */
static void find_slack(const Followers *followers, Schedule *schedule) {
    for (size_t at = schedule->order_count; at > 0; at--) {
        uint32_t pr = schedule->order[at - 1];
        ScheduleStep *step = &schedule->steps[pr];
        uint32_t latest = schedule->chain - 1;
        for (uint32_t k = followers->start[pr]; k < followers->start[pr + 1]; k++) {
            const ScheduleStep *next = &schedule->steps[followers->list[k]];
            if (!next->in_cycle && next->layer + next->slack - 1 < latest)
                latest = next->layer + next->slack - 1;
        }
        step->slack = latest - step->layer;
    }
}

static void find_ready(const Roadmap *roadmap, Schedule *schedule) {
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        const RoadmapPr *pr = &roadmap->prs[i];
        ScheduleStep *step = &schedule->steps[i];
        step->blocked_by = ROADMAP_NONE;
        for (size_t k = 0; k < pr->depends_count; k++) {
            uint32_t on = pr->depends[k].index;
            if (on == ROADMAP_NONE || roadmap_is_closed(&roadmap->prs[on]))
                continue;
            step->open_dependencies++;
            if (step->blocked_by == ROADMAP_NONE)
                step->blocked_by = on;
        }
        step->is_ready = !roadmap_is_closed(pr) && step->open_dependencies == 0 &&
                         pr->status != ROADMAP_BLOCKED && !step->in_cycle;
    }
}

/* The longest chain of PRs that are still open; among equals the one that comes first. */
static void find_open_chain(const Roadmap *roadmap, Schedule *schedule, Arena *arena) {
    size_t count = roadmap->pr_count;
    uint32_t *length = ARENA_ARRAY(arena, uint32_t, count + 1);
    uint32_t *before = ARENA_ARRAY(arena, uint32_t, count + 1);
    uint32_t last = ROADMAP_NONE;
    for (size_t at = 0; at < schedule->order_count; at++) {
        uint32_t pr = schedule->order[at];
        bool is_open = !roadmap_is_closed(&roadmap->prs[pr]);
        before[pr] = ROADMAP_NONE;
        for (size_t k = 0; k < roadmap->prs[pr].depends_count; k++) {
            uint32_t on = roadmap->prs[pr].depends[k].index;
            if (on != ROADMAP_NONE && length[on] > length[pr]) {
                length[pr] = length[on];
                before[pr] = on;
            }
        }
        length[pr] += is_open;
        if (is_open && length[pr] > schedule->open_chain) {
            schedule->open_chain = length[pr];
            last = pr;
        }
    }
    schedule->critical_path = ARENA_ARRAY(arena, uint32_t, schedule->open_chain + 1);
    schedule->critical_count = schedule->open_chain;
    size_t place = schedule->open_chain;
    for (uint32_t pr = last; pr != ROADMAP_NONE && place > 0; pr = before[pr]) {
        if (!roadmap_is_closed(&roadmap->prs[pr]))
            schedule->critical_path[--place] = pr;
    }
}

/* The first PR that may be begun, in the order of the rows. */
static uint32_t first_ready(const Roadmap *roadmap, const Schedule *schedule) {
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        if (schedule->steps[i].is_ready && roadmap->prs[i].status != ROADMAP_IN_PROGRESS)
            return i;
    }
    return ROADMAP_NONE;
}

static uint32_t first_in_progress(const Roadmap *roadmap) {
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        if (roadmap->prs[i].status == ROADMAP_IN_PROGRESS)
            return i;
    }
    return ROADMAP_NONE;
}

/* Why this PR may go ahead. */
static Str dependency_reason(const Roadmap *roadmap, uint32_t pr, Arena *arena) {
    /* Those that the table does not have are findings, and nothing to wait for. */
    size_t known = 0;
    uint32_t last = ROADMAP_NONE;
    for (size_t k = 0; k < roadmap->prs[pr].depends_count; k++) {
        uint32_t on = roadmap->prs[pr].depends[k].index;
        if (on == ROADMAP_NONE)
            continue;
        known++;
        last = on;
    }
    if (known == 0)
        return STR("it depends on no other PR");
    if (known == 1)
        return str_format(arena, "PR %.*s, on which it depends, is finished",
                          STR_FMT(roadmap->prs[last].id));
    return str_format(arena, "all %zu PRs it depends on are finished", known);
}

/* The tracker's own choice where it can be worked on; else the first open PR that can. */
static void find_next(const Roadmap *roadmap, Schedule *schedule, Arena *arena) {
    const RoadmapDeclared *declared = &roadmap->declared;
    uint32_t wanted = declared->next_kind == ROADMAP_NEXT_ID
                          ? roadmap_find(roadmap, declared->next.text, arena)
                          : ROADMAP_NONE;
    schedule->next = ROADMAP_NONE;
    if (wanted != ROADMAP_NONE && schedule->steps[wanted].is_ready) {
        schedule->next = wanted;
        schedule->next_reason = str_format(arena, "the tracker names it, and %.*s",
                                           STR_FMT(dependency_reason(roadmap, wanted, arena)));
        return;
    }
    uint32_t ready = first_ready(roadmap, schedule);
    if (ready != ROADMAP_NONE) {
        schedule->next = ready;
        schedule->next_reason = str_format(arena, "the first open PR that can begin: %.*s",
                                           STR_FMT(dependency_reason(roadmap, ready, arena)));
        return;
    }
    schedule->next = first_in_progress(roadmap);
    if (schedule->next != ROADMAP_NONE)
        schedule->next_reason = STR("it is in progress, and nothing else can begin before");
    else if (roadmap->pr_count == 0)
        schedule->next_reason = STR("the roadmap has no PRs");
    else if (roadmap->computed.by_status[ROADMAP_COMPLETE] +
                 roadmap->computed.by_status[ROADMAP_CANCELLED] ==
             roadmap->pr_count)
        schedule->next_reason = STR("every PR is finished");
    else
        schedule->next_reason = STR("every open PR waits for another one");
}

Schedule *schedule_new(const Roadmap *roadmap, Arena *arena) {
    Schedule *schedule = ARENA_NEW(arena, Schedule);
    schedule->steps = ARENA_ARRAY(arena, ScheduleStep, roadmap->pr_count + 1);
    schedule->order = ARENA_ARRAY(arena, uint32_t, roadmap->pr_count + 1);
    Followers followers = find_followers(roadmap, arena);
    find_order(roadmap, &followers, schedule, arena);
    find_cycle(roadmap, schedule, arena);
    find_slack(&followers, schedule);
    find_ready(roadmap, schedule);
    find_open_chain(roadmap, schedule, arena);
    find_next(roadmap, schedule, arena);
    return schedule;
}

/* ---- reduction ---- */

/* One bit per PR. */
static bool has_bit(const uint64_t *bits, uint32_t index) {
    return (bits[index / 64] >> (index % 64)) & 1;
}

typedef struct LayeredPr {
    uint32_t layer, pr;
} LayeredPr;

typedef struct Reduction {
    const Roadmap *roadmap;
    const Schedule *schedule;
    uint64_t **reach; /* per PR: one bit for everything below it */
    LayeredPr *room;  /* for the dependencies of one PR */
    SchedulePair *pairs;
    size_t pair_count;
} Reduction;

/* Highest layer first; rows decide among equals, so that every run writes the same. */
static int compare_layers(const void *left, const void *right) {
    const LayeredPr *a = left;
    const LayeredPr *b = right;
    if (a->layer != b->layer)
        return a->layer > b->layer ? -1 : 1;
    return (a->pr > b->pr) - (a->pr < b->pr);
}

/* Takes `pr`'s dependencies from the highest layer down: one that is reached already by a longer
 * way is left out. */
static void reduce_one(Reduction *reduction, uint32_t pr) {
    const Roadmap *roadmap = reduction->roadmap;
    uint64_t *const *reach = reduction->reach;
    LayeredPr *room = reduction->room;
    size_t words = roadmap->pr_count / 64 + 1;
    size_t known = 0;
    for (size_t k = 0; k < roadmap->prs[pr].depends_count; k++) {
        uint32_t on = roadmap->prs[pr].depends[k].index;
        if (on != ROADMAP_NONE)
            room[known++] = (LayeredPr){reduction->schedule->steps[on].layer, on};
    }
    qsort(room, known, sizeof *room, compare_layers);
    for (size_t k = 0; k < known; k++) {
        uint32_t on = room[k].pr;
        if (has_bit(reach[pr], on))
            continue;
        reduction->pairs[reduction->pair_count++] = (SchedulePair){on, pr};
        reach[pr][on / 64] |= (uint64_t)1 << (on % 64);
        for (size_t w = 0; w < words; w++)
            reach[pr][w] |= reach[on][w];
    }
}

SchedulePair *schedule_reduce(const Roadmap *roadmap, const Schedule *schedule, Arena *arena,
                              size_t *count) {
    size_t total = 0;
    for (size_t i = 0; i < roadmap->pr_count; i++)
        total += roadmap->prs[i].depends_count;
    Reduction reduction = {.roadmap = roadmap,
                           .schedule = schedule,
                           .reach = ARENA_ARRAY(arena, uint64_t *, roadmap->pr_count + 1),
                           .room = ARENA_ARRAY(arena, LayeredPr, total + 1),
                           .pairs = ARENA_ARRAY(arena, SchedulePair, total + 1)};
    for (size_t at = 0; at < schedule->order_count; at++) {
        uint32_t pr = schedule->order[at];
        reduction.reach[pr] = ARENA_ARRAY(arena, uint64_t, roadmap->pr_count / 64 + 1);
        reduce_one(&reduction, pr);
    }
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        for (size_t k = 0; k < roadmap->prs[i].depends_count && schedule->steps[i].in_cycle; k++) {
            uint32_t on = roadmap->prs[i].depends[k].index;
            if (on != ROADMAP_NONE)
                reduction.pairs[reduction.pair_count++] = (SchedulePair){on, i};
        }
    }
    *count = reduction.pair_count;
    return reduction.pairs;
}
