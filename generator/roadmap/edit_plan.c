#include "base/ban.h"

#include "roadmap/editor.h"
#include "roadmap/id.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

#define TICK "\xE2\x9C\x85"
#define BOX  "\xE2\xAC\x9C"

/* The first line of a list item, bullet and indentation included. */
static Str item_text(Span item) {
    return span_text(patch_line_of(item));
}

/* An item without the blank lines behind it. */
static Span item_body(Span item) {
    Str text = str_trim(span_text(item));
    return span_of(item.source, item.start, (size_t)(text.data - span_text(item).data) + text.size);
}

/* "- [ ] text": where the character between the brackets is, or STR_NONE. */
static size_t box_at(Str line) {
    size_t open = str_find_char(line, '[', 0);
    bool is_box =
        open != STR_NONE && open + 2 < line.size && line.data[open + 2] == ']' &&
        (line.data[open + 1] == ' ' || line.data[open + 1] == 'x' || line.data[open + 1] == 'X');
    return is_box ? open + 1 : STR_NONE;
}

/* `line` with the box or sign of another state. */
static Str with_mark(Str line, bool is_done, Arena *arena) {
    size_t box = box_at(line);
    if (box != STR_NONE)
        return str_format(arena, "%.*s%c%.*s", STR_FMT(str_slice(line, 0, box)),
                          is_done ? 'x' : ' ', STR_FMT(str_from_offset(line, box + 1)));
    Str sign = status_sign(line);
    if (sign.size == 0)
        return line;
    size_t at = (size_t)(sign.data - line.data);
    return str_format(arena, "%.*s%s%.*s", STR_FMT(str_slice(line, 0, at)), is_done ? TICK : BOX,
                      STR_FMT(str_from_offset(line, at + sign.size)));
}

/* An item like `sample` about another PR: "- [x] PR 1: Title (`a1b2c3d`)" gives "- [x] PR 2: New".
 */
static Str item_like(const Editor *editor, Str sample) {
    const RoadmapPr *pr = &editor->after->prs[editor->index];
    PrId id;
    size_t at = pr_id_search(sample, 0, editor->arena, &id);
    if (at == STR_NONE)
        return str_format(editor->arena, "- PR %.*s: %.*s", STR_FMT(pr->id),
                          STR_FMT(pr->title.text));
    Str rest = str_from_offset(sample, at + id.size);
    size_t separator = 0;
    while (separator < rest.size && (rest.data[separator] == '*' || rest.data[separator] == ':' ||
                                     rest.data[separator] == ' ' || rest.data[separator] == '-'))
        separator++;
    return str_format(
        editor->arena, "%.*s%.*s%.*s%.*s", STR_FMT(str_slice(sample, 0, at)),
        STR_FMT(words_id_like(str_slice(sample, at, at + id.size), pr->id, editor->arena)),
        STR_FMT(str_slice(rest, 0, separator)), STR_FMT(pr->title.text));
}

/* " (`a1b2c3d`, PR #72)" where the other finished PRs carry it. */
static Str reference_like(const Editor *editor, Str sample) {
    const RoadmapEdit *edit = editor->edit;
    bool has_commit = str_find(sample, STR("(`"), 0) != STR_NONE && edit->commit.size > 0;
    bool has_merged = text_find(sample, "merged #") != STR_NONE && edit->github.size > 0;
    if (has_merged)
        return str_format(editor->arena, " - MERGED #%.*s", STR_FMT(edit->github));
    if (!has_commit)
        return (Str){0};
    return str_format(editor->arena, " (`%.*s`%s%.*s)", STR_FMT(edit->commit),
                      edit->github.size > 0 ? ", PR #" : "", STR_FMT(edit->github));
}

/* "None yet": the item that holds the place of an empty list. */
static bool is_placeholder(const Editor *editor, Span item) {
    PrId id;
    Str text = item_text(item);
    return text_find(text, "none") != STR_NONE &&
           pr_id_search(text, 0, editor->arena, &id) == STR_NONE;
}

/* The first completed PR: written as it stands under Remaining, for there is no other to write it
 * like. */
static void complete_first(Editor *editor, const RoadmapList *list) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    if (pr->in_remaining)
        patch_insert_line_below(&editor->patch, item_body(list->heading),
                                with_mark(item_text(pr->remaining_at), true, editor->arena));
    else
        remarks_add(editor->left, editor->arena, list->heading,
                    STR("the list of completed PRs has no item to write one like it"));
}

static void complete_item(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    const RoadmapList *list = &editor->before->completed;
    if (!list->heading.source || pr->in_completed)
        return;
    if (list->item_count == 0) {
        complete_first(editor, list);
        return;
    }
    Span last = list->items[list->item_count - 1];
    Str sample =
        pr->in_remaining ? item_text(pr->remaining_at) : item_like(editor, item_text(last));
    Str line =
        str_format(editor->arena, "%.*s%.*s", STR_FMT(with_mark(sample, true, editor->arena)),
                   STR_FMT(reference_like(editor, item_text(last))));
    if (list->item_count == 1 && is_placeholder(editor, last))
        patch_replace(&editor->patch, patch_line_of(last), item_text(last), line);
    else
        patch_insert_line_below(&editor->patch, item_body(last), line);
}

/* A box under Remaining is ticked in place; the older form, which has signs, moves the line. */
static void leave_remaining(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    if (!pr->in_remaining)
        return;
    Str line = item_text(pr->remaining_at);
    if (box_at(line) == STR_NONE && editor->before->completed.heading.source)
        patch_remove_lines(&editor->patch, item_body(pr->remaining_at));
    else
        patch_replace(&editor->patch, patch_line_of(pr->remaining_at), line,
                      with_mark(line, true, editor->arena));
}

static void uncomplete_item(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    if (!pr->in_completed)
        return;
    if (editor->before->completed.item_count > 1) {
        patch_remove_lines(&editor->patch, item_body(pr->completed_at));
        return;
    }
    bool has_sign = status_sign(item_text(pr->completed_at)).size > 0;
    patch_replace(&editor->patch, patch_line_of(pr->completed_at), item_text(pr->completed_at),
                  has_sign ? STR("- " BOX " None yet") : STR("- None yet"));
}

/* Back before the first remaining PR that comes later in the plan. */
static void return_to_remaining(Editor *editor) {
    const Roadmap *map = editor->before;
    const RoadmapPr *pr = &map->prs[editor->index];
    if (pr->in_remaining) {
        Str line = item_text(pr->remaining_at);
        patch_replace(&editor->patch, patch_line_of(pr->remaining_at), line,
                      with_mark(line, false, editor->arena));
        return;
    }
    if (!map->remaining.heading.source || !pr->in_completed)
        return;
    Str line = with_mark(item_text(pr->completed_at), false, editor->arena);
    for (uint32_t i = editor->index + 1; i < map->pr_count; i++) {
        if (map->prs[i].in_remaining) {
            patch_insert_line_above(&editor->patch, map->prs[i].remaining_at, line);
            return;
        }
    }
    if (map->remaining.item_count > 0)
        patch_insert_line_below(
            &editor->patch, item_body(map->remaining.items[map->remaining.item_count - 1]), line);
    else
        patch_insert_line_below(&editor->patch, item_body(map->remaining.heading), line);
}

void edit_lists(Editor *editor) {
    bool was_done = editor->before->prs[editor->index].status == ROADMAP_COMPLETE;
    bool is_done = editor->status == ROADMAP_COMPLETE;
    if (is_done && !was_done) {
        complete_item(editor);
        leave_remaining(editor);
    } else if (was_done && !is_done) {
        uncomplete_item(editor);
        return_to_remaining(editor);
    }
}

/* The item of a list that the new one stands behind: that of the PR nearest before it in order, or
 * the last; and none when it comes before all. */
static const RoadmapPr *remaining_before(const Editor *editor) {
    for (uint32_t i = editor->index; i > 0; i--)
        if (editor->before->prs[i - 1].in_remaining)
            return &editor->before->prs[i - 1];
    return NULL;
}

static const RoadmapPr *remaining_after(const Editor *editor) {
    for (uint32_t i = editor->index; i < editor->before->pr_count; i++)
        if (editor->before->prs[i].in_remaining)
            return &editor->before->prs[i];
    return NULL;
}

bool edit_list_new(Editor *editor) {
    const RoadmapList *list = &editor->before->remaining, *done = &editor->before->completed;
    if (!list->heading.source)
        return false;
    Span last = list->item_count > 0 ? list->items[list->item_count - 1] : (Span){0};
    bool is_placeholder_list = list->item_count == 1 && is_placeholder(editor, last);
    const RoadmapPr *before = remaining_before(editor), *after = remaining_after(editor);
    Str sample = before                 ? item_text(before->remaining_at)
                 : after                ? item_text(after->remaining_at)
                 : done->item_count > 0 ? item_text(done->items[done->item_count - 1])
                                        : STR("- [ ] PR 1: ");
    Str line = with_mark(item_like(editor, sample), false, editor->arena);
    if (is_placeholder_list)
        patch_replace(&editor->patch, patch_line_of(last), item_text(last), line);
    else if (before)
        patch_insert_line_below(&editor->patch, item_body(before->remaining_at), line);
    else if (after)
        patch_insert_line_above(&editor->patch, after->remaining_at, line);
    else
        patch_insert_line_below(&editor->patch,
                                item_body(list->item_count > 0 ? last : list->heading), line);
    return true;
}
