#include "base/ban.h"

#include "base/utf8.h"
#include "markdown/rows.h"
#include "roadmap/editor.h"
#include "roadmap/id.h"
#include "roadmap/reader.h"

/* A cell with the blanks around it, up to the bars. */
static Span cell_with_blanks(Span cell) {
    Str text = cell.source->text;
    size_t start = cell.start;
    size_t end = cell.start + cell.size;
    while (start > 0 && (text.data[start - 1] == ' ' || text.data[start - 1] == '\t'))
        start--;
    while (end < text.size && (text.data[end] == ' ' || text.data[end] == '\t'))
        end++;
    return span_of(cell.source, start, end - start);
}

static size_t columns_of(Str text) {
    size_t columns = 0;
    while (text.size > 0)
        columns += (size_t)utf8_columns(utf8_take(&text));
    return columns;
}

/* In a padded table the bars stand below each other: some cell of the column has blanks to spare.
 */
static bool is_padded(const Roadmap *map, RoadmapColumn column) {
    for (size_t i = 0; i < map->pr_count; i++) {
        Span cell = map->prs[i].cells[column];
        if (!cell.source)
            continue;
        Span wide = cell_with_blanks(cell);
        if (wide.start + wide.size >= cell.start + cell.size + 2 && cell.size > 0)
            return true;
    }
    return false;
}

/* The text of a cell, in which a pipe would end it. One that is escaped already stays. */
static Str escape_cell(Str text, Arena *arena) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '|' && (i == 0 || text.data[i - 1] != '\\'))
            buf_add_char(&out, '\\');
        buf_add_char(&out, text.data[i]);
    }
    return buf_str(&out);
}

/* Writes `text` into a cell. Blanks stay as they are; in a padded table the cell keeps its width
 * as long as the text fits. */
static void replace_cell(Editor *editor, RoadmapColumn column, Str text) {
    Span cell = editor->before->prs[editor->index].cells[column];
    Str old = span_text(cell);
    if (!cell.source || str_equal(old, text))
        return;
    Span wide = cell_with_blanks(cell);
    size_t lead = cell.size > 0 ? cell.start - wide.start : 1;
    size_t trail = cell.size > 0 ? wide.size - lead - cell.size : 1;
    size_t room = columns_of(span_text(wide));
    size_t used = lead + columns_of(text);
    if (is_padded(editor->before, column))
        trail = room > used ? room - used : 1;
    Buf out = buf_new(editor->arena);
    buf_add_repeat(&out, ' ', lead);
    buf_add(&out, text);
    buf_add_repeat(&out, ' ', trail);
    patch_replace(&editor->patch, wide, span_text(wide), buf_str(&out));
}

/* ---- status and completion ---- */

/* The cell with its number exchanged: "**45%**" becomes "**100%**". */
static void set_completion(Editor *editor, const char *digits) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    Span cell = pr->cells[ROADMAP_COLUMN_COMPLETION];
    if (!cell.source)
        return;
    if (!pr->completion.is_set) {
        replace_cell(editor, ROADMAP_COLUMN_COMPLETION, str_format(editor->arena, "%s%%", digits));
        return;
    }
    Str raw = span_text(cell);
    size_t at = pr->completion.at.start - cell.start;
    if (pr->completion.at.source != cell.source || pr->completion.at.start < cell.start ||
        at + pr->completion.at.size > raw.size)
        return;
    replace_cell(editor, ROADMAP_COLUMN_COMPLETION,
                 str_format(editor->arena, "%.*s%s%.*s", STR_FMT(str_slice(raw, 0, at)), digits,
                            STR_FMT(str_from_offset(raw, at + pr->completion.at.size))));
}

static void edit_completion(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    /* What was finished and is not after all: how far it is, nobody says. */
    bool was_full = pr->completion.is_set && pr->completion.milli >= 100000;
    if (editor->status == ROADMAP_COMPLETE)
        set_completion(editor, "100");
    else if (editor->status == ROADMAP_NOT_STARTED || was_full)
        set_completion(editor, "0");
}

/* ---- notes ---- */

/* How other rows write down where the work is. */
typedef enum NoteForm {
    NOTE_COMMIT, /* Commit 1a2b3c4, PR #5 */
    NOTE_PARENS, /* (commit 1a2b3c4, PR #5) */
    NOTE_CODE,   /* `1a2b3c4`, PR #5 */
    NOTE_MERGED, /* Merged in PR #5 */
    NOTE_FORM_COUNT,
} NoteForm;

static NoteForm note_form_of(const RoadmapPr *pr) {
    Str notes = span_text(pr->cells[ROADMAP_COLUMN_NOTES]);
    if (text_find(notes, "(commit ") != STR_NONE)
        return NOTE_PARENS;
    if (text_find(notes, "commit ") != STR_NONE)
        return NOTE_COMMIT;
    if (text_find(notes, "merged in pr #") != STR_NONE)
        return NOTE_MERGED;
    return NOTE_CODE;
}

/* The form that most rows have; ties go to the plain one. */
static NoteForm note_form(const Editor *editor) {
    const Roadmap *map = editor->before;
    size_t votes[NOTE_FORM_COUNT] = {0};
    for (uint32_t i = 0; i < map->pr_count; i++) {
        const RoadmapPr *pr = &map->prs[i];
        bool has_reference = pr->commit_count > 0 || pr->github_count > 0;
        if (i != editor->index && pr->cells[ROADMAP_COLUMN_NOTES].source && has_reference)
            votes[note_form_of(pr)]++;
    }
    NoteForm best = NOTE_COMMIT;
    for (int i = 0; i < NOTE_FORM_COUNT; i++) {
        if (votes[i] > votes[best])
            best = (NoteForm)i;
    }
    return best;
}

/* Is the commit or the number written in this row already? */
static bool has_commit(const RoadmapPr *pr, Str commit) {
    for (size_t i = 0; i < pr->commit_count; i++) {
        Str known = pr->commits[i].text;
        if (str_starts_with(known, commit) || str_starts_with(commit, known))
            return true;
    }
    return false;
}

static bool has_github(const RoadmapPr *pr, Str github) {
    for (size_t i = 0; i < pr->github_count; i++) {
        if (str_equal(pr->github_prs[i].text, github))
            return true;
    }
    return false;
}

/* "Commit 1a2b3c4, PR #5" in the document's form; empty when there is nothing new to say. */
static Str reference_text(const Editor *editor, NoteForm form) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    Str commit = has_commit(pr, editor->edit->commit) ? (Str){0} : editor->edit->commit;
    Str github = has_github(pr, editor->edit->github) ? (Str){0} : editor->edit->github;
    Buf out = buf_new(editor->arena);
    if (commit.size > 0 && form == NOTE_CODE)
        buf_add_format(&out, "`%.*s`", STR_FMT(commit));
    else if (commit.size > 0)
        buf_add_format(&out, "%sommit %.*s", form == NOTE_PARENS ? "c" : "C", STR_FMT(commit));
    if (github.size > 0 && commit.size == 0 && form == NOTE_MERGED)
        buf_add_text(&out, "Merged in ");
    if (github.size > 0)
        buf_add_format(&out, "%sPR #%.*s", commit.size > 0 ? ", " : "", STR_FMT(github));
    return buf_str(&out);
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "PR #6" does not stand in "PR #63". */
static bool says(Str notes, Str remark) {
    for (size_t at = str_find(notes, remark, 0); at != STR_NONE;
         at = str_find(notes, remark, at + 1)) {
        size_t end = at + remark.size;
        if (end == notes.size || !is_word_byte(notes.data[end]) ||
            !is_word_byte(notes.data[end - 1]))
            return true;
    }
    return false;
}

/* `notes` with one more remark behind it. */
static Str append_note(Str notes, Str remark, bool in_parens, Arena *arena) {
    if (remark.size == 0 || says(notes, remark))
        return notes;
    if (text_is_nothing(notes))
        return remark;
    if (in_parens)
        return str_format(arena, "%.*s (%.*s)", STR_FMT(notes), STR_FMT(remark));
    return str_format(arena, "%.*s; %.*s", STR_FMT(notes), STR_FMT(remark));
}

/* Where the reference that append_note put behind the notes begins, or STR_NONE. */
static size_t reference_at(Str notes) {
    static const char *const starts[] = {"; Commit ", " (commit ", "; `", "; Merged in PR #",
                                         "; PR #"};
    size_t last = STR_NONE;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        Str start = str_from(starts[i]);
        for (size_t at = str_find(notes, start, 0); at != STR_NONE;
             at = str_find(notes, start, at + 1))
            last = last == STR_NONE || at > last ? at : last;
    }
    /* Something behind the reference was written by somebody else. */
    Str rest = last == STR_NONE ? (Str){0} : str_from_offset(notes, last + 2);
    bool is_last = str_find_char(rest, ';', 0) == STR_NONE && text_find(rest, ". ") == STR_NONE;
    return is_last ? last : STR_NONE;
}

/* How the other rows say nothing in a column: "-", "TBD" or an empty cell. */
static Str nothing_like(const Roadmap *map, RoadmapColumn column) {
    for (size_t i = map->pr_count; i > 0 && column != ROADMAP_COLUMN_UNKNOWN; i--) {
        Span cell = map->prs[i - 1].cells[column];
        if (cell.source && text_is_nothing(span_text(cell)))
            return span_text(cell);
    }
    return STR("-");
}

/* A PR that is open again has no commit that finished it. */
static Str without_reference(const Editor *editor, Str notes) {
    size_t at = reference_at(notes);
    if (at != STR_NONE)
        return str_slice(notes, 0, at);
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    bool is_reference =
        (pr->commit_count > 0 || pr->github_count > 0) &&
        (str_starts_with(notes, STR("Commit ")) || str_starts_with(notes, STR("commit ")) ||
         str_starts_with(notes, STR("PR #")) || str_starts_with(notes, STR("`"))) &&
        str_find_char(notes, ';', 0) == STR_NONE && notes.size < 40;
    if (!is_reference)
        return notes;
    return nothing_like(editor->before, ROADMAP_COLUMN_NOTES);
}

/* "Blocked by PR 3", with the id as the rows write it. */
static Str blocker_text(const Editor *editor) {
    if (editor->edit->verb != ROADMAP_BLOCK || editor->edit->by == ROADMAP_NONE)
        return (Str){0};
    const RoadmapPr *by = &editor->before->prs[editor->edit->by];
    Str written = span_text(by->id_at);
    bool has_prefix = written.size > 0 && (written.data[0] < '0' || written.data[0] > '9');
    return str_format(editor->arena, "Blocked by %s%.*s", has_prefix ? "" : "PR ",
                      STR_FMT(has_prefix ? written : by->id));
}

/* The whole reference goes into a Commit column where there is one. */
static bool edit_commit_cell(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    Span cell = pr->cells[ROADMAP_COLUMN_COMMIT];
    if (!cell.source || editor->edit->commit.size == 0)
        return false;
    if (has_commit(pr, editor->edit->commit))
        return true;
    Str old = text_is_nothing(span_text(cell)) ? (Str){0} : span_text(cell);
    replace_cell(editor, ROADMAP_COLUMN_COMMIT,
                 str_format(editor->arena, "%.*s%s%.*s", STR_FMT(old), old.size > 0 ? ", " : "",
                            STR_FMT(editor->edit->commit)));
    return true;
}

static void edit_notes(Editor *editor) {
    Arena *arena = editor->arena;
    Span cell = editor->before->prs[editor->index].cells[ROADMAP_COLUMN_NOTES];
    NoteForm form = note_form(editor);
    bool has_column = edit_commit_cell(editor);
    Str reference = reference_text(editor, form);
    if (has_column && editor->edit->github.size == 0)
        reference = (Str){0};
    Str note = escape_cell(words_one_line(editor->edit->note, arena), arena);
    if (!cell.source) {
        if (reference.size > 0 || note.size > 0)
            remarks_add(editor->left, arena, editor->before->prs[editor->index].row,
                        STR("the table has no Notes column for commit, PR and note"));
        return;
    }
    Str notes = span_text(cell);
    if (editor->edit->verb == ROADMAP_REOPEN &&
        editor->before->prs[editor->index].status == ROADMAP_COMPLETE)
        notes = without_reference(editor, notes);
    notes = append_note(notes, reference, form == NOTE_PARENS, arena);
    notes = append_note(notes, blocker_text(editor), false, arena);
    notes = append_note(notes, note, false, arena);
    replace_cell(editor, ROADMAP_COLUMN_NOTES, notes);
}

/* "**Not Started**" becomes "**Complete**". */
static Str with_emphasis_of(Str old, Str text, Arena *arena) {
    Str bare = text_strip(old);
    size_t lead = (size_t)(bare.data - old.data);
    if (bare.size == 0)
        return text;
    return str_format(arena, "%.*s%.*s%.*s", STR_FMT(str_slice(old, 0, lead)), STR_FMT(text),
                      STR_FMT(str_from_offset(old, lead + bare.size)));
}

void edit_row(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    if (pr->status != editor->status) {
        replace_cell(editor, ROADMAP_COLUMN_STATUS,
                     with_emphasis_of(span_text(pr->cells[ROADMAP_COLUMN_STATUS]),
                                      words_status(editor, editor->status), editor->arena));
        edit_completion(editor);
    }
    if (editor->before->kind == ROADMAP_TRACKER)
        edit_notes(editor);
}

/* ---- a new row ---- */

/* What the new row says in a column. */
static Str new_cell(const Editor *editor, const RoadmapPr *last, RoadmapColumn column) {
    const RoadmapPr *pr = &editor->after->prs[editor->index];
    Arena *arena = editor->arena;
    switch (column) {
    case ROADMAP_COLUMN_ID: return words_id_like(span_text(last->id_at), pr->id, arena);
    case ROADMAP_COLUMN_TITLE: return escape_cell(pr->title.text, arena);
    case ROADMAP_COLUMN_STATUS: return words_status(editor, ROADMAP_NOT_STARTED);
    case ROADMAP_COLUMN_COMPLETION: return STR("0%");
    case ROADMAP_COLUMN_NOTES:
        if (editor->edit->note.size > 0)
            return escape_cell(words_one_line(editor->edit->note, arena), arena);
        break;
    case ROADMAP_COLUMN_COMPLEXITY:
    case ROADMAP_COLUMN_PRIORITY:
    case ROADMAP_COLUMN_BRANCH:
    case ROADMAP_COLUMN_DEPENDS:
    case ROADMAP_COLUMN_PHASE:
    case ROADMAP_COLUMN_EFFORT:
    case ROADMAP_COLUMN_COMMIT:
    case ROADMAP_COLUMN_UNKNOWN:
    case ROADMAP_COLUMN_COUNT: break;
    }
    return nothing_like(editor->before, column);
}

static RoadmapColumn column_of_cell(const Roadmap *map, size_t number) {
    for (int i = ROADMAP_COLUMN_UNKNOWN + 1; i < ROADMAP_COLUMN_COUNT; i++) {
        if (map->cell_of[i] == number)
            return (RoadmapColumn)i;
    }
    return ROADMAP_COLUMN_UNKNOWN;
}

/* The row above, cell for cell with other words: its bars, blanks and indentation stay. */
static Str new_row(Editor *editor, const RoadmapPr *last) {
    Str line = span_text(patch_line_of(last->row));
    MdRow cells = md_row_begin(line);
    Buf out = buf_new(editor->arena);
    size_t done = 0;
    Str cell;
    for (size_t number = 1; md_row_next(&cells, &cell); number++) {
        RoadmapColumn column = column_of_cell(editor->before, number);
        Str text = new_cell(editor, last, column);
        size_t start = (size_t)(cell.data - line.data);
        size_t end = start + cell.size;
        size_t blanks = end;
        while (blanks < line.size && line.data[blanks] == ' ')
            blanks++;
        size_t room = columns_of(cell) + blanks - end;
        size_t used = columns_of(text);
        size_t trail = text.size > 0 && (cell.size == 0 || blanks > end);
        if (is_padded(editor->before, column) && room > used)
            trail = room - used;
        buf_add(&out, str_slice(line, done, start));
        buf_add(&out, text);
        buf_add_repeat(&out, ' ', trail);
        done = blanks;
    }
    buf_add(&out, str_from_offset(line, done));
    return buf_str(&out);
}

void edit_add_row(Editor *editor) {
    const Roadmap *map = editor->before;
    /* Behind the row before it in the new order; the model may have been given an id to sort by. */
    const RoadmapPr *last = &map->prs[editor->index > 0 ? editor->index - 1 : 0];
    patch_insert_line_below(&editor->patch, last->row, new_row(editor, last));
}
