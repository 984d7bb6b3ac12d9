#include "base/ban.h"

#include "fuzz/fuzz.h"

/* A class diagram. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_diagram("classDiagram\n", data, size);
}
