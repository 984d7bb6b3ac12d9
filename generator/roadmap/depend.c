#include "base/ban.h"

#include "roadmap/id.h"
#include "roadmap/reader.h"

/* Up to here "all previous" is spelled out in full; behind it only the PRs that no earlier one
 * depends on are named, which means the same and keeps the number of dependencies linear. */
#define SPELL_OUT_LIMIT 500

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

static void add_dependency(Reader *reader, RoadmapPr *pr, Str name, Span at) {
    if (reader->depends_room == 0)
        return;
    reader->depends_room--;
    ARENA_RESERVE(reader->arena, pr->depends, pr->depends_count, pr->depends_capacity);
    pr->depends[pr->depends_count++] = (RoadmapDependency){name, ROADMAP_NONE, at};
}

/* "Observability PR 4": the PR of another roadmap when a name stands before it. Gives the start of
 * that name, or `at`. */
static size_t external_start(Str text, size_t at) {
    static const char *const own[] = {"depends", "requires", "needs",  "after", "on",   "by",
                                      "and",     "or",       "merged", "with",  "from", "all",
                                      "blocked", "follows",  "sub",    "this",  "both"};
    if (at == 0 || text.data[at - 1] != ' ')
        return at;
    size_t end = at - 1;
    size_t start = end;
    while (start > 0 && is_letter(text.data[start - 1]))
        start--;
    if (start == end || !is_upper(text.data[start]))
        return at;
    Str word = str_slice(text, start, end);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (str_equal_nocase(word, str_from(own[i])))
            return at;
    }
    return start;
}

/* A number without prefix goes on with a list only when no unit follows: "PR 2, 3 days". */
static bool is_plain_continuation(Str behind) {
    static const char *const words[] = {" and",      " or",   " all", " merged",
                                        " complete", " done", " &"};
    if (behind.size < 2 || behind.data[0] != ' ' || !is_letter(behind.data[1]))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_find(str_slice(behind, 0, strlen(words[i])), words[i]) == 0)
            return true;
    }
    return false;
}

/* Adds the PRs that one id stands for. */
static void add_id(Reader *reader, RoadmapPr *pr, const PrId *id, Span at) {
    if (reader->depends_room == 0)
        return;
    if (id->weight <= 2 || reader_find(reader, id->id) != ROADMAP_NONE) {
        add_dependency(reader, pr, id->id, at);
        return;
    }
    Str *parts = ARENA_ARRAY(reader->arena, Str, id->weight);
    size_t count = pr_id_expand(id->id, reader->arena, parts, id->weight);
    for (size_t i = 0; i < count; i++)
        add_dependency(reader, pr, parts[i], at);
}

/* list = id { more } ; adds all of them and gives the offset behind. */
static size_t read_list(Reader *reader, RoadmapPr *pr, Str text, size_t at, PrId id) {
    size_t end = at + id.size;
    add_id(reader, pr, &id, span_of_str(reader->source, str_slice(text, at, end)));
    for (;;) {
        PrId more;
        Str rest = str_from_offset(text, end);
        if (!pr_id_continue(rest, reader->arena, &more))
            return end;
        if (!more.has_prefix && !is_plain_continuation(str_from_offset(rest, more.size)))
            return end;
        Str written = str_trim(str_slice(rest, 0, more.size));
        add_id(reader, pr, &more, span_of_str(reader->source, written));
        end += more.size;
    }
}

/* "5, 6" without prefix, in a place made for dependencies: numbers and nothing else, or a remark in
 * parentheses behind them. */
static bool is_bare_list(const Reader *reader, Str text) {
    PrId id;
    size_t end = 0;
    if (pr_id_parse(text, false, reader->arena, &id) && !id.has_prefix)
        end = id.size;
    while (end > 0 && pr_id_continue(str_from_offset(text, end), reader->arena, &id))
        end += id.size;
    Str rest = str_trim(str_from_offset(text, end));
    return end > 0 && (rest.size == 0 || rest.data[0] == '(');
}

static bool says_all_previous(Str text) {
    static const char *const phrases[] = {"all previous",  "all prior",        "all earlier",
                                          "all preceding", "all the previous", "all other"};
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (text_find(text, phrases[i]) != STR_NONE)
            return true;
    }
    return str_equal_nocase(text, STR("All")) || str_equal_nocase(text, STR("All PRs"));
}

/* depends = "None" [ text ] | "All previous" [ text ] | numbers | { text | list } */
bool depends_read(Reader *reader, RoadmapPr *pr, Str text) {
    text = text_strip(text);
    if (pr->says_depends || text.size == 0)
        return false;
    Str first = str_slice(text, 0, 4);
    bool is_none =
        (str_equal_nocase(first, STR("None")) && (text.size == 4 || !is_letter(text.data[4]))) ||
        text_is_nothing(text) || str_equal_nocase(text, STR("N/A"));
    size_t before = pr->depends_count + pr->external_count;
    if (!is_none && says_all_previous(text)) {
        pr->depends_on_previous = true;
    } else if (!is_none && is_bare_list(reader, text)) {
        PrId id;
        pr_id_parse(text, false, reader->arena, &id);
        read_list(reader, pr, text, 0, id);
    } else if (!is_none) {
        PrId id;
        for (size_t at = pr_id_search(text, 0, reader->arena, &id); at != STR_NONE;) {
            size_t start = external_start(text, at);
            size_t end = at + id.size;
            if (start == at) {
                end = read_list(reader, pr, text, at, id);
            } else {
                end += end < text.size && text.data[end] == '+';
                Str name = str_slice(text, start, end);
                ARENA_RESERVE(reader->arena, pr->external, pr->external_count,
                              pr->external_capacity);
                pr->external[pr->external_count++] =
                    (RoadmapText){name, span_of_str(reader->source, name)};
            }
            at = pr_id_search(text, end, reader->arena, &id);
        }
    }
    bool is_new = pr->depends_count + pr->external_count > before;
    pr->says_depends = is_none || is_new || pr->depends_on_previous;
    if (pr->says_depends)
        text_set(&pr->depends_text, reader, text);
    return pr->says_depends;
}

/* phrase = ( "Depends on" | "Blocked by" | "Requires" ) [ ":" ] depends ; up to ";" or ". " */
bool depends_read_notes(Reader *reader, RoadmapPr *pr, Str text) {
    static const char *const phrases[] = {"depends on", "blocked by", "requires pr",
                                          "dependent on"};
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        size_t at = text_find(text, phrases[i]);
        if (at == STR_NONE)
            continue;
        /* "requires pr" keeps its last two letters: they begin the id. */
        size_t skip = strlen(phrases[i]) - (i == 2 ? 2 : 0);
        Str clause = str_from_offset(text, at + skip);
        size_t end = str_find_char(clause, ';', 0);
        size_t stop = str_find(clause, STR(". "), 0);
        end = end < stop ? end : stop;
        clause = str_slice(clause, 0, end == STR_NONE ? clause.size : end);
        while (clause.size > 0 && (clause.data[0] == ':' || clause.data[0] == ' '))
            clause = str_from_offset(clause, 1);
        if (depends_read(reader, pr, clause))
            return true;
    }
    return false;
}

/* Names every PR before `index`, or those on which no earlier one depends. */
static void add_previous(Reader *reader, uint32_t index, const bool *is_needed) {
    RoadmapPr *pr = &reader->map->prs[index];
    for (uint32_t i = 0; i < index; i++) {
        if (index > SPELL_OUT_LIMIT && is_needed[i])
            continue;
        add_dependency(reader, pr, reader->map->prs[i].id, pr->depends_text.at);
    }
}

void depends_resolve(Reader *reader) {
    Roadmap *map = reader->map;
    bool *is_needed = ARENA_ARRAY(reader->arena, bool, map->pr_count + 1);
    for (uint32_t i = 0; i < map->pr_count; i++) {
        RoadmapPr *pr = &map->prs[i];
        if (pr->depends_on_previous)
            add_previous(reader, i, is_needed);
        size_t kept = 0;
        uint32_t last = ROADMAP_NONE;
        for (size_t k = 0; k < pr->depends_count; k++) {
            RoadmapDependency dependency = pr->depends[k];
            dependency.index = reader_find(reader, dependency.name);
            /* Both halves of a group lead to the same row. */
            if (dependency.index != ROADMAP_NONE && dependency.index == last)
                continue;
            last = dependency.index;
            if (last != ROADMAP_NONE)
                is_needed[last] = true;
            pr->depends[kept++] = dependency;
        }
        pr->depends_count = kept;
    }
}
