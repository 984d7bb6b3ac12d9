#include "base/ban.h"

#include "check/checks.h"

/* A page that no navigation entry leads to. */
static void check_orphans(const Site *site, Diags *diags) {
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        if (page->nav)
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

typedef struct CheckRow {
    const char *name;
    void (*run)(const Site *site, Diags *diags);
} CheckRow;

static const CheckRow checks[] = {
    {"orphans", check_orphans},
    {"descriptions", check_descriptions},
};

void checks_run(const Site *site, Diags *diags) {
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        checks[i].run(site, diags);
}
