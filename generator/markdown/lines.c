#include "base/ban.h"

#include "markdown/lines.h"

Str md_lines_cut(Str *rest, bool has_cr) {
    size_t end = 0;
    if (!has_cr)
        end = str_find_char(*rest, '\n', 0);
    while (has_cr && end < rest->size && rest->data[end] != '\n' && rest->data[end] != '\r')
        end++;
    end = end < rest->size ? end : rest->size;
    bool is_pair = end + 1 < rest->size && rest->data[end] == '\r' && rest->data[end + 1] == '\n';
    Str line = str_slice(*rest, 0, end);
    *rest = str_from_offset(*rest, end + (is_pair ? 2 : 1));
    return line;
}

/* Without CR the source has found the lines already. Its last one may be empty, and is none then.
 */
static void take_starts(MdLines *lines, size_t body) {
    const Source *source = lines->source;
    size_t first = 0, end = source->line_count;
    while (first < end && source->line_starts[first] < body)
        first++;
    /* A byte order mark is no part of the first line. */
    if (first == end || source->line_starts[first] > body)
        first--;
    if (source->line_starts[end - 1] >= source->text.size)
        end--;
    for (size_t i = first; i < end; i++)
        lines->starts[lines->count++] = source->line_starts[i];
    if (lines->count)
        lines->starts[0] = (uint32_t)body;
}

/* As cmark's S_parser_feed: LF, CRLF and a lone CR end a line, and the last one needs no end. */
MdLines md_lines_new(Arena *arena, const Source *source, size_t body) {
    MdLines lines = {.source = source};
    Str text = source->text;
    lines.has_cr = str_find_char(text, '\r', body) != STR_NONE;
    size_t capacity = source->line_count + (size_t)1;
    lines.starts = ARENA_ARRAY(arena, uint32_t, capacity);
    if (!lines.has_cr)
        take_starts(&lines, body);
    for (Str rest = str_from_offset(text, body); lines.has_cr && rest.size;) {
        ARENA_RESERVE(arena, lines.starts, lines.count, capacity);
        lines.starts[lines.count++] = (uint32_t)(text.size - rest.size);
        md_lines_cut(&rest, lines.has_cr);
    }
    /* The ends follow from the starts: what stands before the next start, less its line end. */
    lines.ends = ARENA_ARRAY(arena, uint32_t, lines.count);
    for (size_t i = 0; i < lines.count; i++) {
        size_t end = i + 1 < lines.count ? lines.starts[i + 1] : text.size;
        if (end > lines.starts[i] && text.data[end - 1] == '\n')
            end--;
        if (end > lines.starts[i] && text.data[end - 1] == '\r')
            end--;
        lines.ends[i] = (uint32_t)end;
    }
    return lines;
}

Str md_lines_get(const MdLines *lines, size_t index) {
    if (index >= lines->count)
        return (Str){NULL, 0};
    return str_slice(lines->source->text, lines->starts[index], lines->ends[index]);
}

static bool is_blank_at(Str line, size_t at) {
    return at >= line.size || line.data[at] == ' ' || line.data[at] == '\t';
}

/* Size of the list marker at `at`, or 0: one of - + *, or at most nine digits with . or ), and
 * then a blank. */
static size_t list_marker_size(Str line, size_t at) {
    size_t end = at;
    char first = end < line.size ? line.data[end] : '\0';
    if (first == '-' || first == '+' || first == '*') {
        end++;
    } else {
        while (end < line.size && end - at < 9 && line.data[end] >= '0' && line.data[end] <= '9')
            end++;
        if (end == at || end >= line.size || (line.data[end] != '.' && line.data[end] != ')'))
            return 0;
        end++;
    }
    return is_blank_at(line, end) ? end - at : 0;
}

size_t md_lines_prefix(Str line, size_t *depth) {
    size_t at = 0, markers = 0;
    while (at < line.size) {
        size_t size = list_marker_size(line, at);
        if (line.data[at] == ' ' || line.data[at] == '\t') {
            at++;
        } else if (line.data[at] == '>' || size) {
            at += size ? size : 1;
            markers++;
        } else {
            break;
        }
    }
    if (depth)
        *depth = markers;
    return at;
}
