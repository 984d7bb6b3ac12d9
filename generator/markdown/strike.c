#include "base/ban.h"

#include "base/utf8.h"
#include "markdown/pass.h"

/* GFM section 6.5, "Strikethrough": the delimiter runs of CommonMark with `~`, one or two long. The
 * runs are first cut out of the text into nodes of their own, then paired, and at last what found
 * no partner is joined with the text again. Runs pair among siblings only: emphasis is known
 * already, and a run inside of it cannot close one outside. */

/* A run of one or two tildes that is a text node of its own. */
typedef struct Tildes {
    MdNode *node;
    size_t size;
    bool can_open, can_close;
} Tildes;

typedef struct Strike {
    const MdPass *pass;
    Tildes *runs;
    size_t count, capacity;
} Strike;

static bool is_space(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x3000;
}

/* ASCII punctuation, and the Unicode punctuation that occurs in prose. */
static bool is_punctuation(uint32_t c) {
    if (c < 0x80)
        return c > ' ' && !utf8_is_word(c);
    return (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x301F) || c == 0xA1 || c == 0xAB ||
           c == 0xBB || c == 0xBF;
}

static uint32_t character_before(const MdNode *node, size_t source) {
    bool is_first = !node->prev && node->parent->kind < MD_TEXT;
    bool is_line =
        node->prev && (node->prev->kind == MD_SOFT_BREAK || node->prev->kind == MD_LINE_BREAK);
    if (source == 0 || is_first || is_line)
        return ' ';
    Str text = node->at.source->text;
    size_t at = source - 1;
    while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    Str rest = str_slice(text, at, source);
    return utf8_take(&rest);
}

static uint32_t character_after(const MdNode *node, size_t source) {
    Str rest = str_from_offset(node->at.source->text, source);
    bool is_last = !node->next && node->parent->kind < MD_TEXT;
    return is_last || rest.size == 0 ? ' ' : utf8_take(&rest);
}

/* The end of the run of tildes at `at`. */
static size_t run_end(Str text, size_t at) {
    while (at < text.size && text.data[at] == '~')
        at++;
    return at;
}

/* Cuts the run at `start` out of `node` and keeps it when it is one or two raw tildes. Gives the
 * node behind the run, or NULL. */
static MdNode *cut_run(Strike *strike, MdNode *node, size_t start) {
    Arena *arena = strike->pass->arena;
    size_t end = run_end(node->text, start);
    MdNode *run = start ? tree_split_text(arena, node, start) : node;
    MdNode *rest = end - start < run->text.size ? tree_split_text(arena, run, end - start) : NULL;
    size_t size = run->text.size;
    /* An escaped tilde stands as two bytes in the source. */
    if (size > 2 || !str_equal(span_text(run->at), run->text))
        return rest;
    uint32_t before = character_before(run, run->at.start);
    uint32_t after = character_after(run, run->at.start + size);
    /* Left- and right-flanking as CommonMark 6.2 says for `*`. */
    bool opens =
        !is_space(after) && (!is_punctuation(after) || is_space(before) || is_punctuation(before));
    bool closes =
        !is_space(before) && (!is_punctuation(before) || is_space(after) || is_punctuation(after));
    ARENA_RESERVE(strike->pass->tmp, strike->runs, strike->count, strike->capacity);
    strike->runs[strike->count++] = (Tildes){run, size, opens, closes};
    return rest;
}

/* True when there was anything to cut. */
static bool cut_runs(Strike *strike, MdNode *parent) {
    bool has_cut = false;
    for (MdNode *node = parent->first; node;) {
        size_t at = node->kind == MD_TEXT ? str_find_char(node->text, '~', 0) : STR_NONE;
        MdNode *next = node->next;
        if (at != STR_NONE) {
            MdNode *rest = cut_run(strike, node, at);
            next = rest ? rest : next;
            has_cut = true;
        }
        node = next;
    }
    return has_cut;
}

/* Joins the text nodes at both sides where they were cut for nothing. */
static void join_text(MdNode *node) {
    MdNode *next = node ? node->next : NULL;
    if (!next || node->kind != MD_TEXT || next->kind != MD_TEXT ||
        node->text.data + node->text.size != next->text.data ||
        node->at.start + node->at.size != next->at.start)
        return;
    node->text.size += next->text.size;
    node->at.size += next->at.size;
    tree_remove(next);
}

static void make_strike(const MdPass *pass, MdNode *open, MdNode *close) {
    Span at = open->at;
    at.size = close->at.start + close->at.size - at.start;
    MdNode *strike = tree_wrap(pass->arena, open->next, close->prev, MD_STRIKE);
    strike->at = at;
    tree_remove(open);
    tree_remove(close);
}

/* A closing run pairs with the nearest opening one; when their sizes differ both stay text, and
 * what was opened between them as well (as cmark-gfm's strikethrough does). */
static void pair_runs(Strike *strike) {
    size_t open_count = 0;
    Tildes *open = ARENA_ARRAY(strike->pass->tmp, Tildes, strike->count);
    for (size_t i = 0; i < strike->count; i++) {
        Tildes *run = &strike->runs[i];
        if (run->can_close && open_count) {
            Tildes opener = open[--open_count];
            if (opener.size == run->size && opener.node->next != run->node)
                make_strike(strike->pass, opener.node, run->node);
            continue;
        }
        if (run->can_open)
            open[open_count++] = *run;
    }
}

void strike_children(const MdPass *pass, MdNode *parent) {
    Strike strike = {.pass = pass};
    if (!cut_runs(&strike, parent))
        return;
    if (strike.count > 1)
        pair_runs(&strike);
    for (MdNode *node = parent->first; node;) {
        MdNode *next = node->next;
        size_t size = node->text.size;
        join_text(node);
        node = node->text.size > size ? node : next;
    }
}
