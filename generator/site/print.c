#include "base/ban.h"

#include "site/print.h"

#include "base/asset.h"
#include "base/escape.h"
#include "base/pool.h"
#include "base/version.h"
#include "markdown/tag.h"
#include "site/links.h"
#include "site/print_page.h"
#include "site/shell/theme.h"

#define SHIFT_MOST 3 /* headings of the deepest pages still have three levels of their own */

/* The pages in order, and what their rendering shares. */
typedef struct Print {
    Site *site;
    PrintPage *pages;
    size_t count;
    Map *by_url; /* output path -> PrintPage */
    PrintUse use;
} Print;

/* ---- the order of pages ---- */

static void add_page(Print *print, const Page *page, Str number, int depth) {
    PrintPage *added = &print->pages[print->count++];
    *added = (PrintPage){.page = page,
                         .number = number,
                         .index = print->count,
                         .shift = depth < SHIFT_MOST ? depth : SHIFT_MOST};
    map_put(print->by_url, page->url, added);
}

/* "2.1" below "2", "2" at the top. */
static Str number_below(Str number, size_t index, Arena *arena) {
    return str_format(arena, "%.*s%s%zu", STR_FMT(number), number.size ? "." : "", index + 1);
}

/* A page that is named twice stands in its first place. */
static bool is_place_of(const NavEntry *entry) {
    return entry->page && entry->page->nav == entry;
}

/* Recursion is as deep as the navigation, which nav.c limits. */
static void add_entries(Print *print, const NavEntry *parent, Str number, int depth) {
    for (size_t i = 0; i < parent->entry_count; i++) {
        const NavEntry *entry = &parent->entries[i];
        Str own = number_below(number, i, print->site->arena);
        if (is_place_of(entry))
            add_page(print, entry->page, own, depth);
        add_entries(print, entry, own, depth + 1);
    }
}

/* Pages that no entry leads to come last: they are a part of the site all the same. */
static void add_orphans(Print *print) {
    const Site *site = print->site;
    size_t number = site->nav.entry_count;
    for (size_t i = 0; i < site->page_count; i++)
        if (!site->pages[i]->is_generated && !map_find(print->by_url, site->pages[i]->url))
            add_page(print, site->pages[i], str_format(site->arena, "%zu", ++number), 1);
}

static void read_page(void *context, size_t index, unsigned worker) {
    Print *print = context;
    print_page_read(&print->pages[index], print->site->workers[worker]);
}

static void render_page(void *context, size_t index, unsigned worker) {
    Print *print = context;
    print_page_render(&print->use, &print->pages[index], print->site->workers[worker]);
}

static Print collect(Site *site, bool is_paper) {
    Print print = {.site = site, .by_url = map_new(site->arena)};
    print.pages = ARENA_ARRAY(site->arena, PrintPage, site->page_count + 1);
    print.use = (PrintUse){site, print.by_url, is_paper};
    add_entries(&print, &site->nav, STR(""), 1);
    add_orphans(&print);
    return print;
}

/* ---- the document ---- */

static void add_head(const Site *site, bool is_paper, Buf *out) {
    const Theme *theme = site->theme;
    buf_add_text(out, "<!doctype html>\n<html lang=\"");
    html_escape(out, site->config->language);
    buf_add_text(out, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    html_escape(out, theme_site_title(site));
    buf_add_text(out, "</title>\n");
    /* Nothing from elsewhere: a PDF is the same wherever it is made. */
    if (is_paper)
        buf_add_text(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                          "'none'; style-src file:; font-src file:; img-src file: data:\">\n");
    buf_add_format(out,
                   "<meta name=\"robots\" content=\"noindex\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n"
                   "<meta name=\"generator\" content=\"docsgen %s\">\n",
                   docsgen_version);
    buf_add_text(out, "<link rel=\"stylesheet\" href=\"style.css\">\n"
                      "<link rel=\"stylesheet\" href=\"print.css\">\n");
    for (size_t i = 0; i < theme->stylesheet_count; i++) {
        buf_add_text(out, "<link rel=\"stylesheet\" href=\"");
        url_escape(out, theme->stylesheets[i]);
        buf_add_text(out, "\">\n");
    }
    buf_add_text(out, "<link rel=\"icon\" href=\"");
    url_escape(out, theme->favicon_url);
    buf_add_format(out, "\" type=\"%.*s\">\n", STR_FMT(theme->favicon_type));
    buf_add_text(out, "</head>\n<body class=\"print\">\n"
                      "<a class=\"skip\" href=\"#main\">Skip to content</a>\n");
}

Str print_day(const Site *site) {
    Str day = STR("");
    for (size_t i = 0; i < site->page_count; i++)
        if (str_compare(site->pages[i]->updated, day) > 0)
            day = site->pages[i]->updated;
    return day;
}

static void add_logo(const Site *site, Buf *out) {
    const Theme *theme = site->theme;
    if (theme->logo_svg.size) {
        buf_add(out, theme->logo_svg);
        buf_add_char(out, '\n');
        return;
    }
    buf_add_text(out, "<img src=\"");
    url_escape(out, theme->logo_url);
    buf_add_text(out, "\" alt=\"\">\n");
}

static void add_cover(const Site *site, Buf *out) {
    Str day = print_day(site), url = site->config->url;
    buf_add_text(out, "<header class=\"print-cover\">\n");
    add_logo(site, out);
    buf_add_text(out, "<h1>");
    html_escape(out, theme_site_title(site));
    buf_add_text(out, "</h1>\n");
    if (site->config->description.size) {
        buf_add_text(out, "<p>");
        html_escape(out, site->config->description);
        buf_add_text(out, "</p>\n");
    }
    if (url.size || day.size)
        buf_add_text(out, "<p class=\"print-facts\">");
    if (url.size) {
        buf_add_text(out, "<a href=\"");
        url_escape(out, url);
        buf_add_text(out, "\">");
        html_escape(out, url);
        buf_add_text(out, "</a> ");
    }
    if (day.size)
        buf_add_format(out, "<span>Last updated <time datetime=\"%.*s\">%.*s</time></span>",
                       STR_FMT(day), STR_FMT(day));
    buf_add_text(out, url.size || day.size ? "</p>\n</header>\n" : "</header>\n");
}

static void add_contents_line(Str number, Str title, Str href, Buf *out) {
    buf_add_format(out, "<li><a href=\"%.*s\"><span class=\"print-number\">%.*s</span> ",
                   STR_FMT(href), STR_FMT(number));
    html_escape(out, title);
    buf_add_text(out, "</a>");
}

/* Does the section hold a page that stands there? */
static bool has_pages(const NavEntry *entry) {
    for (size_t i = 0; i < entry->entry_count; i++)
        if (is_place_of(&entry->entries[i]) || has_pages(&entry->entries[i]))
            return true;
    return false;
}

static void add_level(const Print *print, const NavEntry *parent, Str number, Buf *out) {
    Arena *arena = out->arena;
    bool is_open = false;
    for (size_t i = 0; i < parent->entry_count; i++) {
        const NavEntry *entry = &parent->entries[i];
        const PrintPage *page =
            is_place_of(entry) ? map_find(print->by_url, entry->page->url) : NULL;
        Str own = number_below(number, i, arena);
        if (!page && !has_pages(entry))
            continue;
        buf_add_text(out, is_open ? "" : "<ul>\n");
        is_open = true;
        add_contents_line(own, entry->title,
                          page ? str_format(arena, "#p%zu", page->index)
                               : str_format(arena, "#part-%.*s", STR_FMT(own)),
                          out);
        if (has_pages(entry)) {
            buf_add_char(out, '\n');
            add_level(print, entry, own, out);
        }
        buf_add_text(out, "</li>\n");
    }
    buf_add_text(out, is_open ? "</ul>\n" : "");
}

static void add_contents(const Print *print, Buf *out) {
    buf_add_text(out, "<nav class=\"print-contents\" aria-labelledby=\"contents\">\n"
                      "<h2 id=\"contents\">Contents</h2>\n");
    add_level(print, &print->site->nav, STR(""), out);
    bool is_open = false;
    for (size_t i = 0; i < print->count; i++) {
        const PrintPage *page = &print->pages[i];
        if (page->page->nav)
            continue;
        buf_add_text(out, is_open ? "" : "<ul>\n");
        is_open = true;
        add_contents_line(page->number, page->page->title,
                          str_format(out->arena, "#p%zu", page->index), out);
        buf_add_text(out, "</li>\n");
    }
    buf_add_text(out, is_open ? "</ul>\n</nav>\n" : "</nav>\n");
}

/* A section without a page of its own begins with its first page: its heading waits in `heads`. */
static void add_section(const NavEntry *entry, Str number, int depth, Buf *heads) {
    int level = 1 + (depth < SHIFT_MOST ? depth : SHIFT_MOST);
    buf_add_format(heads,
                   "<h%d class=\"print-part\" id=\"part-%.*s\"><span class=\"print-number\">"
                   "%.*s</span> ",
                   level, STR_FMT(number), STR_FMT(number));
    html_escape(heads, entry->title);
    buf_add_format(heads, "</h%d>\n", level);
}

static void add_article(const PrintPage *page, Buf *heads, Buf *out) {
    buf_add_format(out, "<article class=\"prose print-page\" id=\"p%zu\">\n", page->index);
    buf_add(out, buf_str(heads));
    heads->size = 0;
    buf_add(out, page->html);
    buf_add_text(out, "</article>\n");
}

typedef struct Articles {
    const Print *print;
    Buf *heads, *out;
} Articles;

static void add_articles(const Articles *articles, const NavEntry *parent, Str number, int depth) {
    const Print *print = articles->print;
    for (size_t i = 0; i < parent->entry_count; i++) {
        const NavEntry *entry = &parent->entries[i];
        Str own = number_below(number, i, articles->out->arena);
        if (is_place_of(entry))
            add_article(map_find(print->by_url, entry->page->url), articles->heads, articles->out);
        else if (has_pages(entry))
            add_section(entry, own, depth, articles->heads);
        add_articles(articles, entry, own, depth + 1);
    }
}

static void add_pages(const Print *print, Buf *out) {
    Buf heads = buf_new(out->arena);
    Articles articles = {print, &heads, out};
    buf_add_text(out, "<main id=\"main\" tabindex=\"-1\">\n");
    add_articles(&articles, &print->site->nav, STR(""), 1);
    for (size_t i = 0; i < print->count; i++)
        if (!print->pages[i].page->nav)
            add_article(&print->pages[i], &heads, out);
    buf_add_text(out, "</main>\n</body>\n</html>\n");
}

void print_write(Site *site, bool is_paper, Buf *out) {
    Print print = collect(site, is_paper);
    pool_run(site->worker_count, print.count, read_page, &print);
    pool_run(site->worker_count, print.count, render_page, &print);
    add_head(site, is_paper, out);
    add_cover(site, out);
    add_contents(&print, out);
    add_pages(&print, out);
}

void print_files(const Site *site, Str html, Map *paths) {
    static const char *const names[] = {"src", "poster", "data"};
    for (Tag tag; tag_next(&html, STR(""), &tag);)
        for (size_t i = 0; tag.kind == TAG_OPEN && i < sizeof names / sizeof *names; i++) {
            const TagAttribute *source = tag_attribute(&tag, names[i]);
            if (!source || !source->value.size)
                continue;
            Target target = link_target(site, PRINT_PATH, source->value, site->arena);
            if (target.kind == TARGET_FILE)
                map_put(paths, target.path, paths);
        }
}

/* ---- the style sheet ---- */

/* string ::= '"' ( character | "\" hex{6} )* '"' (CSS Syntax 3, section 4.3.5) */
static void add_css_string(Str text, Buf *out) {
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\' || c == '<' || c < ' ' || c == 0x7F)
            buf_add_format(out, "\\%06x", c);
        else
            buf_add_char(out, (char)c);
    }
    buf_add_char(out, '"');
}

void print_write_css(Site *site, Buf *out) {
    Print print = collect(site, false);
    buf_add(out, asset_get("theme/print.css"));
    buf_add_text(out, "\n/* ---- running heads: the site, and the page that the sheet belongs to "
                      "---- */\n@page { @top-left { content: ");
    add_css_string(theme_site_title(site), out);
    buf_add_text(out, "; } }\n");
    for (size_t i = 0; i < print.count; i++) {
        const PrintPage *page = &print.pages[i];
        buf_add_format(out,
                       "#p%zu { page: p%zu; } @page p%zu { @top-right { content: ", page->index,
                       page->index, page->index);
        add_css_string(page->page->title, out);
        buf_add_text(out, "; } }\n");
    }
}
