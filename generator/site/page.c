#include "base/ban.h"

#include "site/page.h"

#include <assert.h>

#include "base/fs.h"
#include "data/yaml.h"
#include "site/embed.h"
#include "site/include.h"
#include "site/links.h"
#include "site/shell/hero.h"
#include "site/stencil.h"
#include "site/twin.h"

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

static void read_front_matter(Page *page, Arena *arena, Arena *tmp) {
    page->order = INT64_MAX;
    if (!page->doc->front_matter.source)
        return;
    const YamlNode *map =
        yaml_parse(page->doc->front_matter, DIAG_PAGE_FRONT_MATTER, tmp, page->diags);
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
    hero_read(page, map, tmp);
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

static void check_anchors(Page *page, Arena *arena) {
    Map *by_slug = map_new(arena);
    for (size_t i = 0; i < page->doc->heading_count; i++) {
        const MdHeading *heading = &page->doc->headings[i];
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
    for (size_t i = 0; i < map_count(by_slug); i++) {
        const SameHeadings *same = map_value(by_slug, i);
        if (same->count > 1)
            report_same(page, same);
    }
}

static void find_fences(Page *page, Arena *arena, Arena *tmp) {
    const MdDoc *doc = page->doc;
    for (size_t i = 0; i < doc->code_block_count; i++)
        page->fence_count += embed_is_fence(doc->code_blocks[i]);
    page->fences = ARENA_ARRAY(arena, SiteDiagram, page->fence_count);
    SiteDiagram *fence = page->fences;
    for (size_t i = 0; i < doc->code_block_count; i++) {
        if (!embed_is_fence(doc->code_blocks[i]))
            continue;
        Source *source = ARENA_NEW(arena, Source);
        *source = *md_code_source(doc->code_blocks[i], arena);
        source->text = str_copy(arena, source->text);
        fence->source = source;
        fence->section = str_copy(arena, embed_section(doc->code_blocks[i], tmp));
        fence->url = str_format(arena, "%.*s.diagram-%zu.svg", STR_FMT(page_stem(page)),
                                (size_t)(fence - page->fences) + 1);
        fence++;
    }
}

static const MdHtml html_of[] = {
    [CONFIG_HTML_AS_TEXT] = MD_HTML_AS_TEXT,
    [CONFIG_HTML_SAFE] = MD_HTML_SAFE,
    [CONFIG_HTML_ALL] = MD_HTML_ALL,
};

/* Headings up to this number are looked through one by one. */
#define HEADINGS_FEW 16

static Spot spot_of(Span at) {
    Place place = span_point(at);
    return (Spot){place.line, place.column};
}

void page_keep_facts(Page *page, Arena *arena, Arena *cold) {
    const MdDoc *doc = page->doc;
    page->headings = ARENA_ARRAY(cold, PageHeading, doc->heading_count);
    page->ids = ARENA_ARRAY(arena, Str, doc->heading_count);
    page->heading_count = doc->heading_count;
    if (doc->heading_count > HEADINGS_FEW || doc->html_id_count)
        page->anchors = map_new(arena);
    for (size_t i = 0; i < doc->heading_count; i++) {
        const MdNode *node = doc->headings[i].node;
        page->ids[i] = str_copy(arena, node->id);
        page->headings[i] = (PageHeading){.text = str_copy(cold, doc->headings[i].text),
                                          .id = page->ids[i],
                                          .level = node->number,
                                          .at = node->at,
                                          .spot = spot_of(node->at)};
        if (page->anchors)
            map_put(page->anchors, page->ids[i], page);
    }
    for (size_t i = 0; i < doc->html_id_count; i++)
        map_put(page->anchors, str_copy(arena, doc->html_ids[i]), page);
    page->links = ARENA_ARRAY(cold, PageLink, doc->link_count);
    page->link_count = doc->link_count;
    for (size_t i = 0; i < doc->link_count; i++) {
        const MdNode *node = doc->links[i];
        page->links[i] = (PageLink){.kind = node->kind,
                                    .url = str_copy(cold, node->url),
                                    .title = str_copy(cold, node->title),
                                    .at = node->url_at,
                                    .spot = spot_of(node->url_at),
                                    .from = link_from(page, node)};
    }
    if (doc->html_count)
        page->html_at = doc->html_nodes[0]->at;
    page->has_html_title = doc->html_title.size > 0;
}

/* What front matter and the first heading say lies in the tree, which goes. */
static void keep_texts(Page *page, Arena *arena) {
    Str *const texts[] = {&page->title, &page->nav_title, &page->description, &page->updated,
                          &page->template_name};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i]->size)
            *texts[i] = str_copy(arena, *texts[i]);
}

static void parse(Page *page, const PageTools *tools, Arena *arena) {
    source_load(page->file->source);
    parts_begin(tools->parts);
    page->doc = md_parse_in(page->file->source, arena, tools->tmp, page->diags);
    include_into(page, tools->parts, arena);
}

static void read_html(Page *page, const PageTools *tools, Arena *arena) {
    md_read_html(page->doc, html_of[tools->parts->site->config->html], arena, page->diags);
}

/* Reads the page with its tree in `tree`, which may be the arena of what is kept. */
static void read_into(Page *page, SiteFile *file, const PageTools *tools, Arena *tree) {
    Arena *arena = tools->arena;
    *page = (Page){.file = file, .path = file->path, .url = file->url, .diags = diags_new(arena)};
    parse(page, tools, tree);
    page->ignores = md_ignores(page->doc, arena);
    read_html(page, tools, tree);
    read_front_matter(page, arena, tree);
    find_title(page);
    keep_texts(page, arena);
    check_headings(page);
    check_anchors(page, tools->tmp);
    find_fences(page, arena, tools->tmp);
    page_keep_facts(page, arena, tools->cold);
}

void page_read(Page *page, SiteFile *file, const PageTools *tools) {
    bool is_kept = roadmap_is_document(file->path);
    read_into(page, file, tools, is_kept ? tools->arena : tools->tmp);
    if (page->hero && !is_kept) {
        /* What a landing page opens with are nodes of its tree. Faults of the files that it
         * includes were found the first time. */
        const Diags *found = page->diags;
        read_into(page, file, tools, tools->arena);
        diags_merge(page->diags, found);
    }
    if (is_kept || page->hero)
        return;
    page->stencil = stencil_new(page, tools);
    if (page->stencil)
        twin_keep(page, tools->cold);
    page->twin = NULL;
    page->doc = NULL;
}

void page_read_again(Page *page, const PageTools *tools) {
    Diags *found = page->diags;
    page->diags = diags_new(tools->tmp);
    parse(page, tools, tools->tmp);
    read_html(page, tools, tools->tmp);
    page->diags = found;
}
