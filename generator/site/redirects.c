#include "base/ban.h"

#include "site/redirects.h"

#include "base/asset.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/map.h"

#define HOPS_MAX 64 /* redirects that one may lead over */

/* A redirect that leads to a page. */
typedef struct Redirect {
    Str from, from_part; /* output path; the part empty: the whole page */
    const Page *to;
    Str to_part;                          /* empty: the whole page */
    bool from_page;                       /* there is still a page at `from` */
    struct Redirect *first, *last, *next; /* of those from one page; `last` only at the first */
} Redirect;

struct Redirects {
    Redirect *items;
    size_t count;
    Map *settings; /* `from` as written -> RedirectSetting */
    Map *by_page;  /* output path -> the first Redirect from there */
};

/* An end of a redirect as it is written: page.md#part. */
typedef struct End {
    Str path, part;
} End;

static End end_of(Str text) {
    size_t hash = str_find_char(text, '#', 0);
    if (hash == STR_NONE)
        return (End){text, {NULL, 0}};
    return (End){str_slice(text, 0, hash), str_from_offset(text, hash + 1)};
}

/* old.md -> old.html, as pages are named in the output. */
static Str page_address(Str path, Arena *arena) {
    if (!str_ends_with(path, STR(".md")))
        return path;
    return str_format(arena, "%.*s.html", STR_FMT(str_slice(path, 0, path.size - 3)));
}

/* The page at the end of a redirect, by its source: a README.md has another name in the output. */
static const Page *page_at(const Site *site, Str path) {
    Str source = fs_join(site->config->source, path, site->arena);
    const SiteFile *file = site_find_file(site, source);
    const Page *page = file && file->kind == FILE_PAGE ? file->part : NULL;
    return page && page->url.size ? page : site_find_page(site, page_address(path, site->arena));
}

/* A page or heading that is there; nothing leads away from it. */
static bool is_place(const Site *site, End end) {
    const Page *page = page_at(site, end.path);
    return page && (end.part.size == 0 || page_has_anchor(page, end.part));
}

/* The redirect that leads on from `end`: one for this very part, else one for the whole page. */
static const RedirectSetting *next_of(const Redirects *redirects, End end, Arena *arena) {
    const RedirectSetting *next = NULL;
    if (end.part.size)
        next = map_find(redirects->settings,
                        str_format(arena, "%.*s#%.*s", STR_FMT(end.path), STR_FMT(end.part)));
    return next ? next : map_find(redirects->settings, end.path);
}

/* Follows redirects of redirects up to a page. The empty End, after a finding, where they go in a
 * circle, which meets its mark (Brent, 1980), or too far. */
static End follow(Site *site, const Redirects *redirects, const RedirectSetting *redirect) {
    End end = end_of(redirect->to);
    const RedirectSetting *mark = redirect;
    for (size_t hops = 0; hops <= HOPS_MAX; hops++) {
        bool is_page = is_place(site, (End){end.path, {NULL, 0}});
        const RedirectSetting *next = next_of(redirects, end, site->arena);
        if (!next || is_place(site, end) || (is_page && end_of(next->from).part.size == 0))
            return end;
        if (next == mark) {
            diag_add(site->diags, DIAG_LINK_REDIRECT, redirect->at,
                     "the redirect goes in a circle: \"%.*s\"", STR_FMT(redirect->to));
            return (End){{NULL, 0}, {NULL, 0}};
        }
        mark = (hops & (hops + 1)) == 0 ? next : mark; /* at 0, 1, 3, 7, ... */
        End to = end_of(next->to);
        end = (End){to.path, to.part.size || end_of(next->from).part.size ? to.part : end.part};
    }
    diag_add(site->diags, DIAG_LINK_REDIRECT, redirect->at,
             "the redirect leads over more than %d others: \"%.*s\"", HOPS_MAX,
             STR_FMT(redirect->to));
    return (End){{NULL, 0}, {NULL, 0}};
}

static void check_part(Site *site, const RedirectSetting *redirect, const Page *page, Str *part) {
    if (part->size == 0 || page_has_anchor(page, *part))
        return;
    diag_add(site->diags, DIAG_LINK_REDIRECT, redirect->at,
             "the redirect leads to no heading: \"%.*s\"", STR_FMT(redirect->to));
    size_t count;
    Str *ids = page_anchors(page, &count, site->arena);
    Str nearest = str_nearest(*part, ids, count);
    if (nearest.size)
        diag_hint(site->diags, "did you mean #%.*s?", STR_FMT(nearest));
    *part = (Str){NULL, 0};
}

static void report_never(Site *site, const RedirectSetting *redirect, End from) {
    diag_add(site->diags, DIAG_LINK_REDIRECT, redirect->at,
             "the redirect is never taken: there is %s \"%.*s\"",
             from.part.size ? "still a heading" : "still a page", STR_FMT(redirect->from));
    diag_hint(site->diags, "remove the redirect, or what it leads away from");
}

/* Redirects from one page hang together, in the order of the settings. */
static void add_item(Redirects *redirects, Redirect item) {
    Redirect *added = &redirects->items[redirects->count++];
    *added = item;
    added->first = map_find(redirects->by_page, item.from);
    if (added->first) {
        added->first->last->next = added;
    } else {
        added->first = added;
        map_put(redirects->by_page, item.from, added);
    }
    added->first->last = added;
}

static void read_one(Site *site, const RedirectSetting *redirect, Redirects *redirects) {
    End from = end_of(redirect->from), written = end_of(redirect->to);
    if (is_place(site, from)) {
        report_never(site, redirect, from);
        return;
    }
    End to = follow(site, redirects, redirect);
    if (to.path.size == 0 && redirect->to.size)
        return;
    const Page *page = page_at(site, to.path);
    if (!page) {
        diag_add(site->diags, DIAG_LINK_REDIRECT, redirect->at,
                 "the redirect leads to no page: \"%.*s\"", STR_FMT(redirect->to));
        return;
    }
    if (!str_equal(to.path, written.path) || !str_equal(to.part, written.part)) {
        diag_add(site->diags, DIAG_LINK_REDIRECT, redirect->at,
                 "the redirect leads to another redirect: \"%.*s\"", STR_FMT(redirect->to));
        diag_hint(site->diags, "write \"%.*s%s%.*s\", where that one leads", STR_FMT(to.path),
                  to.part.size ? "#" : "", STR_FMT(to.part));
    }
    check_part(site, redirect, page, &to.part);
    const Page *still = page_at(site, from.path);
    add_item(redirects,
             (Redirect){.from = still ? still->url : page_address(from.path, site->arena),
                        .from_part = from.part,
                        .to = page,
                        .to_part = to.part,
                        .from_page = still != NULL});
}

void redirects_read(Site *site) {
    Redirects *redirects = ARENA_NEW(site->arena, Redirects);
    const Config *config = site->config;
    redirects->items = ARENA_ARRAY(site->arena, Redirect, config->redirect_count + 1);
    redirects->by_page = map_new(site->arena);
    redirects->settings = map_new(site->arena);
    for (size_t i = 0; i < config->redirect_count; i++)
        map_put(redirects->settings, config->redirects[i].from,
                (void *)(uintptr_t)&config->redirects[i]);
    for (size_t i = 0; i < config->redirect_count; i++)
        read_one(site, &site->config->redirects[i], redirects);
    site->redirects = redirects;
}

/* ---- what is written ---- */

static void add_href(Str from, const Page *to, Str part, Buf *out) {
    url_escape(out, fs_relative(from, to->url, out->arena));
    if (part.size) {
        buf_add_char(out, '#');
        url_escape(out, part);
    }
}

/* What a part is called: the text of its heading, else the title of its page. */
static void add_name(const Page *page, Str part, Buf *out) {
    Str name = page->title;
    for (size_t i = 0; i < page->heading_count; i++)
        if (part.size && str_equal(page->headings[i].id, part))
            name = page->headings[i].text;
    html_escape(out, name);
}

static void add_note(const Redirect *redirect, Str from, Buf *out) {
    buf_add_text(out, "<p class=\"moved\" id=\"");
    html_escape(out, redirect->from_part);
    buf_add_text(out, "\">This part has moved to <a href=\"");
    add_href(from, redirect->to, redirect->to_part, out);
    buf_add_text(out, "\">");
    add_name(redirect->to, redirect->to_part, out);
    buf_add_text(out, "</a>.</p>\n");
}

static void add_script(Str from, Buf *out) {
    buf_add_text(out, "<script src=\"");
    url_escape(out, fs_relative(from, STR("forward.js"), out->arena));
    buf_add_text(out, "\"></script>\n");
}

void redirects_add_notes(const Site *site, const Page *page, Buf *content) {
    bool has_note = false;
    const Redirect *redirect = map_find(site->redirects->by_page, page->url);
    for (; redirect; redirect = redirect->next) {
        add_note(redirect, page->url, content);
        has_note = true;
    }
    if (has_note)
        add_script(page->url, content);
}

/* A page that only forwards to `to`; works without JavaScript and without a server's help. */
static void begin_forward(const Site *site, Str from, const Redirect *to, Buf *out) {
    Buf href = buf_new(out->arena);
    add_href(from, to->to, to->to_part, &href);
    buf_add_text(out, "<!doctype html>\n<html lang=\"");
    html_escape(out, site->config->language);
    buf_add_text(
        out,
        "\">\n<head>\n<meta charset=\"utf-8\">\n<title>Moved</title>\n<meta name=\"robots\" content=\"noindex\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<meta http-equiv=\"refresh\" content=\"0; url=");
    buf_add(out, buf_str(&href));
    buf_add_text(out, "\">\n<link rel=\"canonical\" href=\"");
    buf_add(out, buf_str(&href));
    buf_add_text(out,
                 "\">\n</head>\n<body>\n<p class=\"forward\">This page has moved to <a href=\"");
    buf_add(out, buf_str(&href));
    buf_add_text(out, "\">");
    add_name(to->to, to->to_part, out);
    buf_add_text(out, "</a>.</p>\n");
}

/* A forwarding page and what its parts lead to: `first` and those behind it. Without a redirect for
 * the whole page it leads to the page of the first part. */
static Output write_forward(const Site *site, const Redirect *first) {
    const Redirect *whole = first;
    Buf out = buf_new(site->arena);
    for (const Redirect *item = first; item; item = item->next)
        if (item->from_part.size == 0)
            whole = item;
    begin_forward(site, first->from,
                  &(Redirect){.to = whole->to,
                              .to_part = whole->from_part.size ? (Str){NULL, 0} : whole->to_part},
                  &out);
    for (const Redirect *item = first; item; item = item->next)
        if (item->from_part.size)
            add_note(item, first->from, &out);
    add_script(first->from, &out);
    buf_add_text(&out, "</body>\n</html>\n");
    return (Output){.path = first->from, .content = buf_str(&out)};
}

void redirects_write(const Site *site, void (*add)(void *context, Output output), void *context) {
    bool needs_script = site->redirects->count > 0;
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        for (size_t k = 0; k < page->alias_count; k++) {
            Buf out = buf_new(site->arena);
            begin_forward(site, page->aliases[k], &(Redirect){.to = page}, &out);
            add_script(page->aliases[k], &out);
            buf_add_text(&out, "</body>\n</html>\n");
            add(context, (Output){.path = page->aliases[k], .content = buf_str(&out)});
            needs_script = true;
        }
    }
    for (size_t i = 0; i < site->redirects->count; i++) {
        const Redirect *redirect = &site->redirects->items[i];
        if (!redirect->from_page && redirect->first == redirect)
            add(context, write_forward(site, redirect));
    }
    if (needs_script)
        add(context, (Output){.path = STR("forward.js"), .content = asset_get("theme/forward.js")});
}
