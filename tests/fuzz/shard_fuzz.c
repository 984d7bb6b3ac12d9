#include "base/ban.h"

#include "base/archive.h"
#include "base/fs.h"
#include "base/fs_trace.h"
#include "check/checks.h"
#include "check/site_json.h"
#include "fuzz/fuzz.h"
#include "markdown/md.h"
#include "site/build.h"

/* What every input is a slice of: headings, links that lead somewhere and nowhere, a file that is
 * copied, a diagram. */
static const char *const project[][2] = {
    {"site-src/index.md", "# Home\n\nWords of [b](b.md#part), [a file](a.txt), [gone](c.md).\n\n"
                          "## More\n\n```mermaid\nflowchart LR\n  a --> b\n```\n"},
    {"site-src/b.md", "---\ndescription: of b\n---\n# B\n\n## Part\n\nOther words, <b>bold</b>.\n"},
    {"site-src/a.txt", "text\n"},
};
enum {
    PROJECT_FILES = sizeof project / sizeof *project
};

/* The one slice of it, made by the first input. */
static struct {
    const Config *config;
    Fs *folder;
    Str head, records; /* of what is sealed: whose slice it is, and the pages */
    size_t page_count;
} made;

static Site *build(ShardJob *shard, Arena *arena) {
    Fs *fs = fs_open_memory(arena);
    Str why;
    for (size_t i = 0; i < PROJECT_FILES; i++)
        fs_create(fs, str_from(project[i][0]), str_from(project[i][1]), &why);
    BuildJob job = {.config = made.config,
                    .fs = fs_open_trace(fs, arena),
                    .worker_count = 1,
                    .has_model = true,
                    .shard = shard};
    Site *site = site_build(&job, arena, &why);
    FUZZ_HOLDS(site);
    return site;
}

/* Its head ends where the first page's URL begins, as a text with its size before it. */
static void make_slice(void) {
    static const char *const environment[] = {NULL};
    ConfigFlags flags = {0};
    Arena *arena = arena_new();
    Str why, content;
    md_setup();
    text_setup();
    made.config = config_read(NULL, &flags, environment, arena, diags_new(arena));
    made.folder = fs_open_memory(arena);
    Site *site = build(&(ShardJob){.number = 1, .count = 1}, arena);
    for (size_t i = 0; i < site->page_count; i++)
        fs_create(made.folder, site->pages[i]->url, str_copy(arena, site->pages[i]->html), &why);
    made.page_count = site->page_count;
    const Output *slice = &site->outputs.items[0];
    for (size_t i = 0; i < site->outputs.count; i++)
        if (site->outputs.items[i].content.size)
            slice = &site->outputs.items[i];
    Str sealed = str_copy(arena, slice->content);
    FUZZ_HOLDS(archive_open(SHARD_KIND, sealed, &content));
    size_t first = str_find(content, site->pages[0]->url, 0) - 1;
    made.head = str_slice(content, 0, first);
    made.records = str_from_offset(content, first);
    site_free(site);
}

/* The slice with the input's changes: { place place kind byte }, where the kind says whether the
 * byte takes a place, comes before it, or goes. */
static Str change(const uint8_t *data, size_t size, Arena *arena) {
    Buf out = buf_new(arena);
    buf_add(&out, made.records);
    while (size >= 4) {
        size_t place = (size_t)fuzz_byte(&data, &size) << 8;
        place = (place + fuzz_byte(&data, &size)) % out.size;
        unsigned kind = fuzz_byte(&data, &size) % 4;
        char byte = (char)fuzz_byte(&data, &size);
        if (kind == 1 && out.size > 1) {
            memmove(out.data + place, out.data + place + 1, out.size - place - 1);
            out.size--;
        } else if (kind == 2) {
            buf_add_char(&out, byte);
            memmove(out.data + place + 1, out.data + place, out.size - place - 1);
            out.data[place] = byte;
        } else {
            out.data[place] = byte;
        }
    }
    return buf_str(&out);
}

/* What merge takes over from another run, behind its seal: by its first byte the input is all of
 * it, or changes to a slice that fits. Whatever it is, every page is there in the end. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!made.config)
        make_slice();
    FuzzInput input = fuzz_begin(data, size, "slice");
    bool is_whole = fuzz_byte(&data, &size) % 2;
    Buf content = buf_new(input.arena);
    buf_add(&content, made.head);
    buf_add(&content, is_whole ? (Str){(const char *)data, size} : change(data, size, input.arena));
    Str record = archive_seal(SHARD_KIND, buf_str(&content), input.arena);
    ShardJob shard = {.folders = &made.folder, .records = &record, .folder_count = 1};
    Site *site = build(&shard, input.arena);
    FUZZ_HOLDS(site->page_count >= made.page_count);
    for (size_t i = 0; i < site->page_count; i++)
        FUZZ_HOLDS(site->pages[i]->is_rendered && site->pages[i]->html.size);
    checks_run(site, site->diags);
    diags_sort(site->diags);
    FUZZ_HOLDS(site_json(site).size);
    /* Nothing was changed: then nothing was rendered either. */
    FUZZ_HOLDS(is_whole || size >= 4 || shard.why.size == 0);
    site_free(site);
    return fuzz_end(&input);
}
