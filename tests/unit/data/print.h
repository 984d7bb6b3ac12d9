/* print.h: typed data files as short text, for tests to compare with. */
#ifndef TESTS_UNIT_DATA_PRINT_H
#define TESTS_UNIT_DATA_PRINT_H

#include "base/buf.h"
#include "base/diag.h"

/* The findings, one per line: "rule message". */
static inline void print_findings(Buf *out, const Diags *diags) {
    for (size_t i = 0; i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        buf_add_format(out, "%.*s %.*s\n", STR_FMT(diag_rule_name(diag->rule)),
                       STR_FMT(diag->message));
    }
}

#endif
