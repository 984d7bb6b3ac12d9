#include "base/ban.h"

#include "base/utf8.h"
#include "roadmap/lint.h"
#include "roadmap/status.h"

/* How the state block of a plan is kept, and what its repair needs. */
typedef struct Lists {
    const Lint *lint;
    const Roadmap *plan;
    bool keeps;      /* finished PRs stay under Remaining, ticked */
    Span last;       /* the last item under Completed, without what follows it */
    bool has_filler; /* that item is "None yet": the first finished PR takes its place */
    Buf added;       /* lines for Completed, each begun by a line end */
} Lists;

/* The first line of an item, with its bullet. */
static Str first_line(Span at) {
    Str rest = span_text(at);
    Str line = str_cut_line(&rest);
    return str_slice(line, 0, str_trim(line).size + (size_t)(str_trim(line).data - line.data));
}

/* An open item as a finished one: "- [ ] PR 7" and "- ⬜ **PR7**" with their other sign. */
static Str finished_line(const Lists *lists, Str line) {
    size_t box = str_find(line, STR("[ ]"), 0);
    Str sign = status_sign(line);
    Arena *arena = lists->lint->arena;
    if (box != STR_NONE && box < 6)
        return str_format(arena, "%.*s[x]%.*s", STR_FMT(str_slice(line, 0, box)),
                          STR_FMT(str_from_offset(line, box + 3)));
    if (sign.size == 0 || (size_t)(sign.data - line.data) > 6)
        return line;
    size_t at = (size_t)(sign.data - line.data);
    return str_format(arena, "%.*s\xE2\x9C\x85%.*s", STR_FMT(str_slice(line, 0, at)),
                      STR_FMT(str_from_offset(line, at + sign.size)));
}

/* Ends lines as the line with this place does. */
static Str line_end(Span at) {
    Str text = at.source->text;
    size_t end = str_find_char(text, '\n', at.start);
    bool has_return = end != STR_NONE && end > 0 && text.data[end - 1] == '\r';
    return has_return ? STR("\r\n") : STR("\n");
}

/* The whole line, its end included. */
static Span whole_line(Span at) {
    Str text = at.source->text;
    size_t start = at.start;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    size_t end = str_find_char(text, '\n', at.start);
    return span_of(at.source, start, (end == STR_NONE ? text.size : end + 1) - start);
}

/* False where the block has no list to put finished PRs into. */
static bool read_lists(Lists *lists) {
    const RoadmapList *completed = &lists->plan->completed;
    if (completed->item_count == 0)
        return false;
    Span last = completed->items[completed->item_count - 1];
    Str text = span_text(last);
    while (text.size > 0 && (text.data[text.size - 1] == '\n' || text.data[text.size - 1] == '\r' ||
                             text.data[text.size - 1] == ' '))
        text.size--;
    lists->last = span_of_str(last.source, text);
    lists->has_filler = completed->item_count == 1;
    for (size_t i = 0; i < lists->plan->pr_count; i++) {
        const RoadmapPr *pr = &lists->plan->prs[i];
        lists->keeps = lists->keeps || (pr->in_remaining && pr->status == ROADMAP_COMPLETE);
        lists->has_filler = lists->has_filler && !pr->in_completed;
    }
    return lists->has_filler || completed->item_count > 0;
}

static void finish(Lists *lists, const RoadmapPr *pr) {
    Diags *diags = lists->lint->diags;
    Str line = first_line(pr->remaining_at);
    Str finished = finished_line(lists, line);
    if (lists->keeps)
        diag_fix(diags, span_of_str(pr->remaining_at.source, line), finished);
    else
        diag_fix(diags, whole_line(pr->remaining_at), STR(""));
    buf_add(&lists->added, line_end(lists->last));
    buf_add(&lists->added, finished);
}

void lint_fix_lists(const Lint *lint, const LintList *finished) {
    Lists lists = {.lint = lint, .plan = lint->plan, .added = buf_new(lint->arena)};
    if (!read_lists(&lists))
        return;
    /* One that is listed nowhere, or below a line of its own, is left to its author. */
    for (size_t i = 0; i < finished->count; i++) {
        const RoadmapPr *pr = &lint->plan->prs[finished->items[i]];
        Str rest = pr->in_remaining ? str_trim(span_text(pr->remaining_at)) : (Str){0};
        if (!pr->in_remaining || pr->in_completed || str_find_char(rest, '\n', 0) != STR_NONE)
            return;
    }
    for (size_t i = 0; i < finished->count; i++)
        finish(&lists, &lint->plan->prs[finished->items[i]]);
    Str added = buf_str(&lists.added);
    if (lists.has_filler)
        diag_fix(lint->diags, lists.last, str_from_offset(added, line_end(lists.last).size));
    else
        diag_fix(lint->diags, span_of(lists.last.source, lists.last.start + lists.last.size, 0),
                 added);
}
