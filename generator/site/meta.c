#include "base/ban.h"

#include "site/meta.h"

#include "base/escape.h"
#include "base/fs.h"
#include "site/recall.h"

/* Pages that are there for a reader who is on the site already. */
static bool is_listed(const Page *page) {
    return !str_equal(page->url, STR("404.html")) && !str_equal(page->url, STR("search.html"));
}

Str meta_address(const Site *site, const Page *page, Arena *arena) {
    if (site->config->url.size == 0)
        return (Str){NULL, 0};
    Str path = page->url;
    if (str_equal(fs_name_of(path), STR("index.html")))
        path = str_slice(path, 0, path.size - strlen("index.html"));
    return str_join(arena, site->config->url, path);
}

/* sitemap.xml (sitemaps.org, protocol 0.9): at most 50,000 addresses belong into one file. */
static void write_sitemap(const Site *site, Buf *out) {
    buf_add_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        if (!is_listed(page))
            continue;
        buf_add_text(out, "<url><loc>");
        url_escape(out, meta_address(site, page, out->arena));
        buf_add_text(out, "</loc>");
        if (page->updated.size) {
            buf_add_text(out, "<lastmod>");
            html_escape(out, page->updated);
            buf_add_text(out, "</lastmod>");
        }
        buf_add_text(out, "</url>\n");
    }
    buf_add_text(out, "</urlset>\n");
}

/* ---- Markdown for programs that read ---- */

Str meta_twin_url(const Page *page, Arena *arena) {
    return str_join(arena, page_stem(page), STR(".md"));
}

static void add_line(const Site *site, const Page *page, Str title, Buf *out) {
    buf_add_format(out, "- [%.*s](", STR_FMT(title));
    if (site->config->url.size)
        buf_add(out, site->config->url);
    buf_add(out, meta_twin_url(page, out->arena));
    buf_add_char(out, ')');
    if (page->description.size)
        buf_add_format(out, ": %.*s", STR_FMT(page->description));
    buf_add_char(out, '\n');
}

/* Pages of one level as a list, sections below it as headings. */
static void add_level(const Site *site, const NavEntry *entry, int depth, Buf *out) {
    for (size_t i = 0; i < entry->entry_count; i++) {
        const NavEntry *child = &entry->entries[i];
        if (child->page && !child->page->is_generated)
            add_line(site, child->page, child->title, out);
    }
    for (size_t i = 0; i < entry->entry_count; i++) {
        const NavEntry *child = &entry->entries[i];
        if (child->entry_count == 0)
            continue;
        buf_add_char(out, '\n');
        buf_add_repeat(out, '#', (size_t)(depth < 6 ? depth : 6));
        buf_add_format(out, " %.*s\n\n", STR_FMT(child->title));
        add_level(site, child, depth + 1, out);
    }
}

/* llms.txt (llmstxt.org): the title, what the site is about, and its pages with what they say. */
static void write_llms(const Site *site, Buf *out) {
    Str title = site->config->title;
    buf_add_format(out, "# %.*s\n\n", STR_FMT(title.size ? title : STR("Documentation")));
    if (site->config->description.size)
        buf_add_format(out, "> %.*s\n\n", STR_FMT(site->config->description));
    add_level(site, &site->nav, 2, out);
}

static Str text_of(const Page *page) {
    if (page->twin_text.data)
        return page->twin_text;
    source_load(page->file->source);
    return page->file->source->text;
}

void meta_write(const Site *site, void (*add)(void *context, Output output), void *context) {
    Arena *arena = site->arena;
    if (site->config->url.size) {
        Buf sitemap = buf_new(arena);
        write_sitemap(site, &sitemap);
        add(context, (Output){.path = STR("sitemap.xml"), .content = buf_str(&sitemap)});
        add(context, (Output){.path = STR("robots.txt"),
                              .content = str_format(
                                  arena, "User-agent: *\nAllow: /\nSitemap: %.*ssitemap.xml\n",
                                  STR_FMT(site->config->url))});
    }
    Buf llms = buf_new(arena);
    write_llms(site, &llms);
    add(context, (Output){.path = STR("llms.txt"), .content = buf_str(&llms)});
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        site_rest(site, i);
        if (page->is_generated)
            continue;
        Output twin = {.path = meta_twin_url(page, arena),
                       .proof = page->memory ? &page->memory->twin : NULL};
        twin.is_kept = site->recall && recall_twin_stands(site, page, twin.path);
        if (!twin.is_kept)
            twin.content = text_of(page);
        add(context, twin);
    }
}

/* A JSON string that cannot end the script element around it. */
static void add_json(Buf *out, Str text) {
    Buf json = buf_new(out->arena);
    json_string(&json, text);
    for (Str rest = buf_str(&json); rest.data;) {
        buf_add(out, str_cut(&rest, '<'));
        buf_add_text(out, rest.data ? "\\u003C" : "");
    }
}

static void add_crumb(size_t position, Str name, Str address, Buf *out) {
    buf_add_text(out, position > 1 ? ",{" : "{");
    buf_add_text(out, "\"@type\":\"ListItem\",\"position\":");
    buf_add_int(out, (int64_t)position);
    buf_add_text(out, ",\"name\":");
    add_json(out, name);
    if (address.size) {
        buf_add_text(out, ",\"item\":");
        add_json(out, address);
    }
    buf_add_char(out, '}');
}

/* Sections first, the outermost first of all. */
static size_t add_crumbs(const Site *site, const NavEntry *entry, size_t position, Buf *out) {
    if (!entry || !entry->parent)
        return position;
    position = add_crumbs(site, entry->parent, position, out);
    Str address = entry->page ? meta_address(site, entry->page, out->arena) : (Str){NULL, 0};
    add_crumb(++position, entry->title, address, out);
    return position;
}

void meta_breadcrumbs(const Site *site, const Page *page, Buf *out) {
    if (site->config->url.size == 0 || !page->nav || !page->nav->parent)
        return;
    buf_add_text(
        out,
        "{\"@context\":\"https://schema.org\",\"@type\":\"BreadcrumbList\",\"itemListElement\":[");
    size_t position = 0;
    const Page *home = site_find_page(site, STR("index.html"));
    if (home && home != page)
        add_crumb(++position, home->title, site->config->url, out);
    add_crumbs(site, page->nav, position, out);
    buf_add_text(out, "]}");
}
