#include "base/ban.h"

#include "base/utf8.h"
#include "markdown/pass.h"

/* The rules are those of GFM section 6.9, "Autolinks (extension)", as cmark-gfm applies them; ftp
 * is left out because no page may link to it. */

/* No host name is longer (RFC 1035); the bound keeps crafted text linear. */
#define HOST_LIMIT 255

typedef struct Match {
    size_t start, end;  /* in the node's text */
    const char *prefix; /* what the address lacks: "http://" or "mailto:" */
    bool is_mail;
} Match;

static bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c) {
    return is_alpha(c) || (c >= '0' && c <= '9');
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The end of the host name at `start`, or 0: segments of letters, digits, - and _, joined by
 * points; the last two without _. `dots` is how many points it must have. */
static size_t host_end(Str text, size_t start, size_t dots) {
    size_t at = start, found = 0, underscores = 0, underscores_before = 0;
    while (at < text.size && at - start <= HOST_LIMIT) {
        char c = text.data[at];
        if (c == '_') {
            underscores++;
        } else if (c == '.') {
            underscores_before = underscores;
            underscores = 0;
            found++;
        } else if (c != '-' && !is_alnum(c)) {
            Str rest = str_from_offset(text, at);
            if ((unsigned char)c < 0x80 || !utf8_is_word(utf8_take(&rest)))
                break;
            at = text.size - rest.size - 1;
        }
        at++;
    }
    bool is_host =
        at > start && is_alnum(text.data[start]) + ((unsigned char)text.data[start] >= 0x80);
    return is_host && !underscores && !underscores_before && found >= dots &&
                   at - start <= HOST_LIMIT
               ? at
               : 0;
}

/* ";" at the end goes together with a word and "&" before it, which looks like an entity. */
static size_t without_entity(Str text, size_t start, size_t end) {
    size_t at = end - 1;
    while (at > start && is_alnum(text.data[at - 1]))
        at--;
    bool is_entity = at < end - 1 && at > start && text.data[at - 1] == '&';
    return is_entity ? at - 1 : end - 1;
}

/* The end of the path that begins at `end`, less the punctuation of the sentence around it. A
 * closing parenthesis belongs to the address only when it closes one in it. */
static size_t trimmed_end(Str text, size_t start, size_t end) {
    size_t opened = 0, closed = 0;
    while (end < text.size && !is_space(text.data[end]) && text.data[end] != '<')
        end++;
    for (size_t i = start; i < end; i++) {
        opened += text.data[i] == '(';
        closed += text.data[i] == ')';
    }
    while (end > start) {
        char last = text.data[end - 1];
        if (last == ')') {
            if (closed <= opened)
                return end;
            closed--;
            end--;
        } else if (last == ';') {
            end = without_entity(text, start, end);
        } else if (strchr("?!.,:*_~'\"", last)) {
            end--;
        } else {
            return end;
        }
    }
    return end;
}

/* url = ( "http" | "https" ) "://" host path, not right behind a letter. */
static bool match_url(Str text, size_t colon, Match *match) {
    static const Str schemes[] = {{"https", 5}, {"http", 4}};
    if (!str_starts_with(str_from_offset(text, colon), STR("://")))
        return false;
    size_t start = colon;
    while (start > 0 && colon - start <= 5 && is_alpha(text.data[start - 1]))
        start--;
    Str word = str_slice(text, start, colon);
    if (!str_equal_nocase(word, schemes[0]) && !str_equal_nocase(word, schemes[1]))
        return false;
    size_t host = host_end(text, colon + 3, 0);
    if (!host)
        return false;
    *match = (Match){start, trimmed_end(text, start, host), "", false};
    return match->end > colon + 3;
}

/* What stands before byte `at`: a blank at the start of a block or line. */
static char byte_before(const MdNode *node, size_t at) {
    if (at > 0)
        return node->text.data[at - 1];
    const MdNode *prev = node->prev;
    bool is_start = !prev && node->parent->kind < MD_TEXT;
    bool is_line = prev && (prev->kind == MD_SOFT_BREAK || prev->kind == MD_LINE_BREAK);
    if (is_start || is_line || node->at.start == 0)
        return ' ';
    return node->at.source->text.data[node->at.start - 1];
}

/* www = "www." host path, behind a blank or one of * _ ~ (. */
static bool match_www(const MdNode *node, size_t start, Match *match) {
    Str text = node->text;
    char before = byte_before(node, start);
    if (!str_starts_with(str_from_offset(text, start), STR("www.")) ||
        (!is_space(before) && !strchr("*_~(", before)))
        return false;
    size_t host = host_end(text, start, 1);
    if (!host)
        return false;
    *match = (Match){start, trimmed_end(text, start, host), "http://", false};
    return match->end > start + 4;
}

/* The end of the domain of an address, behind "@", or 0: it has a point and ends with a letter. */
static size_t mail_end(Str text, size_t start) {
    size_t end = start, dots = 0;
    while (end < text.size && end - start <= HOST_LIMIT) {
        char c = text.data[end];
        bool is_dot = c == '.' && end + 1 < text.size && is_alnum(text.data[end + 1]);
        if (!is_alnum(c) && c != '-' && c != '_' && !is_dot)
            break;
        dots += is_dot;
        end++;
    }
    bool ends_well = end > start && is_alpha(text.data[end - 1]);
    bool is_open = end < text.size && text.data[end] == '@';
    return ends_well && dots && !is_open ? end : 0;
}

/* mail = [ "mailto:" ] { letter | digit | . + - _ } "@" domain */
static bool match_mail(Str text, size_t from, size_t at_sign, Match *match) {
    size_t start = at_sign;
    while (start > from && (is_alnum(text.data[start - 1]) || strchr(".+-_", text.data[start - 1])))
        start--;
    size_t end = start < at_sign ? mail_end(text, at_sign + 1) : 0;
    if (!end)
        return false;
    bool has_scheme =
        start >= from + 7 && str_equal_nocase(str_slice(text, start - 7, start), STR("mailto:"));
    *match = (Match){has_scheme ? start - 7 : start, end, has_scheme ? "" : "mailto:", true};
    return true;
}

static bool find_match(const MdNode *node, Match *match) {
    Str text = node->text;
    static const bool is_mark[256] = {[':'] = true, ['w'] = true, ['@'] = true};
    size_t from = 0; /* what an earlier @ has looked at is not looked at again */
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (!is_mark[(unsigned char)c])
            continue;
        if ((c == ':' && match_url(text, i, match)) || (c == 'w' && match_www(node, i, match)))
            return true;
        if (c != '@')
            continue;
        if (match_mail(text, from, i, match))
            return true;
        from = i + 1;
    }
    return false;
}

/* False when the address was written with escapes: `www\.a.b` is not meant as one. A pipe must be
 * escaped in a cell, so that is none. */
static bool is_as_written(const MdNode *node, const Match *match) {
    size_t start = tree_text_offset(node, match->start);
    size_t end = tree_text_offset(node, match->end);
    Str source = str_slice(node->at.source->text, start, end);
    for (size_t i = 0; i + 1 < source.size; i++)
        if (source.data[i] == '\\' && source.data[i + 1] != '|')
            return false;
    return source.size > 0;
}

static size_t span_end(Span span) {
    return (size_t)span.start + span.size;
}

/* cmark reads `_x_` in "http://a.b/_x_/c" as emphasis before the address is known; GFM reads the
 * address first. Gives where in the source the address ends when it reaches to the end of `text`
 * and emphasis follows, and 0 otherwise. */
static size_t end_behind_emphasis(const MdNode *text) {
    const MdNode *next = text->next;
    bool has_emphasis = next && (next->kind == MD_EMPHASIS || next->kind == MD_STRONG);
    size_t start = text->at.start;
    if (!has_emphasis || next->at.start != span_end(text->at) ||
        !str_equal(span_text(text->at), text->text))
        return 0;
    Str source = str_slice(text->at.source->text, start, span_end(text->parent->at));
    size_t end = trimmed_end(source, 0, text->text.size);
    bool is_plain = str_find_char(str_slice(source, 0, end), '\\', 0) == STR_NONE;
    return is_plain && end > text->text.size ? start + end : 0;
}

/* Gives `text`, whose end is the source's byte `end`, what stands behind it up to there. False, and
 * nothing changed, when `end` falls into something that cannot be cut. */
static bool absorb(const MdPass *pass, MdNode *text, size_t end) {
    MdNode *last = text->next;
    while (last && span_end(last->at) < end)
        last = last->next;
    bool is_whole = last && span_end(last->at) == end;
    bool is_text = last && last->kind == MD_TEXT && str_equal(span_text(last->at), last->text);
    if (!last || (!is_whole && !is_text))
        return false;
    if (!is_whole)
        tree_split_text(pass->arena, last, end - last->at.start);
    MdNode *behind = last->next;
    while (text->next != behind)
        tree_remove(text->next);
    text->at.size = (uint32_t)(end - text->at.start);
    text->text = span_text(text->at);
    return true;
}

static MdNode *make_link(const MdPass *pass, MdNode *text, const char *prefix) {
    MdNode *link = tree_wrap(pass->arena, text, text, MD_LINK);
    link->url = str_format(pass->arena, "%s%.*s", prefix, STR_FMT(text->text));
    link->at = link->url_at = text->at;
    return link;
}

MdNode *autolink_text(const MdPass *pass, MdNode *node) {
    Match match;
    while (find_match(node, &match)) {
        MdNode *text = match.start ? tree_split_text(pass->arena, node, match.start) : node;
        size_t size = match.end - match.start;
        Match own = {0, size, match.prefix, match.is_mail};
        bool is_cut = match.is_mail || size < text->text.size;
        size_t end = is_cut ? 0 : end_behind_emphasis(text);
        MdNode *rest = NULL;
        if (!end || !absorb(pass, text, end))
            rest = size < text->text.size ? tree_split_text(pass->arena, text, size) : NULL;
        bool is_link = is_as_written(text, &own);
        MdNode *done = is_link ? make_link(pass, text, match.prefix) : text;
        if (!rest && done->next && done->next->kind == MD_TEXT)
            rest = done->next;
        if (!rest)
            return is_link ? done->first : done;
        node = rest;
    }
    return node;
}
