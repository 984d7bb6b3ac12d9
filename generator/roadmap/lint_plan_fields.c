#include "base/ban.h"

#include "roadmap/lint.h"

/* Two places that give a PR different values. */
typedef struct FieldPair {
    const char *name;
    const RoadmapText *here, *there;
} FieldPair;

/* "Medium (3 days)" and "medium" are the same: remarks in parentheses do not count. */
static Str bare_value(Str text) {
    size_t open = str_find_char(text, '(', 0);
    return text_strip(str_trim(str_slice(text, 0, open == STR_NONE ? text.size : open)));
}

static void check_field(const Lint *lint, const RoadmapPr *row, const FieldPair *pair) {
    /* What the tracker left out was taken over from the plan. */
    bool is_own = pair->here->at.source == lint->map->source && pair->there->at.source;
    Str here = bare_value(pair->here->text);
    Str there = bare_value(pair->there->text);
    if (!is_own || here.size == 0 || there.size == 0 || str_equal_nocase(here, there))
        return;
    diag_add(lint->diags, DIAG_ROADMAP_PLAN_FIELDS, pair->there->at,
             "the %s of PR %.*s is \"%.*s\" in the plan, but \"%.*s\" in the tracker", pair->name,
             STR_FMT(row->id), STR_FMT(there), STR_FMT(here));
    diag_relate(lint->diags, pair->here->at, "the tracker's");
}

/* Do both name the same PRs? Those of the plan are spoken of by their rows. */
static bool has_row(const RoadmapPr *row, uint32_t wanted) {
    for (size_t i = 0; i < row->depends_count; i++) {
        if (row->depends[i].index == wanted)
            return true;
    }
    return false;
}

static bool has_planned(const Lint *lint, const RoadmapPr *planned, uint32_t wanted) {
    for (size_t i = 0; i < planned->depends_count; i++) {
        uint32_t index = planned->depends[i].index;
        if (index != ROADMAP_NONE && lint->row_of[index] == wanted)
            return true;
    }
    return false;
}

static bool is_same_set(const Lint *lint, const RoadmapPr *row, const RoadmapPr *planned) {
    if (row->depends_count * planned->depends_count > LINT_COMPARISON_LIMIT)
        return true;
    for (size_t i = 0; i < row->depends_count; i++) {
        uint32_t index = row->depends[i].index;
        if (index != ROADMAP_NONE && !has_planned(lint, planned, index))
            return false;
    }
    for (size_t i = 0; i < planned->depends_count; i++) {
        uint32_t index = planned->depends[i].index;
        uint32_t wanted = index == ROADMAP_NONE ? ROADMAP_NONE : lint->row_of[index];
        if (wanted != ROADMAP_NONE && !has_row(row, wanted))
            return false;
    }
    return true;
}

/* "All previous" means other PRs in a document that has more of them, so it is not compared. */
static void check_dependencies(const Lint *lint, const RoadmapPr *row, const RoadmapPr *planned) {
    bool is_own = row->depends_text.at.source == lint->map->source && planned->says_depends;
    if (!is_own || row->depends_on_previous || planned->depends_on_previous ||
        is_same_set(lint, row, planned))
        return;
    diag_add(lint->diags, DIAG_ROADMAP_PLAN_FIELDS, planned->depends_text.at,
             "PR %.*s depends on \"%.*s\" in the plan, but on \"%.*s\" in the tracker",
             STR_FMT(row->id), STR_FMT(planned->depends_text.text),
             STR_FMT(row->depends_text.text));
    diag_relate(lint->diags, row->depends_text.at, "the tracker's");
}

/* The wording of the plan agrees with neither the row nor its section. */
static void check_title(const Lint *lint, const RoadmapPr *row, const RoadmapPr *planned) {
    if (row->title.text.size == 0 || planned->title.text.size == 0 ||
        lint_same_title(lint, row->title.text, planned->title.text))
        return;
    for (size_t i = 0; i < row->section_count; i++) {
        if (lint_same_title(lint, row->sections[i].title.text, planned->title.text))
            return;
    }
    diag_add(lint->diags, DIAG_ROADMAP_TITLE_DRIFT, planned->title.at,
             "PR %.*s is called \"%.*s\" in the plan, but \"%.*s\" in its row", STR_FMT(row->id),
             STR_FMT(planned->title.text), STR_FMT(row->title.text));
    diag_relate(lint->diags, row->title.at, "its row");
}

void lint_plan_fields(const Lint *lint) {
    for (uint32_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *row = &lint->map->prs[i];
        if (row->plan == ROADMAP_NONE)
            continue;
        const RoadmapPr *planned = &lint->plan->prs[row->plan];
        const FieldPair pairs[] = {
            {"branch", &row->branch, &planned->branch},
            {"complexity", &row->complexity, &planned->complexity},
            {"priority", &row->priority, &planned->priority},
        };
        /* A row for several PRs has one value where the plan has several. */
        if (row->weight != planned->weight)
            continue;
        for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
            check_field(lint, row, &pairs[k]);
        check_dependencies(lint, row, planned);
        check_title(lint, row, planned);
    }
}
