/* The style sheet's colours, read from the sheet itself, must be readable in light and dark:
 * text 4.5 to 1, outlines of controls and the focus ring 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
#include "base/ban.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/asset.h"
#include "base/str.h"

#include <cmocka.h>

enum {
    LIGHT,
    DARK
};

/* "--name: light-dark(#rrggbb, #rrggbb);" */
static Str token_value(Str css, const char *name, int scheme) {
    char key[64];
    snprintf(key, sizeof key, "  --%s: light-dark(#", name);
    size_t start = str_find(css, str_from(key), 0);
    if (start == STR_NONE)
        fail_msg("style.css has no token --%s with two colours", name);
    start += strlen(key);
    return str_slice(css, start + (scheme == DARK ? 9 : 0), start + (scheme == DARK ? 15 : 6));
}

static double channel_linear(Str hex, size_t index) {
    char text[3] = {hex.data[index * 2], hex.data[index * 2 + 1], '\0'};
    char *end;
    double value = (double)strtol(text, &end, 16) / 255;
    assert_ptr_equal(end, text + 2);
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* Relative luminance as WCAG defines it. */
static double luminance(Str hex) {
    return 0.2126 * channel_linear(hex, 0) + 0.7152 * channel_linear(hex, 1) +
           0.0722 * channel_linear(hex, 2);
}

static double contrast(Str a, Str b) {
    double light = luminance(a), dark = luminance(b);
    if (light < dark) {
        double swap = light;
        light = dark;
        dark = swap;
    }
    return (light + 0.05) / (dark + 0.05);
}

static void check(const char *front, const char *back, double least) {
    Str css = asset_get("theme/style.css");
    for (int scheme = LIGHT; scheme <= DARK; scheme++) {
        double got = contrast(token_value(css, front, scheme), token_value(css, back, scheme));
        if (got < least)
            fail_msg("--%s on --%s in %s: %.2f to 1, not %.1f", front, back,
                     scheme == DARK ? "dark" : "light", got, least);
    }
}

static void formula_agrees_with_the_standard(void **state) {
    (void)state;
    assert_true(fabs(contrast(STR("000000"), STR("ffffff")) - 21) < 0.001);
    assert_true(fabs(contrast(STR("777777"), STR("ffffff")) - 4.48) < 0.005);
    assert_true(fabs(contrast(STR("ffffff"), STR("ffffff")) - 1) < 0.001);
}

static void text_is_readable(void **state) {
    (void)state;
    static const char *const backs[] = {"bg", "bg-soft", "bg-raised"};
    static const char *const fronts[] = {"text", "heading", "muted", "accent", "code-text", "red"};
    for (size_t b = 0; b < sizeof backs / sizeof *backs; b++)
        for (size_t f = 0; f < sizeof fronts / sizeof *fronts; f++)
            check(fronts[f], backs[b], 4.5);
    check("accent", "accent-soft", 4.5);
    check("on-accent", "accent", 4.5);
    check("text", "mark", 4.5);
}

static void code_is_readable(void **state) {
    (void)state;
    static const char *const tokens[] = {"text",   "comment",  "keyword", "string",
                                         "number", "function", "type"};
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        char name[32];
        snprintf(name, sizeof name, "code-%s", tokens[i]);
        check(name, "code-bg", 4.5);
    }
}

static void hues_are_readable(void **state) {
    (void)state;
    static const char *const hues[] = {"blue", "amber", "purple", "green",
                                       "red",  "slate", "teal",   "pink"};
    for (size_t i = 0; i < sizeof hues / sizeof *hues; i++) {
        char soft[32];
        snprintf(soft, sizeof soft, "%s-soft", hues[i]);
        check(hues[i], soft, 4.5);        /* a badge, the title of an alert */
        check("text", soft, 4.5);         /* the body of an alert */
        check("accent", soft, 4.5);       /* a link in it */
        check(hues[i], "bg-raised", 4.5); /* the bar of a card */
    }
}

static void outlines_are_visible(void **state) {
    (void)state;
    check("accent", "bg", 3);
    check("accent", "bg-soft", 3);
    check("green", "border", 3); /* a progress bar on its groove */
    check("control", "bg", 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formula_agrees_with_the_standard),
        cmocka_unit_test(text_is_readable),
        cmocka_unit_test(code_is_readable),
        cmocka_unit_test(hues_are_readable),
        cmocka_unit_test(outlines_are_visible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
