#include "base/ban.h"

#include "config/config.h"
#include "data/csv.h"
#include "data/data.h"
#include "fuzz/fuzz.h"

/* The same bytes as settings, as a data file and as a table. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const environment[] = {NULL};
    FuzzInput input = fuzz_begin(data, size, "docsgen.yml");
    ConfigFlags flags = {0};
    const Config *config = config_read(input.source, &flags, environment, input.arena, input.diags);
    Buf out = buf_new(input.arena);
    if (config)
        config_render(config, &out);
    data_read(input.source, input.arena, input.diags);
    csv_parse(input.source, input.arena, input.diags);
    return fuzz_end(&input);
}
