#include "base/ban.h"

#include "site/page.h"

#include <assert.h>

#include "base/fs.h"
#include "data/yaml.h"
#include "site/hero.h"
#include "site/include.h"

/* A key whose value has the wrong kind is a finding and counts as absent. */
static Str read_text(Page *page, const YamlNode *map, const char *key) {
    const YamlNode *value = yaml_find(map, key);
    if (!value || value->kind == YAML_NULL)
        return (Str){NULL, 0};
    if (value->kind == YAML_LIST || value->kind == YAML_MAP) {
        diag_add(page->diags, DIAG_PAGE_FRONT_MATTER, value->at, "\"%s\" must be text, not %.*s",
                 key, STR_FMT(yaml_kind_name(value->kind)));
        return (Str){NULL, 0};
    }
    return value->text;
}

static void read_aliases(Page *page, const YamlNode *map, Arena *arena) {
    const YamlNode *list = yaml_find(map, "aliases");
    if (!list)
        return;
    size_t count = list->kind == YAML_LIST ? list->count : 1;
    page->aliases = ARENA_ARRAY(arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        const YamlNode *item = list->kind == YAML_LIST ? list->values[i] : list;
        Str alias;
        if (item->kind != YAML_STRING ||
            !fs_resolve(fs_folder_of(page->url), item->text, arena, &alias) || alias.size == 0 ||
            fs_find_fault(alias).size) {
            diag_add(page->diags, DIAG_PAGE_FRONT_MATTER, item->at,
                     "an alias must be a path inside the site");
            continue;
        }
        if (str_ends_with(alias, STR(".md")))
            alias = str_format(arena, "%.*s.html", STR_FMT(str_slice(alias, 0, alias.size - 3)));
        page->aliases[page->alias_count++] = alias;
    }
}

/* A key spelt nearly like one of ours is a mistake. Others belong to other tools: pages that come
 * from Jekyll or Docusaurus carry `layout`, `tags`, `sidebar_position`, and lose nothing here. */
static void check_keys(Page *page, const YamlNode *map) {
    const Str known[] = {STR("title"),   STR("description"), STR("order"),   STR("draft"),
                         STR("aliases"), STR("template"),    STR("updated"), STR("nav_title"),
                         STR("docsgen"), STR("hero")};
    size_t known_count = sizeof known / sizeof *known;
    for (size_t i = 0; i < map->count; i++) {
        const YamlNode *key = map->keys[i];
        bool is_known = false;
        for (size_t j = 0; j < known_count && !is_known; j++)
            is_known = str_equal(key->text, known[j]);
        if (is_known)
            continue;
        bool is_misspelt = str_nearest(key->text, known, known_count).size > 0;
        diag_add(page->diags, is_misspelt ? DIAG_PAGE_FRONT_MATTER : DIAG_PAGE_UNKNOWN_KEY, key->at,
                 "unknown key \"%.*s\"", STR_FMT(key->text));
        if (is_misspelt)
            diag_hint_nearest(page->diags, key->text, known, known_count);
        else
            diag_hint(page->diags, "docsgen ignores it");
    }
}

static void read_front_matter(Page *page, Arena *arena) {
    page->order = INT64_MAX;
    if (!page->doc->front_matter.source)
        return;
    const YamlNode *map =
        yaml_parse(page->doc->front_matter, DIAG_PAGE_FRONT_MATTER, arena, page->diags);
    if (!map || map->kind == YAML_NULL)
        return;
    if (map->kind != YAML_MAP) {
        diag_add(page->diags, DIAG_PAGE_FRONT_MATTER, map->at,
                 "front matter must be \"key: value\" lines, not %.*s",
                 STR_FMT(yaml_kind_name(map->kind)));
        return;
    }
    check_keys(page, map);
    page->title = read_text(page, map, "title");
    if (page->title.size)
        page->title_at = yaml_find(map, "title")->at;
    page->nav_title = read_text(page, map, "nav_title");
    page->description = read_text(page, map, "description");
    page->updated = read_text(page, map, "updated");
    page->template_name = read_text(page, map, "template");
    if (page->template_name.size)
        page->template_at = yaml_find(map, "template")->at;
    const YamlNode *order = yaml_find(map, "order");
    if (order && order->kind == YAML_INT)
        page->order = order->integer;
    else if (order)
        diag_add(page->diags, DIAG_PAGE_FRONT_MATTER, order->at,
                 "\"order\" must be a whole number");
    const YamlNode *draft = yaml_find(map, "draft");
    if (draft && draft->kind == YAML_BOOL)
        page->is_draft = draft->is_true;
    else if (draft)
        diag_add(page->diags, DIAG_PAGE_FRONT_MATTER, draft->at, "\"draft\" must be true or false");
    read_aliases(page, map, arena);
    hero_read(page, map, arena);
}

/* The title is front matter's, else the first level 1 heading, else the file name. */
static void find_title(Page *page) {
    for (size_t i = 0; i < page->doc->heading_count && page->title.size == 0; i++) {
        const MdHeading *heading = &page->doc->headings[i];
        if (heading->node->number == 1 && heading->text.size) {
            page->title = heading->text;
            page->title_at = heading->node->at;
        }
    }
    if (page->title.size == 0 && page->doc->html_title.size) {
        page->title = page->doc->html_title;
        page->title_at = page->doc->html_title_at;
    }
    if (page->title.size)
        return;
    diag_add(page->diags, DIAG_PAGE_TITLE, span_of(page->file->source, 0, 0),
             "the page has no title");
    diag_hint(page->diags, "begin with a \"# heading\" or set \"title\" in front matter");
    Str name = fs_name_of(page->path);
    page->title = str_slice(name, 0, str_find_last(name, '.'));
}

static void check_headings(Page *page) {
    uint32_t level = 1;
    const MdDoc *doc = page->doc;
    for (size_t i = 0; i < doc->heading_count; i++) {
        const MdNode *node = doc->headings[i].node;
        if (node->number > level + 1) {
            diag_add(page->diags, DIAG_PAGE_HEADING_SKIP, node->at,
                     "a level %u heading follows level %u", node->number, level);
            diag_hint(page->diags, "use level %u", level + 1);
        }
        level = node->number;
    }
}

/* Headings of a page that make one slug. */
typedef struct SameHeadings {
    const MdHeading *first, *second, *last;
    size_t count;
} SameHeadings;

/* The second of two equal headings gets "-1": its anchor changes when somebody adds a third before
 * it. A change log has dozens of one name: one finding speaks for all. */
static void report_same(Page *page, const SameHeadings *same) {
    Str text = same->second->text, id = same->second->node->id;
    if (same->count == 2)
        diag_add(page->diags, DIAG_PAGE_DUPLICATE_ANCHOR, same->second->node->at,
                 "two headings are \"%.*s\"; this one's anchor is #%.*s", STR_FMT(text),
                 STR_FMT(id));
    else
        diag_add(page->diags, DIAG_PAGE_DUPLICATE_ANCHOR, same->second->node->at,
                 "%zu headings are \"%.*s\"; this one's anchor is #%.*s, the last one's #%.*s",
                 same->count, STR_FMT(text), STR_FMT(id), STR_FMT(same->last->node->id));
    diag_relate(page->diags, same->first->node->at, "the first one");
}

static void index_anchors(Page *page, Arena *arena) {
    page->anchors = map_new(arena);
    Map *by_slug = map_new(arena);
    for (size_t i = 0; i < page->doc->heading_count; i++) {
        const MdHeading *heading = &page->doc->headings[i];
        map_put(page->anchors, heading->node->id, heading->node);
        Str slug = md_slug(heading->text, arena);
        SameHeadings *same = map_find(by_slug, slug);
        if (!same) {
            same = ARENA_NEW(arena, SameHeadings);
            same->first = heading;
            map_put(by_slug, slug, same);
        }
        same->count++;
        if (same->count == 2)
            same->second = heading;
        same->last = heading;
    }
    for (size_t i = 0; i < page->doc->html_id_count; i++)
        map_put(page->anchors, page->doc->html_ids[i], page->doc->root);
    for (size_t i = 0; i < map_count(by_slug); i++) {
        const SameHeadings *same = map_value(by_slug, i);
        if (same->count > 1)
            report_same(page, same);
    }
}

static void find_fences(Page *page, Arena *arena) {
    const MdDoc *doc = page->doc;
    page->fences = ARENA_ARRAY(arena, SiteDiagram, doc->code_block_count);
    for (size_t i = 0; i < doc->code_block_count; i++) {
        const MdNode *block = doc->code_blocks[i];
        if (!block->is_fenced || !str_equal(str_trim(block->title), STR("mermaid")))
            continue;
        SiteDiagram *fence = &page->fences[page->fence_count++];
        Str stem = str_slice(page->url, 0, page->url.size - 5);
        fence->source = md_code_source(block, arena);
        fence->url = str_format(arena, "%.*s.diagram-%zu.svg", STR_FMT(stem), page->fence_count);
    }
}

static const MdHtml html_of[] = {
    [CONFIG_HTML_AS_TEXT] = MD_HTML_AS_TEXT,
    [CONFIG_HTML_SAFE] = MD_HTML_SAFE,
    [CONFIG_HTML_ALL] = MD_HTML_ALL,
};

void page_read(Page *page, SiteFile *file, Parts *parts, Arena *arena) {
    *page = (Page){.file = file, .path = file->path, .url = file->url, .diags = diags_new(arena)};
    page->doc = md_parse(file->source, arena, page->diags);
    include_into(page, parts, arena);
    page->ignores = md_ignores(page->doc, arena);
    md_read_html(page->doc, html_of[parts->site->config->html], arena, page->diags);
    read_front_matter(page, arena);
    find_title(page);
    check_headings(page);
    index_anchors(page, arena);
    find_fences(page, arena);
}
