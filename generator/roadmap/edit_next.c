#include "base/ban.h"

#include "roadmap/editor.h"
#include "roadmap/id.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

/* "PR 6 - Title (branch: `b`) ✅" cut into its parts, all slices of the document. */
typedef struct Mention {
    Str id;      /* with prefix */
    Str between; /* " - ", ": **" */
    Str title;   /* empty: only the id is named */
    Str status;  /* in the tail: "In Progress" of "(In Progress)" */
    Str tail;    /* what stays: emphasis, a sign, a remark about the branch */
} Mention;

static size_t separator_size(Str rest) {
    static const char *const separators[] = {" - ", ": ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", "; "};
    size_t bold = str_starts_with(rest, STR("**")) ? 2 : 0;
    Str behind = str_from_offset(rest, bold);
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        if (str_starts_with(behind, str_from(separators[i])))
            return bold + strlen(separators[i]);
    }
    return 0;
}

/* mention = id [ "**" ] [ separator title ] [ "**" ] [ " (branch" ... ] [ sign status ] */
static Mention cut_mention(Str line, Str id) {
    size_t behind = (size_t)(id.data - line.data) + id.size;
    Str rest = str_from_offset(line, behind);
    size_t separator = separator_size(rest);
    Mention mention = {.id = id, .between = str_slice(rest, 0, separator)};
    if (separator == 0) {
        mention.tail = rest;
        return mention;
    }
    Str title = str_from_offset(rest, separator);
    Str all = title;
    Str status;
    title = str_slice(title, 0, text_find(title, " (branch"));
    status_split(title, &title, &status);
    title = str_trim(title);
    if (str_ends_with(title, STR("**")) && str_find(title, STR("**"), 0) == title.size - 2)
        title = str_trim(str_slice(title, 0, title.size - 2));
    mention.title = title;
    mention.status = status;
    mention.tail = str_from_offset(all, (size_t)(title.data - all.data) + title.size);
    return mention;
}

/* `tail` with the bytes of `old`, a slice of it, exchanged. */
static Str exchange(Str tail, Str old, Str text, Arena *arena) {
    size_t at = (size_t)(old.data - tail.data);
    return str_format(arena, "%.*s%.*s%.*s", STR_FMT(str_slice(tail, 0, at)), STR_FMT(text),
                      STR_FMT(str_from_offset(tail, at + old.size)));
}

/* What stands behind the title was said of the PR named before: its branch in backquotes and its
 * status become the new one's. */
static Str new_tail(const Editor *editor, const Mention *mention) {
    Str tail = mention->tail;
    Str branch = words_branch(editor, editor->next);
    size_t open = text_find(tail, "branch") == STR_NONE ? STR_NONE : str_find_char(tail, '`', 0);
    size_t close = open == STR_NONE ? STR_NONE : str_find_char(tail, '`', open + 1);
    if (close != STR_NONE)
        return branch.size == 0
                   ? branch
                   : exchange(tail, str_slice(tail, open + 1, close), branch, editor->arena);
    RoadmapStatus status = editor->after->prs[editor->next].status;
    RoadmapStatus said;
    if (mention->status.size == 0 || !status_parse(mention->status, editor->before, &said) ||
        said == status)
        return tail;
    return exchange(tail, mention->status, words_like(mention->status, status, editor->arena),
                    editor->arena);
}

/* Writes the next PR into the place of the one that `id` names in `line`. */
static void replace_mention(Editor *editor, Span line, Str id) {
    const RoadmapPr *next = &editor->after->prs[editor->next];
    Mention mention = cut_mention(span_text(line), id);
    Str old = str_from_offset(span_text(line), (size_t)(id.data - span_text(line).data));
    PrId named;
    uint32_t old_index = pr_id_parse(id, false, editor->arena, &named)
                             ? roadmap_find(editor->before, named.id, editor->arena)
                             : ROADMAP_NONE;
    Str title = mention.title.size > 0 ? words_title(editor, editor->next, old_index, mention.title)
                                       : (Str){0};
    Str text = str_format(
        editor->arena, "%.*s%.*s%.*s%.*s", STR_FMT(words_id_like(id, next->id, editor->arena)),
        STR_FMT(mention.between), STR_FMT(title), STR_FMT(new_tail(editor, &mention)));
    patch_replace(&editor->patch, span_of_str(line.source, old), old, text);
}

/* "IN PROGRESS: PR 5" must not go on to a PR that nobody has begun. */
static void edit_marker(Editor *editor, Span line) {
    static const char *const markers[] = {"IN PROGRESS", "CURRENT"};
    if (editor->after->prs[editor->next].status == ROADMAP_IN_PROGRESS)
        return;
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
        Str marker = str_from(markers[i]);
        size_t at = str_find(span_text(line), marker, 0);
        size_t id = editor->before->declared.next.at.start - line.start;
        if (at != STR_NONE && at < id)
            patch_replace(&editor->patch, span_of(line.source, line.start + at, marker.size),
                          marker, STR("START HERE"));
    }
}

/* Does the document mark things with emoji? */
static bool has_signs(const Editor *editor) {
    const Roadmap *map = editor->before;
    for (size_t i = 0; i < map->pr_count; i++) {
        if (status_sign(map->prs[i].raw_status.text).size > 0)
            return true;
    }
    Str line = span_text(map->declared.next_line);
    return status_sign(line).size > 0 || text_find(line, "\xE2\x9E\xA1") != STR_NONE;
}

static const char *done_marker(const Editor *editor) {
    return has_signs(editor) ? "\xE2\x9C\x85 ALL PRs COMPLETE" : "ALL PRs COMPLETE";
}

/* "PR 3 - Title" in the manner of the rows, where nothing in the place shows another one. */
static Str plain_mention(const Editor *editor, uint32_t index) {
    const RoadmapPr *pr = &editor->after->prs[index];
    Str sample = span_text(editor->before->prs[index < editor->before->pr_count ? index : 0].id_at);
    /* A number sign alone could be an issue's; outside of the table the word goes with it. */
    bool has_word =
        sample.size > 0 && sample.data[0] != '#' && (sample.data[0] < '0' || sample.data[0] > '9');
    Str id = has_word ? words_id_like(sample, pr->id, editor->arena)
                      : str_format(editor->arena, "PR %.*s", STR_FMT(pr->id));
    return str_format(editor->arena, "%.*s - %.*s", STR_FMT(id),
                      STR_FMT(words_title(editor, index, ROADMAP_NONE, (Str){0})));
}

/* The Branch line below the pointer. */
static void edit_next_branch(Editor *editor) {
    Span value = editor->before->declared.next_branch;
    Str branch = words_branch(editor, editor->next);
    if (!value.source)
        return;
    if (branch.size == 0) {
        remarks_add(editor->left, editor->arena, value,
                    STR("no branch is known for the PR that is next now"));
        return;
    }
    Str old = span_text(value);
    size_t open = str_find_char(old, '`', 0);
    size_t close = open == STR_NONE ? STR_NONE : str_find_char(old, '`', open + 1);
    Str name = close == STR_NONE ? old : str_slice(old, open + 1, close);
    patch_replace(&editor->patch, span_of_str(value.source, name), name, branch);
}

/* "**Next**: PR 3 - Title" keeps its key; a heading or a line of its own is exchanged as a whole.
 */
static void say_all_done(Editor *editor, Span line) {
    Str text = span_text(line);
    size_t id = editor->before->declared.next.at.start - line.start;
    Str old = str_starts_with(text, STR("**Next")) ? str_from_offset(text, id) : text;
    patch_replace(&editor->patch, span_of_str(line.source, old), old,
                  str_from(done_marker(editor)));
}

void edit_next(Editor *editor) {
    const RoadmapDeclared *declared = &editor->before->declared;
    Span line = declared->next_line;
    if (declared->next_kind == ROADMAP_NEXT_UNSAID || !line.source)
        return;
    Str old = span_text(line);
    if (editor->next == ROADMAP_NONE) {
        if (declared->next_kind == ROADMAP_NEXT_ID)
            say_all_done(editor, line);
    } else if (declared->next_kind == ROADMAP_NEXT_NOTHING) {
        Str mention = plain_mention(editor, editor->next);
        patch_replace(&editor->patch, line, old,
                      str_format(editor->arena, "%sSTART HERE: %.*s",
                                 status_sign(old).size > 0 ? "\xE2\x9E\xA1\xEF\xB8\x8F " : "",
                                 STR_FMT(mention)));
    } else if (!str_equal(declared->next.text, editor->after->prs[editor->next].id)) {
        edit_marker(editor, line);
        replace_mention(editor, line, span_text(declared->next.at));
        edit_next_branch(editor);
        if (editor->before->kind == ROADMAP_TRACKER)
            remarks_add(editor->left, editor->arena, line,
                        STR("what stands below the next PR was written for the one before"));
    }
}

/* ---- the current line ---- */

/* The id in `text` that names the PR with this index, with its prefix; empty when none does. */
static Str find_mention(const Editor *editor, Str text, uint32_t index) {
    PrId id;
    for (size_t at = pr_id_search(text, 0, editor->arena, &id); at != STR_NONE;
         at = pr_id_search(text, at + id.size, editor->arena, &id)) {
        if (index != ROADMAP_NONE && str_equal(editor->before->prs[index].id, id.id))
            return str_slice(text, at, at + id.size);
    }
    return (Str){0};
}

/* The PR that the document said to do next. */
static uint32_t old_next(const Editor *editor) {
    const RoadmapDeclared *declared = &editor->before->declared;
    if (declared->next_kind != ROADMAP_NEXT_ID)
        return ROADMAP_NONE;
    return roadmap_find(editor->before, declared->next.text, editor->arena);
}

/* The PR that was finished last: this one, or the nearest finished row before it. */
static uint32_t last_finished(const Editor *editor) {
    uint32_t index = editor->index;
    while (index != ROADMAP_NONE && editor->after->prs[index].status != ROADMAP_COMPLETE)
        index = index > 0 ? index - 1 : ROADMAP_NONE;
    return index;
}

/* "PR 4 Complete - Ready for PR 5": half of the authors name what was finished last. */
static void edit_last_finished(Editor *editor, Span value, Str first) {
    Str text = span_text(value);
    Str behind = str_from_offset(text, (size_t)(first.data - text.data) + first.size);
    uint32_t finished = last_finished(editor);
    bool names_this = find_mention(editor, text, editor->index).size > 0;
    uint32_t next = old_next(editor);
    Str second = find_mention(editor, behind, next);
    if (!names_this && second.size == 0)
        return;
    if (finished == ROADMAP_NONE) {
        patch_replace(&editor->patch, value, text, plain_mention(editor, editor->index));
        return;
    }
    if (second.size == 0 && editor->edit->verb == ROADMAP_DONE)
        return;
    patch_replace(&editor->patch, span_of_str(value.source, first), first,
                  words_id_like(first, editor->after->prs[finished].id, editor->arena));
    if (second.size == 0)
        return;
    Str ready = str_slice(behind, 0, (size_t)(second.data - behind.data) + second.size);
    size_t dash = str_find_last(str_slice(ready, 0, ready.size - second.size), '-');
    if (editor->next != ROADMAP_NONE)
        patch_replace(&editor->patch, span_of_str(value.source, second), second,
                      words_id_like(second, editor->after->prs[editor->next].id, editor->arena));
    else if (dash != STR_NONE) /* nothing is left to be ready for */
        patch_replace(&editor->patch,
                      span_of_str(value.source, str_trim(str_from_offset(ready, dash))),
                      str_trim(str_from_offset(ready, dash)), STR("- All PRs complete"));
}

void edit_current(Editor *editor) {
    const RoadmapDeclared *declared = &editor->before->declared;
    Span value = declared->current_line;
    if (!value.source || !declared->current.at.source)
        return;
    Str first = span_text(declared->current.at);
    Str text = span_text(value);
    Str behind = str_from_offset(text, (size_t)(first.data - text.data) + first.size);
    uint32_t named = roadmap_find(editor->before, declared->current.text, editor->arena);
    RoadmapStatus said = ROADMAP_OTHER;
    status_parse(behind, NULL, &said);
    if (said == ROADMAP_COMPLETE) {
        edit_last_finished(editor, value, first);
        return;
    }
    uint32_t target = editor->edit->verb == ROADMAP_START ? editor->index : editor->next;
    bool is_due = named != ROADMAP_NONE && (named == editor->index || named == old_next(editor));
    if (!is_due || named == target || separator_size(behind) == 0)
        return;
    if (target == ROADMAP_NONE) {
        patch_replace(&editor->patch, value, text, str_from(done_marker(editor)));
        return;
    }
    uint32_t next = editor->next;
    editor->next = target;
    replace_mention(editor, value, first);
    editor->next = next;
}
