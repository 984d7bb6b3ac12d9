#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "site/search_text.h"

/* The words of a page, its title in the first line, out of any HTML: each hit is one of a word that
 * there is, in a section that there is. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "page.html");
    Str html = input.source->text, title = str_cut_line(&html);
    const SearchPage *page = search_read(title, html, input.arena);
    FUZZ_HOLDS(page->section_count > 0);
    size_t lines = 0;
    for (size_t i = 0; i < page->words.size; i++)
        lines += page->words.data[i] == '\n';
    FUZZ_HOLDS(lines == page->word_count);
    const uint8_t *at = page->hits;
    for (size_t i = 0; i < page->section_count; i++)
        for (uint32_t k = 0; k < page->sections[i].hit_count; k++)
            FUZZ_HOLDS(search_take_number(&at) / SEARCH_WEIGHTS < page->word_count);
    return fuzz_end(&input);
}
