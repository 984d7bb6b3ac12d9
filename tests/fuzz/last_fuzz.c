#include "base/ban.h"

#include "base/fs.h"
#include "fuzz/fuzz.h"
/* The functions that read one field each are its own, and a whole memory is sealed by a hash. */
#include "publish/last.c"

/* What a memory of a build holds behind its seal: findings, what was looked at, what was written.
 * What was read of it, written again, reads the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "memory");
    Fs *fs = fs_open_memory(input.arena);
    Str why;
    fs_create(fs, STR("a.md"), STR("# A\n\ntext\n"), &why);
    LastJob job = {.project = fs, .parent = fs, .name = STR("output"), .arena = input.arena};
    Archive archive = archive_from(input.source->text);
    Diags *diags = NULL;
    archive_findings(&archive, &job, &diags);
    for (size_t i = 0; i < diags_count(diags); i++)
        diags_put(input.diags, *diags_get(diags, i));
    Sight sight = {0}, sight_again = {0};
    Written file = {0}, file_again = {0};
    archive_sight(&archive, &sight);
    archive_written(&archive, &file);
    if (!archive.is_bad) {
        Buf out = buf_new(input.arena);
        Archive to = archive_to(&out);
        archive_sight(&to, &sight);
        archive_written(&to, &file);
        Archive back = archive_from(buf_str(&out));
        archive_sight(&back, &sight_again);
        archive_written(&back, &file_again);
        FUZZ_HOLDS(!back.is_bad && back.in.size == 0);
        FUZZ_HOLDS(str_equal(sight.path, sight_again.path) &&
                   str_equal(file.path, file_again.path));
    }
    return fuzz_end(&input);
}
