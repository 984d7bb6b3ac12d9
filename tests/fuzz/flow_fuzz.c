#include "base/ban.h"

#include "fuzz/fuzz.h"

/* A flowchart. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_diagram("flowchart TB\n", data, size);
}
