#include "base/ban.h"

#include "roadmap/json.h"

void roadmap_put_key(Buf *out, const char *key) {
    if (out->size > 0 && out->data[out->size - 1] != '{')
        buf_add_char(out, ',');
    buf_add_char(out, '"');
    buf_add_text(out, key);
    buf_add_text(out, "\":");
}

static void put_str(Buf *out, const char *key, Str value) {
    roadmap_put_key(out, key);
    json_string(out, value);
}

static void put_int(Buf *out, const char *key, int64_t value) {
    roadmap_put_key(out, key);
    buf_add_int(out, value);
}

void roadmap_put_text(Buf *out, const char *key, RoadmapText value) {
    roadmap_put_key(out, key);
    if (value.at.source)
        json_string(out, value.text);
    else
        buf_add_text(out, "null");
}

static void put_milli(Buf *out, const char *key, int64_t milli) {
    roadmap_put_key(out, key);
    buf_add_fixed(out, milli, 1000, 3);
}

void roadmap_put_number(Buf *out, const char *key, RoadmapNumber value) {
    roadmap_put_key(out, key);
    if (value.is_set)
        buf_add_fixed(out, value.milli, 1000, 3);
    else
        buf_add_text(out, "null");
}

static void put_comma(Buf *out, size_t index) {
    if (index > 0)
        buf_add_char(out, ',');
}

static void put_texts(Buf *out, const char *key, const RoadmapText *texts, size_t count) {
    roadmap_put_key(out, key);
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        put_comma(out, i);
        json_string(out, texts[i].text);
    }
    buf_add_char(out, ']');
}

/* The only commit under `commit`; several only as a list. */
static void put_commits(Buf *out, const RoadmapPr *pr) {
    roadmap_put_text(out, "commit", pr->commit_count == 1 ? pr->commits[0] : (RoadmapText){0});
    put_texts(out, "commits", pr->commits, pr->commit_count);
}

/* A number, a list of numbers, or null. */
static void put_github(Buf *out, const RoadmapPr *pr) {
    roadmap_put_key(out, "github_pr");
    if (pr->github_count == 0) {
        buf_add_text(out, "null");
        return;
    }
    if (pr->github_count > 1)
        buf_add_char(out, '[');
    for (size_t i = 0; i < pr->github_count; i++) {
        put_comma(out, i);
        /* Leading zeros are no JSON. */
        Str digits = pr->github_prs[i].text;
        while (digits.size > 1 && digits.data[0] == '0')
            digits = str_from_offset(digits, 1);
        buf_add(out, digits);
    }
    if (pr->github_count > 1)
        buf_add_char(out, ']');
}

/* null: the document does not say; []: it says that there are none. */
static void put_depends(Buf *out, const Roadmap *roadmap, const RoadmapPr *pr) {
    roadmap_put_key(out, "depends_on");
    if (!pr->says_depends) {
        buf_add_text(out, "null");
    } else {
        buf_add_char(out, '[');
        for (size_t i = 0; i < pr->depends_count; i++) {
            const RoadmapDependency *dependency = &pr->depends[i];
            put_comma(out, i);
            json_string(out, dependency->index == ROADMAP_NONE
                                 ? dependency->name
                                 : roadmap->prs[dependency->index].id);
        }
        buf_add_char(out, ']');
    }
    put_texts(out, "depends_external", pr->external, pr->external_count);
}

static void put_checklist(Buf *out, const RoadmapPr *pr) {
    roadmap_put_key(out, "checklist");
    if (pr->item_count == 0) {
        buf_add_text(out, "null");
        return;
    }
    buf_add_char(out, '{');
    put_int(out, "done", (int64_t)pr->items_done);
    put_int(out, "total", (int64_t)(pr->item_count - pr->items_other));
    put_int(out, "other", (int64_t)pr->items_other);
    buf_add_char(out, '}');
}

static void put_lists(Buf *out, const RoadmapPr *pr) {
    roadmap_put_key(out, "listed_in");
    buf_add_char(out, '[');
    if (pr->in_completed)
        buf_add_text(out, "\"completed\"");
    if (pr->in_completed && pr->in_remaining)
        buf_add_char(out, ',');
    if (pr->in_remaining)
        buf_add_text(out, "\"remaining\"");
    buf_add_char(out, ']');
}

void roadmap_write_pr_json(const Roadmap *roadmap, uint32_t index, Buf *out) {
    const RoadmapPr *pr = &roadmap->prs[index];
    buf_add_char(out, '{');
    put_str(out, "id", pr->id);
    roadmap_put_text(out, "title", pr->title);
    roadmap_put_key(out, "status");
    if (pr->has_status)
        json_string(out, roadmap_status_name(pr->status));
    else
        buf_add_text(out, "null");
    roadmap_put_text(out, "raw_status", pr->raw_status);
    roadmap_put_text(out, "complexity", pr->complexity);
    roadmap_put_text(out, "priority", pr->priority);
    roadmap_put_number(out, "completion", pr->completion);
    roadmap_put_text(out, "effort", pr->effort);
    roadmap_put_text(out, "phase", pr->phase);
    roadmap_put_text(out, "branch", pr->branch);
    put_commits(out, pr);
    put_github(out, pr);
    put_depends(out, roadmap, pr);
    put_checklist(out, pr);
    roadmap_put_text(out, "notes", pr->notes);
    put_lists(out, pr);
    put_int(out, "line", span_place(pr->id_at).line);
    buf_add_char(out, '}');
}

static void put_declared(Buf *out, const RoadmapDeclared *declared) {
    buf_add_char(out, '{');
    roadmap_put_number(out, "percent", declared->percent);
    roadmap_put_number(out, "done", declared->done);
    roadmap_put_number(out, "total", declared->total);
    RoadmapText next = declared->next_kind == ROADMAP_NEXT_ID ? declared->next : (RoadmapText){0};
    roadmap_put_text(out, "next", next);
    roadmap_put_text(out, "current", declared->current);
    roadmap_put_key(out, "bar");
    if (declared->bar.is_set) {
        buf_add_char(out, '{');
        put_int(out, "width", declared->bar.width);
        put_int(out, "filled", declared->bar.filled);
        roadmap_put_number(out, "percent", declared->bar.percent);
        buf_add_char(out, '}');
    } else {
        buf_add_text(out, "null");
    }
    buf_add_char(out, '}');
}

static void put_share(Buf *out, const RoadmapShare *share) {
    put_milli(out, "percent", share->percent_milli);
    put_int(out, "done", share->done);
    put_int(out, "total", share->total);
}

static void put_named_share(Buf *out, const char *key, const RoadmapShare *share) {
    roadmap_put_key(out, key);
    buf_add_char(out, '{');
    put_share(out, share);
    buf_add_char(out, '}');
}

static void put_computed(Buf *out, const RoadmapComputed *computed) {
    buf_add_char(out, '{');
    put_share(out, &computed->rows);
    put_named_share(out, "excluding_cancelled", &computed->excluding_cancelled);
    put_named_share(out, "expanded", &computed->expanded);
    put_named_share(out, "checklist", &computed->checklist);
    roadmap_put_key(out, "mean_completion");
    if (computed->has_mean)
        buf_add_fixed(out, computed->mean_completion_milli, 1000, 2);
    else
        buf_add_text(out, "null");
    roadmap_put_key(out, "by_status");
    buf_add_char(out, '{');
    for (int i = 0; i < ROADMAP_STATUS_COUNT; i++) {
        Str name = roadmap_status_name((RoadmapStatus)i);
        put_comma(out, (size_t)i);
        json_string(out, name);
        buf_add_char(out, ':');
        buf_add_int(out, computed->by_status[i]);
    }
    buf_add_text(out, "}}");
}

static void put_dashboard(Buf *out, const Roadmap *roadmap) {
    roadmap_put_key(out, "dashboard");
    if (!roadmap->table.source) {
        buf_add_text(out, "null");
        return;
    }
    buf_add_char(out, '{');
    roadmap_put_text(out, "heading", roadmap->heading);
    put_int(out, "line", span_place(roadmap->table).line);
    put_texts(out, "columns", roadmap->columns, roadmap->column_count);
    buf_add_char(out, '}');
}

/* The other place of a contradiction, or null. */
static void put_related(Buf *out, const Diag *diag) {
    Place place = span_place(span_resolve(diag->related));
    roadmap_put_key(out, "related");
    if (place.line == 0) {
        buf_add_text(out, "null");
        return;
    }
    buf_add_char(out, '{');
    put_str(out, "path", place.path);
    put_int(out, "line", place.line);
    put_int(out, "column", place.column);
    put_str(out, "message", diag->related_as);
    buf_add_char(out, '}');
}

void roadmap_put_findings(Buf *out, const Diags *findings) {
    roadmap_put_key(out, "findings");
    buf_add_char(out, '[');
    for (size_t i = 0; findings && i < diags_count(findings); i++) {
        const Diag *diag = diags_get(findings, i);
        Place place = span_place(span_resolve(diag->at));
        put_comma(out, i);
        buf_add_char(out, '{');
        put_str(out, "rule", diag_rule_name(diag->rule));
        put_str(out, "severity", diag_severity_name(diag_rule_severity(diag->rule)));
        put_str(out, "path", place.path);
        put_int(out, "line", place.line);
        put_int(out, "column", place.column);
        put_str(out, "message", diag->message);
        roadmap_put_key(out, "hint");
        if (diag->hint.size > 0)
            json_string(out, diag->hint);
        else
            buf_add_text(out, "null");
        put_related(out, diag);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

void roadmap_write_json(const Roadmap *roadmap, const RoadmapJsonOptions *options, Buf *out) {
    const RoadmapJsonOptions all = {.findings = NULL};
    options = options ? options : &all;
    size_t listed = 0;
    buf_add_text(out, "{\"schema\":1,\"kind\":\"roadmap\"");
    put_str(out, "document", str_from(roadmap->kind == ROADMAP_TRACKER ? "tracker" : "breakdown"));
    put_str(out, "path", roadmap->source->path);
    roadmap_put_text(out, "title", roadmap->title);
    roadmap_put_key(out, "prs");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        if (options->is_listed && !options->is_listed[i])
            continue;
        put_comma(out, listed++);
        roadmap_write_pr_json(roadmap, i, out);
    }
    buf_add_char(out, ']');
    roadmap_put_key(out, "declared");
    put_declared(out, &roadmap->declared);
    roadmap_put_key(out, "computed");
    put_computed(out, &roadmap->computed);
    roadmap_put_key(out, "legend");
    buf_add_char(out, '[');
    for (size_t i = 0; i < roadmap->legend_count; i++) {
        put_comma(out, i);
        json_string(out, roadmap->legend[i].text.text);
    }
    buf_add_char(out, ']');
    put_dashboard(out, roadmap);
    roadmap_put_findings(out, options->findings);
    buf_add_text(out, "}\n");
}
