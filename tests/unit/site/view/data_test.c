/* Cards, cost sheets and tables as HTML: the whole markup of small ones, then single promises. */
#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "data/csv.h"
#include "data/data.h"
#include "site/view/cards.h"
#include "site/view/cost.h"
#include "site/view/table.h"

static Arena *arena;

/* The HTML of a data file; every card's link is its href here. */
static const char *view(const char *input) {
    DataFile file =
        data_read(source_new(arena, STR("in.yml"), str_from(input)), arena, diags_new(arena));
    Buf out = buf_new(arena);
    for (size_t i = 0; file.cards && i < file.cards->card_count; i++)
        file.cards->cards[i].href = file.cards->cards[i].link;
    if (file.cards)
        view_cards(file.cards, STR("N"), &out);
    if (file.cost)
        view_cost(file.cost, STR("N"), STR(""), STR("d1-"), &out);
    return str_cstr(arena, buf_str(&out));
}

static void assert_holds(const char *html, const char *part) {
    if (!strstr(html, part))
        fail_msg("no %s in\n%s", part, html);
}

static void assert_holds_not(const char *html, const char *part) {
    if (strstr(html, part))
        fail_msg("%s in\n%s", part, html);
}

static void test_cards(void **state) {
    (void)state;
    assert_string_equal(
        view("kind: cards\n"
             "cards:\n"
             "- {name: A, badge: B, color: red, link: a.html, text: T, ports: [1, 2],"
             " fields: {F: V}}\n"
             "- {name: Z}\n"),
        "<ul class=\"cards\" aria-label=\"N\">\n"
        "<li class=\"card card-red\">\n"
        "<p class=\"card-title\"><a href=\"a.html\">A</a> "
        "<span class=\"badge\">B</span></p>\n"
        "<p>T</p>\n"
        "<dl class=\"fields\">\n"
        "<dt>Ports</dt><dd>1, 2</dd>\n"
        "<dt>F</dt><dd>V</dd>\n"
        "</dl>\n"
        "</li>\n"
        "<li class=\"card\">\n"
        "<p class=\"card-title\">Z</p>\n"
        "</li>\n"
        "</ul>\n");
}

static void test_budget(void **state) {
    (void)state;
    const char *html = view("kind: cards\n"
                            "title: T\n"
                            "intro: I\n"
                            "budget: {Memory: {limit: 4 GB, reserve: 512 MB}}\n"
                            "cards:\n"
                            "- {name: A, group: G, fields: {Memory: 2688 MB}}\n"
                            "- {name: B, fields: {Memory: 192 MB}}\n");
    assert_holds(html, "<figure class=\"card-set\">\n<p class=\"card-set-intro\">I</p>\n<ul");
    assert_holds(html, "<p class=\"budget\"><strong>Memory</strong> G 2,688 MB + others 192 MB = "
                       "2,880 MB of 4 GB, 512 MB in reserve <meter ");
    assert_holds(html,
                 " value=\"720\" aria-label=\"Memory, share of its limit\">72 %</meter> 72 %");
    assert_holds(html, "<figcaption>T</figcaption>\n</figure>\n");
    html = view("kind: cards\nbudget: {M: 1 GB}\ncards: [{name: A, fields: {M: 1500 MB}}]");
    assert_holds(html, "<p class=\"budget is-over\">");
    assert_holds(html, " value=\"1000\" ");
    assert_holds(html, "150 %</p>");
}

static void test_cost(void **state) {
    (void)state;
    assert_string_equal(
        view("kind: cost\ncurrency: USD\nas_of: 2025-10-01\nitems: [{name: A, unit: hour, price: "
             "$0.0416}]"),
        "<figure class=\"cost-sheet\">\n"
        "<div class=\"table-wrap\" role=\"group\" tabindex=\"0\" aria-label=\"N\">\n"
        "<table class=\"cost\" aria-describedby=\"d1-notes\">\n"
        "<caption>A month in USD, prices of <time datetime=\"2025-10-01\">2025-10-01</time>"
        "</caption>\n"
        "<thead>\n"
        "<tr><th scope=\"col\">Item</th><th scope=\"col\" class=\"num\">Price</th>"
        "<th scope=\"col\" class=\"num\">Per month</th></tr>\n"
        "</thead>\n"
        "<tbody>\n"
        "<tr><th scope=\"row\">A</th><td class=\"num\">$0.0416 / hour</td>"
        "<td class=\"num\">$30.37<br><small>730 hours</small></td></tr>\n"
        "</tbody>\n"
        "<tfoot>\n"
        "<tr class=\"total\"><th scope=\"row\" colspan=\"2\">Total a month</th>"
        "<td class=\"num\">$30.37</td></tr>\n"
        "<tr><th scope=\"row\" colspan=\"2\">Total a year</th><td class=\"num\">$364.44</td></tr>\n"
        "</tfoot>\n"
        "</table>\n"
        "</div>\n"
        "<ul class=\"cost-notes\" id=\"d1-notes\">\n"
        "<li>Every amount is rounded before it is added; a month has 730 hours, a year twelve "
        "months</li>\n"
        "</ul>\n"
        "</figure>\n");
}

static void test_cost_details(void **state) {
    (void)state;
    const char *html = view(
        "kind: cost\ntitle: T\nnote: Remark\ncurrency: USD\nas_of: 2025-10-01\n"
        "scenarios: [{name: On}, {name: Night, hours: 5/day, note: by night}]\n"
        "budget: {On: $40}\n"
        "items:\n"
        "- {name: A, group: G, unit: hour, price: $0.0416, lifecycle: ephemeral, condition: x = y}\n"
        "- {name: B, group: G, unit: request, usage: true, condition: x = y}\n"
        "- {name: C, group: H, unit: GB, quantity: {On: 20, Night: 2}, price: {On: 1, Night: 2},"
        " condition: x = y}\n"
        "- {name: D, unit: GB, quantity: 0.001, price: 0.01, condition: x = y}\n");
    assert_holds(html, "<caption><strong>T</strong> A month in USD");
    assert_holds(html, "<th scope=\"col\">Lifecycle</th>");
    assert_holds(html, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"3\">G</th>"
                       "<td class=\"num\">$30.37 + <abbr class=\"unknown\"");
    assert_holds(html, ">Other</th>");
    assert_holds(html, "B<abbr title=\"an estimate that depends on use\">*</abbr>");
    assert_holds(html, "<small>152.08 hours</small>");
    assert_holds(html, "<td class=\"num\">varies</td><td class=\"num\">$20.00<br><small>20 GB at "
                       "$1.00</small></td><td class=\"num\">$4.00<br><small>2 GB at $2.00</small>");
    assert_holds(html, "&lt; $0.01<br><small>0.001 GB</small>");
    assert_holds(html, "<td class=\"num is-over\">$40.00<br><small>126 % used</small>");
    assert_holds(html, "<li>* an estimate that depends on use</li>\n");
    assert_holds(html, "not known, and not part of the totals</li>\n<li>Only if x = y</li>\n"
                       "<li>Night: by night; 152.08 of 730 hours a month</li>\n");
    assert_holds(html, "<li>Remark</li>\n");
    assert_holds_not(html, "<small class=\"item-note\">if ");
    assert_holds(html, "<p>On: $50.37 + <abbr");
    assert_holds(html, "viewBox=\"0 0 640 14\"");
    assert_holds_not(html, "style=");
    assert_holds_not(html, "<script");
}

/* Nothing that an author writes may become markup. */
static void test_hostile(void **state) {
    (void)state;
    static const char evil[] = "\"<b>\\\"&'\"";
    Buf cards = buf_new(arena), cost = buf_new(arena);
    buf_add_format(&cards,
                   "kind: cards\ntitle: %s\nintro: %s\nbudget: {%s: 1 %s}\ncards:\n"
                   "- {name: %s, badge: %s, group: %s, link: %s, text: %s, fields: {%s: %s}}\n",
                   evil, evil, evil, "MB", evil, evil, evil, evil, evil, evil, "1 MB");
    buf_add_format(&cost,
                   "kind: cost\ntitle: %s\nnote: %s\ncurrency: USD\nas_of: 2025-10-01\n"
                   "scenarios: [{name: %s, note: %s}, {name: B}]\nitems:\n"
                   "- {name: %s, group: %s, unit: %s, price: 1, condition: %s, note: %s}\n"
                   "- {name: B, unit: month, price: 1}\n",
                   evil, evil, evil, evil, evil, evil, evil, evil, evil);
    const char *pages[] = {view(str_cstr(arena, buf_str(&cards))),
                           view(str_cstr(arena, buf_str(&cost)))};
    for (size_t i = 0; i < 2; i++) {
        assert_holds(pages[i], "&lt;b&gt;&quot;&amp;");
        assert_holds_not(pages[i], "<b>");
        assert_holds_not(pages[i], "\"&'");
    }
}

static void test_table(void **state) {
    (void)state;
    Buf out = buf_new(arena);
    Source *source = source_new(arena, STR("in.csv"), STR("Name,Cost\n<A>,\"$1,000\"\nB\n"));
    view_table(csv_parse(source, arena, diags_new(arena)), STR("C"), STR(""), &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)),
                        "<div class=\"table-wrap\" role=\"group\" tabindex=\"0\" "
                        "aria-label=\"Table\">\n"
                        "<table>\n"
                        "<caption>C</caption>\n"
                        "<thead>\n"
                        "<tr><th scope=\"col\">Name</th><th scope=\"col\" class=\"num\">Cost</th>"
                        "</tr>\n"
                        "</thead>\n"
                        "<tbody>\n"
                        "<tr><td>&lt;A&gt;</td><td class=\"num\">$1,000</td></tr>\n"
                        "<tr><td>B</td><td class=\"num\"></td></tr>\n"
                        "</tbody>\n"
                        "</table>\n"
                        "</div>\n");
    Buf empty = buf_new(arena);
    source = source_new(arena, STR("in.csv"), STR(""));
    view_table(csv_parse(source, arena, diags_new(arena)), STR("C"), STR(""), &empty);
    assert_int_equal(empty.size, 0);
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
        cmocka_unit_test(test_cards),   cmocka_unit_test(test_budget),
        cmocka_unit_test(test_cost),    cmocka_unit_test(test_cost_details),
        cmocka_unit_test(test_hostile), cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
