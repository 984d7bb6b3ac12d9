#include "base/ban.h"

#include "check/ignore.h"

#include "check/report.h"

/* One comment's word on one rule, and whether any finding heard it. */
typedef struct Word {
    const MdIgnore *ignore;
    bool is_used;
} Word;

/* The words about one text. */
typedef struct Shelf {
    Word *words;
    size_t count;
} Shelf;

typedef struct Judge {
    Map *shelves; /* path -> Shelf */
} Judge;

static bool is_kept(const Diag *diag, void *context) {
    const Judge *judge = context;
    Span at = span_resolve(diag->at);
    Shelf *shelf = at.source ? map_find(judge->shelves, at.source->path) : NULL;
    bool is_ignored = false;
    for (size_t i = 0; shelf && i < shelf->count; i++) {
        Word *word = &shelf->words[i];
        if (!md_ignore_covers(word->ignore, diag))
            continue;
        word->is_used = is_ignored = true;
    }
    return !is_ignored;
}

static void report_word(const Word *word, Diags *diags) {
    const MdIgnore *ignore = word->ignore;
    Str bad;
    if (!report_only_is_known(ignore->rule, &bad)) {
        Str names[DIAG_RULE_COUNT];
        for (int rule = 0; rule < DIAG_RULE_COUNT; rule++)
            names[rule] = diag_rule_name((DiagRule)rule);
        diag_add(diags, DIAG_CHECK_UNKNOWN_RULE, ignore->at, "no rule \"%.*s\"",
                 STR_FMT(ignore->rule));
        diag_hint_nearest(diags, ignore->rule, names, DIAG_RULE_COUNT);
    } else if (!ignore->reason.size) {
        diag_add(diags, DIAG_CHECK_UNUSED_IGNORE, ignore->at,
                 "the comment gives no reason, so it is not heard");
        diag_hint(diags, "write \"docsgen-ignore %.*s: why\"", STR_FMT(ignore->rule));
    } else if (!word->is_used) {
        diag_add(diags, DIAG_CHECK_UNUSED_IGNORE, ignore->at, "nothing is found here by \"%.*s\"",
                 STR_FMT(ignore->rule));
        diag_hint(diags, "remove the comment");
    }
}

void ignore_findings(const MdIgnores *ignores, size_t count, bool knows_all, Diags *diags) {
    Arena *arena = arena_new();
    Judge judge = {map_new(arena)};
    Shelf *shelves = ARENA_ARRAY(arena, Shelf, count + 1);
    for (size_t i = 0; i < count; i++) {
        shelves[i].words = ARENA_ARRAY(arena, Word, ignores[i].count + 1);
        for (size_t k = 0; k < ignores[i].count; k++)
            shelves[i].words[shelves[i].count++] = (Word){&ignores[i].items[k], false};
        if (shelves[i].count)
            map_put(judge.shelves, shelves[i].words->ignore->at.source->path, &shelves[i]);
    }
    diags_keep(diags, is_kept, &judge);
    for (size_t i = 0; knows_all && i < count; i++)
        for (size_t k = 0; k < shelves[i].count; k++)
            report_word(&shelves[i].words[k], diags);
    arena_free(arena);
}

/* line = { blank } ( "%%" | "#" ) ignore. It is about the next line that is no such comment. */
static MdIgnores read_lines(const Source *source, Str sign, Arena *arena) {
    MdIgnores ignores = {0};
    if (str_find(source->text, STR("docsgen-ignore"), 0) == STR_NONE)
        return ignores;
    for (Str rest = source->text; rest.data;) {
        Str line = str_trim(str_cut_line(&rest)), after = rest;
        if (!str_starts_with(line, sign))
            continue;
        while (after.data && str_starts_with(str_trim(after), sign))
            str_cut_line(&after);
        Str next =
            after.data ? str_cut_line(&after) : (Str){source->text.data + source->text.size, 0};
        size_t start = (size_t)(line.data - source->text.data),
               end = (size_t)(next.data - source->text.data) + next.size;
        md_ignore_parse(source, str_from_offset(line, sign.size),
                        span_of(source, start, end - start), &ignores, arena);
    }
    return ignores;
}

void ignore_in_site(const Site *site, Diags *diags) {
    Arena *arena = arena_new();
    MdIgnores *ignores = ARENA_ARRAY(arena, MdIgnores, site->file_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < site->file_count; i++) {
        const SiteFile *file = &site->files[i];
        if (!file->source || !file->part)
            continue;
        if (file->kind == FILE_PAGE)
            ignores[count] = ((const Page *)file->part)->ignores;
        else if (file->kind == FILE_DIAGRAM)
            ignores[count] = read_lines(file->source, STR("%%"), arena);
        else if (file->kind == FILE_DATA)
            ignores[count] = read_lines(file->source, STR("#"), arena);
        count += ignores[count].count > 0;
    }
    if (count)
        ignore_findings(ignores, count, true, diags);
    arena_free(arena);
}
