/* The page about elements: one row for each id that a page shows in a diagram of the diagrams
 * folder. It is a page like any other, so that links, checks and search know it. */
#include "base/ban.h"

#include "base/escape.h"
#include "base/fs.h"
#include "site/elements.h"
#include "site/generated.h"
#include "site/links.h"

/* A longer list helps nobody; the rest is counted. */
#define ROWS_MOST  5000
#define PAGES_MOST 20

static const char intro[] =
    "# Elements\n\n"
    "Everything that the diagrams of this site show, by the id it has there. The same id is the "
    "same thing in each of them.\n";

Str elements_url(const Site *site) {
    const Page *page = site_find_page(site, STR("elements.html"));
    return page && page->is_generated ? page->url : (Str){NULL, 0};
}

/* The pages that show a diagram, in the order of site->pages. */
typedef struct Shown {
    size_t *pages;
    size_t count, capacity;
} Shown;

/* Path of a diagram file -> Shown. */
static Map *find_shown(const Site *site) {
    Map *shown = map_new(site->arena);
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        site_rest(site, i);
        /* A page with a stencil has no images. */
        for (size_t k = 0; k < page->link_count && !page->stencil; k++) {
            const PageLink *link = &page->links[k];
            if (link->kind != MD_IMAGE)
                continue;
            Target target = link_target(site, page->path, link->url, site->arena);
            const SiteFile *file =
                target.kind == TARGET_FILE ? site_find_file(site, target.path) : NULL;
            if (!file || file->kind != FILE_DIAGRAM)
                continue;
            Shown *list = map_find(shown, file->path);
            if (!list) {
                list = ARENA_NEW(site->arena, Shown);
                map_put(shown, file->path, list);
            }
            if (list->count && list->pages[list->count - 1] == i)
                continue;
            ARENA_RESERVE(site->arena, list->pages, list->count, list->capacity);
            list->pages[list->count++] = i;
        }
    }
    return shown;
}

/* One diagram with an element, on one page. */
typedef struct Sight {
    size_t page;
    size_t use;
} Sight;

static int sight_compare(const void *left, const void *right) {
    const Sight *a = left, *b = right;
    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    return a->use < b->use ? -1 : a->use > b->use;
}

/* Where an element can be seen, by page and then by diagram. */
static Sight *find_sights(const Element *element, const Map *shown, size_t *count, Arena *arena) {
    Sight *sights = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < element->use_count; i++) {
        const SiteDiagram *diagram = element->uses[i].diagram;
        bool is_repeated = i > 0 && element->uses[i - 1].diagram == diagram;
        const Shown *list = is_repeated ? NULL : map_find(shown, diagram->source->path);
        for (size_t k = 0; list && k < list->count; k++) {
            ARENA_RESERVE(arena, sights, *count, capacity);
            sights[(*count)++] = (Sight){list->pages[k], i};
        }
    }
    if (*count)
        qsort(sights, *count, sizeof *sights, sight_compare);
    return sights;
}

static void add_diagram_name(Buf *out, const SiteDiagram *diagram) {
    Str title = diagram->diagram->title;
    html_escape(out, title.size ? title : fs_name_of(diagram->source->path));
}

static void add_sights(Buf *out, const Site *site, const Element *element, const Sight *sights,
                       size_t count) {
    size_t page_count = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_new = i == 0 || sights[i].page != sights[i - 1].page;
        page_count += is_new;
        if (page_count > PAGES_MOST)
            continue;
        const Page *page = site->pages[sights[i].page];
        if (is_new) {
            buf_add_text(out, i ? "<br><a href=\"" : "<a href=\"");
            url_escape(out, page->url);
            buf_add_text(out, "\">");
            html_escape(out, page->title);
            buf_add_text(out, "</a>: ");
        } else {
            buf_add_text(out, ", ");
        }
        add_diagram_name(out, element->uses[sights[i].use].diagram);
    }
    if (page_count > PAGES_MOST)
        buf_add_format(out, "<br>and on %zu more pages", page_count - PAGES_MOST);
}

/* The first name that a diagram gives it; an element without a name is known by its id. */
static Str element_name(const Element *element) {
    for (size_t i = 0; i < element->use_count; i++)
        if (element->uses[i].name.size)
            return element->uses[i].name;
    return element->id;
}

static void add_row(Buf *out, const Site *site, const Element *element, const Sight *sights,
                    size_t count) {
    buf_add_text(out, "<tr id=\"element-");
    html_escape(out, element->id);
    buf_add_text(out, "\"><th scope=\"row\">");
    html_escape(out, element_name(element));
    buf_add_text(out, "</th><td><code>");
    html_escape(out, element->id);
    buf_add_text(out, "</code></td><td>");
    add_sights(out, site, element, sights, count);
    buf_add_text(out, "</td></tr>\n");
}

/* The table; `count` becomes the number of elements in it. */
static Str render_table(const Site *site, size_t *count) {
    const Map *shown = find_shown(site);
    Buf out = buf_new(site->arena);
    size_t left_out = 0;
    *count = 0;
    buf_add_text(
        &out, "<div class=\"table-wrap\" role=\"group\" tabindex=\"0\" aria-label=\"Elements\">\n"
              "<table>\n<thead>\n<tr><th scope=\"col\">Element</th><th scope=\"col\">Id</th>"
              "<th scope=\"col\">Appears in</th></tr>\n</thead>\n<tbody>\n");
    for (size_t i = 0; i < site->element_count; i++) {
        size_t sight_count;
        Sight *sights = find_sights(&site->elements[i], shown, &sight_count, site->arena);
        if (!sight_count)
            continue;
        if (*count < ROWS_MOST) {
            add_row(&out, site, &site->elements[i], sights, sight_count);
            ++*count;
        } else {
            left_out++;
        }
    }
    buf_add_text(&out, "</tbody>\n</table>\n</div>\n");
    if (left_out)
        buf_add_format(&out, "<p>%zu more elements are not listed.</p>\n", left_out);
    return buf_str(&out);
}

void elements_add_page(Site *site) {
    size_t count = 0;
    if (generated_is_taken(site, "elements"))
        return;
    Str table = render_table(site, &count);
    if (!count)
        return;
    Page *page = generated_add(
        site, &(GeneratedPage){.name = "elements",
                               .title = "Elements",
                               .description = "Everything that the diagrams show, with the pages "
                                              "where it appears",
                               .markdown = str_from(intro),
                               .html = table});
    page->anchors = map_new(site->arena);
    for (size_t i = 0; i < page->heading_count; i++)
        map_put(page->anchors, page->headings[i].id, page);
    for (size_t i = 0; i < site->element_count; i++)
        map_put(page->anchors,
                str_format(site->arena, "element-%.*s", STR_FMT(site->elements[i].id)), page);
}
