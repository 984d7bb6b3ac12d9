#include "base/ban.h"

#include "markdown/trace.h"

/* A block's text before the walk: cmark gives what it has read, without quote marks, indentation
 * and definitions, and says at most on which lines the block stands. Text and source are laid side
 * by side here, in pieces that run on in both; the steps of trace.c look places up in them. */

static void trace_reset(Trace *trace, Str text) {
    trace->text = text;
    trace->at = trace->piece = trace->piece_count = trace->open_count = 0;
    trace->is_lost = trace->is_autolink = false;
    trace->last_close = STR_NONE;
}

static void add_piece(Trace *trace, size_t text, size_t source) {
    ARENA_RESERVE(trace->arena, trace->pieces, trace->piece_count, trace->piece_capacity);
    trace->pieces[trace->piece_count++] = (TracePiece){(uint32_t)text, (uint32_t)source};
}

/* The line end behind the text is no part of it. */
static void find_whole(Trace *trace) {
    size_t end = trace->text.size;
    while (end > 0 && trace_is_space(trace->text.data[end - 1]))
        end--;
    trace->whole = trace_span(trace, 0, end);
}

static size_t count_lines(const Trace *trace) {
    size_t count = 0;
    for (Str rest = trace->text; rest.size; count++)
        md_lines_cut(&rest, trace->lines->has_cr);
    return count;
}

/* Where the line of text `part` begins in its source line: `part` is the line's end, but for two
 * things cmark does. A tab that is half indentation becomes blanks; they are left out here. And
 * from a paragraph that a table follows without a blank line, the backslash of `\|` is gone. */
static bool fits_line(Trace *trace, size_t at, Str line, Str part) {
    uint32_t line_start = (uint32_t)(line.data - trace->lines->source->text.data);
    if (str_ends_with(line, part)) {
        add_piece(trace, at, line_start + line.size - part.size);
        return true;
    }
    size_t blanks = 0;
    while (blanks < part.size && part.data[blanks] == ' ')
        blanks++;
    size_t read = line.size, written = part.size;
    while (read > 0 && written > blanks && line.data[read - 1] == part.data[written - 1]) {
        read--;
        written--;
        if (line.data[read] == '|' && read > 0 && line.data[read - 1] == '\\')
            read--;
    }
    if (written > blanks)
        return false;
    add_piece(trace, at, line_start + read);
    for (; written < part.size; read++, written++) {
        if (line.data[read] == '\\' && part.data[written] == '|')
            read++;
        bool is_moved = trace_source(trace, at + written) != line_start + read;
        if (is_moved)
            add_piece(trace, at + written, line_start + read);
    }
    return true;
}

/* True when the text stands on the source lines from `first` on. cmark takes prefix and indentation
 * off the front of each, and nothing off the end except blanks on the very last. */
static bool fits_lines(Trace *trace, size_t first) {
    trace->piece_count = trace->piece = 0;
    Str rest = trace->text;
    for (size_t i = first; rest.size; i++) {
        size_t at = trace->text.size - rest.size;
        Str part = md_lines_cut(&rest, trace->lines->has_cr), line = md_lines_get(trace->lines, i);
        if (i >= trace->lines->count)
            return false;
        bool is_cut = rest.size == 0 && part.size && !trace_is_space(part.data[part.size - 1]);
        while (is_cut && line.size && trace_is_space(line.data[line.size - 1]))
            line.size--;
        if (!fits_line(trace, at, line, part))
            return false;
    }
    return trace->piece_count > 0;
}

bool trace_begin_lines(Trace *trace, Str text, size_t first, size_t last) {
    trace_reset(trace, text);
    size_t count = count_lines(trace);
    /* Definitions are taken off the front, so the text most likely stands at the end. */
    size_t likely = last + 1 > first + count ? last + 1 - count : first;
    size_t found = likely;
    bool fits = fits_lines(trace, likely);
    for (size_t i = first; !fits && i <= last && i < first + TRACE_LABEL_LIMIT; i++) {
        found = i;
        fits = fits_lines(trace, i);
    }
    if (!fits)
        return false;
    references_take(trace->uses, trace->lines, found, found + count - 1);
    find_whole(trace);
    return true;
}

void trace_begin_piece(Trace *trace, Str text, size_t source) {
    trace_reset(trace, text);
    add_piece(trace, 0, source);
    find_whole(trace);
}

void trace_begin_cell(Trace *trace, Str text, Str raw) {
    trace_reset(trace, text);
    size_t source = (size_t)(raw.data - trace->lines->source->text.data);
    add_piece(trace, 0, source);
    trace->whole = span_of(trace->lines->source, source, raw.size);
    if (str_equal(text, raw))
        return;
    size_t written = 0, read = 0;
    bool fits = true;
    while (fits && read < raw.size) {
        if (raw.data[read] == '\\' && read + 1 < raw.size && raw.data[read + 1] == '|')
            add_piece(trace, written, source + ++read);
        fits = written < text.size && text.data[written++] == raw.data[read++];
    }
    if (!fits || written != text.size)
        trace->is_lost = true;
}

void trace_begin_lost(Trace *trace, Str text, Span whole) {
    trace_reset(trace, text);
    trace->whole = whole;
    trace->is_lost = true;
}
