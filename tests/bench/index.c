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

typedef struct Result {
    Output *outputs;
    size_t count, capacity, bytes;
    Arena *arena;
} Result;

static double cpu_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The CPU time for the words of a page, without that for its HTML. */
static double read_one(const FsText *text, Page *page, Arena *arena) {
    Arena *tmp = arena_new();
    Source *source = source_new(tmp, page->path, text->content);
    Buf html = buf_new(tmp);
    md_render(md_parse(source, tmp, diags_new(tmp)), &html);
    double start = cpu_ms();
    page->search = search_read(page->title, buf_str(&html), arena);
    double took = cpu_ms() - start;
    arena_free(tmp);
    return took;
}

static void keep(void *context, Output output) {
    Result *result = context;
    ARENA_RESERVE(result->arena, result->outputs, result->count, result->capacity);
    result->outputs[result->count++] = output;
    result->bytes += output.content.size;
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
    if (!fs_walk(fs, (FsWalk){STR("site-src"), {NULL, 0}, false}, &list, &why))
        return 3;
    Page **pages = ARENA_ARRAY(arena, Page *, list.count + 1);
    Site site = {.arena = kept, .pages = pages};
    double words_ms = 0;
    for (size_t i = 0; i < list.count; i++) {
        Arena *tmp = arena_new();
        FsText text;
        if (fs_read(fs, list.entries[i].path, LIMIT_PAGE_SIZE, tmp, &text)) {
            pages[site.page_count] = page_new(&text, list.entries[i].path, arena);
            words_ms += read_one(&text, pages[site.page_count++], kept);
        }
        arena_free(tmp);
    }
    size_t held = memory_used();
    memory_take_peak();
    Result result = {.arena = arena};
    double start = cpu_ms();
    search_write(&site, keep, &result);
    printf("%zu pages: words %.0f ms, index %.0f ms of CPU; %.1f MB held, %.1f MB at "
           "the peak; %zu files, %.1f MB\n",
           site.page_count, words_ms, cpu_ms() - start, (double)held / 1e6,
           (double)memory_take_peak() / 1e6, result.count, (double)result.bytes / 1e6);
    fs = fs_open_disk(arena, str_from(argv[2]));
    for (size_t i = 0; i < result.count; i++)
        if (!fs_create(fs, result.outputs[i].path, result.outputs[i].content, &why))
            fprintf(stderr, "%.*s\n", STR_FMT(why));
    arena_free(kept);
    arena_free(arena);
    return 0;
}
