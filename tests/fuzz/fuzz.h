/* fuzz.h: what every fuzz entry point shares.
 * In: bytes from libFuzzer. Out: a source over a copy of them, an arena and a list for findings,
 * freed at the end. The property is the same for all: any bytes end with a result and findings,
 * never with a crash, a leak or a hang. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"

typedef struct FuzzInput {
    Arena *arena;
    const Source *source;
    Diags *diags;
} FuzzInput;

static inline FuzzInput fuzz_begin(const uint8_t *data, size_t size, const char *path) {
    Arena *arena = arena_new();
    Str text = str_copy(arena, (Str){(const char *)data, size});
    return (FuzzInput){arena, source_new(arena, str_from(path), text), diags_new(arena)};
}

/* Works out the place of every finding too: a Span outside of its text would show here. */
static inline int fuzz_end(FuzzInput *input) {
    diags_sort(input->diags);
    arena_free(input->arena);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
