#include "base/ban.h"

#include "site/links.h"

#include "base/fs.h"

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The scheme of a URL (RFC 3986 section 3.1), or the empty Str. */
static Str url_scheme(Str url) {
    size_t size = 0;
    while (size < url.size &&
           (is_letter(url.data[size]) || (size && strchr("0123456789+.-", url.data[size]))))
        size++;
    bool is_scheme = size && size < url.size && url.data[size] == ':';
    return str_slice(url, 0, is_scheme ? size : 0);
}

static bool is_allowed_scheme(Str scheme) {
    static const Str allowed[] = {{"http", 4}, {"https", 5}, {"mailto", 6}, {"tel", 3}};
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (str_equal_nocase(scheme, allowed[i]))
            return true;
    return false;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static Str percent_decode(Str url, Arena *arena) {
    if (str_find_char(url, '%', 0) == STR_NONE)
        return url;
    Buf buf = buf_new(arena);
    for (size_t i = 0; i < url.size; i++) {
        bool has_two = url.data[i] == '%' && i + 2 < url.size;
        int high = has_two ? hex_value(url.data[i + 1]) : -1,
            low = has_two ? hex_value(url.data[i + 2]) : -1;
        /* A NUL has no place in a path: it stays written out. */
        if (high < 0 || low < 0 || high * 16 + low == 0) {
            buf_add_char(&buf, url.data[i]);
            continue;
        }
        buf_add_char(&buf, (char)(high * 16 + low));
        i += 2;
    }
    return buf_str(&buf);
}

Str link_from(const Page *page, const MdNode *node) {
    return node->at.source ? node->at.source->path : page->path;
}

/* Takes the part behind '#' off the URL. */
static Str cut_fragment(Str *url, Arena *arena) {
    size_t hash = str_find_char(*url, '#', 0);
    if (hash == STR_NONE)
        return (Str){NULL, 0};
    Str fragment = percent_decode(str_from_offset(*url, hash + 1), arena);
    *url = str_slice(*url, 0, hash);
    return fragment;
}

Target link_target(const Site *site, Str from, Str url, Arena *arena) {
    Target target = {.kind = TARGET_FILE, .scheme = url_scheme(url)};
    if (target.scheme.size) {
        target.kind = is_allowed_scheme(target.scheme) ? TARGET_EXTERNAL : TARGET_SCHEME;
        return target;
    }
    if (str_starts_with(url, STR("//"))) {
        target.kind = TARGET_EXTERNAL;
        return target;
    }
    target.fragment = cut_fragment(&url, arena);
    Str path = str_slice(url, 0, str_find_char(url, '?', 0));
    if (path.size == 0) {
        target.path = from;
        return target;
    }
    target.is_absolute = path.data[0] == '/';
    /* An absolute path means the site's root, which is the source folder. */
    Str base = target.is_absolute ? site->config->source : fs_folder_of(from);
    while (path.size && path.data[0] == '/')
        path = str_from_offset(path, 1);
    if (!fs_resolve(base, percent_decode(path, arena), arena, &target.path))
        target.kind = TARGET_OUTSIDE;
    return target;
}

Target link_target_of(const Site *site, const PageLink *link, Arena *arena) {
    Str url = link->url;
    if (!link->known)
        return link_target(site, link->from, url, arena);
    return (Target){.kind = TARGET_FILE,
                    .path = link->known->path,
                    .fragment = cut_fragment(&url, arena),
                    .is_absolute = str_starts_with(url, STR("/")),
                    .file = link->known};
}

/* A link to a folder means its index page. */
static SiteFile *find_target(const Site *site, Str path, Arena *arena) {
    SiteFile *file = site_find_file(site, path);
    if (!file)
        file = site_find_file(site, fs_join(path, STR("index.md"), arena));
    return file ? file : site_find_file(site, fs_join(path, STR("README.md"), arena));
}

SiteFile *link_file(const Site *site, const Target *target, Arena *arena) {
    return target->file ? target->file : find_target(site, target->path, arena);
}

/* All that the page's links name is looked up at once: the index of files is large. */
void links_collect(const Site *site, Page *page, Arena *arena, Arena *tmp) {
    Str *paths = ARENA_ARRAY(tmp, Str, page->link_count + 1);
    void **files = ARENA_ARRAY(tmp, void *, page->link_count + 1);
    for (size_t i = 0; i < page->link_count; i++) {
        const PageLink *link = &page->links[i];
        Target target = link_target(site, link->from, link->url, tmp);
        if (target.kind == TARGET_FILE)
            paths[i] = target.path;
    }
    map_find_all(site->file_index, paths, page->link_count, files);
    for (size_t i = 0; i < page->link_count; i++) {
        page->links[i].known = files[i];
        if (files[i] || paths[i].size == 0 || find_target(site, paths[i], tmp))
            continue;
        ARENA_RESERVE(arena, page->unknown, page->unknown_count, page->unknown_capacity);
        page->unknown[page->unknown_count++] = str_copy(arena, paths[i]);
    }
}

/* Where a link stands and what is wrong with it goes where. */
typedef struct LinkPlace {
    const Site *site;
    Str from; /* file it is written in */
    Span at;
    bool is_image;
    bool has_rule; /* every finding is a `rule`, whatever is wrong */
    DiagRule rule;
    Arena *arena;
    Diags *diags;
} LinkPlace;

static DiagRule rule_or(const LinkPlace *place, DiagRule rule) {
    return place->has_rule ? place->rule : rule;
}

/* The path as the author would write it, seen from the file that links. */
static Str as_written(const LinkPlace *place, Str path) {
    return fs_relative(place->from, path, place->arena);
}

static const SiteFile *find_other_case(const LinkPlace *place, Str path) {
    const Site *site = place->site;
    if (!diags_may_compare(place->diags, site->file_count / 16))
        return NULL;
    for (size_t i = 0; i < site->file_count; i++)
        if (str_equal_nocase(site->files[i].path, path))
            return &site->files[i];
    return NULL;
}

/* How many names, counted from the end, two paths share: "a/b/c.md" and "x/b/c.md" share two. The
 * last one counts without its extension, so that "c.html" and "c" stand for "c.md". */
static size_t shared_names(Str left, Str right) {
    size_t count = 0;
    for (; left.size && right.size; count++) {
        Str one = fs_name_of(left), other = fs_name_of(right);
        if (count == 0) {
            one = str_slice(one, 0, str_find_last(one, '.'));
            other = str_slice(other, 0, str_find_last(other, '.'));
        }
        if (!str_equal(one, other))
            break;
        left = fs_folder_of(left);
        right = fs_folder_of(right);
    }
    return count;
}

/* The name that is nearest to what is written, as it would be written there. Compared is what
 * follows the folder that both lie in: the "../" before it says nothing. */
static void hint_nearest(const LinkPlace *place, Str path, bool is_page) {
    const Site *site = place->site;
    Str *candidates = ARENA_ARRAY(place->arena, Str, site->file_count + 1);
    Str shared = fs_shared_folder(place->from, path);
    size_t count = 0;
    for (size_t i = 0; i < site->file_count; i++)
        if ((site->files[i].kind == FILE_PAGE) == is_page &&
            str_starts_with(site->files[i].path, shared))
            candidates[count++] = str_from_offset(site->files[i].path, shared.size);
    if (!diags_may_compare(place->diags, count))
        return;
    Str near = str_nearest(str_from_offset(path, shared.size), candidates, count);
    if (near.size)
        diag_hint(place->diags, "did you mean \"%.*s\"?",
                  STR_FMT(as_written(place, str_join(place->arena, shared, near))));
}

/* Suggests the existing file of the same sort that is most likely meant: the right name in another
 * folder is the commonest mistake, a misspelt one the next. */
static void hint_file(const LinkPlace *place, Str path, bool is_page) {
    const Site *site = place->site;
    if (!diags_may_compare(place->diags, site->file_count))
        return;
    size_t most_shared = 0;
    const SiteFile *best = NULL;
    bool is_folder = false;
    for (size_t i = 0; i < site->file_count; i++) {
        const SiteFile *file = &site->files[i];
        if ((file->kind == FILE_PAGE) != is_page)
            continue;
        size_t shared = shared_names(file->path, path);
        if (shared > most_shared) {
            most_shared = shared;
            best = file;
        }
        is_folder = is_folder || (str_starts_with(file->path, path) &&
                                  str_equal(fs_folder_of(file->path), path));
    }
    if (best)
        diag_hint(place->diags, "did you mean \"%.*s\"?", STR_FMT(as_written(place, best->path)));
    else if (is_folder)
        diag_hint(place->diags, "the folder has no index.md; link to one of its pages");
    else
        hint_nearest(place, path, is_page);
}

/* Is the path's file, whatever its name says, more likely a page than another file? */
static bool looks_like_page(Str path) {
    return str_ends_with(path, STR(".md")) || str_ends_with(path, STR(".html")) ||
           str_find_char(fs_name_of(path), '.', 0) == STR_NONE;
}

/* `url` is what the author wrote, `path` where that leads. */
static void report_missing(const LinkPlace *place, const Target *target, Str url) {
    Str path = target->path;
    const SiteFile *other = find_other_case(place, path);
    Str written = target->is_absolute ? str_slice(url, 0, str_find_char(url, '#', 0))
                                      : as_written(place, path);
    if (other) {
        Str right = as_written(place, other->path);
        diag_add(place->diags, rule_or(place, DIAG_LINK_CASE), place->at,
                 "\"%.*s\" differs from the file's name in case", STR_FMT(written));
        diag_hint(place->diags, "write \"%.*s\"", STR_FMT(right));
        return;
    }
    bool is_asset = place->is_image || !looks_like_page(path);
    diag_add(place->diags, rule_or(place, is_asset ? DIAG_LINK_ASSET : DIAG_LINK_PAGE), place->at,
             "no %s \"%.*s\"", is_asset ? "file" : "page", STR_FMT(written));
    hint_file(place, path, !is_asset);
}

/* False after a finding: the page has no such heading. */
static bool check_anchor(const LinkPlace *place, const Page *page, Str fragment) {
    if (fragment.size == 0 || page_has_anchor(page, fragment))
        return true;
    /* The caret goes under the anchor's name, not under the whole link. */
    Span at = place->at;
    size_t hash = str_find_char(span_text(at), '#', 0);
    if (hash != STR_NONE)
        at = span_of(at.source, at.start + hash + 1, at.size - hash - 1);
    Str written =
        str_equal(page->path, place->from) ? STR("this page") : as_written(place, page->path);
    diag_add(place->diags, rule_or(place, DIAG_LINK_ANCHOR), at, "no heading \"#%.*s\" in %.*s",
             STR_FMT(fragment), STR_FMT(written));
    size_t count = page->anchors ? map_count(page->anchors) : page->heading_count;
    if (!diags_may_compare(place->diags, count))
        return false;
    Str *ids = page_anchors(page, &count, place->arena);
    Str nearest = str_nearest(fragment, ids, count);
    if (nearest.size)
        diag_hint(place->diags, "did you mean #%.*s?", STR_FMT(nearest));
    return false;
}

/* The file a target means, or NULL after a finding. A heading that is not there is a finding as
 * well, but the link still leads to the page: the target loses its fragment. */
static SiteFile *check_target(const LinkPlace *place, Target *target, Str url) {
    if (target->kind == TARGET_SCHEME) {
        diag_add(place->diags, rule_or(place, DIAG_LINK_SCHEME), place->at,
                 "links with the scheme \"%.*s:\" are not allowed", STR_FMT(target->scheme));
        diag_hint(place->diags, "use http, https, mailto, tel or a relative path");
        return NULL;
    }
    if (target->kind == TARGET_OUTSIDE) {
        diag_add(place->diags, rule_or(place, DIAG_LINK_OUTSIDE), place->at,
                 "\"%.*s\" leaves the project", STR_FMT(url));
        diag_hint(place->diags, "copy the file into the source folder");
        return NULL;
    }
    SiteFile *file = link_file(place->site, target, place->arena);
    if (!file) {
        report_missing(place, target, url);
        return NULL;
    }
    if (target->is_absolute) {
        Str right = as_written(place, file->path);
        diag_add(place->diags, rule_or(place, DIAG_LINK_ABSOLUTE), place->at,
                 "\"%.*s\" begins with a slash and works only on this site", STR_FMT(url));
        diag_hint(place->diags, "write \"%.*s\"", STR_FMT(right));
    }
    const Page *page = file->kind == FILE_PAGE ? file->part : NULL;
    if (page && page->url.size == 0) {
        Str written = as_written(place, file->path);
        diag_add(place->diags, rule_or(place, DIAG_LINK_DRAFT), place->at,
                 "\"%.*s\" is a draft and not published", STR_FMT(written));
        diag_hint(place->diags, "remove \"draft: true\" there, or this link");
        return NULL;
    }
    if (page && !check_anchor(place, page, target->fragment))
        target->fragment = (Str){NULL, 0};
    return file;
}

/* The fragment goes back into the URL; url_escape is left to whoever writes it. */
static Str with_fragment(Str url, Str fragment, Arena *arena) {
    if (fragment.size == 0)
        return url;
    Buf whole = buf_new(arena);
    buf_reserve(&whole, url.size + 1 + fragment.size);
    buf_add(&whole, url);
    buf_add_char(&whole, '#');
    buf_add(&whole, fragment);
    return buf_str(&whole);
}

Str link_resolve(const LinkUse *use, Str url) {
    LinkPlace place = {.site = use->site,
                       .from = use->from,
                       .at = use->at,
                       .has_rule = true,
                       .rule = use->rule,
                       .arena = use->arena,
                       .diags = use->diags};
    Target target = link_target(use->site, use->from, url, use->arena);
    if (target.kind == TARGET_EXTERNAL)
        return url;
    const SiteFile *file = check_target(&place, &target, url);
    return file ? with_fragment(file->url, target.fragment, use->arena) : (Str){NULL, 0};
}

void links_check_alt(Page *page, const MdNode *image, Arena *arena) {
    if (!str_is_blank(md_plain_text(image, arena)))
        return;
    diag_add(page->diags, DIAG_PAGE_ALT, image->at, "the image has no alternative text");
    diag_hint(page->diags, "say in the square brackets what it shows");
}

/* Is the file the page's own? Two files never share a path, whose letters are far away. */
static bool is_own(const Page *page, const SiteFile *file) {
    return page->file ? file == page->file : str_equal(file->path, page->path);
}

/* Does the target lead to the file that the link is written in? */
static bool leads_back(const Page *page, const Target *target, Str from) {
    bool is_simple = target->file && page->file && from.data == page->path.data;
    return is_simple ? target->file == page->file : str_equal(target->path, from);
}

static void resolve_node(const Site *site, Page *page, PageLink *link, MdNode *node, Arena *arena) {
    LinkPlace place = {.site = site,
                       .from = link->from,
                       .at = node->url_at,
                       .is_image = node->kind == MD_IMAGE,
                       .arena = arena,
                       .diags = page->diags};
    if (place.is_image)
        links_check_alt(page, node, arena);
    Target target = link_target_of(site, link, arena);
    if (target.kind == TARGET_EXTERNAL) {
        node->is_external = true;
        return;
    }
    /* What an included text calls its own heading is on this page now. */
    if (target.kind == TARGET_FILE && leads_back(page, &target, place.from) &&
        page_has_anchor(page, target.fragment)) {
        target.path = page->path;
        target.file = NULL;
    }
    SiteFile *file = check_target(&place, &target, node->url);
    if (!file) {
        node->is_broken = true;
        return;
    }
    link->file = file;
    link->fragment = target.fragment;
    if (file->kind != FILE_PAGE) {
        ARENA_RESERVE(arena, page->wanted, page->want_count, page->want_capacity);
        page->wanted[page->want_count++] = file;
    }
    if (node->kind == MD_IMAGE || node->wants_size) {
        node->number = file->width;
        node->repeat = file->height;
    }
    bool is_here = is_own(page, file);
    node->is_broken = is_here && target.fragment.size == 0 && str_starts_with(node->url, STR("#"));
    Str relative =
        is_here && target.fragment.size ? (Str){"", 0} : fs_relative(page->url, file->url, arena);
    node->url = with_fragment(relative, target.fragment, arena);
}

void links_resolve_one(const Site *site, Page *page, PageLink *link, MdNode *node, Arena *arena) {
    resolve_node(site, page, link, node, arena);
    link->is_external = node->is_external;
    link->is_broken = node->is_broken;
}

/* Has the node, or what it stands in, become finished markup? */
static bool is_embedded(const MdNode *node) {
    for (; node; node = node->parent)
        if (node->kind == MD_MARKUP || node->kind == MD_INLINE_MARKUP)
            return true;
    return false;
}

void links_resolve(const Site *site, Page *page, Arena *arena) {
    for (size_t i = 0; i < page->doc->link_count; i++) {
        MdNode *node = page->doc->links[i];
        if (!is_embedded(node))
            links_resolve_one(site, page, &page->links[i], node, arena);
    }
}
