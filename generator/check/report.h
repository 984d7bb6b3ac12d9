/* report.h: findings as text, JSON, GitHub annotations or SARIF.
 * In: a sorted list and the severities in force. Out: bytes for a terminal or a machine.
 * Prints nothing itself. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/spill.h"
#include "config/config.h"

typedef enum ReportFormat {
    REPORT_TEXT,
    REPORT_JSON,
    REPORT_GITHUB,
    REPORT_SARIF,
    REPORT_FORMAT_COUNT
} ReportFormat;

typedef struct ReportOptions {
    ReportFormat format;
    const DiagSeverity *severities; /* by DiagRule; NULL: the defaults */
    DiagSeverity least;             /* leave out what is below */
    Str only;                       /* areas or rules, separated by commas; empty: all */
    int64_t max;                    /* print at most so many, worst first; 0: all */
    bool has_color;
    const char *tool_version;
    Spill *spill; /* holds texts that excerpts are taken from; NULL: none does */
} ReportOptions;

typedef struct ReportCounts {
    size_t errors, warnings, notes; /* after `only`, before `max` */
    size_t shown;                   /* printed; those that GitHub would not show are not */
} ReportCounts;

/* The format called `name`, or REPORT_FORMAT_COUNT. */
ReportFormat report_format_find(Str name);

/* Is every word of `only` an area or a rule? Otherwise `bad` is the first that is none. */
bool report_only_is_known(Str only, Str *bad);

/* Appends the wanted findings as a JSON list, in the form that REPORT_JSON gives each. */
void report_list_json(const Diags *diags, const ReportOptions *options, Buf *out);

/* Appends the findings. `diags` must be sorted. */
ReportCounts report_render(const Diags *diags, const ReportOptions *options, Buf *out);

#endif
