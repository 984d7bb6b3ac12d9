#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "site/page_archive.h"

static void read_rendered(const PageArchive *to, SearchPage *search) {
    archive_page_content(to);
    archive_page_search(to, search);
}

/* What is remembered of a page, behind its seal: what was read, then what was rendered. What was
 * read of it, written again, reads the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "memory");
    Arena *arena = input.arena;
    const Source *text =
        source_new(arena, STR("a.md"), STR("# A\n\n```mermaid\ngraph\n```\n\ntext\n"));
    SiteFile file = {.path = text->path, .source = text, .url = STR("a.html")};
    Site site = {.arena = arena, .file_index = map_new(arena)};
    map_put(site.file_index, file.path, &file);
    Page page = {.file = &file, .path = file.path, .url = file.url, .diags = diags_new(arena)};
    SearchPage search = {0};
    Archive archive = archive_from(input.source->text);
    PageArchive from = {&site, &page, &archive, arena, arena, arena};
    archive_page_facts(&from);
    if (!archive.is_bad)
        read_rendered(&from, &search);
    for (size_t i = 0; i < diags_count(page.diags); i++)
        diags_put(input.diags, *diags_get(page.diags, i));
    if (!archive.is_bad) {
        Buf out = buf_new(arena);
        Archive to = archive_to(&out);
        PageArchive again = {&site, &page, &to, arena, arena, arena};
        archive_page_facts(&again);
        read_rendered(&again, &search);
        Page other = {.file = &file, .path = file.path, .url = file.url, .diags = diags_new(arena)};
        SearchPage other_search = {0};
        Archive back = archive_from(buf_str(&out));
        PageArchive third = {&site, &other, &back, arena, arena, arena};
        if (!to.is_bad) {
            archive_page_facts(&third);
            read_rendered(&third, &other_search);
            FUZZ_HOLDS(!back.is_bad && back.in.size == 0);
            FUZZ_HOLDS(str_equal(page.title, other.title) && page.link_count == other.link_count &&
                       str_equal(search.words, other_search.words));
        }
    }
    return fuzz_end(&input);
}
