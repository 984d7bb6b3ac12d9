#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "markdown/md.h"

/* A page, rendered in every way. Whatever a node says it comes from lies in the page. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    md_setup();
    FuzzInput input = fuzz_begin(data, size, "page.md");
    for (int html = MD_HTML_AS_TEXT; html <= MD_HTML_ALL; html++) {
        MdDoc *doc = md_parse(input.source, input.arena, input.diags);
        md_read_html(doc, (MdHtml)html, input.arena, input.diags);
        for (MdNode *node = doc->root; node; node = md_next(doc->root, node))
            FUZZ_HOLDS((size_t)node->at.start + node->at.size <= doc->source->text.size);
        Buf out = buf_new(input.arena);
        md_render(doc, &out);
        FUZZ_HOLDS(html == MD_HTML_ALL || str_find(buf_str(&out), STR("<script"), 0) == STR_NONE);
    }
    return fuzz_end(&input);
}
