#include "base/ban.h"

#include "roadmap/roadmap.h"

/* round(1000 * done / total) tenths of a percent, half up, in thousandths */
static void set_percent(RoadmapShare *share) {
    if (share->total == 0)
        return;
    int64_t tenths = ((int64_t)share->done * 2000 + share->total) / (2 * (int64_t)share->total);
    share->percent_milli = tenths * 100;
}

void roadmap_roll_up(Roadmap *roadmap) {
    RoadmapComputed computed = {0};
    int64_t sum = 0;
    uint32_t with_completion = 0;
    for (size_t i = 0; i < roadmap->pr_count; i++) {
        const RoadmapPr *pr = &roadmap->prs[i];
        bool is_done = pr->status == ROADMAP_COMPLETE;
        computed.by_status[pr->status]++;
        computed.rows.total++;
        computed.rows.done += is_done;
        computed.expanded.total += pr->weight;
        computed.expanded.done += is_done ? pr->weight : 0;
        computed.checklist.total += (uint32_t)(pr->item_count - pr->items_other);
        computed.checklist.done += (uint32_t)pr->items_done;
        if (pr->completion.is_set) {
            sum += pr->completion.milli;
            with_completion++;
        }
    }
    computed.excluding_cancelled = computed.rows;
    computed.excluding_cancelled.total -= computed.by_status[ROADMAP_CANCELLED];
    set_percent(&computed.rows);
    set_percent(&computed.excluding_cancelled);
    set_percent(&computed.expanded);
    set_percent(&computed.checklist);
    if (with_completion > 0) {
        int64_t hundredths = (sum + 5 * (int64_t)with_completion) / (10 * (int64_t)with_completion);
        computed.has_mean = true;
        computed.mean_completion_milli = hundredths * 10;
    }
    roadmap->computed = computed;
}
