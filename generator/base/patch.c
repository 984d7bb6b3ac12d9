#include "base/ban.h"

#include "base/patch.h"

#include "base/buf.h"

Patch patch_new(const Source *source, Arena *arena) {
    return (Patch){.source = source, .arena = arena};
}

/* Only the first problem is kept: those behind it mostly follow from it. */
static void set_problem(Patch *patch, Span at, Str problem) {
    if (patch->problem.size > 0)
        return;
    patch->problem = problem;
    patch->problem_at = at;
}

static void add_part(Patch *patch, Span at, Str text) {
    ARENA_RESERVE(patch->arena, patch->parts, patch->count, patch->capacity);
    patch->parts[patch->count] = (PatchPart){at, text, patch->count};
    patch->count++;
}

void patch_replace(Patch *patch, Span at, Str expected, Str text) {
    bool is_inside = at.source == patch->source && at.start <= patch->source->text.size &&
                     at.size <= patch->source->text.size - at.start;
    if (!is_inside || !str_equal(span_text(at), expected)) {
        set_problem(patch, at,
                    str_format(patch->arena, "\"%.*s\" was to be changed, but it is not there",
                               STR_FMT(expected)));
        return;
    }
    if (!str_equal(expected, text))
        add_part(patch, at, text);
}

void patch_insert(Patch *patch, uint32_t offset, Str text) {
    if (text.size > 0)
        add_part(patch, span_of(patch->source, offset, 0), text);
}

/* Where the line with the byte `offset` begins. */
static size_t line_start(Str text, size_t offset) {
    while (offset > 0 && text.data[offset - 1] != '\n')
        offset--;
    return offset;
}

/* Offset of the line end behind `offset`, of its CR when there is one; the text's size at the end.
 */
static size_t line_end(Str text, size_t offset) {
    size_t end = str_find_char(text, '\n', offset);
    if (end == STR_NONE)
        return text.size;
    return end > offset && text.data[end - 1] == '\r' ? end - 1 : end;
}

/* The first byte behind the line end that begins at `end`. */
static size_t behind_end(Str text, size_t end) {
    if (end < text.size && text.data[end] == '\r')
        end++;
    return end < text.size ? end + 1 : end;
}

/* How the line that ends at `end` ends; the last line may have no end, then the one above tells. */
static Str ending_at(Str text, size_t end) {
    if (end == text.size)
        end =
            line_end(text, line_start(text, line_start(text, end) ? line_start(text, end) - 1 : 0));
    Str ending = str_slice(text, end, behind_end(text, end));
    return ending.size > 0 ? ending : STR("\n");
}

static size_t last_byte(Span at) {
    return at.size > 0 ? at.start + at.size - 1 : at.start;
}

void patch_insert_line_below(Patch *patch, Span at, Str line) {
    Str text = patch->source->text;
    size_t end = line_end(text, last_byte(at));
    Str ending = ending_at(text, end);
    /* Put before the line end, so that a text without a last line end stays without one. */
    patch_insert(patch, (uint32_t)end,
                 str_format(patch->arena, "%.*s%.*s", STR_FMT(ending), STR_FMT(line)));
}

void patch_insert_line_above(Patch *patch, Span at, Str line) {
    Str text = patch->source->text;
    Str ending = ending_at(text, line_end(text, at.start));
    patch_insert(patch, (uint32_t)line_start(text, at.start),
                 str_format(patch->arena, "%.*s%.*s", STR_FMT(line), STR_FMT(ending)));
}

void patch_remove_lines(Patch *patch, Span at) {
    Str text = patch->source->text;
    size_t start = line_start(text, at.start);
    size_t end = behind_end(text, line_end(text, last_byte(at)));
    Span lines = span_of(patch->source, start, end - start);
    patch_replace(patch, lines, span_text(lines), STR(""));
}

Span patch_line_of(Span at) {
    Str text = at.source->text;
    size_t start = line_start(text, at.start);
    return span_of(at.source, start, line_end(text, at.start) - start);
}

static int part_compare(const void *left, const void *right) {
    const PatchPart *a = left, *b = right;
    if (a->at.start != b->at.start)
        return a->at.start < b->at.start ? -1 : 1;
    /* An insertion comes before what replaces the bytes behind it. */
    if ((a->at.size == 0) != (b->at.size == 0))
        return a->at.size == 0 ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

bool patch_apply(Patch *patch, Str *text) {
    Str old = patch->source->text;
    Buf out = buf_new(patch->arena);
    size_t done = 0; /* bytes of the old text that are used up */
    if (patch->count > 0)
        qsort(patch->parts, patch->count, sizeof *patch->parts, part_compare);
    for (size_t i = 0; i < patch->count; i++) {
        const PatchPart *part = &patch->parts[i];
        const PatchPart *before = i > 0 ? &patch->parts[i - 1] : NULL;
        bool is_repeat = before && part->at.size > 0 && before->at.start == part->at.start &&
                         before->at.size == part->at.size && str_equal(before->text, part->text);
        if (is_repeat)
            continue;
        if (part->at.start < done)
            set_problem(patch, part->at, STR("two changes want the same place"));
        buf_add(&out, str_slice(old, done, part->at.start));
        buf_add(&out, part->text);
        done = part->at.start + part->at.size;
    }
    buf_add(&out, str_from_offset(old, done));
    *text = buf_str(&out);
    return patch->problem.size == 0;
}
