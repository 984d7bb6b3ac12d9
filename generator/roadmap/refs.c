#include "base/ban.h"

#include "roadmap/reader.h"

#define HASH_MIN 7
#define HASH_MAX 40

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* hash = 7 to 40 hexadecimal digits, at least one letter and one digit among them; its size or 0 */
static size_t hash_size(Str text) {
    size_t size = 0;
    bool has_letter = false;
    bool has_digit = false;
    while (size < text.size && is_word(text.data[size])) {
        char c = text.data[size++];
        if (is_digit(c))
            has_digit = true;
        else if (c >= 'a' && c <= 'f')
            has_letter = true;
        else
            return 0;
    }
    bool joins = size < text.size && (text.data[size] == '-' || text.data[size] == '/');
    return has_letter && has_digit && !joins && size >= HASH_MIN && size <= HASH_MAX ? size : 0;
}

static void add_commit(Reader *reader, RoadmapPr *pr, Str hash) {
    for (size_t i = 0; i < pr->commit_count; i++) {
        if (str_equal(pr->commits[i].text, hash))
            return;
    }
    ARENA_RESERVE(reader->arena, pr->commits, pr->commit_count, pr->commit_capacity);
    pr->commits[pr->commit_count++] = (RoadmapText){hash, span_of_str(reader->source, hash)};
}

/* Does the text before a hash say that it is one? "commit ", "Commits: ", "(", "`". */
static bool announces_commit(Str before) {
    static const char *const words[] = {"commit", "commits", "hash", "merged", "sha"};
    if (before.size == 0)
        return true;
    char last = before.data[before.size - 1];
    if (last == '`' || last == '(')
        return true;
    while (before.size > 0 && !is_word(before.data[before.size - 1]))
        before.size--;
    size_t start = before.size;
    while (start > 0 && is_word(before.data[start - 1]))
        start--;
    Str word = str_slice(before, start, before.size);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal_nocase(word, str_from(words[i])))
            return true;
    }
    return false;
}

static void read_hashes(Reader *reader, RoadmapPr *pr, Str text, bool any) {
    bool in_list = false; /* only commas since the last hash */
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool starts =
            is_word(c) && (i == 0 || (!is_word(text.data[i - 1]) && text.data[i - 1] != '-' &&
                                      text.data[i - 1] != '/'));
        if (!starts) {
            in_list = in_list && !is_word(c);
            continue;
        }
        size_t size = hash_size(str_from_offset(text, i));
        if (size > 0 && (any || in_list || announces_commit(str_slice(text, 0, i)))) {
            add_commit(reader, pr, str_slice(text, i, i + size));
            in_list = true;
            i += size - 1;
        } else {
            in_list = false;
        }
    }
}

void refs_read_commits(Reader *reader, RoadmapPr *pr, Str text) {
    read_hashes(reader, pr, text, true);
}

static void add_github(Reader *reader, RoadmapPr *pr, Str digits) {
    if (reader->has_hashed_ids && reader_find(reader, digits) != ROADMAP_NONE)
        return;
    for (size_t i = 0; i < pr->github_count; i++) {
        if (str_equal(pr->github_prs[i].text, digits))
            return;
    }
    ARENA_RESERVE(reader->arena, pr->github_prs, pr->github_count, pr->github_capacity);
    pr->github_prs[pr->github_count++] = (RoadmapText){digits, span_of_str(reader->source, digits)};
}

/* github = ( "PR #" | "MERGED #" | "CREATED #" | "/pull/" ) digits { ", #" digits } */
void refs_read_github(Reader *reader, RoadmapPr *pr, Str text, bool any_number_sign) {
    static const char *const leads[] = {"PR ",     "PRs ",     "PR",
                                        "merged ", "created ", "pull request "};
    bool in_list = false;
    for (size_t i = 0; i < text.size; i++) {
        Str before = str_slice(text, 0, i);
        char c = text.data[i];
        bool is_link = str_ends_with(before, STR("/pull/")) && is_digit(c);
        if (c != '#' && !is_link) {
            in_list = in_list && (c == ',' || c == ' ');
            continue;
        }
        size_t start = i + (c == '#');
        size_t end = start;
        while (end < text.size && is_digit(text.data[end]))
            end++;
        bool is_named = is_link || in_list || any_number_sign;
        for (size_t k = 0; k < sizeof leads / sizeof *leads && !is_named; k++) {
            Str lead = str_from(leads[k]);
            is_named = before.size >= lead.size &&
                       str_equal_nocase(str_from_offset(before, before.size - lead.size), lead);
        }
        in_list = is_named && end > start;
        if (in_list)
            add_github(reader, pr, str_slice(text, start, end));
        i = end > i ? end - 1 : i;
    }
}

void refs_read_notes(Reader *reader, RoadmapPr *pr, Str text) {
    read_hashes(reader, pr, text, false);
    refs_read_github(reader, pr, text, false);
}
