#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "config/config.h"

static Arena *arena;

static const Config *read(const char *file, const char *output, const char *const *environment) {
    Diags *diags = diags_new(arena);
    Source *source = file ? source_new(arena, STR("docsgen.yml"), str_from(file)) : NULL;
    ConfigFlags flags = {.output = str_from(output)};
    const Config *config = config_read(source, &flags, environment, arena, diags);
    if (!config)
        fail_msg("%.*s", STR_FMT(diags_get(diags, 0)->message));
    return config;
}

static const char *render(const Config *config) {
    Buf out = buf_new(arena);
    config_render(config, &out);
    return str_cstr(arena, buf_str(&out));
}

static const char defaults[] = "site:\n"
                               "  title: \"\"\n"
                               "  description: \"\"\n"
                               "  language: \"en\"\n"
                               "  cards: true\n"
                               "source: \"site-src\"\n"
                               "diagrams: \"diagrams\"\n"
                               "output: \"output\"\n"
                               "markdown:\n"
                               "  raw_html: false\n"
                               "roadmap: [\"site-src\"]\n";

static void test_defaults(void **state) {
    (void)state;
    assert_string_equal(render(read(NULL, NULL, NULL)), defaults);
    assert_string_equal(render(read("", NULL, NULL)), defaults);
    assert_string_equal(render(read("site:\nnav:\nchecks:\nsource:\n", NULL, NULL)), defaults);
    const Config *config = read(NULL, NULL, NULL);
    assert_false(config->has_nav);
    assert_int_equal(config->severities[DIAG_NAV_ORPHAN], DIAG_WARNING);
}

static const char everything[] =
    "site:\n"
    "  title: 'Tom \"and\" Jerry: \xC3\xA9'\n"
    "  description: 2024\n"
    "  url: https://example.org/infra\n"
    "  language: pt-BR\n"
    "  repository: https://github.com/a/b//\n"
    "  cards: false\n"
    "source: ./docs/\n"
    "diagrams: docs/diagrams\n"
    "output: out/site\n"
    "markdown: {raw_html: true}\n"
    "nav:\n"
    "  - index.md\n"
    "  - Terraform:\n"
    "      - ./a.md\n"
    "      - Deep: [b.md, {More: c/}]\n"
    "      - Empty: []\n"
    "  - Roadmap: roadmap/./x/../\n"
    "roadmap: [docs/roadmap, other/]\n"
    "theme:\n"
    "  footer: |\n"
    "    *One*\n"
    "\n"
    "    [two](a.md)\n"
    "  css: [a.css, b.css]\n"
    "  colors: {bg: [white, '#012'], accent: \"#ABCDEF\"}\n"
    "  folder: ./my/theme/\n"
    "  logo: logo.svg\n"
    "redirects: {old.md: new.md, a/b.md: ./c.md}\n"
    "checks: {nav/orphan: off, page/description: warning, link/page: error}\n";

static const char everything_rendered[] = "site:\n"
                                          "  title: \"Tom \\\"and\\\" Jerry: \xC3\xA9\"\n"
                                          "  description: \"2024\"\n"
                                          "  url: \"https://example.org/infra/\"\n"
                                          "  language: \"pt-BR\"\n"
                                          "  repository: \"https://github.com/a/b\"\n"
                                          "  cards: false\n"
                                          "source: \"docs\"\n"
                                          "diagrams: \"docs/diagrams\"\n"
                                          "output: \"out/site\"\n"
                                          "markdown:\n"
                                          "  raw_html: true\n"
                                          "theme:\n"
                                          "  folder: \"my/theme\"\n"
                                          "  logo: \"logo.svg\"\n"
                                          "  colors:\n"
                                          "    bg: [\"#ffffff\", \"#001122\"]\n"
                                          "    accent: \"#abcdef\"\n"
                                          "  css:\n"
                                          "    - \"a.css\"\n"
                                          "    - \"b.css\"\n"
                                          "  footer: \"*One*\\n\\n[two](a.md)\\n\"\n"
                                          "nav:\n"
                                          "  - \"index.md\"\n"
                                          "  - \"Terraform\":\n"
                                          "      - \"a.md\"\n"
                                          "      - \"Deep\":\n"
                                          "          - \"b.md\"\n"
                                          "          - \"More\": \"c/\"\n"
                                          "      - \"Empty\": []\n"
                                          "  - \"Roadmap\": \"roadmap/\"\n"
                                          "roadmap: [\"docs/roadmap\", \"other\"]\n"
                                          "redirects:\n"
                                          "  \"old.md\": \"new.md\"\n"
                                          "  \"a/b.md\": \"c.md\"\n"
                                          "checks:\n"
                                          "  nav/orphan: off\n"
                                          "  page/description: warning\n";

static void test_round_trip(void **state) {
    (void)state;
    const char *once = render(read(everything, NULL, NULL));
    assert_string_equal(once, everything_rendered);
    assert_string_equal(render(read(once, NULL, NULL)), once);
    assert_string_equal(render(read(defaults, NULL, NULL)), defaults);
}

static void test_precedence(void **state) {
    (void)state;
    static const char *const environment[] = {"PATH=/bin",
                                              "DOCSGEN_OUTPUT=from-environment",
                                              "DOCSGEN_SITE_TITLE=T=1",
                                              "DOCSGEN_SITE_URL=",
                                              "DOCSGEN_MARKDOWN_RAW_HTML=true",
                                              "DOCSGEN_SOURCEX=x",
                                              "DOCSGEN_SITE_LANGUAGE=de",
                                              NULL};
    static const char file[] = "output: from-file\nsite: {title: file, url: https://a.b/}\n";
    assert_true(str_equal(read(file, NULL, NULL)->output, STR("from-file")));
    const Config *config = read(file, NULL, environment);
    assert_true(str_equal(config->output, STR("from-environment")));
    assert_true(str_equal(config->title, STR("T=1")));
    assert_true(str_equal(config->url, STR("https://a.b/")));
    assert_true(str_equal(config->source, STR("site-src")));
    assert_true(str_equal(config->language, STR("de")));
    assert_int_equal(config->html, CONFIG_HTML_ALL);
    assert_true(str_equal(read(file, "../flag", environment)->output, STR("../flag")));
    assert_true(str_equal(read(file, "./a/../flag/", NULL)->output, STR("flag")));
    assert_true(str_equal(read(file, "/tmp/flag/", NULL)->output, STR("/tmp/flag")));
}

static void check_environment(const char *entry, const char *expected) {
    const char *const environment[] = {entry, NULL};
    Diags *diags = diags_new(arena);
    assert_null(config_read(NULL, NULL, environment, arena, diags));
    assert_int_equal(diags_count(diags), 1);
    assert_null(diags_get(diags, 0)->at.source);
    assert_string_equal(str_cstr(arena, diags_get(diags, 0)->message), expected);
}

static void test_bad_environment(void **state) {
    (void)state;
    check_environment("DOCSGEN_SITE_URL=x", "DOCSGEN_SITE_URL=\"x\" must begin with \"https://\"");
    check_environment("DOCSGEN_SOURCE=../x", "DOCSGEN_SOURCE=\"../x\" leaves the project");
    check_environment("DOCSGEN_MARKDOWN_RAW_HTML=1",
                      "DOCSGEN_MARKDOWN_RAW_HTML=\"1\" must be true, false or safe");
    check_environment("DOCSGEN_OUTPUT=site-src",
                      "\"output\" would replace \"site-src\", where the sources are");
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_precedence),
        cmocka_unit_test(test_bad_environment),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
