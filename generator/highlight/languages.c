/* The table of languages: what is known about each, sorted lists of words included. */
#include "base/ban.h"

#include "highlight/lexer.h"

#define WORDS(list)                                                                                \
    { list, sizeof list / sizeof *list }
#define FORMS(list) .strings = list, .string_count = sizeof list / sizeof *list

static const StringForm c_strings[] = {{"\"", "\"", '\\', false}, {"'", "'", '\\', false}};
static const StringForm go_strings[] = {
    {"\"", "\"", '\\', false}, {"'", "'", '\\', false}, {"`", "`", 0, true}};
static const StringForm java_strings[] = {
    {"\"\"\"", "\"\"\"", '\\', true}, {"\"", "\"", '\\', false}, {"'", "'", '\\', false}};
static const StringForm python_strings[] = {{"\"\"\"", "\"\"\"", '\\', true},
                                            {"'''", "'''", '\\', true},
                                            {"\"", "\"", '\\', false},
                                            {"'", "'", '\\', false}};
static const StringForm rust_strings[] = {{"\"", "\"", '\\', true}, {"'", "'", '\\', false}};
static const StringForm sql_strings[] = {{"'", "'", '\'', true}};
static const StringForm hcl_strings[] = {{"\"", "\"", '\\', false}};
static const StringForm mermaid_strings[] = {{"\"", "\"", 0, true}};

static const char *const c_words[] = {"_Alignas",
                                      "_Alignof",
                                      "_Atomic",
                                      "_Generic",
                                      "_Noreturn",
                                      "_Static_assert",
                                      "_Thread_local",
                                      "alignas",
                                      "alignof",
                                      "asm",
                                      "auto",
                                      "break",
                                      "case",
                                      "const",
                                      "constexpr",
                                      "continue",
                                      "default",
                                      "do",
                                      "else",
                                      "enum",
                                      "extern",
                                      "false",
                                      "for",
                                      "goto",
                                      "if",
                                      "inline",
                                      "nullptr",
                                      "register",
                                      "restrict",
                                      "return",
                                      "sizeof",
                                      "static",
                                      "static_assert",
                                      "struct",
                                      "switch",
                                      "thread_local",
                                      "true",
                                      "typedef",
                                      "typeof",
                                      "union",
                                      "volatile",
                                      "while"};
static const char *const c_types[] = {
    "FILE",      "_Bool",     "_Complex", "bool",     "char",      "clock_t",  "double",
    "float",     "int",       "int16_t",  "int32_t",  "int64_t",   "int8_t",   "intmax_t",
    "intptr_t",  "long",      "off_t",    "pid_t",    "ptrdiff_t", "short",    "signed",
    "size_t",    "ssize_t",   "time_t",   "uint16_t", "uint32_t",  "uint64_t", "uint8_t",
    "uintmax_t", "uintptr_t", "unsigned", "va_list",  "void",      "wchar_t"};
static const char *const cpp_words[] = {
    "alignas",       "alignof",     "and",          "asm",
    "auto",          "break",       "case",         "catch",
    "class",         "co_await",    "co_return",    "co_yield",
    "concept",       "const",       "const_cast",   "consteval",
    "constexpr",     "constinit",   "continue",     "decltype",
    "default",       "delete",      "do",           "dynamic_cast",
    "else",          "enum",        "explicit",     "export",
    "extern",        "false",       "final",        "for",
    "friend",        "goto",        "if",           "import",
    "inline",        "module",      "mutable",      "namespace",
    "new",           "noexcept",    "not",          "nullptr",
    "operator",      "or",          "override",     "private",
    "protected",     "public",      "register",     "reinterpret_cast",
    "requires",      "return",      "sizeof",       "static",
    "static_assert", "static_cast", "struct",       "switch",
    "template",      "this",        "thread_local", "throw",
    "true",          "try",         "typedef",      "typeid",
    "typename",      "union",       "using",        "virtual",
    "volatile",      "while"};
static const char *const go_words[] = {
    "break",       "case",   "chan", "const", "continue", "default", "defer",  "else",
    "fallthrough", "false",  "for",  "func",  "go",       "goto",    "if",     "import",
    "interface",   "iota",   "map",  "nil",   "package",  "range",   "return", "select",
    "struct",      "switch", "true", "type",  "var"};
static const char *const go_types[] = {
    "any",     "bool",   "byte",   "comparable", "complex128", "complex64", "error", "float32",
    "float64", "int",    "int16",  "int32",      "int64",      "int8",      "rune",  "string",
    "uint",    "uint16", "uint32", "uint64",     "uint8",      "uintptr"};
static const char *const rust_words[] = {
    "as",     "async", "await", "break", "const",  "continue", "crate", "dyn",    "else",   "enum",
    "extern", "false", "fn",    "for",   "if",     "impl",     "in",    "let",    "loop",   "match",
    "mod",    "move",  "mut",   "pub",   "ref",    "return",   "self",  "static", "struct", "super",
    "trait",  "true",  "type",  "union", "unsafe", "use",      "where", "while",  "yield"};
static const char *const rust_types[] = {"Self", "bool", "char", "f32", "f64",   "i128",
                                         "i16",  "i32",  "i64",  "i8",  "isize", "str",
                                         "u128", "u16",  "u32",  "u64", "u8",    "usize"};
static const char *const python_words[] = {
    "False",  "None",     "True",   "and", "as",    "assert", "async",  "await",    "break", "case",
    "class",  "continue", "def",    "del", "elif",  "else",   "except", "finally",  "for",   "from",
    "global", "if",       "import", "in",  "is",    "lambda", "match",  "nonlocal", "not",   "or",
    "pass",   "raise",    "return", "try", "while", "with",   "yield"};
static const char *const python_types[] = {"Exception", "bool",      "bytearray", "bytes", "dict",
                                           "float",     "frozenset", "int",       "list",  "object",
                                           "set",       "str",       "tuple",     "type"};
static const char *const script_words[] = {
    "abstract",  "as",     "async",      "await",     "break",   "case",       "catch",
    "class",     "const",  "continue",   "debugger",  "declare", "default",    "delete",
    "do",        "else",   "enum",       "export",    "extends", "false",      "finally",
    "for",       "from",   "function",   "get",       "if",      "implements", "import",
    "in",        "infer",  "instanceof", "interface", "is",      "keyof",      "let",
    "namespace", "new",    "null",       "of",        "private", "protected",  "public",
    "readonly",  "return", "satisfies",  "set",       "static",  "super",      "switch",
    "this",      "throw",  "true",       "try",       "type",    "typeof",     "undefined",
    "var",       "void",   "while",      "with",      "yield"};
static const char *const script_types[] = {"any",    "bigint", "boolean", "never",  "number",
                                           "object", "string", "symbol",  "unknown"};
static const char *const java_words[] = {
    "abstract",   "assert",    "break",  "case",         "catch",    "class",      "const",
    "continue",   "default",   "do",     "else",         "enum",     "extends",    "false",
    "final",      "finally",   "for",    "goto",         "if",       "implements", "import",
    "instanceof", "interface", "native", "new",          "null",     "package",    "permits",
    "private",    "protected", "public", "record",       "return",   "sealed",     "static",
    "strictfp",   "super",     "switch", "synchronized", "this",     "throw",      "throws",
    "transient",  "true",      "try",    "var",          "volatile", "while",      "yield"};
static const char *const java_types[] = {"boolean", "byte", "char",  "double", "float",
                                         "int",     "long", "short", "void"};
static const char *const hcl_words[] = {
    "data",  "dynamic", "false",  "for",      "for_each", "if",        "in",   "locals",  "module",
    "moved", "null",    "output", "provider", "resource", "terraform", "true", "variable"};
static const char *const sql_words[] = {
    "add",        "all",      "alter",     "and",          "any",
    "as",         "asc",      "begin",     "between",      "by",
    "cascade",    "case",     "check",     "column",       "commit",
    "constraint", "create",   "cross",     "current_date", "current_timestamp",
    "database",   "default",  "delete",    "desc",         "distinct",
    "drop",       "else",     "end",       "except",       "exists",
    "false",      "fetch",    "for",       "foreign",      "from",
    "full",       "function", "grant",     "group",        "having",
    "if",         "in",       "index",     "inner",        "insert",
    "intersect",  "into",     "is",        "join",         "key",
    "left",       "like",     "limit",     "natural",      "not",
    "null",       "offset",   "on",        "or",           "order",
    "outer",      "over",     "partition", "primary",      "procedure",
    "references", "replace",  "returning", "returns",      "revoke",
    "right",      "rollback", "schema",    "select",       "set",
    "table",      "then",     "to",        "transaction",  "trigger",
    "true",       "truncate", "union",     "unique",       "update",
    "using",      "values",   "view",      "when",         "where",
    "with"};
static const char *const sql_types[] = {
    "bigint",    "bigserial",   "blob",  "boolean", "bytea",    "char",     "date",
    "decimal",   "double",      "float", "int",     "integer",  "interval", "json",
    "jsonb",     "numeric",     "real",  "serial",  "smallint", "text",     "time",
    "timestamp", "timestamptz", "uuid",  "varchar"};
static const char *const mermaid_words[] = {"activate",
                                            "actor",
                                            "alt",
                                            "and",
                                            "autonumber",
                                            "box",
                                            "break",
                                            "class",
                                            "classDef",
                                            "classDiagram",
                                            "click",
                                            "create",
                                            "critical",
                                            "deactivate",
                                            "default",
                                            "destroy",
                                            "direction",
                                            "else",
                                            "end",
                                            "erDiagram",
                                            "flowchart",
                                            "for",
                                            "gantt",
                                            "graph",
                                            "link",
                                            "linkStyle",
                                            "loop",
                                            "namespace",
                                            "note",
                                            "opt",
                                            "option",
                                            "over",
                                            "par",
                                            "participant",
                                            "pie",
                                            "rect",
                                            "section",
                                            "sequenceDiagram",
                                            "state",
                                            "stateDiagram",
                                            "stateDiagram-v2",
                                            "style",
                                            "subgraph",
                                            "timeline",
                                            "title"};
static const char *const mermaid_types[] = {"BT", "LR", "RL", "TB", "TD"};

/* clang-format off */
const Language languages[] = {
    {.title = "Shell", .names = "sh bash shell zsh ksh", .lex = lex_shell},
    {.title = "Console", .names = "console shell-session shellsession terminal session", .lex = lex_console},
    {.title = "YAML", .names = "yaml yml", .lex = lex_yaml},
    {.title = "JSON", .names = "json jsonc json5 geojson", .lex = lex_json},
    {.title = "TOML", .names = "toml", .lex = lex_ini},
    {.title = "INI", .names = "ini cfg conf properties editorconfig", .lex = lex_ini},
    {.title = "HCL", .names = "hcl terraform tf tfvars", .lex = lex_code, .special = special_hcl, .line_comments = {"#", "//"},
     .block_open = "/*", .block_close = "*/", FORMS(hcl_strings), .keywords = WORDS(hcl_words), .word_extra = "-",
     .has_keys = true},
    {.title = "Dockerfile", .names = "dockerfile docker containerfile", .lex = lex_dockerfile},
    {.title = "Makefile", .names = "make makefile mk", .lex = lex_make},
    {.title = "C", .names = "c h", .lex = lex_code, .line_comments = {"//"}, .block_open = "/*", .block_close = "*/",
     FORMS(c_strings), .prefixes = "LuU8", .keywords = WORDS(c_words), .types = WORDS(c_types), .has_directives = true},
    {.title = "C++", .names = "cpp c++ cc cxx hpp hh", .lex = lex_code, .special = special_cpp, .line_comments = {"//"},
     .block_open = "/*", .block_close = "*/", FORMS(c_strings), .prefixes = "LuU8", .keywords = WORDS(cpp_words),
     .types = WORDS(c_types), .has_directives = true},
    {.title = "Go", .names = "go golang", .lex = lex_code, .line_comments = {"//"}, .block_open = "/*", .block_close = "*/",
     FORMS(go_strings), .keywords = WORDS(go_words), .types = WORDS(go_types)},
    {.title = "Rust", .names = "rust rs", .lex = lex_code, .special = special_rust, .line_comments = {"//"},
     .block_open = "/*", .block_close = "*/", .nests_comments = true, FORMS(rust_strings), .prefixes = "bc",
     .keywords = WORDS(rust_words), .types = WORDS(rust_types), .has_capital_types = true},
    {.title = "Python", .names = "python py python3 pyi", .lex = lex_code, .line_comments = {"#"}, FORMS(python_strings),
     .prefixes = "rRbBuUfF", .keywords = WORDS(python_words), .types = WORDS(python_types), .has_decorators = true},
    {.title = "JavaScript", .names = "javascript js mjs cjs jsx", .lex = lex_code, .special = special_script,
     .line_comments = {"//"}, .block_open = "/*", .block_close = "*/", FORMS(c_strings), .word_extra = "$",
     .keywords = WORDS(script_words), .has_decorators = true},
    {.title = "TypeScript", .names = "typescript ts tsx mts", .lex = lex_code, .special = special_script,
     .line_comments = {"//"}, .block_open = "/*", .block_close = "*/", FORMS(c_strings), .word_extra = "$",
     .keywords = WORDS(script_words), .types = WORDS(script_types), .has_decorators = true, .has_capital_types = true},
    {.title = "Java", .names = "java", .lex = lex_code, .line_comments = {"//"}, .block_open = "/*", .block_close = "*/",
     FORMS(java_strings), .keywords = WORDS(java_words), .types = WORDS(java_types), .has_decorators = true,
     .has_capital_types = true},
    {.title = "SQL", .names = "sql postgres postgresql mysql sqlite plpgsql", .lex = lex_code, .special = special_sql,
     .line_comments = {"--"}, .block_open = "/*", .block_close = "*/", FORMS(sql_strings), .keywords = WORDS(sql_words),
     .types = WORDS(sql_types), .ignores_case = true},
    {.title = "HTML", .names = "html htm xhtml vue svelte", .lex = lex_markup, .ignores_case = true},
    {.title = "XML", .names = "xml svg xsd xsl plist rss", .lex = lex_markup},
    {.title = "CSS", .names = "css scss less", .lex = lex_css, .word_extra = "-"},
    {.title = "Diff", .names = "diff patch", .lex = lex_diff},
    {.title = "Markdown", .names = "markdown md mdx", .lex = lex_markdown},
    {.title = "Mermaid", .names = "mermaid mmd", .lex = lex_code, .special = special_mermaid, .line_comments = {"%%"},
     FORMS(mermaid_strings), .keywords = WORDS(mermaid_words), .types = WORDS(mermaid_types)},
};
/* clang-format on */

const size_t language_count = sizeof languages / sizeof *languages;
