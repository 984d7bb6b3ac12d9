#include "base/ban.h"

#include "base/fs.h"
#include "fuzz/fuzz.h"
#include "site/links.h"

/* A path that fs takes: no step up, nothing absolute, no NUL. */
static bool is_inside(Str path) {
    if (path.size == 0)
        return true;
    if (path.data[0] == '/' || str_find_char(path, '\0', 0) != STR_NONE)
        return false;
    for (Str rest = path; rest.data;) {
        Str part = str_cut(&rest, '/');
        if (part.size == 0 || str_equal(part, STR(".")) || str_equal(part, STR("..")))
            return false;
    }
    return true;
}

/* A URL never leads out of the project, wherever it is written. The first line is the file that it
 * stands in. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "url");
    Config config = {.source = STR("site-src")};
    Site site = {.config = &config, .arena = input.arena};
    Str rest = input.source->text, from, line = str_cut_line(&rest);
    if (rest.data && fs_resolve(STR(""), line, input.arena, &from) &&
        str_find_char(from, '\0', 0) == STR_NONE &&
        /* NUL never gets into a page: the reader takes it out. */
        str_find_char(rest, '\0', 0) == STR_NONE) {
        Target target = link_target(&site, from, rest, input.arena);
        if (target.kind == TARGET_FILE) {
            FUZZ_HOLDS(is_inside(target.path));
            Str back, relative = fs_relative(from, target.path, input.arena);
            if (target.path.size && fs_resolve(fs_folder_of(from), relative, input.arena, &back))
                FUZZ_HOLDS(str_equal(back, target.path));
        }
    }
    return fuzz_end(&input);
}
