/* What the search index costs: CPU time and memory for the pages of a folder, apart from the rest
 * of a build. usage: index FOLDER OUTPUT */
#include "base/ban.h"

#include <stdio.h>
#include <time.h>

#include "base/fs.h"
#include "base/limits.h"
#include "bench/memory.h"
#include "markdown/md.h"
#include "site/search.h"

static double cpu_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The CPU time for the words of a page, without that for its HTML. */
static double read_one(const Site *site, const FsText *text, size_t number) {
    const Page *page = site->pages[number];
    Arena *tmp = arena_new();
    Source *source = source_new(tmp, page->path, text->content);
    Buf html = buf_new(tmp);
    md_render(md_parse(source, tmp, diags_new(tmp)), &html);
    double start = cpu_ms();
    const SearchPage *found = search_read(page->title, buf_str(&html), tmp);
    search_index_add(site->search, 0, (SearchAdded){number, page, found}, tmp);
    double took = cpu_ms() - start;
    arena_free(tmp);
    return took;
}

static Page *page_new(FsText *text, Str path, Arena *arena) {
    Page *page = ARENA_NEW(arena, Page);
    page->path = page->url = path;
    /* "---\ntitle: NAME\n" is how tests/bench/zipf.mjs begins a page. */
    Str rest = text->content;
    str_cut_line(&rest);
    page->title = str_copy(arena, str_from_offset(str_cut_line(&rest), strlen("title: ")));
    return page;
}

int main(int argc, char **argv) {
    if (argc < 3)
        return 2;
    md_setup();
    Arena *arena = arena_new(), *kept = arena_new();
    Fs *fs = fs_open_disk(arena, str_from(argv[1]));
    FsList list = {.arena = arena};
    Str why;
    if (!fs_walk(fs, (FsWalk){.folder = STR("site-src")}, &list, &why))
        return 3;
    Site site = {.arena = kept,
                 .workers = &kept,
                 .worker_count = 1,
                 .pages = ARENA_ARRAY(arena, Page *, list.count + 1),
                 .taken = taken_new(kept),
                 .search = search_index_new(1, list.count)};
    double words_ms = 0;
    for (size_t i = 0; i < list.count; i++) {
        Arena *tmp = arena_new();
        FsText text;
        if (fs_read(fs, list.entries[i].path, LIMIT_PAGE_SIZE, tmp, &text)) {
            site.pages[site.page_count] = page_new(&text, list.entries[i].path, arena);
            words_ms += read_one(&site, &text, site.page_count++);
        }
        arena_free(tmp);
    }
    size_t held = memory_used(), bytes = 0;
    memory_take_peak();
    double start = cpu_ms();
    search_write(&site);
    double took = cpu_ms() - start;
    fs = fs_open_disk(arena, str_from(argv[2]));
    for (size_t i = 0; i < site.outputs.count; i++) {
        const Output *output = &site.outputs.items[i];
        bytes += output->content.size;
        if (!fs_create(fs, output->path, output->content, &why))
            fprintf(stderr, "%.*s\n", STR_FMT(why));
    }
    printf("%zu pages: words %.0f ms, index %.0f ms of CPU; %.1f MB held, %.1f MB at "
           "the peak; %zu files, %.1f MB\n",
           site.page_count, words_ms, took, (double)held / 1e6, (double)memory_take_peak() / 1e6,
           site.outputs.count, (double)bytes / 1e6);
    arena_free(kept);
    arena_free(arena);
    return 0;
}
