#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "site/search.h"

#include <cmocka.h>

#define PAGES_MOST 40
#define WORKERS    2
#define ROUNDS     300

/* A page of a site that is edited: all that is found in it hangs on `seed`. */
typedef struct Draft {
    uint32_t seed;
    uint32_t before; /* its place in the last index; SEARCH_GONE: it was not there as it is */
} Draft;

typedef struct Drafts {
    Draft items[PAGES_MOST];
    size_t count;
} Drafts;

/* xorshift (Marsaglia, 2003): the same numbers on every machine. */
static uint32_t next(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Few words, so that pages share them; some stand on one page only, some are long. */
static void add_words(uint32_t *random, Buf *out) {
    static const char *const words[] = {"loki", "write", "Faro", "zwölf", "memory_limit", "a1"};
    for (uint32_t left = next(random) % 30; left > 0; left--) {
        uint32_t number = next(random);
        if (number % 3 == 0)
            buf_add_format(out, "w%u ", number % 500);
        else
            buf_add_format(out, "%s ", words[number % (sizeof words / sizeof *words)]);
    }
}

static Page *page_of(uint32_t seed, Arena *arena, Str *html) {
    uint32_t random = seed;
    Buf title = buf_new(arena), out = buf_new(arena);
    buf_add_format(&title, "Page %u ", seed);
    add_words(&random, &title);
    for (uint32_t i = 0; i < 1 + next(&random) % 5; i++) {
        if (i > 0) {
            buf_add_format(&out, "<h2 id=\"part-%u\">Part ", i);
            add_words(&random, &out);
            buf_add_text(&out, "</h2>\n");
        }
        add_words(&random, &out);
    }
    Page *page = ARENA_NEW(arena, Page);
    page->title = buf_str(&title);
    page->url = str_format(arena, "%u.html", seed);
    *html = buf_str(&out);
    return page;
}

/* One build: its files, and what it leaves to the next. */
typedef struct Built {
    Site site;
    Buf kept;
} Built;

/* Builds the index of the drafts; without `past` of all, else only of those that are not there. */
static void build(const Drafts *drafts, const SearchPast *past, Arena *arena, Built *built) {
    Page **pages = ARENA_ARRAY(arena, Page *, drafts->count + 1);
    *built = (Built){.kept = buf_new(arena)};
    Site *site = &built->site;
    *site = (Site){.arena = arena,
                   .workers = ARENA_ARRAY(arena, Arena *, WORKERS),
                   .worker_count = WORKERS,
                   .taken = taken_new(arena),
                   .search = search_index_new(WORKERS, drafts->count),
                   .search_kept = &built->kept};
    for (size_t i = 0; i < WORKERS; i++)
        site->workers[i] = arena_new();
    uint32_t *now = ARENA_ARRAY(arena, uint32_t, (past ? past->page_count : 0) + 1);
    for (size_t i = 0; past && i < past->page_count; i++)
        now[i] = SEARCH_GONE;
    for (size_t i = 0; i < drafts->count; i++) {
        const Draft *draft = &drafts->items[i];
        Str html;
        pages[i] = page_of(draft->seed, arena, &html);
        if (past && draft->before != SEARCH_GONE)
            now[draft->before] = (uint32_t)i;
        else
            search_index_add(site->search, (unsigned)(draft->seed % WORKERS),
                             (SearchAdded){i, pages[i], search_read(pages[i]->title, html, arena)},
                             arena);
    }
    if (past)
        search_index_take(site->search, past, now, pages);
    search_write(site);
}

static void built_free(Built *built) {
    for (size_t i = 0; i < WORKERS; i++)
        arena_free(built->site.workers[i]);
}

/* Adds, changes, removes and moves pages. */
static void edit(Drafts *drafts, uint32_t *random) {
    for (uint32_t left = next(random) % 6; left > 0; left--) {
        size_t place = drafts->count ? next(random) % drafts->count : 0;
        Draft fresh = {next(random) | 1, SEARCH_GONE};
        uint32_t choice = next(random) % 4;
        if (choice == 0 && drafts->count < PAGES_MOST) {
            memmove(drafts->items + place + 1, drafts->items + place,
                    (drafts->count++ - place) * sizeof fresh);
            drafts->items[place] = fresh;
        } else if (choice == 1 && drafts->count) {
            memmove(drafts->items + place, drafts->items + place + 1,
                    (--drafts->count - place) * sizeof fresh);
        } else if (choice == 2 && drafts->count) {
            drafts->items[place] = fresh;
        } else if (drafts->count) {
            size_t other = next(random) % drafts->count;
            Draft moved = drafts->items[place];
            drafts->items[place] = drafts->items[other];
            drafts->items[other] = moved;
        }
    }
}

static void assert_same(Str left, Str right) {
    assert_int_equal(left.size, right.size);
    assert_true(str_equal(left, right));
}

/* However pages come and go, what is taken over gives the very same files as all pages anew. */
static void pages_taken_over(void **state) {
    (void)state;
    uint32_t random = 7;
    Drafts drafts = {0};
    Str kept = STR("");
    Arena *before = arena_new();
    for (size_t round = 0; round < ROUNDS; round++) {
        Arena *arena = arena_new();
        Built clean, taken;
        build(&drafts, NULL, arena, &clean);
        const SearchPast *past = round ? search_past_open(kept, arena) : NULL;
        assert_true(past || round == 0);
        build(&drafts, past, arena, &taken);
        assert_int_equal(clean.site.outputs.count, taken.site.outputs.count);
        for (size_t i = 0; i < clean.site.outputs.count; i++) {
            assert_same(clean.site.outputs.items[i].path, taken.site.outputs.items[i].path);
            assert_same(clean.site.outputs.items[i].content, taken.site.outputs.items[i].content);
        }
        assert_same(buf_str(&clean.kept), buf_str(&taken.kept));
        kept = buf_str(&taken.kept);
        built_free(&clean);
        built_free(&taken);
        for (size_t i = 0; i < drafts.count; i++)
            drafts.items[i].before = (uint32_t)i;
        edit(&drafts, &random);
        arena_free(before);
        before = arena;
    }
    arena_free(before);
}

/* A text that is cut short is none. One with other bytes in it may be taken for an index, and
 * gives some files. */
static void damaged(void **state) {
    (void)state;
    uint32_t random = 11;
    Drafts drafts = {.count = 5};
    for (uint32_t i = 0; i < 5; i++)
        drafts.items[i] = (Draft){100 + i, i};
    Arena *arena = arena_new();
    Built built;
    build(&drafts, NULL, arena, &built);
    Str kept = buf_str(&built.kept);
    built_free(&built);
    for (size_t size = 0; size < kept.size; size++)
        assert_null(search_past_open(str_slice(kept, 0, size), arena));
    for (size_t i = 0; i < 2000; i++) {
        Arena *tmp = arena_new();
        Str copy = str_copy(tmp, kept);
        char *bytes = arena_bytes(tmp, copy.size);
        memcpy(bytes, copy.data, copy.size);
        for (uint32_t left = 1 + next(&random) % 4; left > 0; left--)
            bytes[next(&random) % copy.size] = (char)next(&random);
        const SearchPast *past = search_past_open((Str){bytes, copy.size}, tmp);
        if (past && past->page_count == drafts.count) {
            build(&drafts, past, tmp, &built);
            built_free(&built);
        }
        arena_free(tmp);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_taken_over),
        cmocka_unit_test(damaged),
    };
    return cmocka_run_group_tests_name("search_past", tests, NULL, NULL);
}
