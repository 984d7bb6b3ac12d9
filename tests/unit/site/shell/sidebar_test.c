/* The list of pages beside a page: all of it in a small site, one branch of it in a large one, from
 * which every page can be reached all the same. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "site/shell/sidebar.h"

#include <cmocka.h>

typedef struct Fixture {
    Arena *arena;
    Site site;
    Map *pages; /* URL -> Page */
} Fixture;

static void setup(Fixture *fixture) {
    *fixture = (Fixture){.arena = arena_new()};
    fixture->pages = map_new(fixture->arena);
}

static Page *new_page(Fixture *fixture, Str url) {
    Page *page = ARENA_NEW(fixture->arena, Page);
    page->url = url;
    map_put(fixture->pages, url, page);
    return page;
}

/* `count` entries below `parent`: pages called `name`0.html and so on, in `folder`. */
static void add_pages(Fixture *fixture, NavEntry *parent, const char *name, size_t count) {
    parent->entries = ARENA_ARRAY(fixture->arena, NavEntry, count);
    parent->entry_count = count;
    for (size_t i = 0; i < count; i++) {
        NavEntry *entry = &parent->entries[i];
        entry->parent = parent;
        entry->title = str_format(fixture->arena, "%s %zu", name, i);
        entry->page = new_page(fixture, str_format(fixture->arena, "%s%zu.html", name, i));
        entry->page->nav = entry;
        fixture->site.nav_count++;
    }
}

static const Page *page_at(const Fixture *fixture, const char *url) {
    const Page *page = map_find(fixture->pages, str_from(url));
    assert_non_null(page);
    return page;
}

static void check_text(const char *expected, Str text) {
    if (!str_equal(text, str_from(expected)))
        fail_msg("%.*s\nexpected:\n%s", STR_FMT(text), expected);
}

static void small_site_is_whole(void **state) {
    (void)state;
    Fixture fixture;
    setup(&fixture);
    add_pages(&fixture, &fixture.site.nav, "top", 3);
    NavEntry *group = &fixture.site.nav.entries[1], *inner;
    add_pages(&fixture, group, "a&b/", 2);
    inner = &group->entries[1];
    add_pages(&fixture, inner, "a&b/c/", 1);
    inner->page = NULL;
    Sidebar *sidebar = sidebar_new(&fixture.site, fixture.arena);
    check_text("<ul>\n<li>\n<a href=\"../../top0.html\">top 0</a>\n</li>\n"
               "<li>\n<details open><summary>top 1</summary>\n<ul>\n"
               "<li><a href=\"../../top1.html\">Overview</a></li>\n"
               "<li>\n<a href=\"../0.html\">a&amp;b/ 0</a>\n</li>\n"
               "<li>\n<details open><summary>a&amp;b/ 1</summary>\n<ul>\n"
               "<li>\n<a href=\"0.html\" aria-current=\"page\">a&amp;b/c/ 0</a>\n</li>\n"
               "</ul>\n</details>\n</li>\n</ul>\n</details>\n</li>\n"
               "<li>\n<a href=\"../../top2.html\">top 2</a>\n</li>\n</ul>\n",
               sidebar_render(sidebar, page_at(&fixture, "a&b/c/0.html"), fixture.arena));
    check_text("<ul>\n<li>\n<a href=\"top0.html\" aria-current=\"page\">top 0</a>\n</li>\n"
               "<li>\n<details><summary>top 1</summary>\n<ul>\n"
               "<li><a href=\"top1.html\">Overview</a></li>\n"
               "<li>\n<a href=\"a&amp;b/0.html\">a&amp;b/ 0</a>\n</li>\n"
               "<li>\n<details><summary>a&amp;b/ 1</summary>\n<ul>\n"
               "<li>\n<a href=\"a&amp;b/c/0.html\">a&amp;b/c/ 0</a>\n</li>\n"
               "</ul>\n</details>\n</li>\n</ul>\n</details>\n</li>\n"
               "<li>\n<a href=\"top2.html\">top 2</a>\n</li>\n</ul>\n",
               sidebar_render(sidebar, page_at(&fixture, "top0.html"), fixture.arena));
    sidebar_free(sidebar);
    arena_free(fixture.arena);
}

/* 3 sections of 80 pages: more than are shown whole. */
static void large_site_opens_one_branch(void **state) {
    (void)state;
    Fixture fixture;
    setup(&fixture);
    add_pages(&fixture, &fixture.site.nav, "s", 3);
    for (size_t i = 0; i < 3; i++)
        add_pages(&fixture, &fixture.site.nav.entries[i],
                  str_format(fixture.arena, "s%zu/", i).data, 80);
    fixture.site.nav.entries[2].page = NULL; /* a folder without an index */
    Sidebar *sidebar = sidebar_new(&fixture.site, fixture.arena);
    Str text = sidebar_render(sidebar, page_at(&fixture, "s1/7.html"), fixture.arena);
    Str start = STR("<ul>\n<li>\n<a href=\"../s0.html\" class=\"folded\">s 0</a>\n</li>\n"
                    "<li>\n<details open><summary>s 1</summary>\n<ul>\n"
                    "<li><a href=\"../s1.html\">Overview</a></li>\n"
                    "<li>\n<a href=\"0.html\">s1/ 0</a>\n</li>\n");
    Str end = STR("<li>\n<a href=\"79.html\">s1/ 79</a>\n</li>\n</ul>\n</details>\n</li>\n"
                  "<li>\n<a href=\"../s2/0.html\" class=\"folded\">s 2</a>\n</li>\n</ul>\n");
    assert_true(str_starts_with(text, start));
    assert_true(str_ends_with(text, end));
    assert_int_not_equal(str_find(text, STR("<a href=\"7.html\" aria-current=\"page\">s1/ 7<"), 0),
                         STR_NONE);
    /* The page of a section opens it; one that is in no navigation opens none. */
    text = sidebar_render(sidebar, page_at(&fixture, "s0.html"), fixture.arena);
    assert_int_not_equal(
        str_find(text,
                 STR("<details open><summary>s 0</summary>\n<ul>\n"
                     "<li><a href=\"s0.html\" aria-current=\"page\">Overview</a></li>\n"),
                 0),
        STR_NONE);
    Page *orphan = new_page(&fixture, STR("orphan.html"));
    text = sidebar_render(sidebar, orphan, fixture.arena);
    assert_int_equal(str_find(text, STR("<details"), 0), STR_NONE);
    sidebar_free(sidebar);
    arena_free(fixture.arena);
}

static void long_list_is_shown_by_hundreds(void **state) {
    (void)state;
    Fixture fixture;
    setup(&fixture);
    add_pages(&fixture, &fixture.site.nav, "p", 250);
    Sidebar *sidebar = sidebar_new(&fixture.site, fixture.arena);
    Str text = sidebar_render(sidebar, page_at(&fixture, "p150.html"), fixture.arena);
    assert_true(str_starts_with(
        text, STR("<ul>\n<li>\n<a href=\"p0.html\" class=\"more\">Before these</a>\n</li>\n"
                  "<li>\n<a href=\"p100.html\">p 100</a>\n</li>\n")));
    assert_true(str_ends_with(
        text, STR("<li>\n<a href=\"p199.html\">p 199</a>\n</li>\n"
                  "<li>\n<a href=\"p200.html\" class=\"more\">After these</a>\n</li>\n</ul>\n")));
    text = sidebar_render(sidebar, page_at(&fixture, "p249.html"), fixture.arena);
    assert_true(
        str_ends_with(text, STR("<a href=\"p249.html\" aria-current=\"page\">p 249</a>\n</li>\n"
                                "</ul>\n")));
    sidebar_free(sidebar);
    arena_free(fixture.arena);
}

/* Follows every link from the first page on, and counts what comes. */
static size_t count_reached(Fixture *fixture, const Page *first, size_t *bytes) {
    Map *reached = map_new(fixture->arena);
    Sidebar *sidebar = sidebar_new(&fixture->site, fixture->arena);
    map_put(reached, first->url, fixture);
    *bytes = 0;
    for (size_t i = 0; i < map_count(reached); i++) {
        const Page *page = map_find(fixture->pages, map_key(reached, i));
        assert_non_null(page);
        Str text = sidebar_render(sidebar, page, fixture->arena);
        *bytes += text.size;
        for (size_t at = str_find(text, STR("href=\""), 0); at != STR_NONE;
             at = str_find(text, STR("href=\""), at + 1)) {
            Str url, href = str_slice(text, at + 6, str_find_char(text, '"', at + 6));
            assert_true(fs_resolve(fs_folder_of(page->url), href, fixture->arena, &url));
            map_put(reached, url, fixture);
        }
    }
    sidebar_free(sidebar);
    return map_count(reached);
}

/* Folders of folders of pages, and 250 pages side by side. */
static void make_deep(Fixture *fixture, size_t count) {
    setup(fixture);
    add_pages(fixture, &fixture->site.nav, "", count);
    for (size_t i = 0; i < count; i++) {
        NavEntry *part = &fixture->site.nav.entries[i];
        add_pages(fixture, part, str_format(fixture->arena, "%zu/", i).data, 20);
        for (size_t k = 0; k < 20; k++)
            add_pages(fixture, &part->entries[k], str_format(fixture->arena, "%zu/%zu/", i, k).data,
                      i == 0 && k == 0 ? 250 : 9);
    }
}

static void every_page_is_reached_by_links(void **state) {
    (void)state;
    Fixture small, large;
    size_t small_bytes, large_bytes;
    make_deep(&small, 5);
    assert_int_equal(count_reached(&small, page_at(&small, "0.html"), &small_bytes),
                     small.site.nav_count);
    make_deep(&large, 50);
    assert_int_equal(count_reached(&large, page_at(&large, "0.html"), &large_bytes),
                     large.site.nav_count);
    /* Ten times the sections: the entries of a page grow by those of the top level alone. */
    assert_true(large_bytes / large.site.nav_count < 2 * small_bytes / small.site.nav_count);
    arena_free(small.arena);
    arena_free(large.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_site_is_whole),
        cmocka_unit_test(large_site_opens_one_branch),
        cmocka_unit_test(long_list_is_shown_by_hundreds),
        cmocka_unit_test(every_page_is_reached_by_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
