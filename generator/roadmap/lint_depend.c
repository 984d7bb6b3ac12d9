#include "base/ban.h"

#include "base/num.h"
#include "roadmap/lint.h"

/* ---- dependencies ---- */

static void check_known(const Lint *lint, const RoadmapPr *pr) {
    for (size_t k = 0; k < pr->depends_count; k++) {
        const RoadmapDependency *dependency = &pr->depends[k];
        if (dependency->index != ROADMAP_NONE)
            continue;
        diag_add(lint->diags, DIAG_ROADMAP_DEPENDENCY, dependency->at,
                 "PR %.*s depends on PR %.*s, which is not in the table", STR_FMT(pr->id),
                 STR_FMT(dependency->name));
        diag_relate(lint->diags, lint->map->table, "the rows");
    }
}

/* A PR was finished before one that it needs. */
static void check_done_before(const Lint *lint, const RoadmapPr *pr) {
    for (size_t k = 0; pr->status == ROADMAP_COMPLETE && k < pr->depends_count; k++) {
        const RoadmapDependency *dependency = &pr->depends[k];
        const RoadmapPr *on =
            dependency->index == ROADMAP_NONE ? NULL : &lint->map->prs[dependency->index];
        if (!on || on == pr || roadmap_is_closed(on))
            continue;
        Str label = str_lower(lint->arena, roadmap_status_label(on->status));
        diag_add(lint->diags, DIAG_ROADMAP_DEPENDENCY_OPEN, pr->id_at,
                 "PR %.*s is complete, but PR %.*s, on which it depends, is %.*s", STR_FMT(pr->id),
                 STR_FMT(on->id), STR_FMT(label));
        diag_relate(lint->diags, on->id_at, "it depends on this row");
        return;
    }
}

static void check_cycle(const Lint *lint) {
    const Schedule *schedule = lint->schedule;
    if (schedule->cycle_count == 0)
        return;
    const RoadmapPr *first = &lint->map->prs[schedule->cycle[0]];
    const RoadmapPr *second = &lint->map->prs[schedule->cycle[1 % schedule->cycle_count]];
    if (first == second) {
        diag_add(lint->diags, DIAG_ROADMAP_CYCLE, first->depends_text.at,
                 "PR %.*s depends on itself", STR_FMT(first->id));
        return;
    }
    diag_add(lint->diags, DIAG_ROADMAP_CYCLE, first->depends_text.at,
             "PR %.*s depends on PR %.*s, which in the end depends on PR %.*s", STR_FMT(first->id),
             STR_FMT(second->id), STR_FMT(first->id));
    diag_relate(lint->diags, second->depends_text.at, "and this one goes on");
}

void lint_dependencies(const Lint *lint) {
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        check_known(lint, &lint->map->prs[i]);
        check_done_before(lint, &lint->map->prs[i]);
    }
    check_cycle(lint);
}

/* ---- durations ---- */

typedef enum DurationUnit {
    UNIT_NONE,
    UNIT_HOURS,
    UNIT_DAYS,
    UNIT_WEEKS,
} DurationUnit;

/* A length of time in one unit; "3-4 days" has two ends. */
typedef struct Duration {
    int64_t low, high;
    DurationUnit unit;
    Span at;
} Duration;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static DurationUnit unit_of(Str text) {
    static const struct {
        const char *name;
        DurationUnit unit;
    } units[] = {{"hour", UNIT_HOURS}, {"day", UNIT_DAYS}, {"week", UNIT_WEEKS}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (text_find(str_slice(text, 0, strlen(units[i].name)), units[i].name) == 0)
            return units[i].unit;
    }
    return UNIT_NONE;
}

/* duration = digits [ "-" digits ] " " ( "hour" | "day" | "week" ) ; the first one of `text` */
static bool find_duration(const Source *source, Str text, Duration *duration) {
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i]))
            continue;
        size_t end = i;
        while (end < text.size && is_digit(text.data[end]))
            end++;
        size_t second = end + 1;
        size_t last = second;
        while (last < text.size && is_digit(text.data[last]))
            last++;
        bool is_range = end < text.size && text.data[end] == '-' && last > second;
        size_t behind = is_range ? last : end;
        bool has_space = behind < text.size && text.data[behind] == ' ';
        DurationUnit unit = has_space ? unit_of(str_from_offset(text, behind + 1)) : UNIT_NONE;
        if (unit != UNIT_NONE &&
            num_parse_range(str_slice(text, i, end), 0, 10000, &duration->low)) {
            duration->high = duration->low;
            if (is_range)
                num_parse_range(str_slice(text, second, last), 0, 10000, &duration->high);
            duration->unit = unit;
            duration->at = span_of_str(source, str_slice(text, i, behind));
            return true;
        }
        i = behind > i ? behind - 1 : i;
    }
    return false;
}

static const char *unit_name(DurationUnit unit) {
    return unit == UNIT_HOURS ? "hours" : unit == UNIT_DAYS ? "days" : "weeks";
}

/* All PRs in a row, and the longest chain of those that wait for each other. */
typedef struct Lengths {
    Duration sum, chain;
    size_t known; /* PRs with a duration; the others count nothing, so the chain is a lower bound */
    uint32_t last; /* of the chain */
} Lengths;

/* False where units differ: nothing is converted, for nobody agrees on the hours of a day. */
static bool add_up(const Lint *lint, Lengths *lengths) {
    const Roadmap *map = lint->map;
    const Schedule *schedule = lint->schedule;
    Duration *until = ARENA_ARRAY(lint->arena, Duration, map->pr_count + 1);
    *lengths = (Lengths){.last = ROADMAP_NONE};
    if (schedule->order_count < map->pr_count)
        return false;
    for (size_t i = 0; i < schedule->order_count; i++) {
        uint32_t index = schedule->order[i];
        const RoadmapPr *pr = &map->prs[index];
        Duration own = {0};
        if (pr->effort.at.source)
            find_duration(pr->effort.at.source, span_text(pr->effort.at), &own);
        if (own.unit != UNIT_NONE && lengths->sum.unit != UNIT_NONE &&
            lengths->sum.unit != own.unit)
            return false;
        if (own.unit != UNIT_NONE)
            lengths->sum.unit = lengths->chain.unit = own.unit;
        lengths->known += own.unit != UNIT_NONE;
        lengths->sum.low += own.low;
        lengths->sum.high += own.high;
        Duration before = {0};
        for (size_t k = 0; k < pr->depends_count; k++) {
            uint32_t on = pr->depends[k].index;
            if (on != ROADMAP_NONE && until[on].low > before.low)
                before = until[on];
        }
        until[index] = (Duration){.low = before.low + own.low, .high = before.high + own.high};
        if (lengths->last == ROADMAP_NONE || until[index].low > lengths->chain.low) {
            lengths->chain.low = until[index].low;
            lengths->chain.high = until[index].high;
            lengths->last = index;
        }
    }
    return lengths->known > 1;
}

static void check_sum(const Lint *lint, const Lengths *lengths, const Duration *said) {
    if (said->unit != lengths->sum.unit || lengths->known < lint->map->pr_count ||
        (said->high >= lengths->sum.low && said->low <= lengths->sum.high))
        return;
    diag_add(lint->diags, DIAG_ROADMAP_DURATION, said->at,
             "the total is said to be %lld %s, all PRs together take %lld", (long long)said->high,
             unit_name(said->unit), (long long)lengths->sum.low);
    diag_relate(lint->diags, lint->map->prs[0].effort.at, "the first of them");
}

static void check_chain(const Lint *lint, const Lengths *lengths, const Duration *said) {
    if (said->unit != lengths->chain.unit || said->high >= lengths->chain.low)
        return;
    const RoadmapPr *last = &lint->map->prs[lengths->last];
    diag_add(lint->diags, DIAG_ROADMAP_DURATION, said->at,
             "%lld %s are said to be enough, but the longest chain of dependencies takes %lld",
             (long long)said->high, unit_name(said->unit), (long long)lengths->chain.low);
    diag_relate(lint->diags, last->id_at, "the chain ends with this PR");
}

/* "**Total estimated time**: 21 days (can be parallelized to ~12 days)" */
void lint_duration(const Lint *lint) {
    Lengths lengths;
    if (lint->map->pr_count < 2 || !add_up(lint, &lengths))
        return;
    const Outline *outline = lint->map->outline;
    for (size_t i = 0; i < outline->block_count; i++) {
        const OutlineBlock *block = &outline->blocks[i];
        bool is_owned =
            block->part != ROADMAP_NONE && lint->map->owner[block->part] != ROADMAP_NONE;
        Str rest = span_text(block->node->at);
        while (block->node->kind == MD_PARAGRAPH && !is_owned && rest.data) {
            Str line = str_cut_line(&rest);
            size_t at = text_find(line, "paralleli");
            Duration said;
            Str head = str_slice(line, 0, at == STR_NONE ? line.size : at);
            if (text_find(head, "total") != STR_NONE &&
                find_duration(lint->map->source, head, &said))
                check_sum(lint, &lengths, &said);
            if (at != STR_NONE &&
                find_duration(lint->map->source, str_from_offset(line, at), &said))
                check_chain(lint, &lengths, &said);
        }
    }
}
