#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "site/search_text.h"

/* The words of a page, out of any HTML. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "page.html");
    const SearchPage *page = search_read(STR("Title"), input.source->text, input.arena);
    FUZZ_HOLDS(page->section_count > 0);
    for (size_t i = 0; i < page->term_count; i++) {
        const SearchTerm *term = page->terms[i];
        FUZZ_HOLDS(term->word.size > 0 && term->hit_count > 0);
        for (size_t k = 0; k < term->hit_count; k++) {
            FUZZ_HOLDS(term->hits[k].section < page->section_count);
            FUZZ_HOLDS(k == 0 || term->hits[k - 1].section < term->hits[k].section);
        }
    }
    return fuzz_end(&input);
}
