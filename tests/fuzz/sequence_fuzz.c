#include "base/ban.h"

#include "fuzz/fuzz.h"

/* A sequence diagram. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_diagram("sequenceDiagram\n", data, size);
}
