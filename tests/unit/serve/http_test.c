/* What the preview answers, without a network: paths, hosts, tags and ranges. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "serve/http.h"
#include "serve/watch.h"

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* In byte order of path, as Outputs are. */
static Output items[] = {{.path = {"404.html", 8}},          {.path = {"a b.html", 8}},
                         {.path = {"guide/index.html", 16}}, {.path = {"index.html", 10}},
                         {.path = {"page.html", 9}},         {.path = {"x.PNG", 5}}};
static const Outputs outputs = {.items = items, .count = COUNT(items)};
static const HttpHost here = {{"127.0.0.1", 9}, true};

static HttpAnswer ask(const char *method, const char *path, Arena *arena) {
    HttpRequest request = {
        .method = str_from(method), .path = str_from(path), .host = STR("localhost:8000")};
    return http_find(&request, &here, &outputs, arena);
}

static void paths(void **state) {
    static const struct {
        const char *path;
        unsigned status;
        const char *found; /* the output, or the location of a redirect */
    } cases[] = {
        {"/", 200, "index.html"},
        {"/index.html", 200, "index.html"},
        {"/page", 200, "page.html"},
        {"/guide/", 200, "guide/index.html"},
        {"/guide", 301, "./guide/"},
        {"//guide", 404, "404.html"}, /* no way to another host */
        {"/a%20b.html", 200, "a b.html"},
        {"/%70age.html", 200, "page.html"},
        {"/page.html%00", 404, "404.html"},
        {"/page.htm%", 404, "404.html"},
        {"/page.htm%6", 404, "404.html"},
        {"/../page.html", 404, "404.html"},
        {"/guide/../page.html", 404, "404.html"},
        {"/%2e%2e/page.html", 404, "404.html"},
        {"/page.html/", 404, "404.html"},
        {"/nothing", 404, "404.html"},
    };
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        HttpAnswer answer = ask("GET", cases[i].path, arena);
        Str found = answer.output ? answer.output->path : answer.location;
        if (answer.status != cases[i].status || !str_equal(found, str_from(cases[i].found)))
            fail_msg("%s: %u %.*s", cases[i].path, answer.status, STR_FMT(found));
    }
    assert_int_equal(ask("GET", "page.html", arena).status, 400);
    assert_int_equal(ask("POST", "/", arena).status, 405);
    assert_int_equal(ask("HEAD", "/", arena).status, 200);
    assert_int_equal(ask("GET", "/_docsgen/events", arena).kind, HTTP_EVENTS);
    assert_true(str_equal(ask("GET", "/x.PNG", arena).type, STR("image/png")));
}

static void hosts(void **state) {
    (void)state;
    static const struct {
        const char *value;
        bool on_loopback, on_network;
    } cases[] = {
        {"localhost", true, true},
        {"localhost:8000", true, true},
        {"LOCALHOST", true, true},
        {"docs.localhost:1", true, true},
        {"127.0.0.1:8000", true, true},
        {"127.9.9.9", true, true},
        {"[::1]:8000", true, true},
        {"192.168.1.5:8000", false, true},
        {"[fe80::1]", false, true},
        {"evil.example", false, false},
        {"localhost.evil.example", false, false},
        {"127.0.0.1.evil.example", false, false},
        {"evil.example:80", false, false},
        {"localhost:x", false, false},
        {"[::1", false, false},
        {"[::1]x", false, false},
        {"", false, false},
        {".localhost", false, false},
        {"127.1", false, false},
    };
    HttpHost network = {STR("0.0.0.0"), false};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str value = str_from(cases[i].value);
        if (http_host_is_ours(&here, value) != cases[i].on_loopback ||
            http_host_is_ours(&network, value) != cases[i].on_network)
            fail_msg("Host: %s", cases[i].value);
    }
    HttpHost named = {STR("docs.example"), false};
    assert_true(http_host_is_ours(&named, STR("docs.example:8000")));
}

/* The body is "0123456789". */
static void ranges(void **state) {
    static const struct {
        const char *range;
        unsigned status;
        const char *body, *content_range;
    } cases[] = {
        {"", 200, "0123456789", ""},
        {"bytes=0-", 206, "0123456789", "bytes 0-9/10"},
        {"bytes=2-4", 206, "234", "bytes 2-4/10"},
        {"bytes=8-99", 206, "89", "bytes 8-9/10"},
        {"bytes=-3", 206, "789", "bytes 7-9/10"},
        {"bytes=-99", 206, "0123456789", "bytes 0-9/10"},
        {"bytes=10-", 416, "", "bytes */10"},
        {"bytes=-0", 416, "", "bytes */10"},
        {"bytes=4-2", 200, "0123456789", ""},
        {"bytes=0-1,3-4", 200, "0123456789", ""},
        {"bytes=99999999999999999999-", 200, "0123456789", ""},
        {"bytes=", 200, "0123456789", ""},
        {"bytes=-", 200, "0123456789", ""},
        {"lines=0-1", 200, "0123456789", ""},
    };
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        HttpRequest request = {.range = str_from(cases[i].range)};
        HttpAnswer answer = {.status = 200};
        http_finish(&request, STR("0123456789"), arena, &answer);
        if (answer.status != cases[i].status || !str_equal(answer.body, str_from(cases[i].body)) ||
            !str_equal(answer.content_range, str_from(cases[i].content_range)))
            fail_msg("%s: %u \"%.*s\" %.*s", cases[i].range, answer.status, STR_FMT(answer.body),
                     STR_FMT(answer.content_range));
    }
}

static void tags(void **state) {
    Arena *arena = *state;
    HttpAnswer plain = {.status = 200};
    http_finish(&(HttpRequest){0}, STR("body"), arena, &plain);
    Str tag = plain.etag;
    const struct {
        Str if_none_match, range, if_range;
        unsigned status;
    } cases[] = {
        {tag, {0}, {0}, 304},
        {str_format(arena, "\"x\", W/%.*s", STR_FMT(tag)), {0}, {0}, 304},
        {STR("*"), {0}, {0}, 304},
        {STR("\"x\""), {0}, {0}, 200},
        {{0}, STR("bytes=1-2"), tag, 206},
        {{0}, STR("bytes=1-2"), STR("\"x\""), 200},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        HttpRequest request = {.if_none_match = cases[i].if_none_match,
                               .range = cases[i].range,
                               .if_range = cases[i].if_range};
        HttpAnswer answer = {.status = 200};
        http_finish(&request, STR("body"), arena, &answer);
        assert_int_equal(answer.status, cases[i].status);
    }
    HttpAnswer other = {.status = 200};
    http_finish(&(HttpRequest){0}, STR("bodies"), arena, &other);
    assert_false(str_equal(other.etag, tag));
}

static void the_script(void **state) {
    Arena *arena = *state;
    Str html = http_with_script(STR("<code>&lt;/body></code></body></html>"), STR("7"), arena);
    assert_true(str_equal(html, STR("<code>&lt;/body></code><script src=\"/_docsgen/live.js\" "
                                    "data-build=\"7\" defer></script>\n</body></html>")));
    assert_true(str_equal(http_with_script(STR("no end"), STR("7"), arena), STR("no end")));
}

static void names_of_editors(void **state) {
    (void)state;
    assert_true(watch_is_noise(STR(".index.md.swp")));
    assert_true(watch_is_noise(STR("index.md~")));
    assert_true(watch_is_noise(STR("#index.md#")));
    assert_false(watch_is_noise(STR("index.md")));
}

static int setup(void **state) {
    *state = arena_new();
    return 0;
}

static int teardown(void **state) {
    arena_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths), cmocka_unit_test(hosts),      cmocka_unit_test(ranges),
        cmocka_unit_test(tags),  cmocka_unit_test(the_script), cmocka_unit_test(names_of_editors),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
