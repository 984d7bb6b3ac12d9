#include "base/ban.h"

#include "fuzz/fuzz.h"

/* Any diagram text: the front matter, the first word, what is no diagram at all. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_diagram("", data, size);
}
