#include "base/ban.h"

#include "base/map.h"
#include "roadmap/figure.h"
#include "roadmap/lint.h"
#include "roadmap/status.h"

/* ---- rows and sections ---- */

/* One finding for all rows that lack a section while others have one. */
static void check_rows(const Lint *lint) {
    LintList missing = {0};
    Map *fenced = lint_fenced_ids(lint->map, lint->arena); /* a finding of their own */
    const RoadmapSection *other = NULL;
    for (uint32_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        if (pr->section_count == 0 && !map_find(fenced, pr->id))
            lint_push(lint, &missing, i);
        else if (!other && pr->section_count > 0)
            other = &pr->sections[0];
    }
    if (!other || missing.count == 0)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_ROW_WITHOUT_SECTION, lint->map->prs[missing.items[0]].id_at,
             "%.*s %s no section, though others have one",
             STR_FMT(lint_names(lint, lint->map, &missing)), missing.count == 1 ? "has" : "have");
    diag_relate(lint->diags, other->heading, "a section");
}

/* "5.1" below the section of 5 is a part of it. */
static bool is_part_of_row(const Lint *lint, const RoadmapSection *section) {
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        for (size_t k = 0; k < pr->section_count; k++) {
            const RoadmapSection *around = &pr->sections[k];
            if (around->heading.start < section->heading.start && section->end <= around->end)
                return true;
        }
    }
    return false;
}

static void check_strays(const Lint *lint) {
    Map *known = map_new(lint->arena);
    if (lint->map->stray_count * lint->map->pr_count > LINT_COMPARISON_LIMIT)
        return;
    for (size_t i = 0; i < lint->map->stray_count; i++) {
        RoadmapSection *stray = &lint->map->strays[i];
        if (map_find(known, stray->id) || is_part_of_row(lint, stray))
            continue;
        map_put(known, stray->id, stray);
        diag_add(lint->diags, DIAG_ROADMAP_SECTION_WITHOUT_ROW, stray->heading,
                 "PR %.*s has a section, but no row", STR_FMT(stray->id));
        diag_relate(lint->diags, lint->map->table, "the rows");
    }
}

/* ---- status ---- */

/* Each status as the first section that has it writes it; empty where none does. */
typedef struct Usual {
    Str text[ROADMAP_STATUS_COUNT];
} Usual;

static Usual find_usual(const Lint *lint) {
    Usual usual = {0};
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        for (size_t k = 0; k < pr->section_count; k++) {
            const RoadmapSection *section = &pr->sections[k];
            RoadmapStatus status = ROADMAP_OTHER;
            if (section->status.at.source && usual.text[pr->status].size == 0 &&
                status_parse(section->status.text, lint->map, &status) && status == pr->status)
                usual.text[status] = span_text(section->status.at);
        }
    }
    return usual;
}

static bool check_status(const Lint *lint, const Usual *usual, const RoadmapPr *pr,
                         const RoadmapSection *section) {
    RoadmapStatus status = ROADMAP_OTHER;
    if (!section->status.at.source || !status_parse(section->status.text, lint->map, &status) ||
        status == ROADMAP_OTHER || pr->status == ROADMAP_OTHER || status == pr->status)
        return false;
    Str said = str_lower(lint->arena, roadmap_status_label(status));
    Str label = str_lower(lint->arena, roadmap_status_label(pr->status));
    Str wanted = usual->text[pr->status];
    if (wanted.size == 0)
        wanted = text_strip(pr->raw_status.text);
    diag_add(lint->diags, DIAG_ROADMAP_SECTION_STATUS, section->status.at,
             "the section says that PR %.*s is %.*s, its row says %.*s", STR_FMT(pr->id),
             STR_FMT(said), STR_FMT(label));
    diag_hint(lint->diags, "write \"%.*s\"", STR_FMT(wanted));
    diag_relate(lint->diags, pr->raw_status.at, "its row");
    diag_fix(lint->diags, section->status.at, wanted);
    return true;
}

/* "**Completion**: 0%" in a section whose row is complete. A wrong status above it is the same
 * contradiction. */
static void check_completion(const Lint *lint, const RoadmapPr *pr, bool is_reported) {
    bool is_complete = pr->status == ROADMAP_COMPLETE;
    if (!is_complete && pr->status != ROADMAP_NOT_STARTED)
        return;
    for (size_t i = 0; i < pr->field_count; i++) {
        const RoadmapField *field = &pr->fields[i];
        RoadmapNumber percent = figure_percent(lint->map->source, span_text(field->value));
        if (!str_equal_nocase(field->key, STR("Completion")) || !percent.is_set ||
            percent.milli == (is_complete ? 100000 : 0))
            continue;
        if (!is_reported) {
            Str label = str_lower(lint->arena, roadmap_status_label(pr->status));
            diag_add(lint->diags, DIAG_ROADMAP_SECTION_STATUS, percent.at,
                     "the section says that PR %.*s is at %.*s%%, its row says %.*s",
                     STR_FMT(pr->id), STR_FMT(lint_number(lint, percent.milli)), STR_FMT(label));
            diag_hint(lint->diags, "write %s%%", is_complete ? "100" : "0");
            diag_relate(lint->diags, pr->raw_status.at, "its row");
        }
        diag_fix(lint->diags, percent.at, is_complete ? STR("100") : STR("0"));
        return;
    }
}

/* ---- duplicates and titles ---- */

/* Two sections side by side; a history or a summary elsewhere may speak of the PR again. */
static void check_duplicate(const Lint *lint, const RoadmapPr *pr) {
    const RoadmapSection *first = NULL;
    for (size_t i = 0; i < pr->section_count; i++) {
        const RoadmapSection *section = &pr->sections[i];
        /* The parts of a group have one section each. */
        if (!section->is_primary || !str_equal(section->id, pr->id))
            continue;
        if (first && first->parent == section->parent && first->level == section->level) {
            diag_add(lint->diags, DIAG_ROADMAP_DUPLICATE, section->heading,
                     "PR %.*s has two sections", STR_FMT(pr->id));
            diag_relate(lint->diags, first->heading, "the first one");
            return;
        }
        first = first ? first : section;
    }
}

static void check_title(const Lint *lint, const RoadmapPr *pr) {
    for (size_t i = 0; i < pr->section_count; i++) {
        const RoadmapSection *section = &pr->sections[i];
        if (!section->is_primary || !str_equal(section->id, pr->id))
            continue;
        if (pr->title.text.size > 0 && section->title.text.size > 0 &&
            !lint_same_title(lint, pr->title.text, section->title.text)) {
            diag_add(lint->diags, DIAG_ROADMAP_TITLE_DRIFT, section->title.at,
                     "PR %.*s is called \"%.*s\" here, but \"%.*s\" in its row", STR_FMT(pr->id),
                     STR_FMT(section->title.text), STR_FMT(pr->title.text));
            diag_relate(lint->diags, pr->title.at, "its row");
        }
        return;
    }
}

void lint_sections(const Lint *lint) {
    check_rows(lint);
    check_strays(lint);
    Usual usual = find_usual(lint);
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        bool is_reported = false;
        for (size_t k = 0; k < pr->section_count; k++)
            is_reported = check_status(lint, &usual, pr, &pr->sections[k]) || is_reported;
        check_completion(lint, pr, is_reported);
        check_duplicate(lint, pr);
        check_title(lint, pr);
    }
}
