#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "serve/http.h"

/* A request in lines: method, path, and the headers that are looked at. Whatever it says, only what
 * the site has is sent, and never more of it than there is. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "request");
    Str rest = input.source->text;
    HttpRequest request = {.method = str_cut_line(&rest)};
    request.path = str_cut_line(&rest);
    request.host = str_cut_line(&rest);
    request.range = str_cut_line(&rest);
    request.if_range = str_cut_line(&rest);
    request.if_none_match = str_cut_line(&rest);
    Output items[] = {{.path = STR("404.html"), .content = STR("<p>none</p>")},
                      {.path = STR("a/index.html"), .content = STR("<p>0123456789</p>")},
                      {.path = STR("index.html"), .content = STR("<p>home</p>")}};
    Outputs outputs = {items, 3, 3};
    HttpHost host = {STR("127.0.0.1"), true};
    HttpAnswer answer = http_find(&request, &host, &outputs, input.arena);
    FUZZ_HOLDS(answer.status >= 200 && answer.status < 600);
    FUZZ_HOLDS(http_host_is_ours(&host, request.host) || answer.status >= 400);
    if (answer.kind == HTTP_OUTPUT) {
        FUZZ_HOLDS(answer.output >= items && answer.output < items + 3);
        Str body = http_with_script(answer.output->content, STR("1"), input.arena);
        http_finish(&request, body, input.arena, &answer);
        FUZZ_HOLDS(answer.body.size == 0 ||
                   (answer.body.data >= body.data &&
                    answer.body.data + answer.body.size <= body.data + body.size));
    }
    return fuzz_end(&input);
}
