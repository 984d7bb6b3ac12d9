#include "base/ban.h"

#include "site/index_page.h"

#include "base/escape.h"
#include "base/utf8.h"
#include "site/generated.h"

#define ROWS_MOST ((size_t)5000) /* more is no index that anybody reads */

typedef struct Row {
    Str key; /* what it is sorted by: the text in lower case, from its first letter or digit on */
    Str text, anchor;
    const Page *page;
} Row;

static void sort_key(Str text, Buf *key) {
    key->size = 0;
    while (text.size) {
        uint32_t c = utf8_take(&text);
        if (key->size || utf8_is_word(c))
            utf8_add(key, utf8_lower(c));
    }
}

static int row_compare(const void *left, const void *right) {
    const Row *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    order = order ? order : str_compare(a->page->path, b->page->path);
    return order ? order : str_compare(a->anchor, b->anchor);
}

/* The rows that may be shown: the first ROWS_MOST of all, and some that have come since they were
 * last sorted. */
typedef struct Rows {
    Row *items;
    size_t count;
    const Row *last; /* of the first ROWS_MOST; NULL while there are fewer */
    size_t total;
    Buf key;
    Arena *arena;
} Rows;

static void cut_rows(Rows *rows) {
    if (rows->count)
        qsort(rows->items, rows->count, sizeof *rows->items, row_compare);
    if (rows->count < ROWS_MOST)
        return;
    rows->count = ROWS_MOST;
    rows->last = &rows->items[ROWS_MOST - 1];
}

static void take_row(Rows *rows, Row row) {
    rows->total++;
    sort_key(row.text, &rows->key);
    row.key = buf_str(&rows->key);
    if (rows->last && row_compare(rows->last, &row) < 0)
        return;
    if (rows->count == 2 * ROWS_MOST)
        cut_rows(rows);
    row.key = str_copy(rows->arena, row.key);
    rows->items[rows->count++] = row;
}

/* Every page and every heading that can be led to. */
static Rows find_rows(const Site *site) {
    Rows rows = {.items = ARENA_ARRAY(site->arena, Row, 2 * ROWS_MOST),
                 .key = buf_new(site->arena),
                 .arena = site->arena};
    for (size_t i = 0; i < search_index_pages(site->search); i++) {
        SearchCursor cursor = search_index_page(site->search, i);
        for (uint32_t k = 0; k < cursor.shown.section_count; k++) {
            SearchSection section = search_cursor_next(&cursor);
            bool is_page = k == 0;
            Str text = is_page ? cursor.page->title : section.heading;
            if (text.size && (is_page || section.anchor.size))
                take_row(&rows, (Row){.text = text, .anchor = section.anchor, .page = cursor.page});
        }
    }
    cut_rows(&rows);
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
    if (generated_is_taken(site, "search"))
        return;
    Rows rows = find_rows(site);
    Buf out = buf_new(site->arena);
    Str group = {NULL, 0};
    for (size_t i = 0; i < rows.count; i++) {
        Str next = group_of(&rows.items[i], site->arena);
        if (!str_equal(next, group)) {
            buf_add_text(&out, group.size ? "</ul>\n<h2>" : "<h2>");
            html_escape(&out, next);
            buf_add_text(&out, "</h2>\n<ul class=\"index\">\n");
            group = next;
        }
        add_row(&rows.items[i], &out);
    }
    buf_add_text(&out, group.size ? "</ul>\n" : "");
    if (rows.total > ROWS_MOST)
        buf_add_format(&out, "<p>%zu more headings are not listed.</p>\n", rows.total - ROWS_MOST);
    generated_add(site,
                  &(GeneratedPage){.name = "search",
                                   .title = "Index",
                                   .description = "Every page and heading in alphabetical order",
                                   .markdown = STR("# Index\n\nEvery page and heading in "
                                                   "alphabetical order.\n"),
                                   .html = buf_str(&out)});
}
