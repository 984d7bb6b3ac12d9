#include "base/ban.h"

#include "diagram/diagram.h"
#include "diagram/text/text.h"
#include "fuzz/fuzz.h"

/* Any diagram text: read, placed, written in every form. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    text_setup();
    FuzzInput input = fuzz_begin(data, size, "diagram.mmd");
    const Diagram *diagram = diagram_compile(input.source, input.arena, input.diags);
    DiagramSvgOptions options = {.is_standalone = true};
    Buf out = buf_new(input.arena);
    diagram_write_svg(diagram, &options, &out);
    diagram_write_json(diagram, &out);
    diagram_write_layout(diagram, &out);
    diagram_write_text(diagram, &out);
    return fuzz_end(&input);
}
