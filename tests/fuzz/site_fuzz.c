#include "base/ban.h"

#include "base/fs.h"
#include "check/checks.h"
#include "fuzz/fuzz.h"
#include "markdown/md.h"
#include "site/build.h"

/* A whole project in memory: the bytes between lines "=== NAME" are its files. Front matter,
 * includes, values, embeds and links are read where they meet. */
static Fs *read_project(Str text, Arena *arena) {
    Fs *fs = fs_open_memory(arena);
    Str path = STR("site-src/index.md"), why, place;
    Buf content = buf_new(arena);
    for (Str rest = text; rest.data;) {
        Str line = str_cut_line(&rest);
        bool is_head = str_starts_with(line, STR("=== "));
        if (!is_head) {
            buf_add(&content, line);
            buf_add_char(&content, '\n');
        }
        if ((is_head || !rest.data) && fs_resolve(STR("site-src"), path, arena, &place) &&
            place.size && str_find_char(place, '\0', 0) == STR_NONE)
            fs_create(fs, place, str_copy(arena, buf_str(&content)), &why);
        if (is_head) {
            path = str_from_offset(line, 4);
            content.size = 0;
        }
    }
    return fs;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const environment[] = {NULL};
    md_setup();
    text_setup();
    FuzzInput input = fuzz_begin(data, size, "project");
    ConfigFlags flags = {0};
    BuildJob job = {.config = config_read(NULL, &flags, environment, input.arena, input.diags),
                    .fs = read_project(input.source->text, input.arena),
                    .worker_count = 1};
    Str why;
    Site *site = site_build(&job, input.arena, &why);
    if (site) {
        checks_run(site, site->diags);
        check_markup(site, site->diags);
        site_free(site);
    }
    return fuzz_end(&input);
}
