#include "base/ban.h"

#include "roadmap/edit.h"

#include "roadmap/editor.h"
#include "roadmap/schedule.h"
#include "roadmap/status.h"

void remarks_add(RoadmapRemarks *remarks, Arena *arena, Span at, Str text) {
    ARENA_RESERVE(arena, remarks->items, remarks->count, remarks->capacity);
    remarks->items[remarks->count++] = (RoadmapRemark){at, text};
}

static const RoadmapStatus results[] = {
    [ROADMAP_START] = ROADMAP_IN_PROGRESS,  [ROADMAP_DONE] = ROADMAP_COMPLETE,
    [ROADMAP_REOPEN] = ROADMAP_NOT_STARTED, [ROADMAP_BLOCK] = ROADMAP_BLOCKED,
    [ROADMAP_ADD] = ROADMAP_NOT_STARTED,
};

/* ---- what speaks against it ---- */

static void refuse(RoadmapEdited *edited, Arena *arena, Span at, Str text) {
    remarks_add(&edited->refusals, arena, at, text);
}

/* Does the plan say how far the PR is, by its lists or in words? */
static bool plan_says_status(const RoadmapPr *pr) {
    return pr->in_completed || pr->in_remaining || pr->raw_status.at.source != NULL;
}

/* Finished is what has nothing open: neither on its own list nor before it. */
static void check_done(const Roadmap *map, uint32_t index, RoadmapEdited *edited, Arena *arena) {
    const RoadmapPr *pr = &map->prs[index];
    for (size_t i = 0; i < pr->depends_count; i++) {
        uint32_t on = pr->depends[i].index;
        if (on == ROADMAP_NONE || roadmap_is_closed(&map->prs[on]))
            continue;
        Str label = str_lower(arena, roadmap_status_label(map->prs[on].status));
        refuse(edited, arena, pr->depends[i].at,
               str_format(arena, "PR %.*s depends on PR %.*s, which is %.*s", STR_FMT(pr->id),
                          STR_FMT(map->prs[on].id), STR_FMT(label)));
    }
    for (size_t i = 0; map->kind == ROADMAP_TRACKER && i < pr->item_count; i++) {
        if (pr->items[i].mark == ROADMAP_MARK_OPEN)
            refuse(edited, arena, pr->items[i].at,
                   str_format(arena, "PR %.*s has an open item: %.*s", STR_FMT(pr->id),
                              STR_FMT(span_text(pr->items[i].at))));
    }
}

static void check_add(const Roadmap *map, RoadmapEdited *edited, Arena *arena) {
    Span at = span_of(map->source, 0, 0);
    if (map->kind == ROADMAP_BREAKDOWN)
        refuse(edited, arena, at, STR("a PR is added to a tracker; this is a plan"));
    else if (map->pr_count == 0)
        refuse(edited, arena, at, STR("there is no table of PRs to add a row to"));
}

/* Is there a place to write the new status to? */
static void check_place(const Roadmap *map, const RoadmapEdit *edit, RoadmapEdited *edited,
                        Arena *arena) {
    const RoadmapPr *pr = &map->prs[edit->pr];
    bool is_begun = edit->verb == ROADMAP_START || edit->verb == ROADMAP_BLOCK;
    bool is_list = map->kind == ROADMAP_BREAKDOWN && !pr->raw_status.at.source;
    if (map->kind == ROADMAP_TRACKER && !pr->cells[ROADMAP_COLUMN_STATUS].source)
        refuse(edited, arena, pr->row,
               str_format(arena, "the row of PR %.*s has no Status cell that can be told for sure",
                          STR_FMT(pr->id)));
    if (is_list && (is_begun || !plan_says_status(pr)))
        refuse(edited, arena, pr->id_at,
               str_format(arena, "this plan has no place to say that PR %.*s is %.*s",
                          STR_FMT(pr->id),
                          STR_FMT(str_lower(arena, roadmap_status_label(results[edit->verb])))));
}

static void check(const Roadmap *map, const RoadmapEdit *edit, RoadmapEdited *edited,
                  Arena *arena) {
    if (edit->verb == ROADMAP_ADD) {
        check_add(map, edited, arena);
        return;
    }
    check_place(map, edit, edited, arena);
    const RoadmapPr *pr = &map->prs[edit->pr];
    if (edit->is_forced || pr->status == results[edit->verb])
        return;
    if (edit->verb == ROADMAP_DONE) {
        bool has_place = edited->refusals.count == 0;
        check_done(map, edit->pr, edited, arena);
        edited->may_force = has_place && edited->refusals.count > 0;
    }
    if (edit->verb == ROADMAP_START && roadmap_is_closed(pr))
        refuse(edited, arena, pr->id_at,
               str_format(arena, "PR %.*s is %s; reopen it first", STR_FMT(pr->id),
                          pr->status == ROADMAP_COMPLETE ? "complete" : "cancelled"));
}

/* ---- the model after the edit ---- */

static Roadmap *copy_of(const Roadmap *map, size_t room, Arena *arena) {
    Roadmap *copy = ARENA_NEW(arena, Roadmap);
    *copy = *map;
    copy->prs = ARENA_ARRAY(arena, RoadmapPr, map->pr_count + room + 1);
    if (map->pr_count > 0)
        memcpy(copy->prs, map->prs, map->pr_count * sizeof *map->prs);
    copy->pr_capacity = map->pr_count + room + 1;
    return copy;
}

static void set_status(Roadmap *map, uint32_t index, RoadmapStatus status) {
    RoadmapPr *pr = &map->prs[index];
    bool was_full = pr->completion.milli >= 100000;
    if (pr->status == status)
        return;
    pr->status = status;
    pr->has_status = true;
    if (map->cell_of[ROADMAP_COLUMN_COMPLETION] == 0)
        return;
    if (status == ROADMAP_COMPLETE)
        pr->completion = (RoadmapNumber){.milli = 100000, .is_set = true, .at = pr->completion.at};
    else if (status == ROADMAP_NOT_STARTED || was_full)
        pr->completion = (RoadmapNumber){.milli = 0, .is_set = true, .at = pr->completion.at};
}

/* The open PR that comes first: a ready one if there is any. What the document points at now is
 * not asked. */
static uint32_t first_open(const Editor *editor) {
    Roadmap *map = copy_of(editor->after, 0, editor->arena);
    map->declared.next_kind = ROADMAP_NEXT_UNSAID;
    const Schedule *schedule = schedule_new(map, editor->arena);
    for (uint32_t i = 0; i < map->pr_count; i++) {
        if (schedule->steps[i].is_ready && map->prs[i].status != ROADMAP_BLOCKED)
            return i;
    }
    for (uint32_t i = 0; i < map->pr_count; i++) {
        if (!roadmap_is_closed(&map->prs[i]))
            return i;
    }
    return ROADMAP_NONE;
}

/* A PR that the other document knows to be finished needs no pointer in this one. */
static bool is_closed_elsewhere(const Editor *editor, uint32_t index) {
    const Roadmap *tracker = editor->other;
    if (editor->before->kind != ROADMAP_BREAKDOWN || !tracker)
        return false;
    for (size_t i = 0; i < tracker->pr_count; i++) {
        if (tracker->prs[i].plan == index)
            return roadmap_is_closed(&tracker->prs[i]);
    }
    return false;
}

/* Can the PR be worked on? One that waits for others now as it did before was named on purpose. */
static bool can_stay(const Editor *editor, uint32_t index) {
    const RoadmapPr *pr = &editor->after->prs[index];
    if (roadmap_is_closed(pr) || pr->status == ROADMAP_BLOCKED ||
        is_closed_elsewhere(editor, index))
        return false;
    if (editor->edit->verb == ROADMAP_ADD)
        return true;
    const Schedule *was = schedule_new(editor->before, editor->arena);
    const Schedule *is = schedule_new(editor->after, editor->arena);
    return is->steps[index].is_ready || !was->steps[index].is_ready;
}

uint32_t edit_choose_next(const Editor *editor) {
    const RoadmapDeclared *declared = &editor->before->declared;
    if (editor->follow != ROADMAP_NONE && !roadmap_is_closed(&editor->after->prs[editor->follow]))
        return editor->follow;
    uint32_t first = first_open(editor);
    uint32_t now = declared->next_kind == ROADMAP_NEXT_ID
                       ? roadmap_find(editor->after, declared->next.text, editor->arena)
                       : ROADMAP_NONE;
    bool is_back = editor->edit->verb == ROADMAP_REOPEN && first == editor->index &&
                   (now == ROADMAP_NONE || editor->after->prs[now].status != ROADMAP_IN_PROGRESS);
    return now != ROADMAP_NONE && can_stay(editor, now) && !is_back ? now : first;
}

/* In a plan beside a tracker, what the tracker has finished is finished. */
static void take_closed(Editor *editor) {
    const Roadmap *tracker = editor->other;
    for (size_t i = 0; tracker && i < tracker->pr_count; i++) {
        uint32_t index = tracker->prs[i].plan;
        if (index != ROADMAP_NONE && index != editor->index && roadmap_is_closed(&tracker->prs[i]))
            editor->after->prs[index].status = ROADMAP_CANCELLED;
    }
}

static Editor editor_new(const Roadmap *map, const Roadmap *other, const RoadmapEdit *edit,
                         RoadmapEdited *edited, Arena *arena) {
    return (Editor){.edit = edit,
                    .before = map,
                    .other = other,
                    .after = copy_of(map, 1, arena),
                    .index = edit->pr,
                    .status = results[edit->verb],
                    .next = ROADMAP_NONE,
                    .follow = ROADMAP_NONE,
                    .patch = patch_new(map->source, arena),
                    .left = &edited->left,
                    .arena = arena};
}

/* ---- the edit ---- */

/* The patch of one document whose PR changes its status. */
static void change_status(Editor *editor) {
    bool is_change = editor->before->prs[editor->index].status != editor->status;
    set_status(editor->after, editor->index, editor->status);
    roadmap_roll_up(editor->after);
    edit_row(editor);
    if (editor->before->kind == ROADMAP_BREAKDOWN)
        take_closed(editor);
    if (!is_change)
        return;
    editor->next = edit_choose_next(editor);
    if (editor->before->kind == ROADMAP_BREAKDOWN)
        edit_lists(editor);
    edit_progress(editor);
    edit_sections(editor);
    edit_next(editor);
    edit_current(editor);
}

/* Does the new text read as it should: this PR as meant, all others as before? In a plan the
 * model's other statuses may have been laid over by the tracker's, so that they are not asked. */
static bool reads_as_meant(const Editor *editor, const Roadmap *read) {
    if (read->pr_count != editor->after->pr_count)
        return false;
    bool is_added = editor->edit->verb == ROADMAP_ADD;
    for (uint32_t i = 0; i < read->pr_count; i++) {
        const RoadmapPr *meant = i == editor->index
                                     ? &editor->after->prs[i]
                                     : &editor->before->prs[i - (is_added && i > editor->index)];
        if (!str_equal(read->prs[i].id, meant->id) || read->prs[i].status != meant->status)
            return false;
    }
    return true;
}

/* The document as it is now written, read anew; NULL when nothing changed. A patch that does not
 * fit is refused, as is one whose text reads otherwise than it should: then a rule of the reader
 * and one of the edit do not agree, and nobody may lose by it. */
static Roadmap *finish(Editor *editor, RoadmapEdited *edited) {
    Str text;
    Arena *arena = editor->arena;
    const Source *old = editor->before->source;
    if (!patch_apply(&editor->patch, &text)) {
        refuse(edited, arena, editor->patch.problem_at, editor->patch.problem);
        return NULL;
    }
    if (str_equal(text, old->text))
        return NULL;
    Diags *unsaid = diags_new(arena);
    Roadmap *read = roadmap_read(md_parse(source_new(arena, old->path, text), arena, unsaid),
                                 editor->before->kind, arena, unsaid);
    if (!reads_as_meant(editor, read))
        refuse(edited, arena, span_of(old, 0, 0),
               STR("this document is written in a way that cannot be edited safely"));
    return read;
}

/* What waits no longer. */
static void find_ready(const Editor *editor, RoadmapEdited *edited) {
    const Roadmap *before = editor->before;
    const Schedule *was = schedule_new(before, editor->arena);
    const Schedule *is = schedule_new(editor->after, editor->arena);
    edited->ready = ARENA_ARRAY(editor->arena, uint32_t, before->pr_count + 1);
    for (uint32_t i = 0; before->pr_count == editor->after->pr_count && i < before->pr_count; i++) {
        if (i != editor->index && is->steps[i].is_ready && !was->steps[i].is_ready)
            edited->ready[edited->ready_count++] = i;
    }
}

/* Where the plan points when it pointed where the tracker did: at the PR that the tracker names
 * now. */
static uint32_t next_in_plan(const Editor *tracker, const Roadmap *plan) {
    const Roadmap *before = tracker->before;
    bool have_both = before->declared.next_kind == ROADMAP_NEXT_ID &&
                     plan->declared.next_kind == ROADMAP_NEXT_ID;
    uint32_t old =
        have_both ? roadmap_find(before, before->declared.next.text, tracker->arena) : ROADMAP_NONE;
    if (old == ROADMAP_NONE || tracker->next == ROADMAP_NONE ||
        before->prs[old].plan != roadmap_find(plan, plan->declared.next.text, tracker->arena))
        return ROADMAP_NONE;
    return tracker->after->prs[tracker->next].plan;
}

/* What the step means for the plan: its lists know finished and not finished, so that a PR which is
 * begun again leaves the finished ones, and one that is begun only moves the pointer. */
static void change_plan(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    bool is_begun = editor->edit->verb == ROADMAP_START || editor->edit->verb == ROADMAP_BLOCK;
    if (!is_begun || pr->raw_status.at.source) {
        change_status(editor);
        return;
    }
    if (roadmap_is_closed(pr)) {
        editor->status = ROADMAP_NOT_STARTED;
        change_status(editor);
        return;
    }
    take_closed(editor);
    editor->next = edit_choose_next(editor);
    edit_next(editor);
}

/* The same step in the plan, under the id that the PR has there. Gives the plan as it is then. A
 * plan that cannot be edited does not keep the tracker from it. */
static const Roadmap *edit_plan_too(const Editor *tracker, const Roadmap *plan,
                                    RoadmapEdited *edited) {
    uint32_t index = tracker->before->prs[tracker->index].plan;
    if (index == ROADMAP_NONE || !plan_says_status(&plan->prs[index]))
        return plan;
    Arena *arena = tracker->arena;
    RoadmapEdit edit = *tracker->edit;
    RoadmapEdited mine = {.plan = plan->source->text};
    edit.pr = index;
    Editor editor = editor_new(plan, tracker->after, &edit, &mine, arena);
    editor.follow = next_in_plan(tracker, plan);
    change_plan(&editor);
    const Roadmap *read = finish(&editor, &mine);
    for (size_t i = 0; i < mine.refusals.count; i++)
        remarks_add(&edited->left, arena, plan->prs[index].id_at,
                    str_format(arena, "the plan is left as it is: %.*s",
                               STR_FMT(mine.refusals.items[i].text)));
    for (size_t i = 0; i < mine.left.count && mine.refusals.count == 0; i++)
        remarks_add(&edited->left, arena, mine.left.items[i].at, mine.left.items[i].text);
    if (!read || mine.refusals.count > 0)
        return plan;
    edited->plan = read->source->text;
    return read;
}

/* What a person has to write into a plan that has no place for the new PR. */
static void leave_plan(const Editor *tracker, const Roadmap *plan, Str why, RoadmapEdited *edited) {
    const RoadmapPr *pr = &tracker->after->prs[tracker->index];
    remarks_add(
        &edited->left, tracker->arena, span_of(plan->source, 0, 0),
        str_format(tracker->arena,
                   "the plan is left as it is: %.*s; it wants a section \"## PR %.*s: %.*s\"",
                   STR_FMT(why), STR_FMT(pr->id), STR_FMT(pr->title.text)));
}

/* The new PR in the plan, which may have had it before the tracker. Gives the plan as it is then.
 */
static const Roadmap *add_to_plan_too(const Editor *tracker, const Roadmap *plan,
                                      RoadmapEdited *edited) {
    const RoadmapPr *pr = &tracker->after->prs[tracker->index];
    Arena *arena = tracker->arena;
    RoadmapEdited mine = {.plan = plan->source->text};
    if (roadmap_find(plan, pr->id, arena) != ROADMAP_NONE)
        return plan;
    Editor editor = editor_new(plan, tracker->after, tracker->edit, &mine, arena);
    editor.status = ROADMAP_NOT_STARTED;
    if (!edit_add_to_plan(&editor, pr)) {
        leave_plan(tracker, plan, STR("there is no entry to write one like"), edited);
        return plan;
    }
    const Roadmap *read = finish(&editor, &mine);
    if (!read || mine.refusals.count > 0) {
        leave_plan(tracker, plan,
                   mine.refusals.count ? mine.refusals.items[0].text : STR("nothing in it changes"),
                   edited);
        return plan;
    }
    for (size_t i = 0; i < mine.left.count; i++)
        remarks_add(&edited->left, arena, mine.left.items[i].at, mine.left.items[i].text);
    edited->plan = read->source->text;
    return read;
}

RoadmapEdited roadmap_edit(const Roadmap *tracker, const Roadmap *plan, const RoadmapEdit *edit,
                           Arena *arena) {
    RoadmapEdited edited = {.tracker = tracker->source->text,
                            .plan = plan ? plan->source->text : (Str){0}};
    Editor editor = editor_new(tracker, plan, edit, &edited, arena);
    edited.after = tracker;
    if (edit->verb != ROADMAP_ADD)
        edited.id = tracker->prs[edit->pr].id;
    check(tracker, edit, &edited, arena);
    if (edited.refusals.count > 0)
        return edited;
    if (edit->verb == ROADMAP_ADD)
        edit_add(&editor);
    else
        change_status(&editor);
    edited.id = editor.after->prs[editor.index].id;
    Roadmap *read = finish(&editor, &edited);
    find_ready(&editor, &edited);
    if (plan && edit->verb == ROADMAP_ADD)
        plan = read && edited.refusals.count == 0 ? add_to_plan_too(&editor, plan, &edited) : plan;
    else if (plan)
        plan = edit_plan_too(&editor, plan, &edited);
    if (!read)
        return edited;
    if (plan)
        roadmap_join(read, plan, arena);
    edited.after = read;
    edited.tracker = read->source->text;
    edit_report(tracker, read, &edited.left, arena);
    return edited;
}
