#include "base/ban.h"

#include "roadmap/lint.h"

/* From so many complete rows on, most of them with a commit are a habit. */
#define HABIT_ROWS 3

/* The words of the tracker's own rules that ask for a commit: "Add commit hash to Notes column". */
static Span find_demand(const Lint *lint) {
    const Outline *outline = lint->map->outline;
    for (size_t i = 0; i < outline->block_count; i++) {
        const OutlineBlock *block = &outline->blocks[i];
        if (block->part == ROADMAP_NONE || block->node->kind != MD_PARAGRAPH ||
            text_find(outline->parts[block->part].text, "update protocol") == STR_NONE)
            continue;
        Str rest = span_text(block->node->at);
        while (rest.data) {
            Str line = str_cut_line(&rest);
            if (text_find(line, "commit hash") != STR_NONE)
                return span_of_str(lint->map->source, str_trim(line));
        }
    }
    return (Span){0};
}

/* A number on GitHub leads to the commit as well. */
static bool has_commit(const RoadmapPr *pr) {
    return pr->commit_count > 0 || pr->github_count > 0;
}

/* Why a commit is expected, and what stands at the place that says so. */
typedef struct Reason {
    Span at;
    const char *why, *what;
} Reason;

static void add_missing(const Lint *lint, const LintList *missing, const Reason *reason) {
    const RoadmapPr *first = &lint->map->prs[missing->items[0]];
    diag_add(lint->diags, DIAG_ROADMAP_COMMIT_MISSING, first->id_at,
             "%.*s %s complete without a commit, %s", STR_FMT(lint_names(lint, lint->map, missing)),
             missing->count == 1 ? "is" : "are", reason->why);
    diag_hint(lint->diags, "add \"Commit\" and its hash to the notes");
    diag_relate(lint->diags, reason->at, reason->what);
}

void lint_commits(const Lint *lint) {
    LintList missing = {0};
    const RoadmapPr *having = NULL;
    size_t complete = 0;
    for (uint32_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        if (pr->status != ROADMAP_COMPLETE)
            continue;
        complete++;
        if (!has_commit(pr))
            lint_push(lint, &missing, i);
        else if (!having && pr->commit_count > 0)
            having = pr;
    }
    if (missing.count == 0)
        return;
    Span demand = find_demand(lint);
    if (demand.source)
        add_missing(lint, &missing,
                    &(Reason){demand, "though the update protocol asks for one", "asked for here"});
    else if (having && complete >= HABIT_ROWS && missing.count * 2 < complete)
        add_missing(lint, &missing,
                    &(Reason){having->commits[0].at, "though most others name theirs",
                              "one that is named"});
}
