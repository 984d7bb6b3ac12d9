#include "base/ban.h"

#include "site/shell/shell.h"

#include "base/escape.h"
#include "base/fs.h"
#include "base/limits.h"
#include "base/version.h"
#include "site/card.h"
#include "site/elements.h"
#include "site/feed.h"
#include "site/meta.h"
#include "site/print.h"
#include "site/shell/hero.h"

const char *const shell_values[] = {
    "lang",        "title",      "page_title",    "description",      "layout",
    "stylesheet",  "fonts",      "stylesheets",   "favicon",          "favicon_type",
    "favicon_png", "touch_icon", "logo",          "logo_href",        "site_title",
    "home_href",   "repository", "nav",           "breadcrumbs",      "toc",
    "has_h1",      "content",    "updated",       "edit_href",        "feed_href",
    "canonical",   "script",     "base_href",     "search_href",      "previous",
    "next",        "generator",  "elements_href", "breadcrumbs_json", "header",
    "footer",      "href",       "children",      "card_url",         "card_alt",
    "print_href",  "pdf_href",   "hero",          "anchor",           "tagline",
    "image",       "actions",    "label",         "is_primary",       NULL};

/* What the functions below share. */
typedef struct Shell {
    const Site *site;
    const Page *page;
    Arena *arena;
} Shell;

static Str href_to(const Shell *shell, Str url) {
    return fs_relative(shell->page->url, url, shell->arena);
}

static Str page_label(const Page *page) {
    return page->nav_title.size ? page->nav_title : page->title;
}

static void set_breadcrumbs(const Shell *shell, TemplateValue *root) {
    const NavEntry *path[16];
    size_t depth = 0;
    const NavEntry *here = shell->page->nav;
    for (const NavEntry *at = here ? here->parent : NULL; at && at->parent && depth < 16;
         at = at->parent)
        path[depth++] = at;
    const Page *home = site_find_page(shell->site, STR("index.html"));
    if (shell->page == home)
        return;
    TemplateValue *list = template_set_list(root, "breadcrumbs");
    if (home) {
        TemplateValue *item = template_add_map(list);
        template_set_text(item, "title", page_label(home));
        template_set_text(item, "href", href_to(shell, home->url));
    }
    while (depth > 0) {
        const NavEntry *entry = path[--depth];
        TemplateValue *item = template_add_map(list);
        template_set_text(item, "title", entry->title);
        if (entry->page)
            template_set_text(item, "href", href_to(shell, entry->page->url));
    }
}

static void set_heading(const Shell *shell, TemplateValue *item, const PageHeading *heading) {
    template_set_text(item, "title", heading->text);
    template_set_text(item, "href", str_join(shell->arena, STR("#"), heading->id));
}

/* "On this page": the second level with the third below it; a page with one heading needs no
 * contents. */
static void set_toc(const Shell *shell, TemplateValue *root) {
    const Page *page = shell->page;
    size_t count = 0;
    for (size_t i = 0; i < page->heading_count; i++)
        count += page->headings[i].level == 2;
    if (count < 2)
        return;
    TemplateValue *list = template_set_list(root, "toc"), *item = NULL, *children = NULL;
    for (size_t i = 0; i < page->heading_count; i++) {
        const PageHeading *heading = &page->headings[i];
        if (heading->level == 2) {
            item = template_add_map(list);
            set_heading(shell, item, heading);
            children = NULL;
        } else if (heading->level == 3 && item) {
            children = children ? children : template_set_list(item, "children");
            set_heading(shell, template_add_map(children), heading);
        }
    }
}

static void set_neighbour(const Shell *shell, TemplateValue *root, const char *name,
                          const Page *page) {
    if (!page)
        return;
    TemplateValue *map = template_set_map(root, name);
    template_set_text(map, "title", page_label(page));
    template_set_text(map, "href", href_to(shell, page->url));
}

static bool has_h1(const Page *page) {
    for (size_t i = 0; i < page->heading_count; i++)
        if (page->headings[i].level == 1)
            return true;
    return page->has_html_title;
}

static Str window_title(const Shell *shell) {
    Str site = theme_site_title(shell->site), page = shell->page->title;
    return str_equal(site, page)
               ? page
               : str_join(shell->arena, str_join(shell->arena, page, STR(" - ")), site);
}

static void set_site(const Shell *shell, TemplateValue *root) {
    const Config *config = shell->site->config;
    template_set_text(root, "lang", config->language);
    template_set_text(root, "site_title", theme_site_title(shell->site));
    template_set_text(root, "stylesheet", href_to(shell, STR("style.css")));
    template_set_text(root, "fonts", href_to(shell, STR("fonts/")));
    template_set_text(root, "script", href_to(shell, STR("docsgen.js")));
    template_set_text(root, "search_href", href_to(shell, STR("search.html")));
    template_set_text(root, "home_href", href_to(shell, STR("index.html")));
    template_set_text(root, "repository", config->repository);
    Str elements = elements_url(shell->site);
    if (elements.size)
        template_set_text(root, "elements_href", href_to(shell, elements));
    if (shell->site->has_print)
        template_set_text(root, "print_href", href_to(shell, PRINT_PATH));
    if (shell->site->has_pdf)
        template_set_text(root, "pdf_href", href_to(shell, PRINT_PDF));
    template_set_text(root, "generator",
                      str_join(shell->arena, STR("docsgen "), str_from(docsgen_version)));
}

static void set_href(const Shell *shell, TemplateValue *root, const char *name, Str url) {
    if (url.size)
        template_set_text(root, name, href_to(shell, url));
}

/* What the settings of the theme put on every page. */
static void set_theme(const Shell *shell, const Theme *theme, TemplateValue *root) {
    TemplateValue *sheets = template_set_list(root, "stylesheets");
    for (size_t i = 0; i < theme->stylesheet_count; i++)
        template_add_text(sheets, href_to(shell, theme->stylesheets[i]));
    set_href(shell, root, "favicon", theme->favicon_url);
    template_set_text(root, "favicon_type", theme->favicon_type);
    set_href(shell, root, "favicon_png", theme->png_url);
    set_href(shell, root, "touch_icon", theme->touch_url);
    template_set_text(root, "logo", theme->logo_svg);
    set_href(shell, root, "logo_href", theme->logo_url);
    template_set_text(root, "header", slot_html(&theme->header, shell->page->url));
    template_set_text(root, "footer", slot_html(&theme->footer, shell->page->url));
}

/* What link previews and search engines read. */
static void set_meta(const Shell *shell, TemplateValue *root) {
    const Page *page = shell->page;
    Str address = meta_address(shell->site, page, shell->arena);
    if (address.size == 0 || page->is_generated)
        return;
    Buf crumbs = buf_new(shell->arena);
    meta_breadcrumbs(shell->site, page, &crumbs);
    template_set_text(root, "canonical", address);
    template_set_text(root, "breadcrumbs_json", buf_str(&crumbs));
    if (!card_is_made(shell->site, page))
        return;
    Buf url = buf_new(shell->arena);
    url_escape(&url, shell->site->config->url);
    url_escape(&url, card_path(page, shell->arena));
    template_set_text(root, "card_url", buf_str(&url));
    template_set_text(root, "card_alt", card_words(shell->site, page, shell->arena));
}

/* "/infra/" of "https://example.org/infra/"; "/" where the site does not know its address. */
static Str url_path(Str url) {
    size_t host = str_find(url, STR("//"), 0);
    size_t path = host == STR_NONE ? STR_NONE : str_find_char(url, '/', host + 2);
    return path == STR_NONE ? STR("/") : str_from_offset(url, path);
}

ShellPage shell_begin(const ShellTools *tools, const Page *page, Arena *arena) {
    const Site *site = tools->site;
    Shell shell = {site, page, arena};
    TemplateValue *root = template_map_new(arena);
    set_site(&shell, root);
    set_theme(&shell, tools->theme, root);
    hero_set(page, root, arena);
    template_set_text(root, "title", page->title);
    template_set_text(root, "page_title", window_title(&shell));
    template_set_text(root, "description",
                      page->description.size ? page->description : site->config->description);
    template_set_text(root, "layout", page->template_name);
    template_set_text(root, "updated", page->updated);
    template_set_bool(root, "has_h1", has_h1(page));
    if (str_equal(page->url, STR("404.html")))
        template_set_text(root, "base_href", url_path(site->config->url));
    set_meta(&shell, root);
    if (feed_is_made(site))
        template_set_text(root, "feed_href", fs_relative(page->url, STR("feed.xml"), arena));
    if (site->config->repository.size && !page->is_generated)
        template_set_text(root, "edit_href",
                          str_format(arena, "%.*s/edit/HEAD/%.*s",
                                     STR_FMT(site->config->repository), STR_FMT(page->path)));
    template_set_text(root, "nav", sidebar_render(tools->sidebar, page, arena));
    set_breadcrumbs(&shell, root);
    set_toc(&shell, root);
    set_neighbour(&shell, root, "previous", page->previous);
    set_neighbour(&shell, root, "next", page->next);
    return (ShellPage){root, theme_template_of(tools->theme, page)};
}

Hash shell_hash(const ShellTools *tools, const ShellPage *shell) {
    Hash hash = hash_add_number(tools->theme->look, shell->template);
    return hash_add_hash(hash, template_hash_value(shell->values, shell->values->arena));
}

static Hash add_entry(Hash hash, const NavEntry *entry) {
    hash = hash_add(hash, entry->title);
    hash = hash_add(hash, entry->page ? entry->page->url : STR(""));
    hash = hash_add_number(hash, entry->entry_count);
    for (size_t i = 0; i < entry->entry_count; i++)
        hash = add_entry(hash, &entry->entries[i]);
    return hash;
}

/* What the settings and the theme say is taken from the values of a page that there is not. */
Hash shell_world(const ShellTools *tools, Arena *tmp) {
    const Site *site = tools->site;
    Page none = {.path = STR("none/none.md"), .url = STR("none/none.html")};
    ShellPage shell = shell_begin(tools, &none, tmp);
    Hash hash = add_entry(shell_hash(tools, &shell), &site->nav);
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        const Str texts[] = {page->url,         page->title,   page->nav_title,
                             page->description, page->updated, page->template_name};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            hash = hash_add(hash, texts[k]);
        hash = hash_add_number(hash, page->is_generated);
    }
    return hash;
}

size_t shell_end(const ShellTools *tools, const Page *page, const ShellPage *shell, Str content,
                 Buf *out) {
    const Template *templates = tools->theme->templates;
    size_t place = STR_NONE;
    TemplateValue *value = template_set_text(shell->values, "content", content);
    value->place = &place;
    bool is_whole = template_render(templates, shell->template, shell->values, out);
    value->place = NULL;
    if (is_whole)
        return place;
    diag_add(page->diags, DIAG_TEMPLATE_SYNTAX,
             span_of(template_source(templates, shell->template), 0, 0),
             "this template never ends, or nests deeper than %zu", LIMIT_NESTING);
    diag_hint(page->diags, "look for a part that calls itself");
    return place;
}

void shell_render(const ShellTools *tools, const Page *page, Str content, Buf *out) {
    ShellPage shell = shell_begin(tools, page, out->arena);
    shell_end(tools, page, &shell, content, out);
}
