#include "base/ban.h"

#include "markdown/code.h"

#include "base/escape.h"
#include "base/num.h"
#include "highlight/highlight.h"

#define LINE_LIMIT 1000000 /* largest number in a range; more lines no page holds */

/* Kinds of marked lines; what the info string calls them and their class. */
typedef enum MarkKind {
    MARK_PLAIN,
    MARK_INSERTED,
    MARK_DELETED,
    MARK_KIND_COUNT
} MarkKind;

static const struct {
    const char *name, *class_name;
} marks[MARK_KIND_COUNT] = {
    [MARK_PLAIN] = {"mark", "is-marked"},
    [MARK_INSERTED] = {"ins", "is-inserted"},
    [MARK_DELETED] = {"del", "is-deleted"},
};

/* What the info string says:
 * info = [ language ] { title="text" | tab="text" | linenums [ ="first" ] | [ mark= | ins= | del= ]
 * "{" ranges
 * "}" } */
typedef struct CodeInfo {
    Str language, title, tab;
    bool has_numbers;
    int64_t first; /* number of the first line */
    Str ranges[MARK_KIND_COUNT];
} CodeInfo;

/* Takes the value behind a name: "quoted", {in braces} or up to the next blank. */
static Str take_value(Str *rest) {
    char first = rest->size ? rest->data[0] : '\0';
    char close = first == '"' ? '"' : first == '\'' ? '\'' : first == '{' ? '}' : ' ';
    size_t start = close != ' ';
    size_t end = str_find_char(*rest, close, start);
    Str value = str_slice(*rest, start, end == STR_NONE ? rest->size : end);
    *rest = str_from_offset(*rest, end == STR_NONE ? rest->size : end + 1);
    return value;
}

static void set_option(CodeInfo *info, Str name, bool has_value, Str value) {
    if (str_equal(name, STR("title"))) {
        info->title = value;
    } else if (str_equal(name, STR("tab"))) {
        info->tab = value;
    } else if (str_equal(name, STR("linenums")) || str_equal(name, STR("showLineNumbers"))) {
        info->has_numbers = true;
        if (!has_value || !num_parse_range(value, 0, LINE_LIMIT, &info->first))
            info->first = 1;
    } else {
        for (int i = 0; i < MARK_KIND_COUNT; i++) {
            if (str_equal(name, str_from(marks[i].name)))
                info->ranges[i] = value;
        }
    }
}

static CodeInfo read_info(Str rest) {
    CodeInfo info = {.first = 1};
    rest = str_trim(rest);
    size_t end = 0;
    while (end < rest.size && !strchr(" \t,{", rest.data[end]))
        end++;
    info.language = str_slice(rest, 0, end);
    rest = str_from_offset(rest, end);
    while (rest.size) {
        if (strchr(" \t,", rest.data[0])) {
            rest = str_from_offset(rest, 1);
            continue;
        }
        size_t name_end = 0;
        while (name_end < rest.size && !strchr(" \t={", rest.data[name_end]))
            name_end++;
        Str name = str_slice(rest, 0, name_end);
        rest = str_from_offset(rest, name_end);
        bool has_value = rest.size && (rest.data[0] == '=' || rest.data[0] == '{');
        if (has_value && rest.data[0] == '=')
            rest = str_from_offset(rest, 1);
        Str value = has_value ? take_value(&rest) : (Str){NULL, 0};
        set_option(&info, name.size ? name : STR("mark"), has_value, value);
    }
    return info;
}

/* ranges = range { "," range }, range = number [ "-" number ]. +1 where a range begins and -1
 * behind its end, so that any number of ranges costs no more than its text. */
static int *read_ranges(Str ranges, size_t line_count, Arena *arena) {
    int *steps = ARENA_ARRAY(arena, int, line_count + 2);
    while (ranges.data) {
        Str range = str_trim(str_cut(&ranges, ','));
        Str first_text = str_trim(str_cut(&range, '-'));
        int64_t first, last;
        if (!num_parse_range(first_text, 1, LINE_LIMIT, &first))
            continue;
        last = first;
        if (range.data && !num_parse_range(str_trim(range), first, LINE_LIMIT, &last))
            continue;
        if ((size_t)first > line_count)
            continue;
        steps[first]++;
        steps[(size_t)last < line_count ? (size_t)last + 1 : line_count + 1]--;
    }
    return steps;
}

static size_t count_lines(Str text) {
    size_t count = text.size && text.data[text.size - 1] != '\n';
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '\n';
    return count;
}

/* One token, or the part of it on one line. */
static void add_token(TokenKind kind, Str text, Buf *out) {
    Str class_name = highlight_class(kind);
    if (class_name.size == 0 || str_is_blank(text)) {
        html_escape(out, text);
        return;
    }
    buf_add_text(out, "<span class=\"tok-");
    buf_add_char(out, class_name.data[0]);
    buf_add_text(out, "\">");
    html_escape(out, text);
    buf_add_text(out, "</span>");
}

static void add_tokens(const Tokens *tokens, Str text, Buf *out) {
    size_t start = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        add_token(tokens->items[i].kind, str_slice(text, start, tokens->items[i].end), out);
        start = tokens->items[i].end;
    }
}

/* Tokens cut at the ends of lines, each line in a span of its own. */
typedef struct LineWriter {
    const CodeInfo *info;
    int *steps[MARK_KIND_COUNT]; /* NULL: no line is marked so */
    int depth[MARK_KIND_COUNT];
    size_t line; /* from 1 */
    Buf *out;
} LineWriter;

static void open_line(LineWriter *writer) {
    buf_add_text(writer->out, "<span class=\"line");
    for (int i = 0; i < MARK_KIND_COUNT; i++) {
        writer->depth[i] += writer->steps[i] ? writer->steps[i][writer->line] : 0;
        if (writer->depth[i] > 0)
            buf_add_format(writer->out, " %s", marks[i].class_name);
    }
    buf_add_char(writer->out, '"');
    if (writer->info->has_numbers)
        buf_add_format(writer->out, " data-line=\"%lld\"",
                       (long long)(writer->info->first + (int64_t)writer->line - 1));
    buf_add_char(writer->out, '>');
}

static void add_lines(LineWriter *writer, const Tokens *tokens, Str text) {
    size_t start = 0;
    bool is_open = false;
    for (size_t i = 0; i < tokens->count; i++) {
        for (Str rest = str_slice(text, start, tokens->items[i].end); rest.size;) {
            size_t feed = str_find_char(rest, '\n', 0);
            if (!is_open)
                open_line(writer);
            is_open = feed == STR_NONE;
            add_token(tokens->items[i].kind, str_slice(rest, 0, is_open ? rest.size : feed),
                      writer->out);
            rest = str_from_offset(rest, is_open ? rest.size : feed + 1);
            if (!is_open) {
                buf_add_text(writer->out, "\n</span>");
                writer->line++;
            }
        }
        start = tokens->items[i].end;
    }
    if (is_open)
        buf_add_text(writer->out, "</span>");
}

static void add_code(const CodeInfo *info, Str text, Buf *out) {
    bool has_lines = info->has_numbers;
    for (int i = 0; i < MARK_KIND_COUNT; i++)
        has_lines |= info->ranges[i].size > 0;
    const Language *language = highlight_find(info->language);
    if (!language && !has_lines) {
        html_escape(out, text);
        return;
    }
    Arena *scratch = arena_new();
    Token whole = {TOKEN_TEXT, (uint32_t)text.size};
    Tokens tokens = {&whole, text.size > 0, 1};
    if (language)
        tokens = highlight(language, text, scratch);
    if (!has_lines) {
        add_tokens(&tokens, text, out);
    } else {
        LineWriter writer = {.info = info, .line = 1, .out = out};
        size_t line_count = count_lines(text);
        for (int i = 0; i < MARK_KIND_COUNT; i++)
            writer.steps[i] =
                info->ranges[i].size ? read_ranges(info->ranges[i], line_count, scratch) : NULL;
        add_lines(&writer, &tokens, text);
    }
    arena_free(scratch);
}

Str code_tab(const MdNode *node) {
    return str_find(node->title, STR("tab="), 0) == STR_NONE ? (Str){NULL, 0}
                                                             : read_info(node->title).tab;
}

void code_render(const MdNode *node, Buf *out) {
    CodeInfo info = read_info(node->title);
    if (info.title.size) {
        buf_add_text(out, "<figure class=\"code\">\n<figcaption>");
        html_escape(out, info.title);
        buf_add_text(out, "</figcaption>\n");
    }
    /* A block that is wider than the page scrolls, so the keyboard must reach it. */
    buf_add_text(out, "<pre tabindex=\"0\"><code");
    if (info.language.size) {
        buf_add_text(out, " class=\"language-");
        html_escape(out, info.language);
        buf_add_char(out, '"');
    }
    buf_add_char(out, '>');
    add_code(&info, node->text, out);
    buf_add_text(out, "</code></pre>\n");
    if (info.title.size)
        buf_add_text(out, "</figure>\n");
}
