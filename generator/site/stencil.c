#include "base/ban.h"

#include "site/stencil.h"

#include "site/embed.h"
#include "site/links.h"

/* An image, or an address in HTML: what they become depends on more than where they lead. */
static bool is_special(const MdNode *link) {
    return link->kind != MD_LINK;
}

PageStencil *stencil_new(const Page *page, const PageTools *tools) {
    const MdDoc *doc = page->doc;
    for (size_t i = 0; i < doc->link_count; i++)
        if (is_special(doc->links[i]))
            return NULL;
    /* So that a hole can say which link it is of. */
    for (size_t i = 0; i < doc->link_count; i++)
        doc->links[i]->number = (uint32_t)i;
    for (size_t i = 0, fence = 0; i < doc->code_block_count; i++)
        if (embed_is_fence(doc->code_blocks[i]))
            doc->code_blocks[i]->number = (uint32_t)++fence;
    Buf text = buf_new(tools->tmp);
    buf_reserve(&text, doc->source->text.size * 2);
    MdHoles holes = {.arena = tools->tmp};
    md_render_with_holes(doc, &holes, &text);
    PageStencil *stencil = ARENA_NEW(tools->cold, PageStencil);
    stencil->text = str_copy(tools->cold, buf_str(&text));
    stencil->holes = ARENA_ARRAY(tools->cold, StencilHole, holes.count);
    stencil->hole_count = holes.count;
    for (size_t i = 0; i < holes.count; i++) {
        const MdHole *hole = &holes.items[i];
        bool is_fence = hole->node->kind == MD_CODE_BLOCK;
        stencil->holes[i] = (StencilHole){(uint32_t)hole->at, hole->node->number - is_fence,
                                          is_fence, hole->is_end};
    }
    return stencil;
}

/* Links lead all over the site, to memory that the processor does not have at hand. It is asked for
 * in rounds, each for what the one before names, while the others still wait. Always inline: gcc
 * takes a function that asks and does no more for one that does nothing. */
static inline __attribute__((always_inline)) void fetch_targets(const Page *page) {
    for (size_t i = 0; i < page->link_count; i++)
        __builtin_prefetch(page->links[i].known);
    for (size_t i = 0; i < page->link_count; i++) {
        const SiteFile *file = page->links[i].known;
        if (!file)
            continue;
        const Page *target = file->kind == FILE_PAGE ? file->part : NULL;
        __builtin_prefetch(target);
        __builtin_prefetch(target ? &target->ids : NULL);
        __builtin_prefetch(file->path.data);
        __builtin_prefetch(file->url.data);
    }
    for (size_t i = 0; i < page->link_count; i++) {
        const SiteFile *file = page->links[i].known;
        const Page *target = file && file->kind == FILE_PAGE ? file->part : NULL;
        __builtin_prefetch(target ? target->ids : NULL);
    }
    for (size_t i = 0; i < page->link_count; i++) {
        const SiteFile *file = page->links[i].known;
        const Page *target = file && file->kind == FILE_PAGE ? file->part : NULL;
        if (target && target->heading_count && !target->anchors)
            __builtin_prefetch(target->ids[0].data);
    }
}

void stencil_fill(const Site *site, Page *page, Arena *tmp, Buf *out) {
    const PageStencil *stencil = page->stencil;
    MdNode *links = ARENA_ARRAY(tmp, MdNode, page->link_count);
    fetch_targets(page);
    for (size_t i = 0; i < page->link_count; i++) {
        PageLink *link = &page->links[i];
        links[i] =
            (MdNode){.kind = MD_LINK, .url = link->url, .url_at = link->at, .title = link->title};
        links_resolve_one(site, page, link, &links[i], tmp);
    }
    size_t done = 0, taken = 0;
    for (size_t i = 0; i < stencil->hole_count; i++) {
        const StencilHole *hole = &stencil->holes[i];
        buf_add(out, str_slice(stencil->text, done, hole->at));
        done = hole->at;
        if (hole->is_fence) {
            /* A drawing takes the place of the code up to the next hole, which is its end. */
            if (!hole->is_end && embed_late_fence(site, page, hole->index, &taken, out))
                done = stencil->holes[++i].at;
        } else if (hole->is_end) {
            md_render_link_close(&links[hole->index], out);
        } else {
            md_render_link_open(&links[hole->index], out);
        }
    }
    buf_add(out, str_from_offset(stencil->text, done));
}
