#include "base/ban.h"

#include "config/config.h"
#include "fuzz/fuzz.h"

/* Settings. What --show-config prints of them reads as the same settings. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const environment[] = {NULL};
    FuzzInput input = fuzz_begin(data, size, "docsgen.yml");
    ConfigFlags flags = {0};
    const Config *config = config_read(input.source, &flags, environment, input.arena, input.diags);
    if (config) {
        Buf first = buf_new(input.arena), second = buf_new(input.arena);
        config_render(config, &first);
        const Source *again = source_new(input.arena, STR("shown.yml"), buf_str(&first));
        config = config_read(again, &flags, environment, input.arena, diags_new(input.arena));
        FUZZ_HOLDS(config != NULL);
        config_render(config, &second);
        FUZZ_HOLDS(str_equal(buf_str(&first), buf_str(&second)));
    }
    return fuzz_end(&input);
}
