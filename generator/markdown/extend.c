#include "base/ban.h"

#include "base/bytes.h"
#include "base/map.h"
#include "markdown/pass.h"

/* --- alerts ------------------------------------------------------------------------------- */

static const Str alert_words[] = {
    [MD_ALERT_NOTE] = {"[!NOTE]", 7},
    [MD_ALERT_TIP] = {"[!TIP]", 6},
    [MD_ALERT_IMPORTANT] = {"[!IMPORTANT]", 12},
    [MD_ALERT_WARNING] = {"[!WARNING]", 10},
    [MD_ALERT_CAUTION] = {"[!CAUTION]", 10},
};

/* alert = ">" "[!" word "]" line-end { quoted line }. The word stands alone on its line, in any
 * case, and something follows; otherwise it is a quote, as on GitHub. */
void extend_quote(MdNode *quote) {
    MdNode *paragraph = quote->first;
    MdNode *word = paragraph && paragraph->kind == MD_PARAGRAPH ? paragraph->first : NULL;
    if (!word || word->kind != MD_TEXT)
        return;
    MdNode *after = word->next;
    bool has_line = after && (after->kind == MD_SOFT_BREAK || after->kind == MD_LINE_BREAK);
    if ((after && !has_line) || (!after && !paragraph->next))
        return;
    for (size_t i = 0; i < sizeof alert_words / sizeof alert_words[0]; i++) {
        if (!str_equal_nocase(str_trim(word->text), alert_words[i]))
            continue;
        quote->kind = MD_ALERT;
        quote->alert = (MdAlert)i;
        tree_remove(word);
        if (after)
            tree_remove(after);
        else
            tree_remove(paragraph);
        return;
    }
}

/* --- heading ids -------------------------------------------------------------------------- */

/* The text that GitHub makes an anchor from: what is visible as text. Pictures and line ends give
 * nothing, but blanks beside them stay. */
static Str anchor_text(const MdNode *heading, Arena *arena) {
    Buf text = buf_new(arena);
    for (const MdNode *node = md_next(heading, heading); node;) {
        if (node->kind == MD_TEXT || node->kind == MD_CODE)
            buf_add(&text, node->text);
        if (node->kind != MD_IMAGE) {
            node = md_next(heading, node);
            continue;
        }
        while (node != heading && !node->next)
            node = node->parent;
        node = node == heading ? NULL : node->next;
    }
    return buf_str(&text);
}

/* The second heading "a" becomes a-1, the third a-2; a number that a heading has by its own text is
 * passed over (github-slugger's rule, so ids are unique). */
static void set_heading_id(MdNode *heading, Map *counts, Arena *arena, Arena *tmp) {
    Str slug = md_slug(anchor_text(heading, tmp), arena);
    if (slug.size == 0)
        slug = STR("section");
    Str id = slug;
    size_t *count = map_find(counts, slug);
    while (map_find(counts, id)) {
        ++*count;
        id = str_format(arena, "%.*s-%zu", STR_FMT(slug), *count);
    }
    map_put(counts, id, ARENA_NEW(tmp, size_t));
    heading->id = id;
}

void extend_heading_ids(MdDoc *doc, Arena *arena, Arena *tmp) {
    Map *anchors = map_new(tmp);
    for (size_t i = 0; i < doc->heading_count; i++)
        set_heading_id(doc->headings[i].node, anchors, arena, tmp);
}

/* --- the walk ----------------------------------------------------------------------------- */

/* The node behind `node` and everything below it. */
static MdNode *skip(const MdNode *top, MdNode *node) {
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

/* Two w side by side, as in www. */
static bool has_two_w(Str text) {
    uint64_t before = 0;
    for (size_t at = 0; at < text.size; at += 8) {
        uint64_t bytes = bytes_load_some(text.data + at, text.size - at);
        uint64_t marks = bytes_are(bytes_low(bytes), 'w') & ~bytes & BYTES_HIGH;
        if (marks & (marks << 8 | before))
            return true;
        before = marks >> 56;
    }
    return false;
}

/* An address has an @, "://" or "www" in the source, with escapes at most behind the first of these
 * bytes, or is hidden in entities. Most pages have none of them. */
static bool may_have_address(Str text) {
    if (str_find_char(text, '@', 0) != STR_NONE || str_find_char(text, '&', 0) != STR_NONE ||
        has_two_w(text))
        return true;
    for (size_t at = str_find_char(text, ':', 0); at != STR_NONE;
         at = str_find_char(text, ':', at + 1))
        if (at + 1 < text.size && (text.data[at + 1] == '/' || text.data[at + 1] == '\\'))
            return true;
    return false;
}

/* Bare links first: a tilde inside of an address does not strike. */
static void link_text(const MdPass *pass, MdNode *root) {
    MdNode *node = root;
    while (node) {
        if (node->kind == MD_LINK || node->kind == MD_IMAGE) {
            node = skip(root, node);
            continue;
        }
        if (node->kind == MD_TEXT)
            node = autolink_text(pass, node);
        node = md_next(root, node);
    }
}

/* The text of an address that stands for itself holds no markup; that of [text](address) does. */
static bool is_address(const MdNode *node) {
    Str source = span_text(node->at);
    return node->kind == MD_LINK && source.size && source.data[0] != '[';
}

void extend_tree(const MdPass *pass) {
    MdNode *root = pass->doc->root;
    Str text = pass->lines->source->text;
    if (may_have_address(text))
        link_text(pass, root);
    /* Only tildes that stand in the source strike. */
    if (str_find_char(text, '~', 0) == STR_NONE)
        return;
    for (MdNode *node = root; node; node = md_next(root, node))
        if (node->first && node->first->kind >= MD_TEXT && !is_address(node))
            strike_children(pass, node);
}
