#include "base/ban.h"

#include "site/generated.h"

#include "base/fs.h"
#include "site/page.h"

static Str page_path(const Site *site, const char *name) {
    return fs_join(site->config->source, str_format(site->arena, "%s.md", name), site->arena);
}

static Str page_url(const Site *site, const char *name) {
    return str_format(site->arena, "%s.html", name);
}

bool generated_is_taken(const Site *site, const char *name) {
    return site_find_page(site, page_url(site, name)) ||
           site_find_file(site, page_path(site, name));
}

/* The HTML stands behind the Markdown as a part that nothing looks into. */
static void append_markup(MdDoc *doc, Str html, Arena *arena) {
    MdNode *markup = ARENA_NEW(arena, MdNode), *root = doc->root;
    *markup = (MdNode){.kind = MD_MARKUP, .text = html, .parent = root, .prev = root->last};
    if (root->last)
        root->last->next = markup;
    else
        root->first = markup;
    root->last = markup;
}

static void insert(Site *site, Page *page) {
    map_put(site->file_index, page->path, page->file);
    page->is_second = !taken_add(site->taken, page->url);
    map_put(site->page_index, page->url, page);
    size_t place = site->page_count++;
    for (; place > 0 && str_compare(site->pages[place - 1]->path, page->path) > 0; place--)
        site->pages[place] = site->pages[place - 1];
    site->pages[place] = page;
}

Page *generated_add(Site *site, const GeneratedPage *wanted) {
    Arena *arena = site->arena;
    SiteFile *file = ARENA_NEW(arena, SiteFile);
    *file = (SiteFile){.path = page_path(site, wanted->name),
                       .kind = FILE_PAGE,
                       .url = page_url(site, wanted->name)};
    file->source = source_new(arena, file->path, wanted->markdown);
    Page *page = ARENA_NEW(arena, Page);
    *page = (Page){.file = file,
                   .path = file->path,
                   .url = file->url,
                   .title = str_from(wanted->title),
                   .description = str_from(wanted->description),
                   .order = INT64_MAX,
                   .is_generated = true,
                   .diags = diags_new(arena)};
    file->part = page;
    page->doc = md_parse(file->source, arena, page->diags);
    if (wanted->html.size)
        append_markup(page->doc, wanted->html, arena);
    page_keep_facts(page, arena, arena);
    insert(site, page);
    return page;
}
