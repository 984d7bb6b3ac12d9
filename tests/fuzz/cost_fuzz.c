#include "base/ban.h"

#include "data/data.h"
#include "fuzz/fuzz.h"
#include "site/view/cost.h"

/* A cost file, read, added up and drawn. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin_with("kind: cost\n", data, size, "costs.yml");
    DataFile file = data_read(input.source, input.arena, input.diags);
    Buf out = buf_new(input.arena);
    if (file.cost)
        view_cost(file.cost, STR("name"), STR("caption"), STR("d1-"), &out);
    return fuzz_end(&input);
}
