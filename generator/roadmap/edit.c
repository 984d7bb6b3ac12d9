#include "base/ban.h"

#include "roadmap/edit.h"

#include "base/num.h"
#include "roadmap/editor.h"
#include "roadmap/id.h"
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

static void check(const Roadmap *map, const RoadmapEdit *edit, RoadmapEdited *edited,
                  Arena *arena) {
    if (edit->verb == ROADMAP_ADD && map->pr_count == 0) {
        refuse(edited, arena, span_of(map->source, 0, 0),
               STR("there is no table of PRs to add a row to"));
        return;
    }
    if (edit->verb == ROADMAP_ADD && map->kind == ROADMAP_BREAKDOWN)
        refuse(edited, arena, span_of(map->source, 0, 0),
               STR("a PR is added to a tracker; this is a plan"));
    if (edit->verb == ROADMAP_ADD)
        return;
    const RoadmapPr *pr = &map->prs[edit->pr];
    if (map->kind == ROADMAP_TRACKER && !pr->cells[ROADMAP_COLUMN_STATUS].source)
        refuse(edited, arena, pr->row,
               str_format(arena, "the row of PR %.*s has no Status cell that can be told for sure",
                          STR_FMT(pr->id)));
    bool is_list = map->kind == ROADMAP_BREAKDOWN && !pr->raw_status.at.source;
    if (is_list &&
        (edit->verb == ROADMAP_START || edit->verb == ROADMAP_BLOCK || !plan_says_status(pr)))
        refuse(edited, arena, pr->id_at,
               str_format(arena, "this plan has no place to say that PR %.*s is %.*s",
                          STR_FMT(pr->id),
                          STR_FMT(str_lower(arena, roadmap_status_label(results[edit->verb])))));
    if (edit->is_forced || pr->status == results[edit->verb])
        return;
    if (edit->verb == ROADMAP_DONE)
        check_done(map, edit->pr, edited, arena);
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

/* Where the pointer goes. It stays where it is as long as that PR can be worked on; a PR that is
 * open again is pointed at when it comes before the others. */
static uint32_t choose_next(const Editor *editor) {
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

/* ---- adding ---- */

/* The greater of `highest` and the whole numbers in an id. */
static int64_t higher(int64_t highest, Str id, Arena *arena) {
    Str parts[16];
    size_t count = pr_id_expand(id, arena, parts, 16);
    for (size_t i = 0; i < count; i++) {
        int64_t value = 0;
        size_t digits = 0;
        while (digits < parts[i].size && parts[i].data[digits] >= '0' &&
               parts[i].data[digits] <= '9')
            digits++;
        if (num_parse_range(str_slice(parts[i], 0, digits), 0, 1000000, &value) && value > highest)
            highest = value;
    }
    return highest;
}

/* title = [ id ( ":" | " -" ) ] text ; without an id the number behind the highest */
static Str take_id(const Roadmap *map, Str *title, Arena *arena) {
    PrId id;
    if (pr_id_parse(*title, true, arena, &id)) {
        Str rest = str_from_offset(*title, id.size);
        if (str_starts_with(rest, STR(":")) || str_starts_with(rest, STR(" -"))) {
            *title = str_trim(str_from_offset(rest, rest.data[0] == ':' ? 1 : 2));
            return id.id;
        }
    }
    int64_t highest = 0;
    for (size_t i = 0; i < map->pr_count; i++)
        highest = higher(highest, map->prs[i].id, arena);
    /* A section without a row has its number already. */
    for (size_t i = 0; i < map->stray_count; i++)
        highest = higher(highest, map->strays[i].id, arena);
    return str_format(arena, "%lld", (long long)highest + 1);
}

/* "4" before "4.5" before "7a" before "10": numbers by value, then letters. */
static int id_order(Str a, Str b) {
    while (a.size > 0 && b.size > 0) {
        size_t x = 0, y = 0;
        while (x < a.size && a.data[x] >= '0' && a.data[x] <= '9')
            x++;
        while (y < b.size && b.data[y] >= '0' && b.data[y] <= '9')
            y++;
        if (x != y)
            return x < y ? -1 : 1;
        int order = str_compare(str_slice(a, 0, x + 1), str_slice(b, 0, y + 1));
        if (order != 0)
            return order;
        a = str_from_offset(a, x + 1);
        b = str_from_offset(b, y + 1);
    }
    return a.size > 0 ? 1 : b.size > 0 ? -1 : 0;
}

static void insert_pr(Editor *editor, Str id, Str title) {
    Roadmap *map = editor->after;
    uint32_t at = (uint32_t)map->pr_count;
    while (at > 1 && id_order(map->prs[at - 1].id, id) > 0)
        at--;
    memmove(&map->prs[at + 1], &map->prs[at], (map->pr_count - at) * sizeof *map->prs);
    map->prs[at] = (RoadmapPr){.id = id,
                               .title = {.text = title},
                               .status = ROADMAP_NOT_STARTED,
                               .has_status = true,
                               .weight = 1,
                               .plan = ROADMAP_NONE};
    if (map->cell_of[ROADMAP_COLUMN_COMPLETION] > 0)
        map->prs[at].completion.is_set = true;
    map->pr_count++;
    editor->index = at;
    /* Dependencies are indices of rows; those behind the new one move on. */
    for (size_t i = 0; i < map->pr_count; i++) {
        RoadmapPr *pr = &map->prs[i];
        RoadmapDependency *depends =
            ARENA_ARRAY(editor->arena, RoadmapDependency, pr->depends_count + 1);
        for (size_t k = 0; k < pr->depends_count; k++) {
            depends[k] = pr->depends[k];
            depends[k].index += depends[k].index != ROADMAP_NONE && depends[k].index >= at;
        }
        pr->depends = depends;
    }
}

/* A line of dashes, stars or underscores parts sections and belongs to neither. */
static bool is_rule_line(Str line) {
    line = str_trim(line);
    if (line.size == 0)
        return true;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] != '-' && line.data[i] != '*' && line.data[i] != '_' &&
            line.data[i] != ' ')
            return false;
    }
    return true;
}

/* Offset behind the last line of a section that says something, before its line end. */
static size_t section_body_end(const RoadmapSection *section) {
    Str text = section->heading.source->text;
    size_t end = section->end < text.size ? section->end : text.size;
    for (;;) {
        size_t start = end;
        while (start > section->heading.start && text.data[start - 1] != '\n')
            start--;
        if (start <= section->heading.start || !is_rule_line(str_slice(text, start, end)))
            break;
        end = start - 1;
    }
    while (end > section->heading.start && str_is_blank(str_slice(text, end - 1, end)))
        end--;
    return end;
}

/* "## PR 7: Title" in the manner of another section's heading. */
static Str heading_like(const Editor *editor, const RoadmapSection *section) {
    const RoadmapPr *pr = &editor->after->prs[editor->index];
    Arena *arena = editor->arena;
    PrId id;
    Str rest = span_text(section->heading);
    Str line = str_cut_line(&rest);
    size_t at = pr_id_search(line, 0, arena, &id);
    Str name = at == STR_NONE ? str_format(arena, "PR %.*s", STR_FMT(pr->id))
                              : words_id_like(str_slice(line, at, at + id.size), pr->id, arena);
    bool has_dash =
        at != STR_NONE && str_starts_with(str_from_offset(line, at + id.size), STR(" -"));
    Buf out = buf_new(arena);
    buf_add_repeat(&out, '#', section->level);
    buf_add_format(&out, " %.*s%s %.*s", STR_FMT(name), has_dash ? " -" : ":",
                   STR_FMT(pr->title.text));
    return buf_str(&out);
}

/* A heading for the new PR behind the section of the one before it, where that has one. */
static void add_section(Editor *editor) {
    const RoadmapPr *last = &editor->before->prs[editor->index - 1];
    if (last->section_count == 0 || !last->sections[0].is_primary) {
        remarks_add(editor->left, editor->arena, last->row, STR("the new PR has no section yet"));
        return;
    }
    const RoadmapSection *section = &last->sections[0];
    bool has_cr = str_find(editor->before->source->text, STR("\r\n"), 0) != STR_NONE;
    const char *ending = has_cr ? "\r\n" : "\n";
    patch_insert(&editor->patch, (uint32_t)section_body_end(section),
                 str_format(editor->arena, "%s%s%.*s", ending, ending,
                            STR_FMT(heading_like(editor, section))));
    remarks_add(editor->left, editor->arena, section->heading,
                str_format(editor->arena, "the section of PR %.*s, behind this one, is still empty",
                           STR_FMT(editor->after->prs[editor->index].id)));
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
    editor->next = choose_next(editor);
    if (editor->before->kind == ROADMAP_BREAKDOWN)
        edit_lists(editor);
    edit_progress(editor);
    edit_sections(editor);
    edit_next(editor);
    edit_current(editor);
}

static void add_pr(Editor *editor) {
    Str title = words_one_line(editor->edit->title, editor->arena);
    Str id = take_id(editor->before, &title, editor->arena);
    insert_pr(editor, id, title);
    roadmap_roll_up(editor->after);
    edit_add_row(editor);
    add_section(editor);
    editor->next = choose_next(editor);
    edit_progress(editor);
    if (editor->before->declared.next_kind == ROADMAP_NEXT_NOTHING)
        edit_next(editor);
}

/* Does the new text read as it should: this PR as meant, all others as before? In a plan the
 * model's other statuses may have been laid over by the tracker's, so that they are not asked. */
static bool reads_as_meant(const Editor *editor, const Roadmap *read) {
    if (read->pr_count != editor->after->pr_count)
        return false;
    for (uint32_t i = 0; i < read->pr_count; i++) {
        const RoadmapPr *meant = editor->edit->verb == ROADMAP_ADD || i == editor->index
                                     ? &editor->after->prs[i]
                                     : &editor->before->prs[i];
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
    editor->next = choose_next(editor);
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
        add_pr(&editor);
    else
        change_status(&editor);
    edited.id = editor.after->prs[editor.index].id;
    Roadmap *read = finish(&editor, &edited);
    find_ready(&editor, &edited);
    if (plan && edit->verb != ROADMAP_ADD)
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
