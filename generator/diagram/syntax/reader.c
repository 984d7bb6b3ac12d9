#include "base/ban.h"

#include "diagram/syntax/reader.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "diagram/syntax/front.h"
#include "diagram/syntax/kind.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/letters.h"

#define ERRORS_MAX 20 /* more of them in one diagram help nobody */

void reader_next(Reader *reader) {
    reader->before = reader->token;
    reader->token = modal_next(&reader->modal);
}

Span reader_span(const Reader *reader, ModalToken token) {
    return preprocess_span(&reader->clean, token.start, token.end - token.start);
}

Str reader_line(const Reader *reader, size_t at) {
    Str text = reader->clean.text;
    size_t end = str_find_char(text, '\n', at);
    size_t start = str_find_last(str_slice(text, 0, at), '\n');
    return str_slice(text, start == STR_NONE ? 0 : start + 1, end == STR_NONE ? text.size : end);
}

bool reader_limit(Reader *reader, Span at, const char *what, size_t limit) {
    reader->ok = false;
    if (!reader->is_over)
        diag_add(reader->diags, DIAG_DIAGRAM_LIMIT, at, "more than %zu %s", limit, what);
    reader->is_over = true;
    return false;
}

bool reader_fail_at(Reader *reader, Span at, const char *message) {
    reader->ok = false;
    reader->error_count++;
    diag_add(reader->diags, DIAG_DIAGRAM_SYNTAX, at, "%s", message);
    return false;
}

/* The token as the author sees it: one character where no rule fits, without spaces around. */
static Str visible(const Reader *reader, Span *at) {
    ModalToken token = reader->token;
    if (token.end == token.start && token.start < reader->clean.text.size) {
        Str line = reader_line(reader, token.start);
        size_t word = letters_skip_space(reader->clean.text, token.start);
        if (reader->clean.text.data + word < line.data + line.size)
            token.start = token.end = word;
        Str rest = str_from_offset(reader->clean.text, token.start);
        size_t before = rest.size;
        utf8_take(&rest);
        token.end += before - rest.size;
    }
    Str text = str_slice(reader->clean.text, token.start, token.end);
    Str trimmed = letters_trim(text);
    if (trimmed.size) {
        token.start += (size_t)(trimmed.data - text.data);
        token.end = token.start + trimmed.size;
    } else if (text.size) {
        token.end = token.start + 1;
    }
    *at = reader_span(reader, token);
    return trimmed;
}

/* Did the token consumed last take lines to the end, because its other mark is missing? The first
 * of these lines, from the mark on; the missing mark. */
static bool find_unclosed(const Reader *reader, Span *at, char *mark) {
    static const char marks[] = "\"\"``~~{}()";
    Str text = reader->clean.text, inside = letters_trim(reader->before.text);
    size_t line_end = str_find_char(inside, '\n', 0), start = reader->before.start;
    if (!reader->modal.is_cut || reader->before.end < text.size || line_end == STR_NONE)
        return false;
    while (start > 0 && letters_space_size(text, start - 1))
        start--;
    const char *open = start > 0 ? strchr(marks, text.data[start - 1]) : NULL;
    if (!open || !*open)
        return false;
    *at = preprocess_span(&reader->clean, start - 1,
                          (size_t)(inside.data - text.data) + line_end - start + 1);
    *mark = open[1];
    return true;
}

bool reader_fail_unclosed(Reader *reader) {
    Span at;
    char mark;
    if (!find_unclosed(reader, &at, &mark))
        return false;
    at.size = 1;
    reader_fail_at(reader, at, "no second mark closes the text that begins here");
    diag_hint(reader->diags, "write %c behind the text", mark);
    return true;
}

bool reader_fail(Reader *reader, const char *expected) {
    Span at;
    if (reader_fail_unclosed(reader))
        return false;
    Str found = visible(reader, &at);
    size_t line_end = str_find_char(found, '\n', 0);
    if (line_end != STR_NONE) {
        found = str_slice(found, 0, line_end);
        at.size = at.size < line_end ? at.size : (uint32_t)line_end;
    }
    const char *what =
        reader->token.start == reader->clean.text.size ? "the end" : "the line's end";
    reader->ok = false;
    reader->error_count++;
    found = label_unmark(found, reader->arena);
    if (str_starts_with(found, STR("\"")))
        diag_add(reader->diags, DIAG_DIAGRAM_SYNTAX, at, "expected %s, found %.*s", expected,
                 STR_FMT(found));
    else if (found.size)
        diag_add(reader->diags, DIAG_DIAGRAM_SYNTAX, at, "expected %s, found \"%.*s\"", expected,
                 STR_FMT(found));
    else
        diag_add(reader->diags, DIAG_DIAGRAM_SYNTAX, at, "expected %s, found %s", expected, what);
    return false;
}

bool reader_fail_header(Reader *reader, const char *message) {
    return reader_fail_at(reader, kind_word(reader->clean.source), message);
}

bool reader_recover(Reader *reader, size_t depth) {
    Str text = reader->clean.text;
    size_t next = str_find_char(text, '\n', reader->token.start);
    if (reader->is_over || reader->error_count >= ERRORS_MAX || next == STR_NONE ||
        next + 1 >= text.size)
        return false;
    modal_restart(&reader->modal, next, depth);
    reader_next(reader);
    return true;
}

/* Does a block begin at the end of this line? The many of `A ||--o{` is no block. */
static bool is_block_start(Str line) {
    if (!str_ends_with(line, STR("{")))
        return false;
    Str before = str_slice(line, 0, line.size - 1);
    if (str_ends_with(before, STR("o")))
        before.size--;
    else if (!str_ends_with(before, STR("|")))
        return true;
    return before.size && !strchr("-.|", before.data[before.size - 1]);
}

static bool is_block_end(Str line) {
    return str_starts_with(line, STR("}")) ||
           (str_ends_with(line, STR("}")) && str_find_char(line, '{', 0) == STR_NONE);
}

bool reader_recover_behind(Reader *reader, size_t depth, size_t count) {
    Str text = reader->clean.text;
    size_t at = reader->token.start, end;
    for (;; at = end + 1) {
        end = str_find_char(text, '\n', at);
        Str line = letters_trim(str_slice(text, at, end == STR_NONE ? text.size : end));
        if (is_block_end(line))
            count -= count > 0;
        else
            count += is_block_start(line);
        if (count == 0 || end == STR_NONE)
            break;
    }
    reader->token.start = at;
    return reader_recover(reader, depth);
}

bool reader_is_lost_end(const Reader *reader) {
    return reader->error_count > 0 &&
           str_starts_with(str_from_offset(reader->clean.text, reader->token.start), STR("}"));
}

void reader_check_end(Reader *reader) {
    Span at;
    char mark;
    if (!reader->ok || !find_unclosed(reader, &at, &mark))
        return;
    diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, at,
             "Mermaid takes all lines from here on for one text");
    diag_hint(reader->diags, "write %c where the text ends", mark);
}

Str reader_text(const Reader *reader, Str raw) {
    return label_read(raw, reader->arena).text;
}

Str reader_generics(const Reader *reader, Str text) {
    Buf buf = buf_new(reader->arena);
    size_t depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != '~') {
            buf_add_char(&buf, text.data[i]);
            continue;
        }
        bool is_behind = i > 0 && (letters_is_word(text.data[i - 1]) || text.data[i - 1] == ')');
        bool is_before = i + 1 < text.size && letters_is_word(text.data[i + 1]);
        bool is_open = is_behind && is_before && str_find_char(text, '~', i + 1) != STR_NONE;
        buf_add_char(&buf, is_open ? '<' : depth ? '>' : '~');
        depth += is_open;
        depth -= !is_open && depth;
    }
    return buf_str(&buf);
}

Label reader_label(Reader *reader, Str raw, Span at) {
    return label_report(label_read(raw, reader->arena), at, reader->diags);
}

void reader_add_styles(Reader *reader, StyleList *list, Str text) {
    text = label_unmark(text, reader->arena);
    while (text.data) {
        Str value = str_cut(&text, ',');
        Str property = str_trim(str_cut(&value, ':'));
        value = str_trim(value);
        if (str_ends_with(value, STR(";")))
            value.size--;
        if (!property.size || !value.size)
            continue;
        ARENA_RESERVE(reader->arena, list->rules, list->count, list->capacity);
        list->rules[list->count++] = (StyleRule){property, value};
    }
}

void reader_define_class(Reader *reader, Str name, Str styles, Span at) {
    Graph *graph = reader->graph;
    uintptr_t known = (uintptr_t)map_find(reader->class_index, name);
    if (!known) {
        ARENA_RESERVE(reader->arena, graph->classes, graph->class_count, graph->class_capacity);
        graph->classes[graph->class_count++] = (StyleClass){.name = name, .at = at};
        known = graph->class_count;
        map_put(reader->class_index, name, (void *)known);
    }
    reader_add_styles(reader, &graph->classes[known - 1].style, styles);
}

void reader_push(const Reader *reader, StrList *list, Str item) {
    ARENA_RESERVE(reader->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = item;
}

/* Where the word behind the last `direction` of the line begins; MODAL_NONE: there is none. */
static size_t find_direction(Str text, Str *word) {
    size_t found = MODAL_NONE;
    for (size_t i = 0; i < text.size; i++) {
        size_t end = modal_match(text, i, "direction%s+[TBLR][TBLR]", true);
        if (end == MODAL_NONE)
            continue;
        *word = str_slice(text, end - 2, end);
        found = i;
    }
    return found;
}

GraphDirection reader_direction(Str text) {
    Str word = {NULL, 0};
    find_direction(text, &word);
    return str_equal_nocase(word, STR("LR"))   ? GRAPH_LR
           : str_equal_nocase(word, STR("RL")) ? GRAPH_RL
           : str_equal_nocase(word, STR("BT")) ? GRAPH_BT
                                               : GRAPH_TB;
}

void reader_check_direction(Reader *reader, ModalToken token) {
    Str word, line = letters_trim(token.text);
    size_t start = find_direction(line, &word);
    if (start == MODAL_NONE)
        return;
    Str behind = letters_trim(str_from_offset(line, (size_t)(word.data + 2 - line.data)));
    if (start == 0 && (!behind.size || behind.data[0] == ';' || behind.data[0] == '%'))
        return;
    token.start += (size_t)(line.data - token.text.data);
    token.end = token.start + line.size;
    diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, reader_span(reader, token),
             "Mermaid takes this whole line for \"direction %.*s\" and drops the rest",
             STR_FMT(word));
    diag_hint(reader->diags, "write the word direction in another way");
}

/* Text that begins with dashes but has no front matter: Mermaid refuses it. */
static bool check_front(Reader *reader) {
    if (!str_starts_with(reader->clean.text, STR("---")))
        return true;
    reader_fail_at(reader, preprocess_span(&reader->clean, 0, 3),
                   "front matter that is not closed");
    diag_hint(reader->diags, "write --- on a line of its own behind it, indented as the first");
    return false;
}

bool reader_open(Reader *reader, const Source *source, const ModalRule *rules, size_t count,
                 bool is_nocase) {
    reader->ok = true;
    reader->graph = graph_new(reader->arena);
    reader->class_index = map_new(reader->arena);
    if (source->text.size > LIMIT_DIAGRAM_SIZE)
        return reader_limit(reader, span_of(source, 0, 0), "bytes", LIMIT_DIAGRAM_SIZE);
    reader->clean = preprocess_run(source, reader->arena);
    reader->modal = modal_new(reader->clean.text, rules, count, is_nocase, reader->arena);
    reader_next(reader);
    reader->ok = front_read(&reader->clean, reader->graph, reader->arena, reader->diags);
    return check_front(reader);
}
