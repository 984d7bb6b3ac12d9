#include "base/ban.h"

#include "markdown/guard.h"

#include <cmark-gfm-extension_api.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "markdown/md.h"
#include "markdown/rows.h"

/* Marks an emptied block through its user data; the address is all that matters. */
static char emptied;

/* More than a byte can count for: a short text is below the limit without counting. */
#define PARTS_OF_BYTE 8

/* A list within a list, an item within that: four nodes with ours for two bytes of a line. */
#define NESTED_COST 4

size_t md_count_parts(Str text) {
    static const unsigned char costs[256] = {
        ['['] = 2, [']'] = 2, ['!'] = 2, ['*'] = 2, ['_'] = 2,  ['~'] = 2,  ['<'] = 2,
        ['>'] = 2, ['`'] = 2, ['&'] = 2, ['|'] = 2, ['\\'] = 2, ['\n'] = 4, ['#'] = 4};
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += costs[(unsigned char)text.data[i]];
    for (Str rest = text; rest.data;) {
        size_t depth;
        md_lines_prefix(str_cut(&rest, '\n'), &depth);
        if (depth > 1)
            count += (depth - 1) * NESTED_COST;
    }
    return count;
}

bool guard_accepts_text(const Source *source, Diags *diags) {
    Str text = source->text;
    if (text.size > LIMIT_PAGE_SIZE) {
        diag_add(diags, DIAG_PAGE_LIMIT, span_of(source, 0, 0),
                 "page of %zu bytes is larger than the limit of %zu", text.size, LIMIT_PAGE_SIZE);
        diag_hint(diags, "split it into several pages");
        return false;
    }
    if (text.size * PARTS_OF_BYTE > LIMIT_PAGE_PARTS && md_count_parts(text) > LIMIT_PAGE_PARTS) {
        diag_add(diags, DIAG_PAGE_LIMIT, span_of(source, 0, 0),
                 "page has more lines, brackets and other marks than would fit in memory");
        diag_hint(diags, "split it into several pages");
        return false;
    }
    size_t bad = utf8_find_invalid(text);
    size_t nul = str_find_char(text, '\0', 0);
    size_t at = nul < bad ? nul : bad;
    if (at == STR_NONE)
        return true;
    diag_add(diags, DIAG_PAGE_ENCODING, span_of(source, at, 1),
             at == nul ? "byte 0x%02X does not belong in text" : "byte 0x%02X is not UTF-8",
             (unsigned)(unsigned char)text.data[at]);
    diag_hint(diags, "save the file as UTF-8");
    return false;
}

/* A rule of dashes or stars with blanks between looks like nested lists and is none. */
static bool is_rule(Str line) {
    char mark = 0;
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (c == ' ' || c == '\t' || c == '>')
            continue;
        if ((mark && c != mark) || (c != '-' && c != '*'))
            return false;
        mark = c;
    }
    return mark != 0;
}

static bool accepts_depth(const MdLines *lines, size_t index, Diags *diags) {
    Str line = md_lines_get(lines, index);
    if (line.size <= LIMIT_NESTING)
        return true;
    size_t depth = 0, size = md_lines_prefix(line, &depth);
    if (depth <= LIMIT_NESTING || is_rule(line))
        return true;
    diag_add(diags, DIAG_PAGE_LIMIT, span_of(lines->source, lines->starts[index], size),
             "line nested %zu deep, more than the limit of %zu", depth, LIMIT_NESTING);
    return false;
}

/* Follows tables through the lines: how wide, and how many cells their rows leave out. */
typedef struct TableCount {
    size_t columns; /* of the table that this line may belong to; 0 outside */
    size_t gaps;    /* in the page so far */
} TableCount;

/* Whatever follows a row of dashes up to a blank line may be a row: cmark fills each up to the
 * table's width, so 11 KB of input once became 20 MB. */
static bool accepts_row(const MdLines *lines, size_t index, TableCount *table, Diags *diags) {
    Str line = md_lines_get(lines, index);
    Span at = span_of(lines->source, lines->starts[index], line.size);
    if (md_row_is_delimiter(line)) {
        table->columns = md_row_count(line);
        if (table->columns > LIMIT_TABLE_COLUMNS) {
            diag_add(diags, DIAG_PAGE_LIMIT, at, "table of %zu columns, more than the limit of %zu",
                     table->columns, LIMIT_TABLE_COLUMNS);
            return false;
        }
    } else if (table->columns > 1) {
        size_t count = str_is_blank(line) ? 0 : md_row_count(line);
        if (count == 0)
            table->columns = 0;
        else if (count < table->columns)
            table->gaps += table->columns - count;
        if (table->gaps > LIMIT_TABLE_GAPS) {
            diag_add(diags, DIAG_PAGE_LIMIT, at,
                     "tables leave out more than the limit of %zu cells", LIMIT_TABLE_GAPS);
            return false;
        }
    }
    return true;
}

/* Only the first mistake is told: the rest of such a page is seldom written by a person. */
bool guard_accepts_lines(const MdLines *lines, Diags *diags) {
    TableCount table = {0, 0};
    /* In few lines no table can leave out too much, and in a short one none is too wide. */
    bool has_few = lines->count * LIMIT_TABLE_COLUMNS <= LIMIT_TABLE_GAPS;
    for (size_t i = 0; i < lines->count; i++) {
        size_t size = lines->ends[i] - lines->starts[i];
        if (size > LIMIT_LINE_SIZE) {
            diag_add(diags, DIAG_PAGE_LIMIT, span_of(lines->source, lines->starts[i], 0),
                     "line of %zu bytes is longer than the limit of %zu", size, LIMIT_LINE_SIZE);
            diag_hint(diags, "break the line");
            return false;
        }
        if (!accepts_depth(lines, i, diags))
            return false;
        if ((!has_few || size > LIMIT_TABLE_COLUMNS) && !accepts_row(lines, i, &table, diags))
            return false;
    }
    return true;
}

/* What a use of the longest definition copies, beyond what an honest address needs. */
static size_t copied_size(size_t reference_size) {
    return reference_size > 256 ? reference_size * 8 : 0;
}

/* An upper bound of the steps that cmark takes over the inlines in `text` beyond linear ones:
 * - every link walks over all images that are still open ("![[]()" repeated);
 * - "<?", "<!A" and "<![CDATA[" look for their end up to the end of the block, each anew;
 * - every use of a long definition copies it (counted only beyond what an honest address needs). */
static size_t inline_steps(Str text, size_t reference_size) {
    size_t images = 0, closers = 0, openers = 0;
    for (size_t i = 0; i < text.size; i++) {
        char next = ' ';
        if (i + 1 < text.size)
            next = text.data[i + 1];
        if (text.data[i] == ']')
            closers++;
        else if (text.data[i] == '!' && next == '[')
            images++;
        else if (text.data[i] == '<' && (next == '?' || next == '!'))
            openers++;
    }
    return images * closers + openers * text.size + closers * copied_size(reference_size);
}

/* How often `first` stands before one of `others`. */
static size_t count_pairs(Str text, char first, const char *others) {
    size_t count = 0;
    for (size_t at = str_find_char(text, first, 0); at != STR_NONE;
         at = str_find_char(text, first, at + 1))
        count += at + 1 < text.size && strchr(others, text.data[at + 1]);
    return count;
}

/* Index of the line a block begins on; the paragraph above a table has none. */
static size_t node_line(cmark_node *node) {
    int line = cmark_node_get_start_line(node);
    return line > 0 ? (size_t)line - 1 : 0;
}

void guard_blocks(cmark_node *root, size_t reference_size, const MdLines *lines, Diags *diags) {
    /* Nearly every page is so short, or has so little in it, that nothing could take too long. Its
     * blocks together are no longer than the page, but for tabs that became up to four blanks. */
    Str text = lines->source->text;
    size_t marks = text.size * 3, size = text.size, steps = 0;
    if (size * (marks + copied_size(reference_size)) > LIMIT_INLINE_STEPS)
        marks = count_pairs(text, '!', "[") * 4 + count_pairs(text, '<', "?!") * 4;
    if (size * (marks + copied_size(reference_size)) <= LIMIT_INLINE_STEPS)
        return;
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        const char *content =
            event == CMARK_EVENT_ENTER ? cmark_node_get_string_content(node) : NULL;
        if (!content || !content[0])
            continue;
        size_t cost = inline_steps(str_from(content), reference_size);
        if (cost <= LIMIT_INLINE_STEPS - steps) {
            steps += cost;
            continue;
        }
        size_t line = node_line(node);
        size_t start = line < lines->count ? lines->starts[line] : 0;
        diag_add(diags, DIAG_PAGE_LIMIT, span_of(lines->source, start, 0),
                 "brackets or unclosed HTML here would take too long to read");
        diag_hint(diags, "close them, or use a code block");
        /* Not wholly empty: cmark would then take the block for a used-up definition. */
        cmark_node_set_string_content(node, ".");
        cmark_node_set_user_data(node, &emptied);
    }
    cmark_iter_free(iter);
}

bool guard_is_marked(cmark_node *node) {
    return cmark_node_get_user_data(node) == &emptied;
}
