#include "base/ban.h"

#include "diagram/syntax/preprocess.h"

#include "diagram/syntax/letters.h"

/* A text on its way: every pass reads one and leaves a shorter one in the same memory, except the
 * last, which may need more room. */
typedef struct Work {
    char *data;
    uint32_t *origin;
    size_t size;
} Work;

static Str work_text(const Work *work) {
    return (Str){work->data, work->size};
}

/* Takes one byte over, with its place. `to` never passes `from`, so what is still to be read stays
 * whole. */
static void work_move(Work *work, size_t from, size_t *to) {
    work->data[*to] = work->data[from];
    work->origin[*to] = work->origin[from];
    (*to)++;
}

/* CR and CRLF become LF. */
static Work read_source(const Source *source, Arena *arena) {
    Str text = source->text;
    Work work = {arena_bytes(arena, text.size + 1), ARENA_ARRAY(arena, uint32_t, text.size + 1), 0};
    for (size_t i = 0; i < text.size; i++) {
        bool is_return = text.data[i] == '\r';
        work.data[work.size] = text.data[i];
        if (is_return)
            work.data[work.size] = '\n';
        work.origin[work.size++] = (uint32_t)i;
        if (is_return && i + 1 < text.size && text.data[i + 1] == '\n')
            i++;
    }
    work.origin[work.size] = (uint32_t)text.size;
    return work;
}

/* `<tag name="value">`: double quotes would end a label, so they become single ones. */
static void requote_attributes(Work *work) {
    Str text = work_text(work);
    for (size_t at = str_find_char(text, '<', 0); at != STR_NONE;
         at = str_find_char(text, '<', at + 1)) {
        if (at + 1 >= text.size || !letters_is_word(text.data[at + 1]))
            continue;
        size_t close = str_find_char(text, '>', at);
        if (close == STR_NONE)
            return;
        Str tag = str_slice(text, 0, close);
        for (size_t quote = str_find(tag, STR("=\""), at); quote != STR_NONE;
             quote = str_find(tag, STR("=\""), quote)) {
            size_t end = str_find_char(tag, '"', quote + 2);
            if (end == STR_NONE)
                break;
            work->data[quote + 1] = work->data[end] = '\'';
            quote = end;
        }
        at = close;
    }
}

static bool has_dashes(Str text, size_t at) {
    return str_starts_with(str_from_offset(text, at), STR("---"));
}

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

/* Of the spaces and line ends at `at`: the offset behind the last line end, or `at`. */
static size_t after_last_break(Str text, size_t at) {
    size_t end = letters_skip_space(text, at);
    while (end > at && !is_break(text.data[end - 1]))
        end--;
    return end;
}

/* front-matter := indent "---" break yaml break indent "---" break+ ; nothing but spaces may follow
 * the dashes. */
bool preprocess_find_front_matter(Str text, Str *yaml, size_t *end) {
    size_t open = 0;
    for (size_t size; (size = letters_space_size(text, open)) && !is_break(text.data[open]);)
        open += size;
    Str indent = str_slice(text, 0, open);
    if (!has_dashes(text, open))
        return false;
    size_t spaces_end = letters_skip_space(text, open + 3);
    size_t start = open + 3;
    while (start < spaces_end && !is_break(text.data[start]))
        start++;
    if (start == spaces_end)
        return false;
    start++;

    for (size_t at = start; at < text.size; at++) {
        if (!is_break(text.data[at]))
            continue;
        Str line = str_from_offset(text, at + 1);
        size_t close = at + 1 + indent.size + 3;
        if (!str_starts_with(line, indent) || !has_dashes(line, indent.size))
            continue;
        size_t after = after_last_break(text, close);
        if (after == close)
            continue;
        *yaml = str_slice(text, start, at);
        *end = after;
        return true;
    }
    return false;
}

static size_t skip_word(Str text, size_t at) {
    while (at < text.size && letters_is_word(text.data[at]))
        at++;
    return at;
}

/* directive := "%%{" name ":"? ( word | anything but "}%%" )? "}%%"? */
size_t preprocess_directive_end(Str text, size_t at) {
    if (!str_starts_with(str_from_offset(text, at), STR("%%{")))
        return at;
    size_t name = letters_skip_space(text, at + 3);
    size_t end = skip_word(text, name);
    if (end == name)
        return at;
    size_t colon = letters_skip_space(text, end);
    if (colon < text.size && text.data[colon] == ':')
        end = colon + 1;
    size_t value = letters_skip_space(text, end);
    end = skip_word(text, value);
    if (end == value) {
        size_t close = str_find(text, STR("}%%"), value);
        end = close == STR_NONE ? text.size : close;
    }
    end = letters_skip_space(text, end);
    return str_starts_with(str_from_offset(text, end), STR("}%%")) ? end + 3 : end;
}

/* What stands between `init:` and `}%%` of a directive. */
static Str directive_value(Str directive) {
    size_t name = letters_skip_space(directive, 3);
    Str word = str_slice(directive, name, skip_word(directive, name));
    size_t open = str_find_char(directive, '{', name);
    if (open == STR_NONE ||
        !(str_equal_nocase(word, STR("init")) || str_equal_nocase(word, STR("initialize"))))
        return (Str){NULL, 0};
    size_t close = str_find(directive, STR("}%%"), open);
    return close == STR_NONE ? (Str){NULL, 0} : str_slice(directive, open, close);
}

/* Directives may stand anywhere, also within a line; only what they say about colours matters here.
 */
static void cut_directives(Work *work, CleanText *clean, Arena *arena) {
    Str text = work_text(work);
    size_t capacity = 0, to = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = text.data[at] == '%' ? preprocess_directive_end(text, at) : at;
        if (end == at) {
            work_move(work, at++, &to);
            continue;
        }
        /* Positions are read before later moves overwrite them: `to` never passes `at`. */
        Str value = directive_value(str_slice(text, at, end));
        if (value.size) {
            size_t start = (size_t)(value.data - text.data);
            uint32_t first = work->origin[start];
            uint32_t last = work->origin[start + value.size - 1];
            ARENA_RESERVE(arena, clean->directives, clean->directive_count, capacity);
            clean->directives[clean->directive_count++] =
                span_of(clean->source, first, (size_t)last + 1 - first);
        }
        at = end;
    }
    work->origin[to] = work->origin[work->size];
    work->size = to;
}

/* comment := line-start spaces "%%" (not "{") at-least-one-character line-end? ; blank lines before
 * it go with it. A bare "%%" is no comment. */
static size_t comment_end(Str text, size_t line_start) {
    size_t at = letters_skip_space(text, line_start);
    if (!str_starts_with(str_from_offset(text, at), STR("%%")))
        return line_start;
    at += 2;
    if (at >= text.size || text.data[at] == '{' || text.data[at] == '\n')
        return line_start;
    size_t end = str_find_char(text, '\n', at);
    return end == STR_NONE ? text.size : end + 1;
}

static void cut_comments(Work *work) {
    Str text = work_text(work);
    size_t to = 0;
    for (size_t at = 0; at < text.size;) {
        bool is_line_start = at == 0 || text.data[at - 1] == '\n';
        size_t end = is_line_start ? comment_end(text, at) : at;
        if (end != at) {
            at = end;
            continue;
        }
        /* A run of blank lines that no comment follows is looked at once only. */
        size_t stop = is_line_start ? letters_skip_space(text, at) : at;
        if (stop == at)
            stop++;
        while (at < stop)
            work_move(work, at++, &to);
    }
    work->origin[to] = work->origin[work->size];
    work->size = to;
}

/* Forgets the beginning: front matter, and the spaces that Mermaid trims. */
static void cut_front(Work *work, size_t size) {
    work->data += size;
    work->origin += size;
    work->size -= size;
}

/* In a line with `style` or `classDef` and later `:` ... `#` ... `;`, the last semicolon goes, so
 * that `fill:#fff;` is not taken for an entity. */
static void cut_style_semicolons(Work *work, Str keyword) {
    size_t to = 0;
    for (size_t start = 0; start < work->size;) {
        Str text = work_text(work);
        size_t end = str_find_char(text, '\n', start);
        end = end == STR_NONE ? text.size : end + 1;
        Str line = str_slice(text, start, end);
        size_t word = str_find(line, keyword, 0);
        size_t last = word == STR_NONE ? STR_NONE : str_find_last(line, ';');
        bool has_colon = false, is_cut = false;
        for (size_t i = word; last != STR_NONE && i < last && !is_cut; i++) {
            char c = line.data[i];
            has_colon = c == ':' || (has_colon && !letters_space_size(line, i));
            is_cut = c == '#' && has_colon;
        }
        for (size_t i = start; i < end; i++)
            if (!is_cut || i != start + last)
                work_move(work, i, &to);
        start = end;
    }
    work->origin[to] = work->origin[work->size];
    work->size = to;
}

/* The text being written by the last pass. */
typedef struct Target {
    char *data;
    uint32_t *origin;
    size_t size;
} Target;

/* Appends bytes with the places of `origin`; with `step` 0 all of them have the first one. */
static void target_add(Target *target, const char *bytes, size_t size, const uint32_t *origin,
                       size_t step) {
    for (size_t i = 0; i < size; i++) {
        target->data[target->size] = bytes[i];
        target->origin[target->size++] = origin[i * step];
    }
}

static size_t entity_end(Str text, size_t at) {
    size_t end = skip_word(text, at + 1);
    bool is_entity = end > at + 1 && end < text.size && text.data[end] == ';';
    return is_entity ? end + 1 : at;
}

static bool is_number(Str word) {
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] < '0' || word.data[i] > '9')
            return false;
    return true;
}

/* Marks entities and ends the text with a line end. With `is_flow`, takes away what stands between
 * `}` and the end of its line, as Mermaid's flowchart parser does first of all. */
static void mark_entities(Work *work, CleanText *clean, bool is_flow, Arena *arena) {
    Str text = work_text(work);
    size_t hash_count = 0;
    for (size_t at = 0; at < text.size; at++)
        hash_count += text.data[at] == '#';
    size_t most =
        text.size + 1 +
        hash_count * (sizeof PREPROCESS_ENTITY PREPROCESS_ENTITY_DIGIT PREPROCESS_ENTITY_END);
    Target out = {arena_bytes(arena, most), ARENA_ARRAY(arena, uint32_t, most + 1), 0};
    for (size_t at = 0; at < text.size;) {
        const uint32_t *origin = work->origin + at;
        size_t end = text.data[at] == '#' ? entity_end(text, at) : at;
        if (end > at) {
            Str word = str_slice(text, at + 1, end - 1);
            Str mark = is_number(word) ? STR(PREPROCESS_ENTITY PREPROCESS_ENTITY_DIGIT)
                                       : STR(PREPROCESS_ENTITY);
            Str stop = STR(PREPROCESS_ENTITY_END);
            target_add(&out, mark.data, mark.size, origin, 0);
            target_add(&out, word.data, word.size, origin + 1, 1);
            target_add(&out, stop.data, stop.size, work->origin + end - 1, 0);
            at = end;
            continue;
        }
        target_add(&out, text.data + at, 1, origin, 1);
        if (text.data[at++] != '}' || !is_flow)
            continue;
        /* The line end that is added below counts as well. */
        size_t after = after_last_break(text, at);
        if (letters_skip_space(text, at) == text.size)
            at = text.size;
        else if (after > at)
            at = after - 1;
    }
    target_add(&out, "\n", 1, work->origin + work->size, 0);
    out.origin[out.size] = work->origin[work->size];
    clean->text = (Str){out.data, out.size};
    clean->origin = out.origin;
}

/* The passes and their order are Mermaid's: a directive inside a comment is gone before comments
 * are, and a semicolon behind a colour before it could end an entity. */
static CleanText run(const Source *source, bool is_flow, Arena *arena) {
    CleanText clean = {.source = source};
    Work work = read_source(source, arena);
    requote_attributes(&work);
    Str yaml;
    size_t end;
    if (preprocess_find_front_matter(work_text(&work), &yaml, &end)) {
        size_t start = (size_t)(yaml.data - work.data);
        clean.front_matter = span_of(source, work.origin[start],
                                     work.origin[start + yaml.size] - work.origin[start]);
        cut_front(&work, end);
    }
    cut_directives(&work, &clean, arena);
    cut_comments(&work);
    cut_front(&work, letters_skip_space(work_text(&work), 0));
    cut_style_semicolons(&work, STR("style"));
    cut_style_semicolons(&work, STR("classDef"));
    mark_entities(&work, &clean, is_flow, arena);
    return clean;
}

CleanText preprocess_run(const Source *source, Arena *arena) {
    return run(source, true, arena);
}

CleanText preprocess_run_plain(const Source *source, Arena *arena) {
    return run(source, false, arena);
}

Span preprocess_span(const CleanText *clean, size_t start, size_t size) {
    size_t first = clean->origin[start];
    if (size == 0)
        return span_of(clean->source, first, 0);
    size_t last = clean->origin[start + size - 1];
    /* The line end that is always added has no byte of its own in the source. */
    size_t end = last < clean->source->text.size ? last + 1 : last;
    return span_of(clean->source, first, end - first);
}
