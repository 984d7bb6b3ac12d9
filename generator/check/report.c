#include "base/ban.h"

#include "check/report.h"

#include "base/escape.h"
#include "base/utf8.h"

/* GitHub shows no more annotations of one kind for a step; the rest would be lost without a word.
 */
#define GITHUB_PER_KIND 10

/* Longer lines are cut around the place: a terminal would wrap them and the caret would point
 * nowhere. */
#define LINE_COLUMNS 160u

static const char *const format_names[] = {"text", "json", "github", "sarif"};

ReportFormat report_format_find(Str name) {
    int format = 0;
    while (format < REPORT_FORMAT_COUNT && !str_equal(str_from(format_names[format]), name))
        format++;
    return (ReportFormat)format;
}

bool report_only_is_known(Str only, Str *bad) {
    for (Str rest = only; rest.data && only.size;) {
        Str word = str_trim(str_cut(&rest, ','));
        bool is_known = false;
        for (int rule = 0; rule < DIAG_RULE_COUNT && !is_known; rule++)
            is_known = word.size && diag_rule_is_in(word, (DiagRule)rule);
        *bad = word;
        if (!is_known)
            return false;
    }
    return true;
}

static DiagSeverity severity_of(const Diag *diag, const ReportOptions *options) {
    return options->severities ? options->severities[diag->rule] : diag_rule_severity(diag->rule);
}

static bool is_wanted(const Diag *diag, const ReportOptions *options) {
    DiagSeverity severity = severity_of(diag, options);
    if (severity == DIAG_OFF || severity < options->least)
        return false;
    return diag_rule_is_in(options->only, diag->rule);
}

/* One finding with everything the formats ask for. */
typedef struct Row {
    const Diag *diag;
    DiagSeverity severity;
    Place place; /* once it is its turn: the text is looked at for it */
} Row;

static void add_color(Buf *out, const ReportOptions *options, const char *code) {
    if (options->has_color)
        buf_add_format(out, "\x1b[%sm", code);
}

static const char *severity_color(DiagSeverity severity) {
    switch (severity) {
    case DIAG_ERROR: return "1;31";
    case DIAG_WARNING: return "1;33";
    case DIAG_NOTE: return "1;36";
    case DIAG_OFF: break;
    }
    return "0";
}

/* Author text on a terminal: control characters would move the cursor or change colours. */
static void add_plain(Buf *out, Str text) {
    while (text.size) {
        Str before = text;
        uint32_t c = utf8_take(&text);
        bool is_control =
            (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E);
        if (is_control)
            utf8_add(out, 0xFFFD);
        else
            buf_add(out, str_slice(before, 0, before.size - text.size));
    }
}

/* Spaces, or tabs where the line has tabs, up to the column of `text`'s end; then the caret stands
 * right in any editor. */
static void add_padding(Buf *out, Str text) {
    while (text.size) {
        uint32_t c = utf8_take(&text);
        if (c == '\t')
            buf_add_char(out, '\t');
        else
            buf_add_repeat(out, ' ', (size_t)utf8_columns(c));
    }
}

static size_t columns_of(Str text) {
    size_t columns = 0;
    while (text.size)
        columns += (size_t)utf8_columns(utf8_take(&text));
    return columns;
}

/* The source line with the caret line below it. */
static void add_excerpt(Buf *out, const Row *row, const ReportOptions *options) {
    const Place *place = &row->place;
    Str before = str_slice(place->line_text, 0, place->column - 1);
    Str marked = str_slice(place->line_text, before.size, before.size + place->mark_size);
    Str after = str_from_offset(place->line_text, before.size + marked.size);
    bool is_cut = before.size > LINE_COLUMNS;
    if (is_cut) {
        size_t from = before.size - LINE_COLUMNS / 2;
        while (from < before.size && ((unsigned char)before.data[from] & 0xC0) == 0x80)
            from++;
        before = str_from_offset(before, from);
    }
    marked = str_slice(marked, 0, LINE_COLUMNS);
    after = str_slice(after, 0, LINE_COLUMNS > marked.size ? LINE_COLUMNS - marked.size : 0);
    buf_add_format(out, "%5u | %s", place->line, is_cut ? "…" : "");
    add_plain(out, before);
    add_plain(out, marked);
    add_plain(out, after);
    buf_add_format(out, "\n      | %s", is_cut ? " " : "");
    add_padding(out, before);
    size_t width = columns_of(marked);
    add_color(out, options, severity_color(row->severity));
    buf_add_char(out, '^');
    buf_add_repeat(out, '~', width > 1 ? width - 1 : 0);
    add_color(out, options, "0");
    if (row->diag->hint.size) {
        buf_add_char(out, ' ');
        add_plain(out, row->diag->hint);
    }
    buf_add_char(out, '\n');
}

static void add_related(Buf *out, const Diag *diag) {
    Place place = span_place(diag->related);
    if (place.line == 0)
        return;
    buf_add_text(out, "      = ");
    add_plain(out, place.path);
    buf_add_format(out, ":%u:%u: %.*s\n", place.line, place.column, STR_FMT(diag->related_as));
}

static void render_text(const Row *row, const ReportOptions *options, Buf *out) {
    const Diag *diag = row->diag;
    add_color(out, options, "1");
    if (row->place.line) {
        add_plain(out, row->place.path);
        buf_add_format(out, ":%u:%u: ", row->place.line, row->place.column);
    } else {
        buf_add_text(out, "docsgen: ");
    }
    add_color(out, options, severity_color(row->severity));
    buf_add(out, diag_severity_name(row->severity));
    add_color(out, options, "0");
    buf_add_text(out, ": ");
    add_plain(out, diag->message);
    buf_add_format(out, " [%.*s]\n", STR_FMT(diag_rule_name(diag->rule)));
    if (row->place.line && row->place.line_text.size)
        add_excerpt(out, row, options);
    else if (diag->hint.size)
        buf_add_format(out, "      = %.*s\n", STR_FMT(diag->hint));
    add_related(out, diag);
}

static void json_place(const Place *place, Buf *out) {
    if (place->line == 0) {
        buf_add_text(out, "\"file\":null,\"line\":null,\"column\":null");
        return;
    }
    buf_add_text(out, "\"file\":");
    json_string(out, place->path);
    buf_add_format(out, ",\"line\":%u,\"column\":%u", place->line, place->column);
}

static void json_or_null(Str text, Buf *out) {
    if (text.size)
        json_string(out, text);
    else
        buf_add_text(out, "null");
}

/* What would repair it, or null: only an author can. */
static void json_fix(const Diag *diag, Buf *out) {
    buf_add_text(out, diag->fix_count > 0 ? ",\"fix\":[" : ",\"fix\":null");
    for (size_t i = 0; i < diag->fix_count; i++) {
        const DiagFix *fix = &diag->fixes[i];
        Place place = span_place(fix->at);
        buf_add_text(out, i > 0 ? ",{" : "{");
        json_place(&place, out);
        buf_add_format(out, ",\"length\":%u,\"text\":", fix->at.size);
        json_string(out, fix->text);
        buf_add_char(out, '}');
    }
    buf_add_text(out, diag->fix_count > 0 ? "]" : "");
}

static void render_json(const Row *row, const ReportOptions *options, Buf *out) {
    (void)options;
    const Diag *diag = row->diag;
    buf_add_format(out, "{\"rule\":\"%.*s\",\"severity\":\"%.*s\",",
                   STR_FMT(diag_rule_name(diag->rule)), STR_FMT(diag_severity_name(row->severity)));
    json_place(&row->place, out);
    buf_add_format(out, ",\"length\":%u,\"message\":", row->place.mark_size);
    json_string(out, diag->message);
    buf_add_text(out, ",\"hint\":");
    json_or_null(diag->hint, out);
    Place related = span_place(diag->related);
    if (related.line) {
        buf_add_text(out, ",\"related\":{");
        json_place(&related, out);
        buf_add_text(out, ",\"message\":");
        json_string(out, diag->related_as);
        buf_add_char(out, '}');
    } else {
        buf_add_text(out, ",\"related\":null");
    }
    json_fix(diag, out);
    buf_add_char(out, '}');
}

/* Workflow commands: % CR LF are escaped everywhere, : and , in properties as well. */
static void github_escape(Buf *out, Str text, bool is_property) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ',')))
            buf_add_format(out, "%%%02X", (unsigned)(unsigned char)c);
        else
            buf_add_char(out, c);
    }
}

static void render_github(const Row *row, const ReportOptions *options, Buf *out) {
    (void)options;
    const Diag *diag = row->diag;
    bool is_note = row->severity == DIAG_NOTE;
    buf_add_format(out, "::%.*s ",
                   STR_FMT(is_note ? STR("notice") : diag_severity_name(row->severity)));
    if (row->place.line) {
        buf_add_text(out, "file=");
        github_escape(out, row->place.path, true);
        buf_add_format(out, ",line=%u,col=%u,endColumn=%u,", row->place.line, row->place.column,
                       row->place.column + row->place.mark_size);
    }
    buf_add_format(out, "title=%.*s::", STR_FMT(diag_rule_name(diag->rule)));
    github_escape(out, diag->message, false);
    if (diag->hint.size) {
        buf_add_text(out, " (");
        github_escape(out, diag->hint, false);
        buf_add_text(out, ")");
    }
    /* An annotation has one place; the other one is named in its text. */
    Place related = span_place(diag->related);
    if (related.line) {
        buf_add_text(out, " [");
        github_escape(out, related.path, false);
        buf_add_format(out, ":%u: ", related.line);
        github_escape(out, diag->related_as, false);
        buf_add_char(out, ']');
    }
    buf_add_char(out, '\n');
}

static void sarif_file(Str path, Buf *out) {
    Buf url = buf_new(out->arena);
    url_escape(&url, path);
    buf_add_text(out, "\"artifactLocation\":{\"uri\":");
    json_string(out, buf_str(&url));
    buf_add_char(out, '}');
}

/* Columns are counted in characters there, as "columnKind" says; a Place counts bytes. */
static uint32_t sarif_column(const Place *place, uint32_t bytes) {
    Str before = str_slice(place->line_text, 0, bytes);
    uint32_t column = 1 + bytes - (uint32_t)before.size;
    for (; before.size; column++)
        utf8_take(&before);
    return column;
}

static void sarif_region(const char *key, const Place *place, uint32_t size, Buf *out) {
    buf_add_format(out, "\"%s\":{\"startLine\":%u,\"startColumn\":%u,\"endColumn\":%u}", key,
                   place->line, sarif_column(place, place->column - 1),
                   sarif_column(place, place->column - 1 + size));
}

/* Without its braces: a related location has a message as well. */
static void sarif_location(const Place *place, Buf *out) {
    buf_add_text(out, "\"physicalLocation\":{");
    sarif_file(place->path, out);
    buf_add_char(out, ',');
    sarif_region("region", place, place->mark_size, out);
    buf_add_char(out, '}');
}

static void sarif_related(const Diag *diag, Buf *out) {
    Place related = span_place(diag->related);
    if (related.line == 0)
        return;
    buf_add_text(out, ",\"relatedLocations\":[{");
    sarif_location(&related, out);
    buf_add_text(out, ",\"message\":{\"text\":");
    json_string(out, diag->related_as);
    buf_add_text(out, "}}]");
}

/* All replacements of one finding are one fix; they may be in several files. */
static void sarif_fix(const Diag *diag, Buf *out) {
    if (diag->fix_count == 0)
        return;
    buf_add_text(out, ",\"fixes\":[{\"artifactChanges\":[");
    for (size_t i = 0; i < diag->fix_count; i++) {
        Place place = span_place(diag->fixes[i].at);
        buf_add_text(out, i > 0 ? ",{" : "{");
        sarif_file(place.path, out);
        buf_add_text(out, ",\"replacements\":[{");
        sarif_region("deletedRegion", &place, diag->fixes[i].at.size, out);
        buf_add_text(out, ",\"insertedContent\":{\"text\":");
        json_string(out, diag->fixes[i].text);
        buf_add_text(out, "}}]}");
    }
    buf_add_text(out, "]}]");
}

static void render_sarif(const Row *row, const ReportOptions *options, Buf *out) {
    (void)options;
    const Diag *diag = row->diag;
    buf_add_format(out, "{\"ruleId\":\"%.*s\",\"level\":\"%.*s\",\"message\":{\"text\":",
                   STR_FMT(diag_rule_name(diag->rule)), STR_FMT(diag_severity_name(row->severity)));
    Str text = diag->message;
    if (diag->hint.size)
        text = str_format(out->arena, "%.*s (%.*s)", STR_FMT(text), STR_FMT(diag->hint));
    json_string(out, text);
    buf_add_text(out, "},\"locations\":[");
    if (row->place.line) {
        buf_add_char(out, '{');
        sarif_location(&row->place, out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    sarif_related(diag, out);
    sarif_fix(diag, out);
    buf_add_char(out, '}');
}

static void sarif_rules(Buf *out) {
    for (int rule = 0; rule < DIAG_RULE_COUNT; rule++) {
        buf_add_format(out, "%s{\"id\":\"%.*s\",\"shortDescription\":{\"text\":", rule ? "," : "",
                       STR_FMT(diag_rule_name((DiagRule)rule)));
        json_string(out, diag_rule_summary((DiagRule)rule));
        DiagSeverity severity = diag_rule_severity((DiagRule)rule);
        Str level = severity == DIAG_OFF ? STR("none") : diag_severity_name(severity);
        buf_add_format(out, "},\"defaultConfiguration\":{\"level\":\"%.*s\"}}", STR_FMT(level));
    }
}

typedef struct FormatRow {
    void (*render)(const Row *row, const ReportOptions *options, Buf *out);
    const char *separator;
} FormatRow;

static const FormatRow formats[] = {
    [REPORT_TEXT] = {render_text, ""},
    [REPORT_JSON] = {render_json, ",\n"},
    [REPORT_GITHUB] = {render_github, ""},
    [REPORT_SARIF] = {render_sarif, ",\n"},
};

static void add_head(const ReportOptions *options, const ReportCounts *counts, Buf *out) {
    if (options->format == REPORT_JSON)
        buf_add_format(
            out,
            "{\"schema\":1,\"kind\":\"findings\",\"errors\":%zu,\"warnings\":%zu,\"notes\":%zu,\"findings\":[\n",
            counts->errors, counts->warnings, counts->notes);
    if (options->format != REPORT_SARIF)
        return;
    buf_add_format(
        out,
        "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
        "\"tool\":{\"driver\":{\"name\":\"docsgen\",\"version\":\"%s\",\"rules\":[",
        options->tool_version);
    sarif_rules(out);
    buf_add_text(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n");
}

static void add_tail(const ReportOptions *options, Buf *out) {
    if (options->format == REPORT_JSON)
        buf_add_text(out, "\n]}\n");
    if (options->format == REPORT_SARIF)
        buf_add_text(out, "\n]}]}\n");
}

static size_t *count_of_kind(ReportCounts *counts, DiagSeverity severity) {
    switch (severity) {
    case DIAG_ERROR: return &counts->errors;
    case DIAG_WARNING: return &counts->warnings;
    case DIAG_NOTE:
    case DIAG_OFF: break;
    }
    return &counts->notes;
}

/* The wanted findings; when only some can be shown, the worst come first, else the order of places
 * is kept. */
static Row *collect_rows(const Diags *diags, const ReportOptions *options, Arena *arena,
                         ReportCounts *counts) {
    Row *rows = ARENA_ARRAY(arena, Row, diags_count(diags) + 1);
    bool is_limited = options->max > 0 || options->format == REPORT_GITHUB;
    size_t count = 0;
    for (int pass = is_limited ? DIAG_ERROR : DIAG_NOTE; pass >= DIAG_NOTE; pass--)
        for (size_t i = 0; i < diags_count(diags); i++) {
            const Diag *diag = diags_get(diags, i);
            DiagSeverity severity = severity_of(diag, options);
            if (!is_wanted(diag, options) || (is_limited && (int)severity != pass))
                continue;
            rows[count++] = (Row){.diag = diag, .severity = severity};
            ++*count_of_kind(counts, severity);
        }
    counts->shown = count;
    return rows;
}

/* The row, whose turn has come. */
static const Row *look_at_row(Row *rows, size_t index, const ReportOptions *options) {
    spill_rest_in(options->spill, index);
    rows[index].place = span_place(rows[index].diag->at);
    return &rows[index];
}

void report_list_json(const Diags *diags, const ReportOptions *options, Buf *out) {
    ReportCounts counts = {0};
    Row *rows = collect_rows(diags, options, out->arena, &counts);
    buf_add_char(out, '[');
    for (size_t i = 0; i < counts.shown; i++) {
        buf_add_text(out, i > 0 ? ",\n" : "\n");
        render_json(look_at_row(rows, i, options), options, out);
    }
    buf_add_char(out, ']');
}

/* How many of a kind are printed. Where GitHub would leave some out, the last notice is the one
 * that says so. */
static size_t kind_limit(const ReportOptions *options, const ReportCounts *all,
                         DiagSeverity severity) {
    if (options->format != REPORT_GITHUB)
        return SIZE_MAX;
    bool is_over = all->errors > GITHUB_PER_KIND || all->warnings > GITHUB_PER_KIND ||
                   all->notes > GITHUB_PER_KIND;
    return is_over && severity == DIAG_NOTE ? GITHUB_PER_KIND - 1 : GITHUB_PER_KIND;
}

static void add_github_summary(const ReportCounts *counts, size_t left_out, Buf *out) {
    buf_add_format(
        out,
        "::notice title=docsgen::%zu errors, %zu warnings, %zu notes; %zu of them are not "
        "shown here, \"docsgen check -v\" prints all\n",
        counts->errors, counts->warnings, counts->notes, left_out);
}

ReportCounts report_render(const Diags *diags, const ReportOptions *options, Buf *out) {
    ReportCounts counts = {0}, kinds = {0};
    Row *rows = collect_rows(diags, options, out->arena, &counts);
    size_t limit = options->max > 0 ? (size_t)options->max : SIZE_MAX, shown = 0;
    add_head(options, &counts, out);
    for (size_t i = 0; i < counts.shown && shown < limit; i++) {
        DiagSeverity severity = rows[i].severity;
        if (++*count_of_kind(&kinds, severity) > kind_limit(options, &counts, severity))
            continue;
        if (shown++)
            buf_add_text(out, formats[options->format].separator);
        formats[options->format].render(look_at_row(rows, i, options), options, out);
    }
    add_tail(options, out);
    if (options->format == REPORT_GITHUB && shown < counts.shown)
        add_github_summary(&counts, counts.shown - shown, out);
    counts.shown = shown;
    return counts;
}
