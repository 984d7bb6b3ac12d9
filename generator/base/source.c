#include "base/ban.h"

#include "base/source.h"

#include <assert.h>

#include "base/bytes.h"

/* Line ends among eight bytes; `at` need not have as many before the end. */
static inline uint64_t line_ends_at(Str text, size_t at) {
    uint64_t bytes = bytes_load_some(text.data + at, text.size - at);
    return bytes_are(bytes_low(bytes), '\n') & ~bytes & BYTES_HIGH;
}

static const uint32_t *find_line_starts(Arena *arena, Str text, uint32_t *line_count) {
    uint32_t count = 1, line = 1;
    for (size_t at = 0; at < text.size; at += 8)
        count += bytes_count(line_ends_at(text, at));
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, count);
    for (size_t at = 0; at < text.size; at += 8)
        for (uint64_t ends = line_ends_at(text, at); ends; ends &= ends - 1)
            starts[line++] = (uint32_t)(at + bytes_before(ends)) + 1;
    *line_count = count;
    return starts;
}

Source *source_new(Arena *arena, Str path, Str text) {
    return source_new_apart(arena, arena, path, text);
}

Source *source_new_apart(Arena *arena, Arena *lines, Str path, Str text) {
    assert(text.size < UINT32_MAX);
    Source *source = ARENA_NEW(arena, Source);
    source->path = path;
    source->text = text;
    source->line_starts = find_line_starts(lines, text, &source->line_count);
    return source;
}

Source *source_new_late(Arena *arena, Str path, size_t size, SourceReader *reader) {
    Source *source = ARENA_NEW(arena, Source);
    source->path = path;
    source->text.size = size;
    source->reader = reader;
    return source;
}

void source_load(const Source *source) {
    SourceReader *reader = source->reader;
    if (!reader)
        return;
    /* To everybody else the text has been there all along. */
    Source *late = (Source *)(uintptr_t)source;
    pthread_mutex_lock(&reader->lock);
    if (late->reader) {
        /* The size stays as it is: others may be looking at it. */
        late->text.data = reader->read(reader->context, late->path, late->text.size).data;
        late->line_starts = find_line_starts(reader->arena, late->text, &late->line_count);
        late->reader = NULL;
    }
    pthread_mutex_unlock(&reader->lock);
}

Source *source_excerpt(Arena *arena, const Source *origin, Str text,
                       const uint32_t *origin_starts) {
    Source *source = source_new(arena, origin->path, text);
    source->origin = origin;
    source->origin_starts = origin_starts;
    return source;
}

Str span_text(Span span) {
    if (span.source)
        source_load(span.source);
    return span.source ? str_slice(span.source->text, span.start, (size_t)span.start + span.size)
                       : (Str){NULL, 0};
}

Span span_of(const Source *source, size_t start, size_t size) {
    return (Span){source, (uint32_t)start, (uint32_t)size};
}

Span span_of_str(const Source *source, Str part) {
    const char *begin = source->text.data;
    if (!part.data || part.data < begin || part.data > begin + source->text.size)
        return (Span){source, 0, 0};
    return span_of(source, (size_t)(part.data - begin), part.size);
}

/* Index of the line that holds `offset`. Halves what is left without a branch: nobody could foresee
 * which way it goes. */
static uint32_t source_line_of(const Source *source, uint32_t offset) {
    const uint32_t *low = source->line_starts;
    for (uint32_t left = source->line_count; left > 1;) {
        uint32_t half = left / 2;
        low += low[half] <= offset ? half : 0;
        left -= half;
    }
    return (uint32_t)(low - source->line_starts);
}

Span span_resolve(Span span) {
    while (span.source && span.source->origin) {
        const Source *source = span.source;
        uint32_t line = source_line_of(source, span.start);
        uint32_t start = source->origin_starts[line] + (span.start - source->line_starts[line]);
        /* The end is carried over on its own line: what was cut between the lines belongs to the
         * origin's Span. */
        uint32_t last = span.start + (span.size ? span.size - 1 : 0);
        uint32_t last_line = source_line_of(source, last);
        uint32_t end = source->origin_starts[last_line] + (last - source->line_starts[last_line]) +
                       (span.size ? 1 : 0);
        span = (Span){source->origin, start, end > start ? end - start : 0};
    }
    return span;
}

/* Is the offset behind a byte order mark, which editors do not count? */
static uint32_t mark_before(const Source *source, uint32_t line, uint32_t offset) {
    bool has_mark = line == 0 && str_starts_with(source->text, STR("\xEF\xBB\xBF"));
    return !has_mark ? 0 : offset < 3 ? offset : 3;
}

Place span_point(Span span) {
    span = span_resolve(span);
    if (!span.source)
        return (Place){.mark_size = 1};
    const Source *source = span.source;
    source_load(source);
    uint32_t start = span.start < source->text.size ? span.start : (uint32_t)source->text.size;
    uint32_t line = source_line_of(source, start), offset = start - source->line_starts[line];
    return (Place){.path = source->path,
                   .line = line + 1,
                   .column = offset - mark_before(source, line, offset) + 1,
                   .mark_size = 1};
}

Place span_place(Span span) {
    span = span_resolve(span);
    Place place = span_point(span);
    if (!span.source)
        return place;
    const Source *source = span.source;
    Str rest = str_from_offset(source->text, source->line_starts[place.line - 1]);
    place.line_text = str_cut_line(&rest);
    if (place.line == 1 && str_starts_with(place.line_text, STR("\xEF\xBB\xBF")))
        place.line_text = str_from_offset(place.line_text, 3);
    uint32_t offset = place.column - 1, line_size = (uint32_t)place.line_text.size;
    uint32_t room = offset < line_size ? line_size - offset : 1;
    place.mark_size = span.size == 0 ? 1 : span.size < room ? span.size : room;
    return place;
}
