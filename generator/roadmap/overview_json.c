#include "base/ban.h"

#include "roadmap/json.h"
#include "roadmap/overview.h"

static void put_item(Buf *out, const OverviewItem *item) {
    buf_add_char(out, '{');
    roadmap_put_text(out, "title", item->title);
    roadmap_put_text(out, "link", item->link);
    roadmap_put_text(out, "raw_status", item->raw_status);
    roadmap_put_key(out, "status");
    if (item->has_status)
        json_string(out, roadmap_status_name(item->status));
    else
        buf_add_text(out, "null");
    roadmap_put_number(out, "completion", item->completion);
    roadmap_put_key(out, "bar");
    if (item->bar.is_set)
        buf_add_format(out, "{\"width\":%u,\"filled\":%u}", item->bar.width, item->bar.filled);
    else
        buf_add_text(out, "null");
    roadmap_put_text(out, "priority", item->priority);
    roadmap_put_text(out, "state", item->state);
    roadmap_put_text(out, "location", item->location);
    roadmap_put_key(out, "line");
    buf_add_int(out, span_place(item->row).line);
    buf_add_char(out, '}');
}

static void put_declared(Buf *out, const Overview *overview) {
    roadmap_put_key(out, "declared");
    buf_add_char(out, '{');
    roadmap_put_number(out, "percent", overview->percent);
    roadmap_put_number(out, "done", overview->done);
    roadmap_put_number(out, "total", overview->total);
    roadmap_put_key(out, "by_status");
    buf_add_char(out, '{');
    for (int i = 0; i < OVERVIEW_STAGE_COUNT; i++) {
        buf_add_text(out, i > 0 ? "," : "");
        json_string(out, overview_stage_name((OverviewStage)i));
        buf_add_text(out, ":{");
        roadmap_put_number(out, "items", overview->groups[i].items);
        roadmap_put_number(out, "percent", overview->groups[i].percent);
        buf_add_char(out, '}');
    }
    buf_add_text(out, "}}");
}

static void put_computed(Buf *out, const Overview *overview) {
    roadmap_put_key(out, "computed");
    buf_add_format(out, "{\"items\":%zu,\"mean_completion\":", overview->item_count);
    if (overview->has_mean)
        buf_add_fixed(out, overview->mean_milli, 1000, 2);
    else
        buf_add_text(out, "null");
    buf_add_text(out, ",\"by_status\":{");
    for (int i = 0; i < OVERVIEW_STAGE_COUNT; i++) {
        buf_add_text(out, i > 0 ? "," : "");
        json_string(out, overview_stage_name((OverviewStage)i));
        buf_add_format(out, ":%u", overview->by_stage[i]);
    }
    buf_add_text(out, "}}");
}

void overview_write_json(const Overview *overview, const Diags *findings, Buf *out) {
    buf_add_text(out, "{\"schema\":1,\"kind\":\"roadmap\",\"document\":\"overview\",\"path\":");
    json_string(out, overview->source->path);
    roadmap_put_text(out, "title", overview->title);
    buf_add_text(out, ",\"items\":[");
    for (size_t i = 0; i < overview->item_count; i++) {
        buf_add_text(out, i > 0 ? "," : "");
        put_item(out, &overview->items[i]);
    }
    buf_add_char(out, ']');
    put_declared(out, overview);
    put_computed(out, overview);
    roadmap_put_findings(out, findings);
    buf_add_text(out, "}\n");
}
