/* fuzz.h: what every fuzz entry point shares.
 * In: bytes from libFuzzer. Out: a source over a copy of them, an arena and a list for findings,
 * freed at the end. One property is the same for all: any bytes end with a result and findings,
 * never with a crash, a leak or a hang. What else must hold is said by FUZZ_HOLDS. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "diagram/diagram.h"
#include "diagram/text/text.h"

/* Ends the program, as the sanitizers do, when something that must hold does not. */
#define FUZZ_HOLDS(condition)                                                                      \
    ((condition)                                                                                   \
         ? (void)0                                                                                 \
         : (fprintf(stderr, "ERROR: does not hold: %s (%s:%d)\n", #condition, __FILE__, __LINE__), \
            abort()))

typedef struct FuzzInput {
    Arena *arena;
    const Source *source;
    Diags *diags;
} FuzzInput;

/* The bytes behind a text that every input shall begin with. */
static inline FuzzInput fuzz_begin_with(const char *head, const uint8_t *data, size_t size,
                                        const char *path) {
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, head);
    buf_add(&text, (Str){(const char *)data, size});
    /* A copy that is no longer than the text: the sanitizers then see a read behind its end. */
    Str copy = str_copy(arena, buf_str(&text));
    return (FuzzInput){arena, source_new(arena, str_from(path), copy), diags_new(arena)};
}

static inline FuzzInput fuzz_begin(const uint8_t *data, size_t size, const char *path) {
    return fuzz_begin_with("", data, size, path);
}

/* Works out the place of every finding too: a Span outside of its text would show here. */
static inline int fuzz_end(FuzzInput *input) {
    diags_sort(input->diags);
    for (size_t i = 0; i < diags_count(input->diags) && i < 100; i++) {
        const Diag *diag = diags_get(input->diags, i);
        FUZZ_HOLDS(!diag->at.source ||
                   (size_t)diag->at.start + diag->at.size <= diag->at.source->text.size);
        span_place(diag->at);
    }
    arena_free(input->arena);
    return 0;
}

/* One number off the front of the input; 0 when it has ended. */
static inline unsigned fuzz_byte(const uint8_t **data, size_t *size) {
    if (*size == 0)
        return 0;
    *size -= 1;
    return *(*data)++;
}

/* A diagram of the kind that `head` names: read, placed, written in every form. */
static inline int fuzz_diagram(const char *head, const uint8_t *data, size_t size) {
    text_setup();
    FuzzInput input = fuzz_begin_with(head, data, size, "diagram.mmd");
    const Diagram *diagram = diagram_compile(input.source, input.arena, input.diags);
    DiagramSvgOptions options = {.is_standalone = true};
    Buf out = buf_new(input.arena);
    diagram_write_svg(diagram, &options, &out);
    FUZZ_HOLDS(str_find(buf_str(&out), STR("<script"), 0) == STR_NONE);
    diagram_write_json(diagram, &out);
    diagram_write_layout(diagram, &out);
    diagram_write_text(diagram, &out);
    return fuzz_end(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
