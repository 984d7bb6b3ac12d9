#include "base/ban.h"

#include "data/yaml_errors.h"

#include "base/utf8.h"

#define STRIDE 64

YamlText yaml_text_new(Span region, Arena *arena) {
    YamlText text = {.region = region};
    if (str_starts_with(span_text(region), STR("\xEF\xBB\xBF"))) {
        text.region.start += 3;
        text.region.size -= 3;
    }
    text.bytes = span_text(text.region);
    size_t count = utf8_count(text.bytes);
    if (count == text.bytes.size)
        return text;
    uint32_t *offsets = ARENA_ARRAY(arena, uint32_t, count / STRIDE + 1);
    Str rest = text.bytes;
    for (size_t i = 0; i <= count; i++) {
        if (i % STRIDE == 0)
            offsets[i / STRIDE] = (uint32_t)(text.bytes.size - rest.size);
        if (rest.size)
            utf8_take(&rest);
    }
    text.offsets = offsets;
    text.count = count;
    return text;
}

static size_t byte_of(const YamlText *text, size_t index) {
    if (!text->offsets)
        return index < text->bytes.size ? index : text->bytes.size;
    if (index > text->count)
        return text->bytes.size;
    Str rest = str_from_offset(text->bytes, text->offsets[index / STRIDE]);
    for (size_t i = index % STRIDE; i > 0 && rest.size; i--)
        utf8_take(&rest);
    return text->bytes.size - rest.size;
}

Span yaml_text_span(const YamlText *text, size_t index, size_t count) {
    size_t start = byte_of(text, index);
    size_t end = byte_of(text, index + count);
    return span_of(text->region.source, text->region.start + start, end - start);
}

/* What libyaml says and what it means. A row is taken when both texts are beginnings of libyaml's;
 * the first one that fits wins. */
typedef struct Complaint {
    const char *problem;
    const char *context; /* NULL: any */
    bool at_context;     /* the place is where the thing began, not where it broke */
    const char *message;
    const char *hint; /* NULL: none */
} Complaint;

static const char quote_hint[] = "put the text in quotes";
static const char indent_hint[] = "check the indentation";
static const char tab_message[] = "a tab cannot indent";
static const char tab_hint[] = "use spaces";
static const char open_quote[] = "this quote is never closed";

static const Complaint complaints[] = {
    {"found a tab character", NULL, false, tab_message, tab_hint},
    {"found unexpected end of stream", "while scanning a quoted", true, open_quote, NULL},
    {"found unexpected document indicator", "while scanning a quoted", true, open_quote, NULL},
    {"could not find expected ':'", NULL, true, "this line is not \"key: value\"", indent_hint},
    {"block sequence entries are not allowed", NULL, false, "a list cannot begin behind a key",
     "begin it on the next line"},
    {"mapping keys are not allowed", NULL, false, "a value cannot begin with \"?\"", quote_hint},
    {"did not find expected alphabetic", "while scanning an alias", true,
     "a value cannot begin with \"*\"", quote_hint},
    {"did not find expected alphabetic", "while scanning an anchor", true,
     "a value cannot begin with \"&\"", quote_hint},
    {"", "while scanning a tag", true, "a value cannot begin with \"!\"", quote_hint},
    {"", "while parsing a tag", true, "a value cannot begin with \"!\"", quote_hint},
    {"found undefined tag handle", NULL, false, "a value cannot begin with \"!\"", quote_hint},
    {"found unknown escape character", NULL, false, "unknown escape in double quotes",
     "write \"\\\\\" for a backslash, or use single quotes"},
    {"did not find expected hexdecimal", NULL, false, "an escape needs hexadecimal digits here",
     "write \"\\\\\" for a backslash, or use single quotes"},
    {"found invalid Unicode character", NULL, false, "this escape is no character", NULL},
    {"did not find expected <document start>", NULL, false, "text behind the end of the document",
     indent_hint},
    {"found incompatible YAML document", NULL, false, "docsgen reads YAML 1.2", NULL},
    {"", "while scanning a directive", true, "a line cannot begin with \"%\"", quote_hint},
    {"", "while scanning a %YAML", true, "a line cannot begin with \"%\"", quote_hint},
    {"", "while scanning a block scalar", false,
     "the text behind \"|\" or \">\" begins on the next line", NULL},
    {"control characters are not allowed", NULL, false, "a control character cannot be used here",
     NULL},
};

static bool begins(const char *text, const char *prefix) {
    return str_starts_with(str_from(text), str_from(prefix));
}

/* The byte at the beginning of a Span, NUL at the end of the text. */
static char char_at(const YamlText *text, Span at) {
    size_t offset = at.start - text->region.start;
    if (offset >= text->bytes.size)
        return '\0';
    return text->bytes.data[offset];
}

/* The part of the line that stands before a Span. */
static Str line_before(const YamlText *text, Span at) {
    Str before = str_slice(text->bytes, 0, at.start - text->region.start);
    size_t line = str_find_last(before, '\n');
    return line == STR_NONE ? before : str_from_offset(before, line + 1);
}

/* A ":" where no key can be: a second one in the line, or the first one of a line that libyaml had
 * to take for the rest of the text above it. */
static void report_colon(const YamlText *text, Span at, DiagRule rule, Diags *diags) {
    Str before = line_before(text, at);
    if (str_find(before, STR(": "), 0) != STR_NONE) {
        diag_add(diags, rule, at, "a second \":\" in one value");
        diag_hint(diags, quote_hint);
    } else {
        Str key = str_trim(before);
        diag_add(diags, rule, span_of_str(at.source, key),
                 "the key \"%.*s\" cannot stand behind the text above it", STR_FMT(key));
        diag_hint(diags, "check the indentation, and the line above for a missing \":\"");
    }
}

/* An expected key or "-" that did not come. */
static void report_missing_entry(const YamlText *text, Span at, DiagRule rule, Diags *diags) {
    char c = char_at(text, at);
    if (c == ']' || c == '}') {
        diag_add(diags, rule, at, "this \"%c\" closes nothing", c);
        diag_hint(diags, quote_hint);
    } else if (!str_is_blank(line_before(text, at))) {
        diag_add(diags, rule, at, "text behind the end of the value");
        diag_hint(diags, "put the whole text in quotes; a quote inside of '...' is written ''");
    } else if (c == '-') {
        diag_add(diags, rule, at, "a list item where a key is expected");
        diag_hint(diags, indent_hint);
    } else {
        diag_add(diags, rule, at, "this line does not belong to anything above it");
        diag_hint(diags, indent_hint);
    }
}

/* A list or map in brackets that goes on with neither "," nor its end. When the place is on another
 * line than the bracket, the bracket is most likely the one to blame. */
static void report_open_bracket(const YamlText *text, const yaml_parser_t *parser, DiagRule rule,
                                Diags *diags) {
    Span open = yaml_text_span(text, parser->context_mark.index, 1);
    char bracket = char_at(text, open);
    if (parser->context_mark.line != parser->problem_mark.line) {
        diag_add(diags, rule, open, "this \"%c\" is never closed", bracket);
        return;
    }
    Span at = yaml_text_span(text, parser->problem_mark.index, 1);
    diag_add(diags, rule, at, "expected \",\" or \"%c\"", bracket == '[' ? ']' : '}');
    diag_hint(diags, "put text with \":\" or \",\" in quotes");
}

/* A character that nothing begins with, or a value that is not there. */
static void report_bad_start(const YamlText *text, Span at, DiagRule rule, Diags *diags) {
    char c = char_at(text, at);
    if (c == '\t') {
        diag_add(diags, rule, at, "%s", tab_message);
        diag_hint(diags, "%s", tab_hint);
    } else if (c == ',') {
        diag_add(diags, rule, at, "a value is missing before this \",\"");
    } else if (c == '\0') {
        diag_add(diags, rule, at, "the text ends inside of brackets");
        diag_hint(diags, "close every \"[\" and \"{\"");
    } else {
        diag_add(diags, rule, at, "a value cannot begin with \"%.*s\"", STR_FMT(span_text(at)));
        diag_hint(diags, "%s", quote_hint);
    }
}

static void report_by_table(const YamlText *text, const yaml_parser_t *parser, DiagRule rule,
                            Diags *diags) {
    Span at = yaml_text_span(text, parser->problem_mark.index, 1);
    if (parser->error == YAML_READER_ERROR)
        at = span_of(text->region.source, text->region.start + parser->problem_offset, 1);
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        const Complaint *row = &complaints[i];
        if (!begins(parser->problem, row->problem) ||
            (row->context && (!parser->context || !begins(parser->context, row->context))))
            continue;
        if (row->at_context)
            at = yaml_text_span(text, parser->context_mark.index, 1);
        diag_add(diags, rule, at, "%s", row->message);
        if (row->hint)
            diag_hint(diags, "%s", row->hint);
        return;
    }
    diag_add(diags, rule, at, "%s", parser->problem); /* libyaml's own words, better than none */
}

void yaml_errors_report(const yaml_parser_t *parser, const YamlText *text, DiagRule rule,
                        Diags *diags) {
    Span at = yaml_text_span(text, parser->problem_mark.index, 1);
    const char *problem = parser->problem ? parser->problem : "";
    if (begins(problem, "mapping values are not allowed"))
        report_colon(text, at, rule, diags);
    else if (begins(problem, "did not find expected ',' or"))
        report_open_bracket(text, parser, rule, diags);
    else if (begins(problem, "did not find expected key") ||
             begins(problem, "did not find expected '-'"))
        report_missing_entry(text, at, rule, diags);
    else if (begins(problem, "found character that cannot start") ||
             begins(problem, "did not find expected node content"))
        report_bad_start(text, at, rule, diags);
    else
        report_by_table(text, parser, rule, diags);
}
