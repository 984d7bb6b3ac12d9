#include "base/ban.h"

#include "site/home_page.h"

#include "base/escape.h"
#include "site/generated.h"

#define ENTRIES_MOST 500 /* more is no page that anybody reads; the index lists them all */

typedef struct Writer {
    Buf *out;
    size_t count; /* of entries written */
} Writer;

static Str entry_label(const NavEntry *entry) {
    return entry->title.size || !entry->page ? entry->title : entry->page->title;
}

static void add_entry(Writer *writer, const NavEntry *entry) {
    Buf *out = writer->out;
    if (entry->page) {
        buf_add_text(out, "<a href=\"");
        url_escape(out, entry->page->url);
        buf_add_text(out, "\">");
    }
    html_escape(out, entry_label(entry));
    buf_add_text(out, entry->page ? "</a>" : "");
    if (entry->page && entry->page->description.size) {
        buf_add_text(out, ": ");
        html_escape(out, entry->page->description);
    }
    writer->count++;
}

/* Nested as deep as the navigation is, which LIMIT_NESTING bounds. */
static void add_list(Writer *writer, const NavEntry *entries, size_t count, bool has_sections) {
    size_t before = writer->out->size;
    bool is_empty = true;
    buf_add_text(writer->out, "<ul>\n");
    for (size_t i = 0; i < count && writer->count < ENTRIES_MOST; i++) {
        if (!has_sections && entries[i].entry_count)
            continue;
        is_empty = false;
        buf_add_text(writer->out, "<li>");
        add_entry(writer, &entries[i]);
        if (entries[i].entry_count)
            add_list(writer, entries[i].entries, entries[i].entry_count, true);
        buf_add_text(writer->out, "</li>\n");
    }
    buf_add_text(writer->out, "</ul>\n");
    if (is_empty)
        writer->out->size = before;
}

static Str contents(const Site *site) {
    Buf out = buf_new(site->arena);
    Writer writer = {&out, 0};
    add_list(&writer, site->nav.entries, site->nav.entry_count, false);
    for (size_t i = 0; i < site->nav.entry_count && writer.count < ENTRIES_MOST; i++) {
        const NavEntry *section = &site->nav.entries[i];
        if (section->entry_count == 0)
            continue;
        buf_add_text(&out, "<h2>");
        add_entry(&writer, section);
        buf_add_text(&out, "</h2>\n");
        add_list(&writer, section->entries, section->entry_count, true);
    }
    if (writer.count >= ENTRIES_MOST)
        buf_add_text(&out, "<p>The <a href=\"search.html\">index</a> lists every page.</p>\n");
    return buf_str(&out);
}

void home_page_add(Site *site) {
    if (site->page_count == 0 || generated_is_taken(site, "index"))
        return;
    Str title = site->config->title.size ? site->config->title : STR("Documentation");
    Str description =
        site->config->description.size ? site->config->description : STR("Every section and page");
    generated_add(site, &(GeneratedPage){.name = "index",
                                         .title = str_cstr(site->arena, title),
                                         .description = str_cstr(site->arena, description),
                                         .markdown = STR(""),
                                         .html = contents(site)});
}
