#include "base/ban.h"

#include "data/csv.h"
#include "fuzz/fuzz.h"
#include "site/view/table.h"

/* A table of comma separated values, read and drawn. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "table.csv");
    const CsvTable *table = csv_parse(input.source, input.arena, input.diags);
    Buf out = buf_new(input.arena);
    view_table(table, STR("a"), STR("b"), &out);
    return fuzz_end(&input);
}
