#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "roadmap/edit.h"

/* A step on a PR; false when it was refused. */
static bool step(const Roadmap *tracker, RoadmapVerb verb, uint32_t pr, RoadmapEdited *edited,
                 Arena *arena) {
    RoadmapEdit edit = {.verb = verb,
                        .pr = pr,
                        .by = ROADMAP_NONE,
                        .title = STR("Title | x"),
                        .commit = STR("1234abc"),
                        .github = STR("7"),
                        .is_forced = true};
    *edited = roadmap_edit(tracker, NULL, &edit, arena);
    return edited->refusals.count == 0;
}

/* What was written reads as it was meant, a second time changes nothing, and reopened it is open.
 */
static void check_done(const Roadmap *tracker, uint32_t pr, Arena *arena) {
    RoadmapEdited done, again, open;
    if (!step(tracker, ROADMAP_DONE, pr, &done, arena))
        return;
    FUZZ_HOLDS(done.after->pr_count == tracker->pr_count);
    FUZZ_HOLDS(done.after->prs[pr].status == ROADMAP_COMPLETE);
    if (step(done.after, ROADMAP_DONE, pr, &again, arena))
        FUZZ_HOLDS(str_equal(again.tracker, done.tracker));
    if (step(done.after, ROADMAP_REOPEN, pr, &open, arena))
        FUZZ_HOLDS(open.after->prs[pr].status != ROADMAP_COMPLETE);
}

/* Every step on a PR of a tracker that the first byte chooses. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    md_setup();
    unsigned chosen = fuzz_byte(&data, &size);
    FuzzInput input = fuzz_begin(data, size, "PROGRESS_TRACKER.md");
    const MdDoc *doc = md_parse(input.source, input.arena, input.diags);
    Roadmap *tracker = roadmap_read(doc, ROADMAP_TRACKER, input.arena, input.diags);
    RoadmapEdited edited;
    if (step(tracker, ROADMAP_ADD, ROADMAP_NONE, &edited, input.arena))
        FUZZ_HOLDS(edited.after->pr_count == tracker->pr_count + 1);
    /* The same text as a plan beside it: what is added to one is added to the other, or said. */
    Roadmap *plan = roadmap_read(doc, ROADMAP_BREAKDOWN, input.arena, input.diags);
    RoadmapEdit add = {
        .verb = ROADMAP_ADD, .pr = ROADMAP_NONE, .by = ROADMAP_NONE, .title = STR("Title | x")};
    roadmap_join(tracker, plan, input.arena);
    edited = roadmap_edit(tracker, plan, &add, input.arena);
    if (edited.refusals.count == 0 && str_equal(edited.plan, plan->source->text))
        FUZZ_HOLDS(edited.left.count > 0 ||
                   roadmap_find(plan, edited.id, input.arena) != ROADMAP_NONE);
    if (tracker->pr_count) {
        uint32_t pr = chosen % (uint32_t)tracker->pr_count;
        check_done(tracker, pr, input.arena);
        step(tracker, ROADMAP_START, pr, &edited, input.arena);
        step(tracker, ROADMAP_BLOCK, pr, &edited, input.arena);
    }
    return fuzz_end(&input);
}
