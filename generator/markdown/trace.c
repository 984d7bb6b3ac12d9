#include "base/ban.h"

#include "markdown/trace.h"

#include <cmark-gfm/cmark-gfm.h>
#include <cmark-gfm/houdini.h>

/* How deep a bare destination may nest parentheses; as in cmark. */
#define PARENTHESES_LIMIT 32

static bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

/* The byte at `at`, or NUL behind the end; no text holds a NUL. */
static char byte_at(Str text, size_t at) {
    if (at >= text.size)
        return '\0';
    return text.data[at];
}

/* An example of the walk. For the source line `> a *b* [c](d)` cmark has read "a *b* [c](d)", which
 * trace_begin_lines finds to be the end of that line. Its inlines then take from this text in turn:
 *
 *   TEXT "a "   "a "          LINK enter  "["
 *   EMPHASIS    "*"           TEXT "c"    "c"
 *   TEXT "b"    "b"           LINK leave  "](d)", and the destination is "d"
 *   ... leave   "*"
 *
 * What a node takes follows from its kind and text alone, so nothing is searched for and nothing is
 * guessed; each byte is looked at once. */

/* --- places ------------------------------------------------------------------------------- */

size_t trace_source(Trace *trace, size_t at) {
    while (trace->piece > 0 && trace->pieces[trace->piece].text > at)
        trace->piece--;
    while (trace->piece + 1 < trace->piece_count && trace->pieces[trace->piece + 1].text <= at)
        trace->piece++;
    return trace->pieces[trace->piece].source + (at - trace->pieces[trace->piece].text);
}

/* Both ends are looked up on their own: between them may stand what is no part of the text. */
Span trace_span(Trace *trace, size_t start, size_t end) {
    size_t from = trace_source(trace, start);
    size_t to = end > start ? trace_source(trace, end - 1) + 1 : from;
    size_t size = trace->lines->source->text.size;
    return span_of(trace->lines->source, from < size ? from : size, to <= size ? to - from : 0);
}

Span trace_whole(const Trace *trace) {
    return trace->whole;
}

/* --- text --------------------------------------------------------------------------------- */

/* entity = "&" name ";" | "&#" digits ";" | "&#x" hex ";". Size 0 when there is none. */
static size_t decode_entity(Str source, char decoded[8], size_t *size) {
    cmark_strbuf out;
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &out, 0);
    size_t limit = source.size < 64 ? source.size : 64;
    bufsize_t taken =
        houdini_unescape_ent(&out, (const uint8_t *)source.data + 1, (bufsize_t)limit - 1);
    *size = (size_t)out.size <= 8 ? (size_t)out.size : 0;
    memcpy(decoded, out.ptr, *size);
    cmark_strbuf_free(&out);
    return taken && *size ? (size_t)taken + 1 : 0;
}

size_t trace_decode(Str source, bool has_escapes, char decoded[8], size_t *size) {
    *size = 1;
    decoded[0] = source.data[0];
    if (source.data[0] == '\\' && has_escapes && source.size > 1 &&
        is_punctuation(source.data[1])) {
        decoded[0] = source.data[1];
        return 2;
    }
    if (source.data[0] == '&' && source.size > 1) {
        size_t taken = decode_entity(source, decoded, size);
        if (taken)
            return taken;
        *size = 1;
        decoded[0] = '&';
    }
    return 1;
}

/* The inside of a set of characters as patterns have it, such as A-Z or a-z0-9_: ranges of letters
 * or digits, and punctuation. */
static bool is_character_set(Str inner) {
    size_t ranges = 0;
    for (size_t i = 0; i < inner.size; i++) {
        char c = inner.data[i];
        bool is_range = i + 2 < inner.size && inner.data[i + 1] == '-' && c < inner.data[i + 2] &&
                        !is_punctuation(c) && !is_punctuation(inner.data[i + 2]);
        if (trace_is_space(c) || (!is_range && !is_punctuation(c)))
            return false;
        ranges += is_range;
        i += is_range ? 2 : 0;
    }
    return ranges > 0;
}

/* A bracket that closes inside of text: nothing that cmark could resolve. `[text][label]` is two
 * such pairs side by side; behind a word or another bracket it is an index, not a link. */
static void close_bracket(Trace *trace) {
    size_t close = trace->at;
    size_t open = trace->open[--trace->open_count];
    Str inner = str_slice(trace->text, open + 1, close);
    bool is_footnote = inner.size > 1 && inner.data[0] == '^';
    if (is_footnote && str_find_char(inner, ' ', 0) == STR_NONE) {
        references_add_missing(trace->uses, str_from_offset(inner, 1), true,
                               trace_span(trace, open + 2, close));
    } else if (open > 0 && trace->last_close == open - 1) {
        size_t first = trace->last_open;
        char before = byte_at(trace->text, first - 1);
        bool is_index =
            before && !trace_is_space(before) && (!is_punctuation(before) || strchr("])_", before));
        bool is_collapsed = inner.size == 0;
        bool is_pattern = is_character_set(inner) &&
                          is_character_set(str_slice(trace->text, first + 1, open - 1));
        Span at = is_collapsed ? trace_span(trace, first + 1, open - 1)
                               : trace_span(trace, open + 1, close);
        if (is_collapsed)
            inner = str_slice(trace->text, first + 1, open - 1);
        if (!is_index && !is_pattern && !str_is_blank(inner))
            references_add_missing(trace->uses, inner, false, at);
    }
    trace->last_open = open;
    trace->last_close = close;
}

/* More open brackets than fit are not looked at: they belong to no reference anyone meant. */
static void note_bracket(Trace *trace, char c) {
    if (c == '[' && trace->open_count < sizeof trace->open / sizeof trace->open[0])
        trace->open[trace->open_count++] = (uint32_t)trace->at;
    else if (c == ']' && trace->open_count)
        close_bracket(trace);
}

/* Takes the bytes up to the next escape, entity or bracket, at most `room`; gives how many. */
static size_t take_plain(Trace *trace, size_t room) {
    static const bool is_mark[256] = {['\\'] = true, ['&'] = true, ['['] = true, [']'] = true};
    size_t start = trace->at, left = trace->text.size - start;
    size_t end = start + (left < room ? left : room);
    while (trace->at < end && !is_mark[(unsigned char)trace->text.data[trace->at]])
        trace->at++;
    return trace->at - start;
}

/* Takes what the literal was read from: the same bytes, with escapes and entities before they were
 * resolved. */
static bool enter_text(Trace *trace, MdNode *node) {
    size_t done = 0;
    while (done < node->text.size) {
        size_t start = trace->at, plain = take_plain(trace, node->text.size - done);
        if (plain && memcmp(node->text.data + done, trace->text.data + start, plain) != 0)
            return false;
        done += plain;
        if (done == node->text.size)
            return true;
        if (trace->at >= trace->text.size)
            return false;
        char c = trace->text.data[trace->at];
        if (c == '[' || c == ']') {
            if (c != node->text.data[done])
                return false;
            if (!trace->is_autolink)
                note_bracket(trace, c);
            trace->at++;
            done++;
            continue;
        }
        char decoded[8];
        size_t size;
        size_t taken = trace_decode(str_from_offset(trace->text, trace->at), !trace->is_autolink,
                                    decoded, &size);
        if (size > node->text.size - done || memcmp(node->text.data + done, decoded, size) != 0)
            return false;
        trace->at += taken;
        done += size;
    }
    return true;
}

/* --- other leaves ------------------------------------------------------------------------- */

static char peek(const Trace *trace) {
    return byte_at(trace->text, trace->at);
}

static bool take_char(Trace *trace, char c) {
    if (peek(trace) != c)
        return false;
    trace->at++;
    return true;
}

static void skip_blanks(Trace *trace) {
    while (peek(trace) == ' ' || peek(trace) == '\t')
        trace->at++;
}

/* break = "\" line-end | blanks line-end blanks; cmark keeps blanks behind a backslash as text. */
static bool enter_break(Trace *trace, MdNode *node) {
    (void)node;
    skip_blanks(trace);
    bool is_backslash = take_char(trace, '\\');
    bool has_end = take_char(trace, '\r');
    has_end = take_char(trace, '\n') || has_end;
    if (!is_backslash)
        skip_blanks(trace);
    return has_end;
}

/* code = run-of-backticks text run-of-as-many */
static bool enter_code(Trace *trace, MdNode *node) {
    (void)node;
    size_t opening = 0;
    while (take_char(trace, '`'))
        opening++;
    while (opening && trace->at < trace->text.size) {
        size_t next = str_find_char(trace->text, '`', trace->at);
        if (next == STR_NONE)
            return false;
        trace->at = next;
        size_t closing = 0;
        while (take_char(trace, '`'))
            closing++;
        if (closing == opening)
            return true;
    }
    return false;
}

/* HTML is kept byte for byte, line ends included. */
static bool enter_html(Trace *trace, MdNode *node) {
    if (!str_starts_with(str_from_offset(trace->text, trace->at), node->text))
        return false;
    trace->at += node->text.size;
    return true;
}

/* footnote = "[^" label "]" */
static bool enter_footnote(Trace *trace, MdNode *node) {
    (void)node;
    size_t start = trace->at + 2;
    size_t end = str_find_char(trace->text, ']', trace->at);
    if (!take_char(trace, '[') || !take_char(trace, '^') || end == STR_NONE || end < start)
        return false;
    references_add_used(trace->uses, str_slice(trace->text, start, end), true);
    trace->at = end + 1;
    return true;
}

/* --- containers --------------------------------------------------------------------------- */

/* Whether the sign was * or _ does not matter: cmark has paired them already. In `***a***` the two
 * nodes take one and two signs, whichever is the outer one. */
static bool take_emphasis(Trace *trace, MdNode *node) {
    (void)node;
    return take_char(trace, '*') || take_char(trace, '_');
}

static bool take_strong(Trace *trace, MdNode *node) {
    bool has_first = take_emphasis(trace, node);
    return has_first && take_emphasis(trace, node);
}

/* link = "<" address ">" | "[" inlines "]" and what leave_link reads */
static bool enter_link(Trace *trace, MdNode *node) {
    (void)node;
    if (take_char(trace, '<')) {
        trace->is_autolink = true;
        return true;
    }
    return take_char(trace, '[');
}

static bool enter_image(Trace *trace, MdNode *node) {
    (void)node;
    return take_char(trace, '!') && take_char(trace, '[');
}

static size_t skip_space(Str text, size_t at) {
    while (at < text.size && trace_is_space(text.data[at]))
        at++;
    return at;
}

/* bracketed = "<" { not "<" ">" line-end | "\" any } ">". The offset behind it, or STR_NONE. */
static size_t end_of_bracketed(Str text, size_t at) {
    for (at++; at < text.size && text.data[at] != '>'; at++) {
        if (text.data[at] == '\n' || text.data[at] == '<')
            return STR_NONE;
        if (text.data[at] == '\\')
            at++;
    }
    return at < text.size ? at + 1 : STR_NONE;
}

/* bare = { not space, parentheses in pairs | "\" punctuation }. The offset behind it, or STR_NONE.
 */
static size_t end_of_bare(Str text, size_t at) {
    size_t open = 0;
    for (; at < text.size && !trace_is_space(text.data[at]); at++) {
        char c = text.data[at];
        if (c == '\\' && at + 1 < text.size && is_punctuation(text.data[at + 1]))
            at++;
        else if (c == '(' && ++open > PARENTHESES_LIMIT)
            return STR_NONE;
        else if (c == ')' && open-- == 0)
            return at;
    }
    return at < text.size ? at : STR_NONE;
}

/* title = quote { not that quote | "\" any } quote, or the same in parentheses. The offset behind
 * it; `at` when there is none. */
static size_t end_of_title(Str text, size_t at) {
    char open = byte_at(text, at);
    if (open != '"' && open != '\'' && open != '(')
        return at;
    char close = open;
    if (open == '(')
        close = ')';
    for (size_t end = at + 1; end < text.size; end++) {
        if (text.data[end] == close)
            return end + 1;
        if (open == '(' && text.data[end] == '(')
            return at;
        if (text.data[end] == '\\')
            end++;
    }
    return at;
}

/* inline = "(" [ destination [ space title ] ] ")". False when the text at `at` is none. */
static bool leave_inline_link(Trace *trace, MdNode *node) {
    Str text = trace->text;
    if (peek(trace) != '(')
        return false;
    size_t start = skip_space(text, trace->at + 1);
    bool is_bracketed = start < text.size && text.data[start] == '<';
    size_t end = is_bracketed ? end_of_bracketed(text, start) : end_of_bare(text, start);
    if (end == STR_NONE)
        return false;
    size_t title = skip_space(text, end);
    size_t close = skip_space(text, title > end ? end_of_title(text, title) : title);
    if (close >= text.size || text.data[close] != ')')
        return false;
    node->url_at = trace_span(trace, start + is_bracketed, end - is_bracketed);
    trace->at = close + 1;
    return true;
}

/* label = "[" { not "[" "]" | "\" any } "]". The offset of its end bracket, or STR_NONE. */
static size_t end_of_label(Str text, size_t at) {
    if (at >= text.size || text.data[at] != '[')
        return STR_NONE;
    for (size_t end = at + 1; end < text.size && end - at <= TRACE_LABEL_LIMIT + 1; end++) {
        if (text.data[end] == ']')
            return end;
        if (text.data[end] == '[')
            return STR_NONE;
        if (text.data[end] == '\\')
            end++;
    }
    return STR_NONE;
}

/* reference = [ "[" [ label ] "]" ]: full, collapsed, or nothing behind the link's text. */
static bool leave_reference(Trace *trace, MdNode *node, size_t text_start) {
    size_t text_end = trace->at - 1;
    size_t label_end = end_of_label(trace->text, trace->at);
    bool is_full = label_end != STR_NONE && label_end > trace->at + 1;
    size_t start = is_full ? trace->at + 1 : text_start;
    size_t end = is_full ? label_end : text_end;
    node->url_at = trace_span(trace, start, end);
    references_add_used(trace->uses, str_slice(trace->text, start, end), false);
    if (label_end != STR_NONE)
        trace->at = label_end + 1;
    return true;
}

/* The forms are tried in the order in which cmark tries them, with its rules, so the first that
 * fits is the one it has taken. */
static bool leave_link(Trace *trace, MdNode *node) {
    /* Where the link began in the text; `repeat` says nothing else about links. */
    size_t start = node->repeat;
    node->repeat = 0;
    if (trace->is_autolink) {
        trace->is_autolink = false;
        node->url_at = trace_span(trace, start + 1, trace->at);
        return take_char(trace, '>');
    }
    size_t text_start = start + (node->kind == MD_IMAGE ? 2 : 1);
    if (!take_char(trace, ']'))
        return false;
    return leave_inline_link(trace, node) || leave_reference(trace, node, text_start);
}

/* --- steps -------------------------------------------------------------------------------- */

typedef bool (*TraceStep)(Trace *trace, MdNode *node);

static const TraceStep enter_steps[MD_KIND_COUNT] = {
    [MD_TEXT] = enter_text,        [MD_SOFT_BREAK] = enter_break,
    [MD_LINE_BREAK] = enter_break, [MD_CODE] = enter_code,
    [MD_HTML] = enter_html,        [MD_EMPHASIS] = take_emphasis,
    [MD_STRONG] = take_strong,     [MD_LINK] = enter_link,
    [MD_IMAGE] = enter_image,      [MD_FOOTNOTE_REF] = enter_footnote,
};

static const TraceStep leave_steps[MD_KIND_COUNT] = {
    [MD_EMPHASIS] = take_emphasis,
    [MD_STRONG] = take_strong,
    [MD_LINK] = leave_link,
    [MD_IMAGE] = leave_link,
};

void trace_enter(Trace *trace, MdNode *node) {
    size_t start = trace->at;
    if (node->kind == MD_LINK || node->kind == MD_IMAGE)
        node->repeat = (uint32_t)start;
    if (!trace->is_lost && enter_steps[node->kind])
        trace->is_lost = !enter_steps[node->kind](trace, node);
    node->at = trace->is_lost ? trace->whole : trace_span(trace, start, trace->at);
    node->url_at = node->at;
}

void trace_enter_plain(Trace *trace, MdNode *node) {
    trace->at = node->text.size;
    node->at = trace->is_lost ? trace->whole : trace_span(trace, 0, trace->at);
    node->url_at = node->at;
}

void trace_leave(Trace *trace, MdNode *node) {
    if (!trace->is_lost && leave_steps[node->kind])
        trace->is_lost = !leave_steps[node->kind](trace, node);
    if (trace->is_lost) {
        node->at = node->url_at = trace->whole;
        node->repeat = 0;
        return;
    }
    /* Only the end is new: the start was found on entering. */
    size_t end = trace->at ? trace_source(trace, trace->at - 1) + 1 : node->at.start;
    node->at.size = (uint32_t)end - node->at.start;
}
