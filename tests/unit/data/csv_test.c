#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "data/csv.h"
#include "unit/data/print.h"

/* Rows of cells in "<>", the header's with ">" for numeric columns, then findings. */
static void check(const char *input, const char *expected) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    const CsvTable *table =
        csv_parse(source_new(arena, STR("in.csv"), str_from(input)), arena, diags);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < table->column_count; i++)
        buf_add_format(&out, "<%.*s%s", STR_FMT(table->header[i].text),
                       table->is_numeric[i] ? ">>" : ">");
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        buf_add_format(&out, "%s<%.*s>", i % table->column_count ? "" : "\n",
                       STR_FMT(table->cells[i].text));
    buf_add_char(&out, '\n');
    print_findings(&out, diags);
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void test_tables(void **state) {
    (void)state;
    check("a,b\n1,x\n", "<a>><b>\n<1><x>\n");
    check("a,b\r\n1,x\r\n\r\n2,y", "<a>><b>\n<1><x>\n<2><y>\n");
    check("\xEF\xBB\xBF"
          "a\rb",
          "<a>\n<b>\n");
    check("a , b\n \"1,000\" , x y \n", "<a>><b>\n<1,000><x y>\n");
    check("a\n\"x \"\"y\"\"\nz\"\n", "<a>\n<x \"y\"\nz>\n");
    check("a,b,\n,,\n", "<a><b><>\n<><><>\n");
    check("a\n", "<a>\n");
    check("a,b\n\"\",\"\"\n", "<a><b>\n<><>\n");
}

static void test_numbers(void **state) {
    (void)state;
    check(
        "n,m,u,t,e,d\n1,$2,3 MB,4 apples,,-\n-1.5,\xE2\x80\x93,7d,5,,\xE2\x80\x93\n",
        "<n>><m>><u>><t><e><d>\n<1><$2><3 MB><4 apples><><->\n<-1.5><\xE2\x80\x93><7d><5><><\xE2\x80\x93>\n");
    check("v\n1.2.3\n", "<v>\n<1.2.3>\n");
}

static void test_repairs(void **state) {
    (void)state;
    check("a,b\n1\n1,2,3\n", "<a>><b>>\n<1><>\n<1><2>\n"
                             "data/syntax this row has 1 cells, the header has 2\n"
                             "data/syntax this row has 3 cells, the header has 2\n");
    check("a\n\"x", "<a>\n<x>\ndata/syntax this quote is never closed\n");
    check("", "\ndata/schema the table has no rows\n");
    check("a\n\xFF\n", "<a>\n<\xFF>\ndata/syntax the byte 0xFF is not UTF-8\n");
}

static void test_limits(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Buf input = buf_new(arena);
    buf_add_repeat(&input, ',', 1000);
    buf_add_char(&input, '\n');
    for (size_t i = 0; i < 20000; i++)
        buf_add_text(&input, "x\n");
    const CsvTable *table =
        csv_parse(source_new(arena, STR("in.csv"), buf_str(&input)), arena, diags);
    assert_int_equal(table->column_count, 200);
    assert_int_equal(table->row_count, 10000);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_repairs),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
