#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "roadmap/edit.h"
#include "roadmap/overview.h"
#include "roadmap/repair.h"

/* One document as tracker, as its own plan and as the list of all. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    md_setup();
    FuzzInput input = fuzz_begin(data, size, "PROGRESS_TRACKER.md");
    const MdDoc *doc = md_parse(input.source, input.arena, input.diags);
    Roadmap *tracker = roadmap_read(doc, ROADMAP_TRACKER, input.arena, input.diags);
    const Roadmap *plan = roadmap_read(doc, ROADMAP_BREAKDOWN, input.arena, input.diags);
    roadmap_join(tracker, plan, input.arena);
    roadmap_lint(tracker, input.arena, input.diags);
    Buf out = buf_new(input.arena);
    roadmap_write_json(tracker, NULL, &out);
    const Roadmap *trackers[] = {tracker};
    Overview *overview = overview_read(doc, input.arena, input.diags);
    overview_join(overview, trackers, 1, input.arena);
    overview_lint(overview, trackers, 1, input.arena, input.diags);
    overview_write_json(overview, input.diags, &out);
    roadmap_repair(input.source, input.source, NULL, input.arena);
    return fuzz_end(&input);
}
