#include "base/ban.h"

#include "roadmap/lint.h"
#include "roadmap/status.h"

/* The title of a PR as the line writes it: that of its row or of one of its sections. */
static Str title_in(Str line, const RoadmapPr *pr) {
    size_t at = pr->title.text.size > 0 ? str_find(line, pr->title.text, 0) : STR_NONE;
    if (at != STR_NONE)
        return str_slice(line, at, at + pr->title.text.size);
    for (size_t i = 0; i < pr->section_count; i++) {
        Str title = pr->sections[i].title.text;
        at = title.size > 0 ? str_find(line, title, 0) : STR_NONE;
        if (at != STR_NONE)
            return str_slice(line, at, at + title.size);
    }
    return (Str){0};
}

void lint_fix_pointer(const Lint *lint, const Roadmap *map, const RoadmapPr *from,
                      const RoadmapPr *to) {
    const RoadmapDeclared *declared = &map->declared;
    Str written = span_text(declared->next.at);
    Str title = title_in(span_text(declared->next_line), from);
    if (title.size == 0 || to->title.text.size == 0 || !str_ends_with(written, from->id))
        return;
    Span id = declared->next.at;
    id.start += (uint32_t)(written.size - from->id.size);
    id.size = (uint32_t)from->id.size;
    diag_fix(lint->diags, id, to->id);
    diag_fix(lint->diags, span_of_str(map->source, title), to->title.text);
    bool has_branches =
        declared->next_branch.source && from->branch.at.source && to->branch.at.source;
    size_t at =
        has_branches ? str_find(span_text(declared->next_branch), from->branch.text, 0) : STR_NONE;
    if (at == STR_NONE)
        return;
    Span branch = span_of(map->source, declared->next_branch.start + at, from->branch.text.size);
    diag_fix(lint->diags, branch, to->branch.text);
}

static void hint_next(const Lint *lint) {
    if (lint->schedule->next != ROADMAP_NONE)
        diag_hint(lint->diags, "PR %.*s could be next",
                  STR_FMT(lint->map->prs[lint->schedule->next].id));
    else if (lint_is_finished(lint->map))
        diag_hint(lint->diags, "say that all PRs are complete");
}

/* The next PR waits for one that is open. */
static bool check_blocked(const Lint *lint, uint32_t index) {
    const ScheduleStep *step = &lint->schedule->steps[index];
    if (step->open_dependencies == 0 || step->in_cycle)
        return false;
    const RoadmapPr *blocker = &lint->map->prs[step->blocked_by];
    Str label = str_lower(lint->arena, roadmap_status_label(blocker->status));
    diag_add(lint->diags, DIAG_ROADMAP_NEXT_BLOCKED, lint->map->declared.next.at,
             "the next PR is %.*s, but PR %.*s, on which it depends, is %.*s",
             STR_FMT(lint->map->prs[index].id), STR_FMT(blocker->id), STR_FMT(label));
    diag_relate(lint->diags, blocker->id_at, "it waits for this row");
    return true;
}

/* The next PR is not the first that could be started. */
static void check_skips(const Lint *lint, uint32_t index) {
    if (lint->map->prs[index].status == ROADMAP_IN_PROGRESS)
        return;
    for (uint32_t i = 0; i < index; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        if (!lint->schedule->steps[i].is_ready || pr->status == ROADMAP_BLOCKED ||
            pr->status == ROADMAP_IN_PROGRESS)
            continue;
        diag_add(lint->diags, DIAG_ROADMAP_NEXT_SKIPS, lint->map->declared.next.at,
                 "the next PR is %.*s, though PR %.*s comes before it and is open",
                 STR_FMT(lint->map->prs[index].id), STR_FMT(pr->id));
        diag_relate(lint->diags, pr->id_at, "the first open row");
        return;
    }
}

static void check_pointer(const Lint *lint) {
    const RoadmapText *next = &lint->map->declared.next;
    uint32_t index = roadmap_find(lint->map, next->text, lint->arena);
    if (index == ROADMAP_NONE) {
        diag_add(lint->diags, DIAG_ROADMAP_NEXT_UNKNOWN, next->at,
                 "the next PR is \"%.*s\", but no row has this id", STR_FMT(next->text));
        hint_next(lint);
        diag_relate(lint->diags, lint->map->table, "the rows");
        return;
    }
    const RoadmapPr *pr = &lint->map->prs[index];
    if (roadmap_is_closed(pr)) {
        diag_add(lint->diags, DIAG_ROADMAP_NEXT_DONE, next->at, "the next PR is %.*s, which is %s",
                 STR_FMT(pr->id), pr->status == ROADMAP_COMPLETE ? "complete" : "cancelled");
        hint_next(lint);
        diag_relate(lint->diags, pr->row, "its row");
        if (lint->schedule->next != ROADMAP_NONE)
            lint_fix_pointer(lint, lint->map, pr, &lint->map->prs[lint->schedule->next]);
        return;
    }
    if (!check_blocked(lint, index))
        check_skips(lint, index);
}

/* Nobody is told what to do, though something is left. Work under way says enough. */
static void check_missing(const Lint *lint) {
    const RoadmapPr *open = NULL;
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *pr = &lint->map->prs[i];
        if (pr->status == ROADMAP_IN_PROGRESS)
            return;
        if (!open && !roadmap_is_closed(pr))
            open = pr;
    }
    if (!open)
        return;
    bool is_denied = lint->map->declared.next_kind == ROADMAP_NEXT_NOTHING;
    if (is_denied) {
        diag_add(lint->diags, DIAG_ROADMAP_NEXT_MISSING, lint->map->declared.next.at,
                 "no PR is named as the next, but PR %.*s is open", STR_FMT(open->id));
        diag_relate(lint->diags, open->id_at, "the first open row");
    } else {
        diag_add(lint->diags, DIAG_ROADMAP_NEXT_MISSING, open->id_at,
                 "PR %.*s is open, but no next PR is named", STR_FMT(open->id));
        diag_hint(lint->diags, "add a section \"Next PR to Implement\"");
    }
}

/* The rest of the line behind a place. */
static Str behind(Span at) {
    Str rest = str_from_offset(at.source->text, at.start + at.size);
    return str_cut_line(&rest);
}

/* Half of the authors name the PR they finished last; those say so ("PR5 Complete"). */
static void check_current(const Lint *lint) {
    const RoadmapDeclared *declared = &lint->map->declared;
    uint32_t index = declared->current.at.source
                         ? roadmap_find(lint->map, declared->current.text, lint->arena)
                         : ROADMAP_NONE;
    if (index == ROADMAP_NONE || lint_is_finished(lint->map))
        return;
    const RoadmapPr *pr = &lint->map->prs[index];
    RoadmapStatus said = ROADMAP_OTHER;
    bool says_done =
        status_parse(behind(declared->current.at), lint->map, &said) && said == ROADMAP_COMPLETE;
    if (!roadmap_is_closed(pr) || says_done)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_CURRENT_STALE, declared->current.at,
             "the current PR is %.*s, which is %s", STR_FMT(pr->id),
             pr->status == ROADMAP_COMPLETE ? "complete" : "cancelled");
    if (declared->next_kind == ROADMAP_NEXT_ID)
        diag_hint(lint->diags, "PR %.*s is next", STR_FMT(declared->next.text));
    diag_relate(lint->diags, pr->row, "its row");
}

void lint_next(const Lint *lint) {
    if (lint->map->declared.next_kind == ROADMAP_NEXT_ID)
        check_pointer(lint);
    else
        check_missing(lint);
    check_current(lint);
}
