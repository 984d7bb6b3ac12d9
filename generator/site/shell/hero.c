#include "base/ban.h"

#include "site/shell/hero.h"

#include "markdown/splice.h"

typedef struct HeroAction {
    MdNode *link; /* its text is the label */
    bool is_primary;
} HeroAction;

typedef struct Hero {
    Str tagline;
    Str anchor;              /* of the title that stood in the text; empty without */
    MdNode *picture, *links; /* paragraphs at the beginning of the document; NULL: none */
    HeroAction *actions;
    size_t action_count;
} Hero;

typedef struct Reader {
    Page *page;
    Hero *hero;
    Arena *arena;
} Reader;

static void report(const Reader *reader, const YamlNode *node, const char *problem) {
    diag_add(reader->page->diags, DIAG_PAGE_FRONT_MATTER, node->at, "%s", problem);
}

/* The text under `key`, or NULL; a finding when it is something else. */
static const YamlNode *read_text(const Reader *reader, const YamlNode *map, const char *key) {
    const YamlNode *node = yaml_find(map, key);
    if (!node || node->kind == YAML_NULL)
        return NULL;
    if (node->kind != YAML_LIST && node->kind != YAML_MAP)
        return node;
    diag_add(reader->page->diags, DIAG_PAGE_FRONT_MATTER, node->at, "\"%s\" must be text, not %.*s",
             key, STR_FMT(yaml_kind_name(node->kind)));
    return NULL;
}

static MdNode *node_new(const Reader *reader, MdKind kind, Span at) {
    MdNode *node = ARENA_NEW(reader->arena, MdNode);
    *node = (MdNode){.kind = kind, .at = at};
    return node;
}

/* A link or an image as if it stood in the text. */
static MdNode *target_new(const Reader *reader, MdKind kind, const YamlNode *target, Str text) {
    MdNode *node = node_new(reader, kind, target->at),
           *child = node_new(reader, MD_TEXT, target->at);
    node->url = target->text;
    node->url_at = target->at;
    child->text = text;
    md_move(node, child);
    return node;
}

/* Puts `node` before everything else. */
static void insert_first(MdNode *root, MdNode *node) {
    node->parent = root;
    node->next = root->first;
    if (root->first)
        root->first->prev = node;
    else
        root->last = node;
    root->first = node;
}

/* action ::= "{" label ":" text "," link ":" target [ "," primary ":" bool ] "}". */
static void read_action(const Reader *reader, const YamlNode *map) {
    static const char *const keys[] = {"label", "link", "primary", NULL};
    if (map->kind != YAML_MAP) {
        report(reader, map, "an action is a label with a link");
        diag_hint(reader->page->diags, "write {label: Get started, link: guide.md}");
        return;
    }
    yaml_check_keys(map, keys, DIAG_PAGE_FRONT_MATTER, reader->page->diags);
    const YamlNode *label = read_text(reader, map, "label"), *link = read_text(reader, map, "link");
    const YamlNode *primary = yaml_find(map, "primary");
    if (primary && primary->kind != YAML_BOOL)
        report(reader, primary, "\"primary\" must be true or false");
    if (!label || !link) {
        diag_add(reader->page->diags, DIAG_PAGE_FRONT_MATTER, map->at, "an action has no %s",
                 label ? "\"link\"" : "\"label\"");
        return;
    }
    HeroAction *action = &reader->hero->actions[reader->hero->action_count++];
    action->link = target_new(reader, MD_LINK, link, label->text);
    action->is_primary = primary && primary->is_true;
    md_move(reader->hero->links, action->link);
}

static void read_actions(const Reader *reader, const YamlNode *map) {
    const YamlNode *list = yaml_find(map, "actions");
    if (!list || list->kind == YAML_NULL)
        return;
    if (list->kind != YAML_LIST) {
        report(reader, list, "\"actions\" must be a list");
        return;
    }
    reader->hero->actions = ARENA_ARRAY(reader->arena, HeroAction, list->count + 1);
    reader->hero->links = node_new(reader, MD_PARAGRAPH, list->at);
    for (size_t i = 0; i < list->count; i++)
        read_action(reader, list->values[i]);
}

/* The picture may be whatever an image in the text may be: a diagram as well. */
static void read_picture(const Reader *reader, const YamlNode *map) {
    const YamlNode *image = read_text(reader, map, "image"), *alt = read_text(reader, map, "alt");
    if (!image)
        return;
    if (!alt || str_is_blank(alt->text)) {
        diag_add(reader->page->diags, DIAG_PAGE_ALT, image->at,
                 "the image has no alternative text");
        diag_hint(reader->page->diags, "say in \"alt\" what it shows");
    }
    reader->hero->picture = node_new(reader, MD_PARAGRAPH, image->at);
    md_move(reader->hero->picture,
            target_new(reader, MD_IMAGE, image, alt ? alt->text : image->text));
}

void hero_read(Page *page, const YamlNode *map, Arena *arena) {
    static const char *const keys[] = {"tagline", "image", "alt", "actions", NULL};
    const YamlNode *settings = yaml_find(map, "hero");
    bool is_set = settings && settings->kind == YAML_MAP;
    /* Without a template the key belongs to another tool. */
    if (page->template_name.size == 0 || (!is_set && !str_equal(page->template_name, STR("home"))))
        return;
    Hero *hero = page->hero = ARENA_NEW(arena, Hero);
    Reader reader = {page, hero, arena};
    hero->tagline = page->description;
    if (settings && !is_set && settings->kind != YAML_NULL)
        report(&reader, settings, "\"hero\" must be a map of keys");
    if (!is_set)
        return;
    yaml_check_keys(settings, keys, DIAG_PAGE_FRONT_MATTER, page->diags);
    const YamlNode *tagline = read_text(&reader, settings, "tagline");
    hero->tagline = tagline ? tagline->text : hero->tagline;
    read_picture(&reader, settings);
    read_actions(&reader, settings);
    if (hero->links)
        insert_first(page->doc->root, hero->links);
    if (hero->picture)
        insert_first(page->doc->root, hero->picture);
    md_relist(page->doc, arena);
}

static void take(MdNode *node) {
    MdNode *nowhere = &(MdNode){.kind = MD_DOCUMENT};
    if (node)
        md_move(nowhere, node);
    if (node)
        node->parent = node->prev = node->next = NULL;
}

void hero_take(Page *page) {
    if (!page->hero)
        return;
    take(page->hero->picture);
    take(page->hero->links);
    MdNode *first = page->doc->root->first;
    if (!first || first->kind != MD_HEADING || first->number != 1)
        return;
    page->hero->anchor = first->id;
    take(first);
}

void hero_set(const Page *page, TemplateValue *root, Arena *arena) {
    const Hero *hero = page->hero;
    if (!hero)
        return;
    TemplateValue *map = template_set_map(root, "hero");
    template_set_text(map, "anchor", hero->anchor);
    template_set_text(map, "tagline", hero->tagline);
    if (hero->picture) {
        MdNode *around = ARENA_NEW(arena, MdNode);
        md_move(around, hero->picture);
        Buf html = buf_new(arena);
        md_render_children(around, &html);
        template_set_text(map, "image", buf_str(&html));
    }
    TemplateValue *list = template_set_list(map, "actions");
    for (size_t i = 0; i < hero->action_count; i++) {
        const HeroAction *action = &hero->actions[i];
        if (action->link->is_broken)
            continue;
        TemplateValue *item = template_add_map(list);
        template_set_text(item, "label", action->link->first->text);
        template_set_text(item, "href", action->link->url);
        template_set_bool(item, "is_primary", action->is_primary);
    }
}
