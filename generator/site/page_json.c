#include "base/ban.h"

#include "site/page_json.h"

#include "base/escape.h"
#include "base/json.h"

static Str page_url(const Page *page) {
    return page ? page->url : (Str){NULL, 0};
}

/* What docsgen wrote itself has no place that anybody could look at. */
static void add_at(const Page *page, Span at, Spot spot, Buf *out) {
    Place place = {.line = page->is_generated ? 0 : spot.line, .column = spot.column};
    if (place.line)
        place.path = span_resolve(at).source->path;
    json_place(out, &place, page->path);
}

static void add_headings(const Page *page, Buf *out) {
    json_key(out, "headings");
    buf_add_char(out, '[');
    for (size_t i = 0; i < page->heading_count; i++) {
        const PageHeading *heading = &page->headings[i];
        json_comma(out, i);
        buf_add_char(out, '{');
        json_text(out, "id", heading->id);
        json_text(out, "text", heading->text);
        json_int(out, "level", heading->level);
        add_at(page, heading->at, heading->spot, out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_links(const Page *page, Buf *out) {
    size_t count = 0;
    json_key(out, "links");
    buf_add_char(out, '[');
    for (size_t i = 0; i < page->link_count; i++) {
        const PageLink *link = &page->links[i];
        if (link->kind == MD_ADDRESS || (!link->file && !link->is_external && !link->is_broken))
            continue; /* an embedded file; what it became stands elsewhere in the document */
        json_comma(out, count++);
        /* Links are most of what there is, so their fixed parts are written in one go. */
        buf_add_text(out, link->file          ? "{\"kind\":\"internal\""
                          : link->is_external ? "{\"kind\":\"external\""
                                              : "{\"kind\":\"broken\"");
        buf_add_text(out, link->kind == MD_IMAGE ? ",\"image\":true,\"url\":"
                                                 : ",\"image\":false,\"url\":");
        json_string(out, link->file ? link->file->url : link->url);
        json_optional(out, "fragment", link->fragment);
        add_at(page, link->at, link->spot, out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_urls(const char *key, const Str *urls, size_t count, Buf *out) {
    json_key(out, key);
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_comma(out, i);
        json_string(out, urls[i]);
    }
    buf_add_char(out, ']');
}

Str page_json_parts(const Page *page, Arena *arena) {
    Buf out = buf_new(arena);
    add_headings(page, &out);
    add_links(page, &out);
    return buf_str(&out);
}

Str page_json(const Page *page, Str parts, Arena *arena, Arena *tmp) {
    Buf buf = buf_new(tmp), *out = &buf;
    buf_add_char(out, '{');
    json_optional(out, "path", page->is_generated ? (Str){NULL, 0} : page->path);
    json_text(out, "url", page->url);
    json_text(out, "title", page->title);
    json_optional(out, "description", page->description);
    json_optional(out, "updated", page->updated);
    json_bool(out, "draft", page->is_draft);
    json_bool(out, "generated", page->is_generated);
    json_optional(out, "previous", page_url(page->previous));
    json_optional(out, "next", page_url(page->next));
    add_urls("aliases", page->aliases, page->alias_count, out);
    buf_add_char(out, ',');
    buf_add(out, parts);
    buf_add_char(out, '}');
    return str_copy(arena, buf_str(out));
}
