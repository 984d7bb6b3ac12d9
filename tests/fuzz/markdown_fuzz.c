#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "markdown/md.h"

/* A page, rendered both ways. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    md_setup();
    FuzzInput input = fuzz_begin(data, size, "page.md");
    const MdDoc *doc = md_parse(input.source, input.arena, input.diags);
    for (int raw = 0; raw < 2; raw++) {
        MdRenderOptions options = {.raw_html = raw};
        Buf out = buf_new(input.arena);
        md_render(doc, &options, &out);
    }
    return fuzz_end(&input);
}
