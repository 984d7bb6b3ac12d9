#include "base/ban.h"

#include "roadmap/lint.h"
#include "roadmap/status.h"

#define LEGEND_LINES 50 /* a longer legend explains nothing */

/* The text of a status cell without emphasis and footnote stars. */
static Str spelling_of(const RoadmapPr *pr) {
    Str text = text_strip(pr->raw_status.text);
    while (str_ends_with(text, STR("*")))
        text = str_trim(str_slice(text, 0, text.size - 1));
    return text;
}

static bool is_spelled(const RoadmapPr *pr, RoadmapStatus status) {
    return pr->status == status && pr->raw_status.text.size > 0;
}

/* One way to spell a status. */
typedef struct Spelling {
    const RoadmapPr *first;
    size_t count;
} Spelling;

/* The row whose spelling most rows of this status share; the first one of equals. */
static const RoadmapPr *most_common(const Lint *lint, RoadmapStatus status) {
    Map *spellings = map_new(lint->arena);
    const Spelling *best = NULL;
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        if (!is_spelled(pr, status))
            continue;
        Spelling *spelling = map_find(spellings, spelling_of(pr));
        if (!spelling) {
            spelling = ARENA_NEW(lint->arena, Spelling);
            spelling->first = pr;
            map_put(spellings, spelling_of(pr), spelling);
        }
        spelling->count++;
    }
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        const Spelling *spelling =
            is_spelled(pr, status) ? map_find(spellings, spelling_of(pr)) : NULL;
        if (spelling && (!best || spelling->count > best->count))
            best = spelling;
    }
    return best ? best->first : NULL;
}

/* One finding for each status; all rows that differ are repaired together. */
static void check_spellings(const Lint *lint, RoadmapStatus status) {
    const RoadmapPr *usual = most_common(lint, status);
    Str wanted = usual ? spelling_of(usual) : (Str){0};
    bool is_found = false;
    for (size_t i = 0; usual && i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        if (!is_spelled(pr, status) || str_equal(spelling_of(pr), wanted))
            continue;
        if (!is_found) {
            diag_add(lint->diags, DIAG_ROADMAP_STATUS_SPELLING, pr->raw_status.at,
                     "\"%.*s\" and \"%.*s\" mean the same", STR_FMT(spelling_of(pr)),
                     STR_FMT(wanted));
            diag_hint(lint->diags, "write \"%.*s\"", STR_FMT(wanted));
            diag_relate(lint->diags, usual->raw_status.at, "the usual spelling");
        }
        is_found = true;
        lint_fix_cell(lint, pr->cells[ROADMAP_COLUMN_STATUS], pr->raw_status.at, wanted);
    }
}

/* Does a line of the legend write this status? */
static bool legend_spells(const Lint *lint, const RoadmapPr *pr) {
    size_t count = lint->map->legend_count;
    for (size_t i = 0; i < (count < LEGEND_LINES ? count : LEGEND_LINES); i++) {
        if (str_find(lint->map->legend[i].text.text, spelling_of(pr), 0) != STR_NONE)
            return true;
    }
    return false;
}

static bool legend_has(const Lint *lint, const RoadmapPr *pr) {
    for (size_t i = 0; i < lint->map->legend_count; i++) {
        const RoadmapLegend *row = &lint->map->legend[i];
        if (row->status == pr->status)
            return true;
    }
    return legend_spells(lint, pr);
}

/* A status that the legend leaves out, once for each. */
static void check_legend(const Lint *lint) {
    bool is_reported[ROADMAP_STATUS_COUNT] = {false};
    for (size_t i = 0; lint->map->legend_count > 1 && i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        if (is_reported[pr->status] || pr->raw_status.text.size == 0 || legend_has(lint, pr))
            continue;
        is_reported[pr->status] = true;
        diag_add(lint->diags, DIAG_ROADMAP_STATUS_SPELLING, pr->raw_status.at,
                 "the legend does not know \"%.*s\"", STR_FMT(spelling_of(pr)));
        diag_relate(lint->diags, lint->map->legend[0].text.at, "the legend");
    }
}

/* "🟡 Superseded": the sign says in progress, the word cancelled. */
static void check_sign(const Lint *lint, const RoadmapPr *pr) {
    Str sign = status_sign(pr->raw_status.text);
    RoadmapStatus of_sign = ROADMAP_OTHER;
    if (sign.size == 0 || sign.size == pr->raw_status.text.size || !pr->has_status ||
        !status_parse(sign, lint->map, &of_sign) || of_sign == pr->status ||
        pr->status == ROADMAP_OTHER || legend_spells(lint, pr))
        return;
    Str by_sign = str_lower(lint->arena, roadmap_status_label(of_sign));
    Str by_word = str_lower(lint->arena, roadmap_status_label(pr->status));
    diag_add(lint->diags, DIAG_ROADMAP_STATUS_SPELLING, pr->raw_status.at,
             "the sign says %.*s, the word says %.*s", STR_FMT(by_sign), STR_FMT(by_word));
    diag_hint(lint->diags, "the word counts");
}

void lint_spelling(const Lint *lint) {
    /* What is cancelled or in progress has good reasons for more than one word. */
    check_spellings(lint, ROADMAP_NOT_STARTED);
    check_spellings(lint, ROADMAP_COMPLETE);
    check_spellings(lint, ROADMAP_BLOCKED);
    check_legend(lint);
    for (size_t i = 0; i < lint->map->pr_count; i++)
        check_sign(lint, &lint->map->prs[i]);
}
