#include "base/ban.h"

#include "site/embed.h"

#include "base/escape.h"
#include "base/fs.h"
#include "base/limits.h"
#include "markdown/splice.h"
#include "site/links.h"
#include "site/picture.h"
#include "site/view/cards.h"
#include "site/view/cost.h"
#include "site/view/diagram.h"
#include "site/view/portfolio.h"
#include "site/view/roadmap.h"
#include "site/view/table.h"

/* One image that may be an embed, with everything its view needs. */
typedef struct Embed {
    const Site *site;
    Page *page;
    MdNode *node;
    const SiteFile *file;
    Str name;     /* alt text */
    Str caption;  /* title */
    Str fragment; /* of the target */
    size_t index; /* of the embed on the page, from 1; for ids */
    Arena *arena;
} Embed;

/* A prefix for ids that no other embed of the page has. */
static Str embed_prefix(const Embed *embed) {
    return str_format(embed->arena, "D%zu-", embed->index);
}

bool embed_is_fence(const MdNode *block) {
    return block->is_fenced && str_equal(str_trim(block->title), STR("mermaid"));
}

Str embed_section(const MdNode *node, Arena *arena) {
    while (node && node->parent && node->parent->kind != MD_DOCUMENT)
        node = node->parent;
    while (node && node->kind != MD_HEADING)
        node = node->prev;
    return node ? md_plain_text(node, arena) : STR("");
}

static void draw_diagram(const Embed *embed, const SiteDiagram *diagram, Str section, Buf *out) {
    DiagramView view = {.diagram = diagram->diagram,
                        .name = embed->name,
                        .caption = embed->caption,
                        .section = section,
                        .id_prefix = embed_prefix(embed),
                        .root = site_root_from(embed->page->url, embed->arena)};
    if (diagram->url.size)
        view.svg_href = fs_relative(embed->page->url, diagram->url, embed->arena);
    view_diagram(&view, out);
}

/* What cannot be drawn is shown as its author wrote it. */
static void show_source(Str text, Str language, Buf *out) {
    buf_add_text(out, "<pre><code class=\"language-");
    html_escape(out, language);
    buf_add_text(out, "\">");
    html_escape(out, text);
    buf_add_text(out, "</code></pre>\n");
}

static bool embed_diagram(const Embed *embed, Buf *out) {
    const SiteDiagram *diagram = embed->file->part;
    if (!diagram)
        return false;
    if (diagram->diagram->is_drawn)
        draw_diagram(embed, diagram, embed_section(embed->node, embed->arena), out);
    else
        show_source(diagram->source->text, STR("mermaid"), out);
    return true;
}

/* Links of cards are the author's; here they get the URL that leads there from this page. */
static CardSet *cards_for_page(const Embed *embed, const CardSet *cards) {
    CardSet *copy = ARENA_NEW(embed->arena, CardSet);
    *copy = *cards;
    copy->cards = ARENA_ARRAY(embed->arena, Card, cards->card_count);
    for (size_t i = 0; i < cards->card_count; i++) {
        Card *card = &copy->cards[i];
        *card = cards->cards[i];
        if (card->link.size == 0)
            continue;
        LinkUse use = {embed->site,    embed->file->path, card->link_at,
                       DIAG_LINK_PAGE, embed->arena,      embed->page->diags};
        Str url = link_resolve(&use, card->link);
        bool is_external = str_equal(url, card->link);
        card->href =
            is_external || url.size == 0 ? url : fs_relative(embed->page->url, url, embed->arena);
    }
    return copy;
}

static bool embed_table(const Embed *embed, Buf *out) {
    const SiteData *data = embed->file->part;
    if (data)
        view_table(data->table, embed->caption, embed->name, out);
    return data != NULL;
}

static bool embed_data(const Embed *embed, Buf *out) {
    const SiteData *data = embed->file->part;
    if (!data)
        return false;
    switch (data->data.kind) {
    case DATA_CARDS:
        view_cards(cards_for_page(embed, data->data.cards), embed->name, out);
        return true;
    case DATA_COST:
        view_cost(data->data.cost, embed->name, embed->caption, embed_prefix(embed), out);
        return true;
    case DATA_NONE: return false;
    case DATA_PLAIN: break;
    }
    diag_add(embed->page->diags, DIAG_DATA_SCHEMA, embed->node->url_at,
             "\"%.*s\" has no \"kind\" that can be shown on a page", STR_FMT(embed->node->url));
    diag_hint(embed->page->diags, "begin the file with \"kind: cards\" or \"kind: cost\"");
    return false;
}

static bool embed_tracker(const Embed *embed, Buf *out) {
    const Page *page = embed->file->part;
    if (!page || !page->tracker)
        return false;
    RoadmapView view =
        roadmap_view(embed->site, page->tracker, embed->page, embed_prefix(embed), embed->arena);
    view.name = embed->name;
    if (str_equal(embed->fragment, STR("summary")))
        view_roadmap_summary(&view, out);
    else
        view_roadmap(&view, out);
    return true;
}

/* A drawing in a paragraph of its own may have a caption. */
static bool embed_picture(const Embed *embed, Buf *out) {
    const Source *source = embed->file->part;
    const MdNode *node = embed->node;
    if (!source)
        return false;
    links_check_alt(embed->page, node, embed->arena);
    bool is_alone = !node->prev && !node->next && node->parent->kind == MD_PARAGRAPH;
    bool has_caption = is_alone && embed->caption.size;
    size_t before = out->size;
    PictureView view = {embed->name, embed_prefix(embed)};
    buf_add_text(out, has_caption ? "<figure class=\"picture\">\n" : "");
    if (!picture_inline(source, &view, out, embed->page->diags)) {
        out->size = before;
        return false;
    }
    if (has_caption) {
        buf_add_text(out, "\n<figcaption>");
        html_escape(out, embed->caption);
        buf_add_text(out, "</figcaption>\n</figure>");
    }
    buf_add_text(out, is_alone ? "\n" : "");
    return true;
}

typedef struct EmbedRow {
    FileKind kind;
    bool (*draw)(const Embed *embed, Buf *out); /* false: this image is no embed after all */
} EmbedRow;

static const EmbedRow embeds[] = {
    {FILE_DIAGRAM, embed_diagram}, {FILE_DATA, embed_data},     {FILE_TABLE, embed_table},
    {FILE_PAGE, embed_tracker},    {FILE_ASSET, embed_picture},
};

static bool draw_embed(const Embed *embed, Buf *out) {
    for (size_t i = 0; i < sizeof embeds / sizeof *embeds; i++)
        if (embeds[i].kind == embed->file->kind)
            return embeds[i].draw(embed, out);
    return false;
}

/* A folder of trackers stands for all of them. */
static bool draw_folder(const Embed *embed, const Target *target, Buf *out) {
    return target->kind == TARGET_FILE &&
           view_portfolio(embed->site, embed->page, target->path, embed->arena, out);
}

/* What was drawn for a node. */
typedef struct Drawn {
    MdNode *node;
    Str html;
    bool is_phrase; /* may stand in a line of text */
} Drawn;

/* All that was drawn for a page. */
typedef struct DrawnList {
    Drawn *items;
    size_t count;
    size_t size; /* bytes of markup */
} DrawnList;

/* Pictures and summaries may stand in a line of text; all else is a block. */
static bool is_phrase(const Embed *embed) {
    if (!embed->file)
        return false;
    return embed->file->kind == FILE_ASSET ||
           (embed->file->kind == FILE_PAGE && str_equal(embed->fragment, STR("summary")));
}

/* Is there room for the markup? A file that is shown a thousand times is as much as a thousand
 * files. */
static bool has_room(const Embed *embed, Span at, size_t size, size_t *taken) {
    *taken += size;
    if (*taken <= LIMIT_EMBED_SIZE)
        return true;
    diag_add(embed->page->diags, DIAG_PAGE_LIMIT, at,
             "the page shows more than the limit of %zu MiB of diagrams, drawings and data",
             LIMIT_EMBED_SIZE >> 20);
    diag_hint(embed->page->diags, "split it into several pages");
    return false;
}

/* Takes the markup for the place of the image. What was begun in vain has taken its room too. */
static void take(const Embed *embed, const Buf *html, bool is_whole, DrawnList *drawn) {
    size_t size = is_whole ? html->size : html->capacity;
    if (has_room(embed, embed->node->at, size, &drawn->size) && is_whole)
        drawn->items[drawn->count++] = (Drawn){embed->node, buf_str(html), is_phrase(embed)};
}

/* `embed` has what all embeds of its page share, and its index. */
static void embed_image(Embed embed, MdNode *node, DrawnList *drawn) {
    Target target = link_target(embed.site, link_from(embed.page, node), node->url, embed.arena);
    embed.node = node;
    embed.file = target.kind == TARGET_FILE ? site_find_file(embed.site, target.path) : NULL;
    embed.name = md_plain_text(node, embed.arena);
    embed.caption = node->title;
    embed.fragment = target.fragment;
    Buf html = buf_new(embed.arena);
    bool is_whole = embed.file ? draw_embed(&embed, &html) : draw_folder(&embed, &target, &html);
    take(&embed, &html, is_whole, drawn);
}

static void embed_fence(Embed embed, size_t fence, MdNode *block, DrawnList *drawn) {
    const SiteDiagram *diagram = &embed.page->fences[fence];
    if (!diagram->diagram->is_drawn)
        return;
    embed.node = block;
    Buf html = buf_new(embed.arena);
    draw_diagram(&embed, diagram, diagram->section, &html);
    take(&embed, &html, true, drawn);
}

/* The last one first, as md_replace_block wants it. */
static void put_all(const DrawnList *drawn, Arena *arena) {
    for (size_t i = drawn->count; i > 0; i--) {
        const Drawn *item = &drawn->items[i - 1];
        if (item->is_phrase)
            md_replace(item->node, item->html);
        else
            md_replace_block(item->node, item->html, arena);
    }
}

bool embed_late_fence(const Site *site, Page *page, size_t fence, size_t *taken, Buf *out) {
    const SiteDiagram *diagram = &page->fences[fence];
    if (!diagram->diagram->is_drawn || *taken > LIMIT_EMBED_SIZE)
        return false;
    Embed embed = {
        .site = site, .page = page, .index = page->link_count + fence + 1, .arena = out->arena};
    size_t before = out->size;
    draw_diagram(&embed, diagram, diagram->section, out);
    /* The place of a block of code ends before its last line end. */
    Str code = diagram->source->text;
    size_t size = code.size - str_ends_with(code, STR("\n"));
    Span at = span_resolve(span_of(diagram->source, 0, size));
    if (!has_room(&embed, at, out->size - before, taken)) {
        out->size = before;
        return false;
    }
    buf_add_char(out, '\n');
    return true;
}

/* Puts `node` behind the title of the document, or first when it does not begin with one. */
static void insert_below_title(MdNode *root, MdNode *node) {
    MdNode *title = root->first && root->first->kind == MD_HEADING && root->first->number == 1
                        ? root->first
                        : NULL;
    MdNode *after = title ? title->next : root->first;
    node->parent = root;
    node->prev = title;
    node->next = after;
    if (title)
        title->next = node;
    else
        root->first = node;
    if (after)
        after->prev = node;
    else
        root->last = node;
}

/* A tracker's page begins with what docsgen computed; the author's text follows. */
static void embed_dashboard(const Site *site, Page *page, Arena *arena) {
    if (!page->tracker)
        return;
    Embed embed = {.site = site, .page = page, .file = page->file, .arena = arena};
    Buf html = buf_new(arena);
    embed_tracker(&embed, &html);
    MdNode *dashboard = ARENA_NEW(arena, MdNode);
    *dashboard = (MdNode){.kind = MD_MARKUP, .text = buf_str(&html)};
    insert_below_title(page->doc->root, dashboard);
}

void embed_page(const Site *site, Page *page, Arena *arena) {
    Embed embed = {.site = site, .page = page, .arena = arena};
    size_t most = page->doc->link_count + page->doc->code_block_count;
    DrawnList drawn = {.items = ARENA_ARRAY(arena, Drawn, most + 1)};
    for (size_t i = 0; i < page->doc->link_count && drawn.size <= LIMIT_EMBED_SIZE; i++) {
        embed.index = i + 1;
        if (page->doc->links[i]->kind == MD_IMAGE)
            embed_image(embed, page->doc->links[i], &drawn);
    }
    size_t fence = 0;
    for (size_t i = 0; i < page->doc->code_block_count && drawn.size <= LIMIT_EMBED_SIZE; i++) {
        MdNode *block = page->doc->code_blocks[i];
        embed.index = page->doc->link_count + fence + 1;
        if (embed_is_fence(block))
            embed_fence(embed, fence++, block, &drawn);
    }
    put_all(&drawn, arena);
    embed_dashboard(site, page, arena);
}
