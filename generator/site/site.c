#include "base/ban.h"

#include "site/site.h"

#include "base/buf.h"

SiteFile *site_find_file(const Site *site, Str path) {
    return map_find(site->file_index, path);
}

Page *site_find_page(const Site *site, Str url) {
    return map_find(site->page_index, url);
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
