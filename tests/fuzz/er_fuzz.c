#include "base/ban.h"

#include "fuzz/fuzz.h"

/* An entity relationship diagram. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_diagram("erDiagram\n", data, size);
}
