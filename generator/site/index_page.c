#include "base/ban.h"

#include "site/index_page.h"

#include "base/escape.h"
#include "base/utf8.h"
#include "site/generated.h"

#define ROWS_MOST 5000 /* more is no index that anybody reads */

typedef struct Row {
    Str key; /* what it is sorted by: the text in lower case, from its first letter or digit on */
    Str text, anchor;
    const Page *page;
} Row;

static Str sort_key(Str text, Arena *arena) {
    Buf key = buf_new(arena);
    while (text.size) {
        uint32_t c = utf8_take(&text);
        if (key.size || utf8_is_word(c))
            utf8_add(&key, utf8_lower(c));
    }
    return buf_str(&key);
}

static int row_compare(const void *left, const void *right) {
    const Row *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    order = order ? order : str_compare(a->page->path, b->page->path);
    return order ? order : str_compare(a->anchor, b->anchor);
}

static Row *find_rows(const Site *site, size_t *count) {
    size_t most = 0;
    for (size_t i = 0; i < site->page_count; i++)
        most += site->pages[i]->search ? site->pages[i]->search->section_count : 0;
    Row *rows = ARENA_ARRAY(site->arena, Row, most + 1);
    *count = 0;
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        for (size_t k = 0; page->search && k < page->search->section_count; k++) {
            const SearchSection *section = &page->search->sections[k];
            bool is_page = k == 0;
            Str text = is_page ? page->title : section->heading;
            if (text.size == 0 || (!is_page && section->anchor.size == 0))
                continue;
            rows[(*count)++] = (Row){sort_key(text, site->arena), text, section->anchor, page};
        }
    }
    qsort(rows, *count, sizeof *rows, row_compare);
    return rows;
}

/* What a row stands under: its first letter, one place for digits, one for the rest. */
static Str group_of(const Row *row, Arena *arena) {
    if (row->key.size == 0)
        return STR("Signs");
    if (row->key.data[0] >= '0' && row->key.data[0] <= '9')
        return STR("0 to 9");
    Str rest = row->key;
    uint32_t c = utf8_take(&rest);
    if (c >= 'a' && c <= 'z')
        c = c - 'a' + 'A';
    Buf letter = buf_new(arena);
    utf8_add(&letter, c);
    return buf_str(&letter);
}

static void add_row(const Row *row, Buf *out) {
    buf_add_text(out, "<li><a href=\"");
    url_escape(out, row->page->url);
    if (row->anchor.size) {
        buf_add_char(out, '#');
        url_escape(out, row->anchor);
    }
    buf_add_text(out, "\">");
    html_escape(out, row->text);
    buf_add_text(out, "</a>");
    if (row->anchor.size) {
        buf_add_text(out, " <small>");
        html_escape(out, row->page->title);
        buf_add_text(out, "</small>");
    }
    buf_add_text(out, "</li>\n");
}

void index_page_add(Site *site) {
    size_t count = 0;
    if (generated_is_taken(site, "search"))
        return;
    const Row *rows = find_rows(site, &count);
    Buf out = buf_new(site->arena);
    Str group = {NULL, 0};
    for (size_t i = 0; i < count && i < ROWS_MOST; i++) {
        Str next = group_of(&rows[i], site->arena);
        if (!str_equal(next, group)) {
            buf_add_text(&out, group.size ? "</ul>\n<h2>" : "<h2>");
            html_escape(&out, next);
            buf_add_text(&out, "</h2>\n<ul class=\"index\">\n");
            group = next;
        }
        add_row(&rows[i], &out);
    }
    buf_add_text(&out, group.size ? "</ul>\n" : "");
    if (count > ROWS_MOST)
        buf_add_format(&out, "<p>%zu more headings are not listed.</p>\n", count - ROWS_MOST);
    generated_add(site,
                  &(GeneratedPage){.name = "search",
                                   .title = "Index",
                                   .description = "Every page and heading in alphabetical order",
                                   .markdown = STR("# Index\n\nEvery page and heading in "
                                                   "alphabetical order.\n"),
                                   .html = buf_str(&out)});
}
