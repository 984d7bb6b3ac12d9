#include "base/ban.h"

#include "site/twin.h"

#include "base/fs.h"
#include "base/limits.h"
#include "site/links.h"

/* How the line before `start` begins: quote marks stay, a list's mark becomes blanks. */
static Str line_start(Str text, size_t start, Arena *arena) {
    size_t begin = start;
    while (begin > 0 && text.data[begin - 1] != '\n')
        begin--;
    Str prefix = str_copy(arena, str_slice(text, begin, start));
    char *bytes = arena_bytes(arena, prefix.size + 1);
    for (size_t i = 0; i < prefix.size; i++)
        bytes[i] = strchr("> \t", prefix.data[i]) && prefix.data[i] ? prefix.data[i] : ' ';
    return (Str){bytes, prefix.size};
}

void twin_add(Twin *twin, Span at, Str text) {
    if (!twin || at.source != twin->source)
        return;
    Str prefix = line_start(twin->source->text, at.start, twin->arena);
    size_t size = text.size;
    for (size_t i = 0; i < text.size; i++)
        size += text.data[i] == '\n' ? prefix.size : 0;
    if (size > LIMIT_EMBED_SIZE - twin->size)
        return;
    twin->size += size;
    Buf out = buf_new(twin->arena);
    while (text.data) {
        buf_add(&out, str_cut(&text, '\n'));
        if (!text.data)
            break;
        buf_add_char(&out, '\n');
        if (text.size)
            buf_add(&out, prefix);
    }
    ARENA_RESERVE(twin->arena, twin->edits, twin->count, twin->capacity);
    size_t place = twin->count++;
    for (; place > 0 && twin->edits[place - 1].start > at.start; place--)
        twin->edits[place] = twin->edits[place - 1];
    twin->edits[place] = (TwinEdit){at.start, at.start + at.size, buf_str(&out)};
}

Str twin_text(const Twin *twin, Span at, Arena *arena) {
    Str text = twin->source->text;
    Buf out = buf_new(arena);
    size_t done = at.start, end = at.start + at.size;
    for (size_t i = 0; i < twin->count; i++) {
        const TwinEdit *edit = &twin->edits[i];
        if (edit->start < done || edit->end > end)
            continue;
        buf_add(&out, str_slice(text, done, edit->start));
        buf_add(&out, edit->text);
        done = edit->end;
    }
    buf_add(&out, str_slice(text, done, end));
    return buf_str(&out);
}

void twin_add_fence(Str language, Str text, Buf *out) {
    size_t marks = 3;
    for (size_t run = 0, i = 0; i < text.size; i++) {
        run = text.data[i] == '`' ? run + 1 : 0;
        marks = run >= marks ? run + 1 : marks;
    }
    buf_add_repeat(out, '`', marks);
    buf_add(out, language);
    buf_add_char(out, '\n');
    buf_add(out, text);
    if (text.size && text.data[text.size - 1] != '\n')
        buf_add_char(out, '\n');
    buf_add_repeat(out, '`', marks);
}

static void add_diagram(const Page *page, const MdNode *image, const SiteDiagram *diagram,
                        Buf *out) {
    Str name = md_plain_text(image, out->arena);
    if (diagram->url.size)
        buf_add_format(out, "![%.*s](%.*s)\n\n", STR_FMT(name),
                       STR_FMT(fs_relative(page->url, diagram->url, out->arena)));
    twin_add_fence(STR("mermaid"), diagram->source->text, out);
}

static void add_data(const MdNode *image, const SiteFile *file, Buf *out) {
    Str name = md_plain_text(image, out->arena);
    if (name.size)
        buf_add_format(out, "%.*s:\n\n", STR_FMT(name));
    size_t dot = str_find_last(file->path, '.');
    Str language = dot == STR_NONE ? (Str){NULL, 0} : str_from_offset(file->path, dot + 1);
    twin_add_fence(str_equal(language, STR("yml")) ? STR("yaml") : language, file->source->text,
                   out);
}

static void add_embed(const Site *site, Page *page, const MdNode *image, Arena *arena) {
    const MdNode *block = image->parent;
    bool is_alone = block && block->kind == MD_PARAGRAPH && !image->prev && !image->next;
    Target target = link_target(site, page->path, image->url, arena);
    const SiteFile *file = target.kind == TARGET_FILE ? site_find_file(site, target.path) : NULL;
    if (!is_alone || !file || image->at.source != page->file->source)
        return;
    Buf out = buf_new(arena);
    if (file->kind == FILE_DIAGRAM && file->part)
        add_diagram(page, image, file->part, &out);
    else if ((file->kind == FILE_DATA || file->kind == FILE_TABLE) && file->source)
        add_data(image, file, &out);
    else
        return;
    if (!page->twin) {
        page->twin = ARENA_NEW(arena, Twin);
        *page->twin = (Twin){.source = page->file->source, .arena = arena};
    }
    twin_add(page->twin, image->at, buf_str(&out));
}

void twin_add_embeds(const Site *site, Page *page, Arena *arena) {
    if (page->is_generated)
        return;
    for (size_t i = 0; i < page->doc->link_count; i++)
        if (page->doc->links[i]->kind == MD_IMAGE)
            add_embed(site, page, page->doc->links[i], arena);
}

void twin_keep(Page *page, Arena *arena) {
    const Source *source = page->file->source;
    if (page->twin)
        page->twin_text = twin_text(page->twin, span_of(source, 0, source->text.size), arena);
    page->twin = NULL;
}
