#include "base/ban.h"

#include "site/site.h"

#include <assert.h>

#include "base/buf.h"

SiteFile *site_find_file(const Site *site, Str path) {
    return map_find(site->file_index, path);
}

Hash site_hash_names(const Site *site) {
    Hash hash = {0};
    for (size_t i = 0; i < site->file_count; i++)
        hash = hash_add_number(hash_add(hash, site->files[i].path), site->files[i].kind);
    return hash;
}

Page *site_find_page(const Site *site, Str url) {
    return map_find(site->page_index, url);
}

Str page_stem(const Page *page) {
    assert(page->url.size == 0 || str_ends_with(page->url, STR(".html")));
    return str_slice(page->url, 0, page->url.size ? page->url.size - strlen(".html") : 0);
}

bool page_has_anchor(const Page *page, Str id) {
    if (page->anchors)
        return map_find(page->anchors, id) != NULL;
    for (size_t i = 0; i < page->heading_count; i++)
        if (str_equal(page->ids[i], id))
            return true;
    return false;
}

Str *page_anchors(const Page *page, size_t *count, Arena *arena) {
    *count = page->anchors ? map_count(page->anchors) : page->heading_count;
    Str *ids = ARENA_ARRAY(arena, Str, *count + 1);
    for (size_t i = 0; i < *count; i++)
        ids[i] = page->anchors ? map_key(page->anchors, i) : page->ids[i];
    return ids;
}

Str site_root_from(Str url, Arena *arena) {
    Buf buf = buf_new(arena);
    for (size_t i = 0; i < url.size; i++)
        if (url.data[i] == '/')
            buf_add_text(&buf, "../");
    return buf_str(&buf);
}

size_t site_author_pages(const Site *site) {
    size_t count = 0;
    for (size_t i = 0; i < site->page_count; i++)
        count += !site->pages[i]->is_generated;
    return count;
}

void site_rest(const Site *site, size_t round) {
    spill_rest_in(site->spill, round);
}
