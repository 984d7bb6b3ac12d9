#include "base/ban.h"

#include "base/num.h"
#include "roadmap/editor.h"
#include "roadmap/id.h"

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

/* title = [ id ( ":" | " -" ) ] text ; without an id the number behind the highest of tracker and
 * plan */
static Str take_id(const Editor *editor, Str *title) {
    const Roadmap *documents[] = {editor->before, editor->other};
    Arena *arena = editor->arena;
    PrId id;
    if (pr_id_parse(*title, true, arena, &id)) {
        Str rest = str_from_offset(*title, id.size);
        if (str_starts_with(rest, STR(":")) || str_starts_with(rest, STR(" -"))) {
            *title = str_trim(str_from_offset(rest, rest.data[0] == ':' ? 1 : 2));
            return id.id;
        }
    }
    int64_t highest = 0;
    for (size_t d = 0; d < 2 && documents[d]; d++) {
        const Roadmap *map = documents[d];
        for (size_t i = 0; i < map->pr_count; i++)
            highest = higher(highest, map->prs[i].id, arena);
        /* A section without a row has its number already. */
        for (size_t i = 0; i < map->stray_count; i++)
            highest = higher(highest, map->strays[i].id, arena);
    }
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

/* Is there a line of dashes between the section and what follows it? */
static bool ends_with_rule(const RoadmapSection *section) {
    Str text = section->heading.source->text;
    size_t end = section->end < text.size ? section->end : text.size;
    return !str_is_blank(str_slice(text, section_body_end(section), end));
}

/* A heading for the new PR behind the section of the one before it; false where that has none. */
static bool add_section(Editor *editor) {
    const RoadmapPr *last = &editor->before->prs[editor->index - 1];
    if (last->section_count == 0 || !last->sections[0].is_primary)
        return false;
    const RoadmapSection *section = &last->sections[0];
    bool has_cr = str_find(editor->before->source->text, STR("\r\n"), 0) != STR_NONE;
    const char *ending = has_cr ? "\r\n" : "\n";
    Buf out = buf_new(editor->arena);
    if (ends_with_rule(section))
        buf_add_format(&out, "%s%s---", ending, ending);
    buf_add_format(&out, "%s%s%.*s", ending, ending, STR_FMT(heading_like(editor, section)));
    patch_insert(&editor->patch, (uint32_t)section_body_end(section), buf_str(&out));
    remarks_add(editor->left, editor->arena, section->heading,
                str_format(editor->arena, "the section of PR %.*s, behind this one, is still empty",
                           STR_FMT(editor->after->prs[editor->index].id)));
    return true;
}

void edit_add(Editor *editor) {
    Str title = words_one_line(editor->edit->title, editor->arena);
    Str id = take_id(editor, &title);
    insert_pr(editor, id, title);
    roadmap_roll_up(editor->after);
    edit_add_row(editor);
    if (!add_section(editor))
        remarks_add(editor->left, editor->arena, editor->before->prs[editor->index - 1].row,
                    STR("the new PR has no section yet"));
    editor->next = edit_choose_next(editor);
    edit_progress(editor);
    if (editor->before->declared.next_kind == ROADMAP_NEXT_NOTHING)
        edit_next(editor);
}

bool edit_add_to_plan(Editor *editor, const RoadmapPr *added) {
    if (editor->before->pr_count == 0)
        return false;
    insert_pr(editor, added->id, added->title.text);
    roadmap_roll_up(editor->after);
    bool has_section = add_section(editor);
    bool has_item = edit_list_new(editor);
    /* A section alone says nothing of a status. */
    if (!has_item)
        editor->after->prs[editor->index].status = ROADMAP_OTHER;
    editor->next = edit_choose_next(editor);
    edit_progress(editor);
    if (editor->before->declared.next_kind == ROADMAP_NEXT_NOTHING)
        edit_next(editor);
    return has_section || has_item;
}
