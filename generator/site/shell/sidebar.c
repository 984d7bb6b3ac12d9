#include "base/ban.h"

#include "site/shell/sidebar.h"

#include "base/escape.h"
#include "base/fs.h"

#define WHOLE_MOST 200 /* entries of a site that is shown whole */
#define LIST_MOST  100 /* entries side by side */

/* Where the page of an entry stands in the text: there it is marked when it is the one shown. */
typedef struct Mark {
    const Page *page;
    size_t at;
} Mark;

/* The sidebar made last, with no page marked. It serves every page with the same branch, the same
 * hundred and the same folder, which relative links are counted from. */
struct Sidebar {
    const Site *site;
    bool is_whole;
    Arena *arena; /* of the text; reset for the next one */
    const NavEntry *place;
    size_t hundred;
    Str folder, url;
    Buf html;
    Mark *marks;
    size_t mark_count, mark_capacity;
};

Sidebar *sidebar_new(const Site *site, Arena *arena) {
    Sidebar *sidebar = ARENA_NEW(arena, Sidebar);
    *sidebar =
        (Sidebar){.site = site, .is_whole = site->nav_count <= WHOLE_MOST, .arena = arena_new()};
    return sidebar;
}

void sidebar_free(Sidebar *sidebar) {
    arena_free(sidebar->arena);
}

/* The section that is open for a page: its own, or the one it stands in. */
static const NavEntry *open_place(const Site *site, const Page *page) {
    const NavEntry *entry = page->nav;
    if (!entry)
        return &site->nav;
    return entry->entry_count ? entry : entry->parent;
}

static bool is_on_branch(const NavEntry *entry, const NavEntry *place) {
    for (; place; place = place->parent)
        if (place == entry)
            return true;
    return false;
}

/* Every entry without a page has some below it. */
static const Page *first_page(const NavEntry *entry) {
    while (!entry->page)
        entry = entry->entries;
    return entry->page;
}

static void add_href(Sidebar *sidebar, const Page *page) {
    buf_add_text(&sidebar->html, "<a href=\"");
    html_escape(&sidebar->html, fs_relative(sidebar->url, page->url, sidebar->arena));
    buf_add_char(&sidebar->html, '"');
}

static void add_link(Sidebar *sidebar, const Page *page, Str title) {
    add_href(sidebar, page);
    ARENA_RESERVE(sidebar->arena, sidebar->marks, sidebar->mark_count, sidebar->mark_capacity);
    sidebar->marks[sidebar->mark_count++] = (Mark){page, sidebar->html.size};
    buf_add_char(&sidebar->html, '>');
    html_escape(&sidebar->html, title);
    buf_add_text(&sidebar->html, "</a>");
}

/* A link to entries that are not listed here. */
static void add_more(Sidebar *sidebar, const NavEntry *entry, const char *title) {
    buf_add_text(&sidebar->html, "<li>\n");
    add_href(sidebar, first_page(entry));
    buf_add_format(&sidebar->html, " class=\"more\">%s</a>\n</li>\n", title);
}

static void add_folded(Sidebar *sidebar, const NavEntry *entry) {
    buf_add_text(&sidebar->html, "<li>\n");
    add_href(sidebar, first_page(entry));
    buf_add_text(&sidebar->html, " class=\"folded\">");
    html_escape(&sidebar->html, entry->title);
    buf_add_text(&sidebar->html, "</a>\n</li>\n");
}

static void add_entries(Sidebar *sidebar, const NavEntry *parent);

/* Recursion is as deep as the navigation, which nav.c limits. */
static void add_section(Sidebar *sidebar, const NavEntry *entry) {
    Buf *html = &sidebar->html;
    bool is_open = is_on_branch(entry, sidebar->place);
    buf_add_text(html, is_open ? "<li>\n<details open><summary>" : "<li>\n<details><summary>");
    html_escape(html, entry->title);
    buf_add_text(html, "</summary>\n<ul>\n");
    if (entry->page) {
        buf_add_text(html, "<li>");
        add_link(sidebar, entry->page, STR("Overview"));
        buf_add_text(html, "</li>\n");
    }
    add_entries(sidebar, entry);
    buf_add_text(html, "</ul>\n</details>\n</li>\n");
}

static void add_entry(Sidebar *sidebar, const NavEntry *entry) {
    if (entry->entry_count == 0) {
        buf_add_text(&sidebar->html, "<li>\n");
        add_link(sidebar, entry->page, entry->title);
        buf_add_text(&sidebar->html, "\n</li>\n");
    } else if (sidebar->is_whole || is_on_branch(entry, sidebar->place)) {
        add_section(sidebar, entry);
    } else {
        add_folded(sidebar, entry);
    }
}

/* The first of the hundred entries of `parent` that the open branch goes through. */
static size_t first_shown(const Sidebar *sidebar, const NavEntry *parent) {
    if (parent == sidebar->place)
        return sidebar->hundred * LIST_MOST;
    for (const NavEntry *at = sidebar->place; at; at = at->parent)
        if (at->parent == parent)
            return (size_t)(at - parent->entries) / LIST_MOST * LIST_MOST;
    return 0;
}

static void add_entries(Sidebar *sidebar, const NavEntry *parent) {
    size_t start = sidebar->is_whole ? 0 : first_shown(sidebar, parent), end = parent->entry_count;
    if (!sidebar->is_whole && end - start > LIST_MOST)
        end = start + LIST_MOST;
    if (start)
        add_more(sidebar, &parent->entries[start - LIST_MOST], "Before these");
    for (size_t i = start; i < end; i++)
        add_entry(sidebar, &parent->entries[i]);
    if (end < parent->entry_count)
        add_more(sidebar, &parent->entries[end], "After these");
}

static void make(Sidebar *sidebar, const Page *page, const NavEntry *place, size_t hundred) {
    arena_reset(sidebar->arena);
    sidebar->place = place;
    sidebar->hundred = hundred;
    sidebar->url = page->url;
    sidebar->folder = fs_folder_of(page->url);
    sidebar->html = buf_new(sidebar->arena);
    sidebar->marks = NULL;
    sidebar->mark_count = sidebar->mark_capacity = 0;
    buf_add_text(&sidebar->html, "<ul>\n");
    add_entries(sidebar, &sidebar->site->nav);
    buf_add_text(&sidebar->html, "</ul>\n");
}

Str sidebar_render(Sidebar *sidebar, const Page *page, Arena *arena) {
    const NavEntry *place = open_place(sidebar->site, page);
    size_t hundred = 0;
    if (page->nav && place != page->nav)
        hundred = (size_t)(page->nav - place->entries) / LIST_MOST;
    if (sidebar->place != place || sidebar->hundred != hundred ||
        !str_equal(sidebar->folder, fs_folder_of(page->url)))
        make(sidebar, page, place, hundred);
    Str text = buf_str(&sidebar->html);
    Buf out = buf_new(arena);
    size_t done = 0;
    for (size_t i = 0; i < sidebar->mark_count; i++) {
        if (sidebar->marks[i].page != page)
            continue;
        buf_add(&out, str_slice(text, done, sidebar->marks[i].at));
        buf_add_text(&out, " aria-current=\"page\"");
        done = sidebar->marks[i].at;
    }
    if (done == 0)
        return text;
    buf_add(&out, str_from_offset(text, done));
    return buf_str(&out);
}
