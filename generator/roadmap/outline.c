#include "base/ban.h"

#include "roadmap/reader.h"

static bool is_block(MdKind kind) {
    return kind == MD_HEADING || kind == MD_PARAGRAPH || kind == MD_ITEM || kind == MD_TABLE ||
           kind == MD_CODE_BLOCK;
}

/* The words of a heading as written: without number signs and underline. */
static Str heading_raw(const MdNode *heading) {
    Str rest = span_text(heading->at);
    Str line = str_trim(str_cut_line(&rest));
    size_t signs = 0;
    while (signs < line.size && line.data[signs] == '#')
        signs++;
    line = str_trim(str_from_offset(line, signs));
    size_t end = line.size;
    while (end > 0 && line.data[end - 1] == '#')
        end--;
    /* Number signs at the end close the heading only behind a space. */
    if (end > 0 && end < line.size && line.data[end - 1] == ' ')
        line = str_trim(str_slice(line, 0, end));
    return line;
}

void outline_build(Reader *reader) {
    Outline *outline = &reader->outline;
    uint32_t open = ROADMAP_NONE; /* innermost part at this place */
    for (const MdNode *node = md_next(reader->doc->root, reader->doc->root); node;
         node = md_next(reader->doc->root, node)) {
        if (!is_block(node->kind))
            continue;
        uint32_t index = (uint32_t)outline->block_count;
        if (node->kind == MD_HEADING) {
            while (open != ROADMAP_NONE && outline->parts[open].level >= node->number) {
                outline->parts[open].end = index;
                open = outline->parts[open].parent;
            }
            ARENA_RESERVE(reader->arena, outline->parts, outline->part_count,
                          outline->part_capacity);
            outline->parts[outline->part_count] =
                (OutlinePart){.heading = node,
                              .text = str_trim(md_plain_text(node, reader->arena)),
                              .raw = heading_raw(node),
                              .level = node->number,
                              .parent = open,
                              .first = index};
            open = (uint32_t)outline->part_count++;
        }
        ARENA_RESERVE(reader->arena, outline->blocks, outline->block_count,
                      outline->block_capacity);
        outline->blocks[outline->block_count++] = (OutlineBlock){node, open};
    }
    for (; open != ROADMAP_NONE; open = outline->parts[open].parent)
        outline->parts[open].end = (uint32_t)outline->block_count;
}

uint32_t outline_part_end(const Reader *reader, const OutlinePart *part) {
    if (part->end < reader->outline.block_count)
        return reader->outline.blocks[part->end].node->at.start;
    return (uint32_t)reader->source->text.size;
}
