#include "base/ban.h"

#include "site/search_past.h"

void search_past_page(Archive *archive, SearchShown *shown) {
    archive_u32(archive, &shown->section_count);
    archive_str(archive, &shown->parts);
}

void search_past_word(Archive *archive, SearchPastWord *word) {
    archive_str(archive, &word->word);
    archive_str(archive, &word->hits);
}

/* Looked through to its end, so that nobody who relies on it is told later that there is less. */
SearchPast *search_past_open(Str text, Arena *arena) {
    Archive archive = archive_from(text);
    SearchPast *past = ARENA_NEW(arena, SearchPast);
    archive_count(&archive, &past->page_count);
    past->pages = ARENA_ARRAY(arena, SearchShown, past->page_count + 1);
    uint64_t sections = 0;
    for (size_t i = 0; i < past->page_count; i++) {
        search_past_page(&archive, &past->pages[i]);
        /* Each has three parts, each behind its size. */
        archive.is_bad =
            archive.is_bad || past->pages[i].section_count > past->pages[i].parts.size / 3;
        sections += past->pages[i].section_count;
    }
    archive_count(&archive, &past->word_count);
    past->section_count = (uint32_t)sections;
    past->words = archive;
    for (size_t i = 0; i < past->word_count && !archive.is_bad; i++) {
        SearchPastWord word = {0};
        search_past_word(&archive, &word);
    }
    return archive.is_bad || archive.in.size ? NULL : past;
}
