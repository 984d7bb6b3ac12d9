#include "base/ban.h"

#include "base/map.h"
#include "base/num.h"
#include "roadmap/lint.h"

/* ---- completion column ---- */

/* What the Completion column may say beside each status, and what to write instead. Nothing may be
 * done yet of what was just begun. */
static const struct {
    int64_t low, high; /* percent */
    const char *wanted;
} completions[ROADMAP_STATUS_COUNT] = {
    [ROADMAP_OTHER] = {0, 100, NULL},      [ROADMAP_NOT_STARTED] = {0, 0, "0"},
    [ROADMAP_IN_PROGRESS] = {0, 99, NULL}, [ROADMAP_COMPLETE] = {100, 100, "100"},
    [ROADMAP_BLOCKED] = {0, 99, NULL},     [ROADMAP_CANCELLED] = {0, 99, NULL},
};

static void check_completion(const Lint *lint, const RoadmapPr *pr) {
    int64_t milli = pr->completion.milli;
    const char *wanted = completions[pr->status].wanted;
    if (!pr->completion.is_set || (milli >= completions[pr->status].low * 1000 &&
                                   milli < (completions[pr->status].high + 1) * 1000))
        return;
    Str label = str_lower(lint->arena, roadmap_status_label(pr->status));
    diag_add(lint->diags, DIAG_ROADMAP_COMPLETION_CELL, pr->completion.at,
             "PR %.*s is %.*s, but its completion says %.*s%%", STR_FMT(pr->id), STR_FMT(label),
             STR_FMT(lint_number(lint, milli)));
    if (wanted)
        diag_hint(lint->diags, "write %s%%", wanted);
    diag_relate(lint->diags, pr->raw_status.at, "its status");
    if (wanted)
        lint_fix_cell(lint, pr->cells[ROADMAP_COLUMN_COMPLETION], pr->completion.at,
                      str_from(wanted));
}

/* ---- checklists ---- */

/* The first item with this mark. */
static const RoadmapItem *first_item(const RoadmapPr *pr, RoadmapMark mark) {
    for (size_t i = 0; i < pr->item_count; i++) {
        if (pr->items[i].mark == mark)
            return &pr->items[i];
    }
    return NULL;
}

static void check_items(const Lint *lint, const RoadmapPr *pr) {
    size_t total = pr->item_count - pr->items_other;
    size_t open = total - pr->items_done;
    if (pr->status == ROADMAP_COMPLETE && open > 0) {
        diag_add(lint->diags, DIAG_ROADMAP_COMPLETE_UNCHECKED,
                 first_item(pr, ROADMAP_MARK_OPEN)->mark_at,
                 "PR %.*s is complete, but %zu of its %zu items %s open", STR_FMT(pr->id), open,
                 total, open == 1 ? "is" : "are");
        diag_relate(lint->diags, pr->raw_status.at, "its status");
    }
    if (pr->status == ROADMAP_NOT_STARTED && pr->items_done > 0) {
        diag_add(lint->diags, DIAG_ROADMAP_OPEN_CHECKED, first_item(pr, ROADMAP_MARK_DONE)->mark_at,
                 "PR %.*s is not started, but %zu of its %zu items %s done", STR_FMT(pr->id),
                 pr->items_done, total, pr->items_done == 1 ? "is" : "are");
        diag_relate(lint->diags, pr->raw_status.at, "its status");
    }
    if (pr->items_other > 0) {
        const RoadmapItem *item = first_item(pr, ROADMAP_MARK_OTHER);
        Str mark = span_text(item->mark_at);
        diag_add(lint->diags, DIAG_ROADMAP_CHECKBOX, item->mark_at,
                 "\"[%.*s]\" is neither open nor done; GitHub shows it as text", STR_FMT(mark));
        diag_hint(lint->diags, "write [ ] or [x], and the reason behind it");
    }
}

/* ---- ids ---- */

static void check_duplicates(const Lint *lint) {
    Map *found = map_new(lint->arena);
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        RoadmapPr *pr = &lint->map->prs[i];
        const RoadmapPr *first = map_find(found, pr->id);
        if (!first) {
            map_put(found, pr->id, pr);
            continue;
        }
        diag_add(lint->diags, DIAG_ROADMAP_DUPLICATE, pr->id_at, "PR %.*s has two rows",
                 STR_FMT(pr->id));
        diag_relate(lint->diags, first->id_at, "the first one");
    }
}

/* Takes the next number or letter off an id; a letter counts less than any next number. */
static int64_t take_part(Str *id) {
    while (id->size > 0 && (id->data[0] == '.' || id->data[0] == '+' || id->data[0] == '/' ||
                            id->data[0] == '-' || id->data[0] == '&'))
        *id = str_from_offset(*id, 1);
    size_t size = 0;
    while (size < id->size && id->data[size] >= '0' && id->data[size] <= '9')
        size++;
    int64_t value = 0;
    if (size > 0) {
        num_parse_range(str_slice(*id, 0, size), 0, INT32_MAX, &value);
        value++;
    } else if (id->size > 0) {
        value = (unsigned char)id->data[0];
        size = 1;
    }
    *id = str_from_offset(*id, size);
    return value;
}

/* As people count: 7, 7a, 7.5, 8, 10. */
static int compare_ids(Str left, Str right) {
    while (left.size > 0 || right.size > 0) {
        int64_t a = take_part(&left);
        int64_t b = take_part(&right);
        if (a != b)
            return a < b ? -1 : 1;
    }
    return 0;
}

/* The first row that stands behind a later one; the others follow from it. */
static void check_order(const Lint *lint) {
    for (size_t i = 1; i < lint->map->pr_count; i++) {
        const RoadmapPr *before = &lint->map->prs[i - 1];
        const RoadmapPr *pr = &lint->map->prs[i];
        if (compare_ids(before->id, pr->id) <= 0)
            continue;
        diag_add(lint->diags, DIAG_ROADMAP_ORDER, pr->id_at, "PR %.*s stands behind PR %.*s",
                 STR_FMT(pr->id), STR_FMT(before->id));
        diag_relate(lint->diags, before->id_at, "the row above");
        return;
    }
}

void lint_rows(const Lint *lint) {
    for (size_t i = 0; i < lint->map->pr_count; i++) {
        check_completion(lint, &lint->map->prs[i]);
        check_items(lint, &lint->map->prs[i]);
    }
    check_duplicates(lint);
    check_order(lint);
}
