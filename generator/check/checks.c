#include "base/ban.h"

#include "check/checks.h"

#include "check/ignore.h"

/* A page that no navigation entry leads to. */
static void check_orphans(const Site *site, Diags *diags) {
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        if (page->nav || page->is_generated)
            continue;
        diag_add(diags, DIAG_NAV_ORPHAN, span_of(page->file->source, 0, 0),
                 "no navigation entry leads to this page");
        diag_hint(diags, "add it to \"nav\" in docsgen.yml");
    }
}

static void check_descriptions(const Site *site, Diags *diags) {
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        if (page->description.size || page->tracker)
            continue;
        diag_add(diags, DIAG_PAGE_DESCRIPTION, span_of(page->file->source, 0, 0),
                 "the page has no description");
        diag_hint(diags, "set \"description\" in front matter; search engines show it");
    }
}

/* On a page 800 px wide the labels of a wider diagram fall below 9 px. */
#define READABLE_WIDTH_PX 1200

static void check_widths(const Site *site, Diags *diags) {
    for (size_t i = 0; i < site->diagram_count; i++) {
        const SiteDiagram *diagram = site->diagrams[i];
        site_rest(site, i);
        if (!diagram->source || diagram->diagram->width_px <= READABLE_WIDTH_PX)
            continue;
        diag_add(diags, DIAG_DIAGRAM_TOO_WIDE, span_of(diagram->source, 0, 0),
                 "the diagram is %d px wide", diagram->diagram->width_px);
        diag_hint(diags, "split it, shorten its labels, or change its direction");
    }
}

/* A fence stands in text that says what it shows; a file also stands alone. */
static void check_titles(const Site *site, Diags *diags) {
    for (size_t i = 0; i < site->diagram_count; i++) {
        const SiteDiagram *diagram = site->diagrams[i];
        site_rest(site, i);
        bool is_file = diagram->source && !diagram->source->origin;
        if (!is_file || !diagram->diagram->is_drawn || diagram->diagram->title.size)
            continue;
        diag_add(diags, DIAG_DIAGRAM_UNTITLED, span_of(diagram->source, 0, 0),
                 "the diagram has no title");
        diag_hint(diags, "set \"title\" in front matter, or write accTitle");
    }
}

typedef struct CheckRow {
    const char *name;
    void (*run)(const Site *site, Diags *diags);
} CheckRow;

static const CheckRow checks[] = {
    {"orphans", check_orphans},       {"descriptions", check_descriptions},
    {"diagram widths", check_widths}, {"diagram titles", check_titles},
    {"names", check_names},           {"ports", check_ports},
    {"unused cards", check_unused},
};

void checks_run(const Site *site, Diags *diags) {
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        checks[i].run(site, diags);
    ignore_in_site(site, diags);
}
