#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "site/region.h"

/* A region of a file, its name in the first line, out of code and out of Markdown. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    md_setup();
    FuzzInput input = fuzz_begin(data, size, "file.md");
    Str rest = input.source->text, name = str_cut_line(&rest);
    const MdDoc *doc = md_parse(input.source, input.arena, input.diags);
    const MdDoc *docs[] = {NULL, doc};
    for (size_t i = 0; i < 2; i++) {
        Region region = region_find(input.source, docs[i], name, input.arena);
        if (region.is_found)
            FUZZ_HOLDS((size_t)region.at.start + region.at.size <= input.source->text.size);
    }
    return fuzz_end(&input);
}
