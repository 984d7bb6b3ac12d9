#include "base/ban.h"

#include "base/map.h"
#include "roadmap/lint.h"

#define TITLE_WORDS      32
#define SAME_ID_SCORE    400 /* in thousandths: an abbreviated title under its own id */
#define OTHER_ID_SCORE   750 /* the same work under another id has nearly the same title */
#define COMPARISON_LIMIT ((size_t)250000)

/* The words of a title that carry meaning. */
typedef struct TitleWords {
    Str words[TITLE_WORDS];
    size_t count;
} TitleWords;

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool is_filler(Str word) {
    static const char *const fillers[] = {"a", "and", "the", "of", "for", "with", "to", "in", "on"};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        if (str_equal_nocase(word, str_from(fillers[i])))
            return true;
    }
    return false;
}

static TitleWords split_title(Str title) {
    TitleWords split = {.count = 0};
    for (size_t i = 0; i < title.size && split.count < TITLE_WORDS;) {
        size_t end = i;
        while (end < title.size && is_word(title.data[end]))
            end++;
        Str word = str_slice(title, i, end);
        if (word.size > 0 && !is_filler(word))
            split.words[split.count++] = word;
        i = end + (end == i);
    }
    return split;
}

/* "change" and "changes" are the same word. */
static bool is_same_word(Str left, Str right) {
    if (left.size > 3 && right.size == left.size + 1 && str_ends_with(right, STR("s")))
        right.size--;
    if (right.size > 3 && left.size == right.size + 1 && str_ends_with(left, STR("s")))
        left.size--;
    return str_equal_nocase(left, right);
}

/* Words in common, of the shorter title, in thousandths: "ECR Setup" is all of "ECR Repositories
 * and Container Registry Setup". */
uint32_t roadmap_title_score(Str left, Str right) {
    TitleWords a = split_title(left);
    TitleWords b = split_title(right);
    size_t common = 0;
    for (size_t i = 0; i < a.count; i++) {
        bool is_common = false;
        for (size_t k = 0; k < b.count && !is_common; k++)
            is_common = is_same_word(a.words[i], b.words[k]);
        common += is_common;
    }
    size_t shorter = a.count < b.count ? a.count : b.count;
    return shorter > 0 ? (uint32_t)(common * 1000 / shorter) : 0;
}

/* Which row of the tracker each PR of the plan is. */
typedef struct Matching {
    Roadmap *tracker;
    const Roadmap *plan;
    uint32_t *row_of; /* per PR of the plan */
} Matching;

static void match(Matching *matching, uint32_t plan_index, uint32_t row) {
    matching->row_of[plan_index] = row;
    matching->tracker->prs[row].plan = plan_index;
}

static bool is_free(const Matching *matching, uint32_t row) {
    return row != ROADMAP_NONE && matching->tracker->prs[row].plan == ROADMAP_NONE;
}

static uint32_t find_row(const Map *map, Str key) {
    const uint32_t *row = map_find(map, key);
    return row ? *row : ROADMAP_NONE;
}

/* A row with the very same title counts first, whatever its id: PRs get renumbered. */
static void match_titles(Matching *matching, Arena *arena) {
    Map *titles = map_new(arena);
    for (uint32_t i = 0; i < matching->tracker->pr_count; i++) {
        uint32_t *row = ARENA_NEW(arena, uint32_t);
        *row = i;
        Str title = matching->tracker->prs[i].title.text;
        if (title.size > 0 && !map_find(titles, title))
            map_put(titles, title, row);
    }
    for (uint32_t i = 0; i < matching->plan->pr_count; i++) {
        uint32_t row = find_row(titles, matching->plan->prs[i].title.text);
        if (is_free(matching, row))
            match(matching, i, row);
    }
}

/* Then rows with the same id, if their titles have something in common. */
static void match_ids(Matching *matching, Arena *arena) {
    Map *ids = map_new(arena);
    for (uint32_t i = 0; i < matching->tracker->pr_count; i++) {
        uint32_t *row = ARENA_NEW(arena, uint32_t);
        *row = i;
        if (!map_find(ids, matching->tracker->prs[i].id))
            map_put(ids, matching->tracker->prs[i].id, row);
    }
    for (uint32_t i = 0; i < matching->plan->pr_count; i++) {
        const RoadmapPr *planned = &matching->plan->prs[i];
        uint32_t row = find_row(ids, planned->id);
        if (matching->row_of[i] == ROADMAP_NONE && is_free(matching, row) &&
            roadmap_title_score(planned->title.text, matching->tracker->prs[row].title.text) >=
                SAME_ID_SCORE)
            match(matching, i, row);
    }
}

/* Last, rows with another id and nearly the same title. */
static void match_similar(Matching *matching) {
    const Roadmap *plan = matching->plan;
    const Roadmap *tracker = matching->tracker;
    if (plan->pr_count * tracker->pr_count > COMPARISON_LIMIT)
        return;
    for (uint32_t i = 0; i < plan->pr_count; i++) {
        uint32_t best = ROADMAP_NONE;
        uint32_t best_score = OTHER_ID_SCORE - 1;
        for (uint32_t row = 0; matching->row_of[i] == ROADMAP_NONE && row < tracker->pr_count;
             row++) {
            uint32_t score =
                roadmap_title_score(plan->prs[i].title.text, tracker->prs[row].title.text);
            if (is_free(matching, row) && score > best_score) {
                best = row;
                best_score = score;
            }
        }
        if (best != ROADMAP_NONE)
            match(matching, i, best);
    }
}

static void fill(RoadmapText *field, const RoadmapText *from) {
    if (!field->at.source)
        *field = *from;
}

/* Dependencies of the plan, spoken in rows of the tracker. One on a PR that the tracker does not
 * have is left out: the tracker is what counts. */
static void fill_depends(const Matching *matching, RoadmapPr *row, const RoadmapPr *planned,
                         Arena *arena) {
    if (row->says_depends || !planned->says_depends)
        return;
    row->says_depends = true;
    row->depends_text = planned->depends_text;
    row->external = planned->external;
    row->external_count = planned->external_count;
    row->external_capacity = planned->external_count;
    row->depends = ARENA_ARRAY(arena, RoadmapDependency, planned->depends_count + 1);
    row->depends_capacity = planned->depends_count + 1;
    row->depends_count = 0;
    for (size_t k = 0; k < planned->depends_count; k++) {
        RoadmapDependency dependency = planned->depends[k];
        if (dependency.index == ROADMAP_NONE)
            continue;
        dependency.index = matching->row_of[dependency.index];
        if (dependency.index == ROADMAP_NONE)
            continue;
        dependency.name = matching->tracker->prs[dependency.index].id;
        row->depends[row->depends_count++] = dependency;
    }
}

void roadmap_join(Roadmap *tracker, const Roadmap *plan, Arena *arena) {
    Matching matching = {tracker, plan, ARENA_ARRAY(arena, uint32_t, plan->pr_count + 1)};
    for (size_t i = 0; i < plan->pr_count; i++)
        matching.row_of[i] = ROADMAP_NONE;
    for (size_t i = 0; i < tracker->pr_count; i++)
        tracker->prs[i].plan = ROADMAP_NONE;
    tracker->plan = plan;
    match_titles(&matching, arena);
    match_ids(&matching, arena);
    match_similar(&matching);
    for (size_t i = 0; i < plan->pr_count; i++) {
        const RoadmapPr *planned = &plan->prs[i];
        if (matching.row_of[i] == ROADMAP_NONE)
            continue;
        RoadmapPr *row = &tracker->prs[matching.row_of[i]];
        fill(&row->branch, &planned->branch);
        fill(&row->complexity, &planned->complexity);
        fill(&row->priority, &planned->priority);
        fill(&row->effort, &planned->effort);
        fill(&row->phase, &planned->phase);
        fill_depends(&matching, row, planned, arena);
    }
}
