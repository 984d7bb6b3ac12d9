#include "base/ban.h"

#include "check/external.h"

#include "base/escape.h"

typedef struct External {
    Str url;
    Place place;
} External;

typedef struct Externals {
    Arena *arena;
    External *items;
    size_t count, capacity;
} Externals;

/* Addresses that can be asked for: of the web, or with the page's own scheme ("//host/"). */
static void add(Externals *list, Str url, Span at) {
    Str scheme = str_slice(url, 0, str_find_char(url, ':', 0));
    if (!str_equal_nocase(scheme, STR("http")) && !str_equal_nocase(scheme, STR("https")) &&
        !str_starts_with(url, STR("//")))
        return;
    ARENA_RESERVE(list->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = (External){url, span_place(at)};
}

static void add_cards(Externals *list, const SiteFile *file) {
    const SiteData *data = file->kind == FILE_DATA ? file->part : NULL;
    const CardSet *set = data && data->data.kind == DATA_CARDS ? data->data.cards : NULL;
    for (size_t i = 0; set && i < set->card_count; i++)
        add(list, set->cards[i].href, set->cards[i].link_at);
}

static void collect(const Site *site, Externals *list) {
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        for (size_t k = 0; k < page->link_count; k++)
            add(list, page->links[k].url, page->links[k].at);
    }
    for (size_t i = 0; i < site->diagram_count; i++) {
        const Diagram *diagram = site->diagrams[i]->diagram;
        for (size_t k = 0; k < diagram->link_count; k++)
            add(list, *diagram->links[k].url, diagram->links[k].at);
    }
    for (size_t i = 0; i < site->file_count; i++)
        add_cards(list, &site->files[i]);
}

static int compare(const void *left, const void *right) {
    const External *a = left, *b = right;
    int order = str_compare(a->url, b->url);
    if (order == 0)
        order = str_compare(a->place.path, b->place.path);
    if (order == 0)
        order = (a->place.line > b->place.line) - (a->place.line < b->place.line);
    return order ? order
                 : (a->place.column > b->place.column) - (a->place.column < b->place.column);
}

static void render_text(const Externals *list, Buf *out) {
    for (size_t i = 0; i < list->count; i++) {
        const Place *place = &list->items[i].place;
        buf_add(out, list->items[i].url);
        buf_add_format(out, "\t%.*s:%u:%u\n", STR_FMT(place->path), place->line, place->column);
    }
}

static void render_json(const Externals *list, Buf *out) {
    buf_add_text(out, "{\"schema\":1,\"kind\":\"external-links\",\"links\":[");
    for (size_t i = 0; i < list->count; i++) {
        const External *item = &list->items[i];
        bool is_new = i == 0 || !str_equal(item->url, list->items[i - 1].url);
        if (is_new) {
            buf_add_text(out, i ? "]},\n{\"url\":" : "\n{\"url\":");
            json_string(out, item->url);
        }
        buf_add_text(out, is_new ? ",\"places\":[{\"file\":" : ",{\"file\":");
        json_string(out, item->place.path);
        buf_add_format(out, ",\"line\":%u,\"column\":%u}", item->place.line, item->place.column);
    }
    buf_add_text(out, list->count ? "]}\n]}\n" : "]}\n");
}

void external_render(const Site *site, bool is_json, Buf *out) {
    Externals list = {.arena = out->arena};
    collect(site, &list);
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare);
    if (is_json)
        render_json(&list, out);
    else
        render_text(&list, out);
}
