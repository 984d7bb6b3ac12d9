#include "base/ban.h"

#include "site/region.h"

/* A line that begins or ends a region. */
typedef struct Mark {
    bool is_end;
    Str name; /* may be empty at an end */
} Mark;

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

/* mark = comment-sign [ "pragma" ] [ "#" ] ( "region" name | "endregion" [ name ] ) { any }
 * The signs that open a comment in one language or another; editors fold by the same lines. */
static bool read_mark(Str line, bool is_markdown, Mark *mark) {
    line = str_trim(line);
    if (is_markdown && !str_starts_with(line, STR("<!--")))
        return false;
    size_t at = 0;
    while (at < line.size && strchr("/*#-<!;%:('\"{ \t", line.data[at]))
        at++;
    Str word = str_from_offset(line, at);
    if (str_starts_with(word, STR("pragma ")))
        word = str_trim(str_from_offset(word, 7));
    else if (str_starts_with(word, STR("REM ")) || str_starts_with(word, STR("rem ")))
        word = str_trim(str_from_offset(word, 4));
    else if (at == 0)
        return false;
    if (word.size && word.data[0] == '#')
        word = str_from_offset(word, 1);
    mark->is_end = str_starts_with(word, STR("endregion"));
    if (!mark->is_end && !str_starts_with(word, STR("region")))
        return false;
    Str rest = str_from_offset(word, mark->is_end ? 9 : 6);
    if (rest.size && is_name_char(rest.data[0]))
        return false;
    rest = str_trim(rest);
    size_t size = 0;
    while (size < rest.size && is_name_char(rest.data[size]))
        size++;
    /* The hyphens of "-->" are no name. */
    mark->name = str_starts_with(rest, STR("--")) ? (Str){NULL, 0} : str_slice(rest, 0, size);
    return mark->is_end || mark->name.size;
}

static void add_name(Region *region, Str name, Arena *arena) {
    ARENA_RESERVE(arena, region->names, region->name_count, region->name_capacity);
    region->names[region->name_count++] = name;
}

/* How far a walk over the lines has come inside of the region. */
typedef struct Search {
    Str name;
    size_t start; /* of the region's first line */
    size_t depth; /* regions begun inside of it */
} Search;

/* True when this mark ends the region: by its name, or as the partner of the mark that began it. */
static bool ends_region(Search *search, const Mark *mark) {
    if (!mark->is_end) {
        search->depth++;
        return false;
    }
    if (mark->name.size && str_equal(mark->name, search->name))
        return true;
    if (search->depth == 0)
        return mark->name.size == 0;
    search->depth--;
    return false;
}

static void find_marked(Region *region, const Source *source, bool is_markdown, Str name,
                        Arena *arena) {
    Str rest = source->text;
    Search search = {.name = name};
    while (rest.data) {
        size_t line_start = source->text.size - rest.size;
        Str line = str_cut_line(&rest);
        size_t next = rest.data ? source->text.size - rest.size : source->text.size;
        Mark mark;
        if (!read_mark(line, is_markdown, &mark))
            continue;
        if (region->is_found && ends_region(&search, &mark)) {
            region->at = span_of(source, search.start, line_start - search.start);
            region->is_open = false;
            return;
        }
        if (region->is_found || mark.is_end)
            continue;
        add_name(region, mark.name, arena);
        if (!str_equal(mark.name, name))
            continue;
        region->is_found = region->is_open = true;
        region->mark = span_of(source, line_start, line.size);
        search.start = next;
    }
}

/* Where the line that holds byte `at` begins. */
static size_t line_start(Str text, size_t at) {
    while (at > 0 && text.data[at - 1] != '\n')
        at--;
    return at;
}

/* The heading's section: up to the next heading that is not below it. */
static void find_section(Region *region, const MdDoc *doc, Str name, Arena *arena) {
    Str text = doc->source->text;
    uint32_t level = 0;
    for (size_t i = 0; i < doc->heading_count; i++) {
        const MdNode *heading = doc->headings[i].node;
        if (heading->parent != doc->root)
            continue;
        size_t start = line_start(text, heading->at.start);
        if (level && heading->number <= level) {
            region->at.size = (uint32_t)(start - region->at.start);
            return;
        }
        if (level)
            continue;
        add_name(region, heading->id, arena);
        if (!str_equal(heading->id, name))
            continue;
        level = heading->number;
        region->is_found = true;
        region->mark = heading->at;
        region->at = span_of(doc->source, start, text.size - start);
    }
}

Region region_find(const Source *source, const MdDoc *doc, Str name, Arena *arena) {
    Region region = {0};
    find_marked(&region, source, doc != NULL, name, arena);
    if (doc && !region.is_found)
        find_section(&region, doc, name, arena);
    return region;
}
