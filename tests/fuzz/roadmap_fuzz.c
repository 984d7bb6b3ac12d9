#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "roadmap/roadmap.h"

/* One document as tracker and as its own plan. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    md_setup();
    FuzzInput input = fuzz_begin(data, size, "PROGRESS_TRACKER.md");
    const MdDoc *doc = md_parse(input.source, input.arena, input.diags);
    Roadmap *tracker = roadmap_read(doc, ROADMAP_TRACKER, input.arena, input.diags);
    roadmap_join(tracker, roadmap_read(doc, ROADMAP_BREAKDOWN, input.arena, input.diags),
                 input.arena);
    roadmap_lint(tracker, input.arena, input.diags);
    Buf out = buf_new(input.arena);
    roadmap_write_json(tracker, NULL, &out);
    return fuzz_end(&input);
}
