#include "base/ban.h"

#include "fuzz/fuzz.h"

/* A state diagram. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_diagram("stateDiagram-v2\n", data, size);
}
