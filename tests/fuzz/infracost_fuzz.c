#include "base/ban.h"

#include "data/data.h"
#include "fuzz/fuzz.h"
#include "site/view/cost.h"

/* What Infracost writes; JSON is read as the YAML that it is. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin_with("{\"projects\":", data, size, "infracost.json");
    DataFile file = data_read(input.source, input.arena, input.diags);
    Buf out = buf_new(input.arena);
    if (file.cost)
        view_cost(file.cost, STR("name"), STR("caption"), STR("d1-"), &out);
    return fuzz_end(&input);
}
