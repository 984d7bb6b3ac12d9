#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "site/shell/template.h"

/* Any text as a page template, filled with a value of every kind. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "page.html");
    const Template *template = template_parse(&input.source, 1, input.arena, input.diags);
    TemplateValue *root = template_map_new(input.arena), *list = template_set_list(root, "l");
    template_set_text(root, "t", STR("<text>"));
    template_set_bool(root, "b", true);
    template_add_text(list, STR("item"));
    template_set_text(template_add_map(list), "t", STR("inner"));
    Buf out = buf_new(input.arena);
    template_render(template, 0, root, &out);
    return fuzz_end(&input);
}
