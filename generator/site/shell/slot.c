#include "base/ban.h"

#include "site/shell/slot.h"

#include "base/fs.h"
#include "site/links.h"

static size_t depth_of(Str url) {
    size_t depth = 0;
    for (size_t i = 0; i < url.size; i++)
        depth += url.data[i] == '/';
    return depth;
}

static size_t count_lines(Str text) {
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '\n';
    return count;
}

/* The text as an excerpt of docsgen.yml. In a quoted line and in a block of lines each stands there
 * as it is; a line that YAML has changed is placed where the last one began. */
static const Source *excerpt(PlacedText setting, Arena *arena) {
    const Source *file = setting.at.source;
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, count_lines(setting.text));
    size_t from = setting.at.start, count = 0;
    for (Str rest = setting.text; rest.data; count++) {
        Str line = str_cut(&rest, '\n');
        size_t found = str_find(file->text, line, from);
        if (found != STR_NONE && found < (size_t)setting.at.start + setting.at.size)
            from = found;
        starts[count] = (uint32_t)from;
    }
    return source_excerpt(arena, file, setting.text, starts);
}

/* Where the links of the document lead, as seen from the root of the site. */
static Str *resolve_links(Site *site, const MdDoc *doc) {
    Str *urls = ARENA_ARRAY(site->arena, Str, doc->link_count + 1);
    /* The settings speak of files as seen from the source folder. */
    Str from = fs_join(site->config->source, STR("docsgen.yml"), site->arena);
    for (size_t i = 0; i < doc->link_count; i++) {
        MdNode *node = doc->links[i];
        LinkUse use = {site, from, node->url_at, DIAG_LINK_PAGE, site->arena, site->diags};
        urls[i] = link_resolve(&use, node->url);
        node->is_broken = urls[i].size == 0;
        node->is_external = link_target(site, from, node->url, site->arena).kind == TARGET_EXTERNAL;
    }
    return urls;
}

Slot slot_read(Site *site, PlacedText setting) {
    Slot slot = {0};
    if (setting.text.size == 0)
        return slot;
    MdDoc *doc = md_parse(excerpt(setting, site->arena), site->arena, site->diags);
    Str *urls = resolve_links(site, doc);
    for (size_t i = 0; i < doc->heading_count; i++) /* the page may have the same anchor */
        doc->headings[i].node->id = STR("");
    for (size_t i = 0; i < site->page_count; i++) {
        size_t depth = depth_of(site->pages[i]->url);
        slot.depth_count = depth >= slot.depth_count ? depth + 1 : slot.depth_count;
    }
    slot.html = ARENA_ARRAY(site->arena, Str, slot.depth_count);
    Buf root = buf_new(site->arena);
    for (size_t depth = 0; depth < slot.depth_count; depth++) {
        for (size_t i = 0; i < doc->link_count; i++)
            doc->links[i]->url = doc->links[i]->is_external
                                     ? urls[i]
                                     : str_format(site->arena, "%.*s%.*s", STR_FMT(buf_str(&root)),
                                                  STR_FMT(urls[i]));
        Buf html = buf_new(site->arena);
        md_render(doc, &html);
        slot.html[depth] = str_trim(buf_str(&html));
        buf_add_text(&root, "../");
    }
    return slot;
}

Str slot_html(const Slot *slot, Str url) {
    size_t depth = depth_of(url);
    return depth < slot->depth_count ? slot->html[depth] : (Str){NULL, 0};
}
