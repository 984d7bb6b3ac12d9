#include "base/ban.h"

#include "roadmap/id.h"
#include "roadmap/lint.h"

/* A fence's line: its sign, how often, and whether words follow. Size 0: no fence. */
typedef struct FenceLine {
    char sign;
    size_t size;
    bool has_words;
} FenceLine;

/* fence = up to 3 spaces, 3 or more of "`" or "~" [ words ] */
static FenceLine parse_fence(Str line) {
    FenceLine fence = {0};
    size_t start = 0;
    while (start < line.size && start < 4 && line.data[start] == ' ')
        start++;
    line = str_from_offset(line, start);
    if (start > 3 || line.size < 3 || (line.data[0] != '`' && line.data[0] != '~'))
        return fence;
    size_t size = 0;
    while (size < line.size && line.data[size] == line.data[0])
        size++;
    if (size < 3)
        return fence;
    fence.sign = line.data[0];
    fence.size = size;
    fence.has_words = str_trim(str_from_offset(line, size)).size > 0;
    return fence;
}

/* The line above the content of a code block. */
static Str opening_line(const MdNode *code) {
    Str text = code->at.source->text;
    size_t end = code->at.start;
    end -= end > 0 && text.data[end - 1] == '\n';
    end -= end > 0 && text.data[end - 1] == '\r';
    size_t start = end;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    return str_slice(text, start, end);
}

/* pr-section = "##" | "###" id ( ":" | " -" ) ... ; gives its id, or the empty Str */
static Str heading_id(Str line, Arena *arena) {
    bool is_heading = str_starts_with(line, STR("## ")) || str_starts_with(line, STR("### "));
    PrId id;
    Str text = is_heading ? pr_skip_signs(str_trim(str_from_offset(line, 3))) : (Str){0};
    if (!is_heading || !pr_id_parse(text, true, arena, &id))
        return (Str){0};
    Str behind = str_from_offset(text, id.size);
    bool has_title = str_starts_with(behind, STR(":")) || str_starts_with(behind, STR(" -"));
    return has_title ? id.id : (Str){0};
}

/* Every id that has a section outside of fences: samples repeat a PR that has one. */
static Map *described_ids(const Roadmap *map, Arena *arena) {
    Map *ids = map_new(arena);
    for (size_t i = 0; i < map->pr_count; i++) {
        RoadmapPr *pr = &map->prs[i];
        for (size_t k = 0; k < pr->section_count; k++) {
            map_put(ids, pr->id, pr);
            map_put(ids, pr->sections[k].id, pr);
        }
    }
    for (size_t i = 0; i < map->stray_count; i++)
        map_put(ids, map->strays[i].id, &map->strays[i]);
    return ids;
}

/* Only a document that has sections for its PRs can have lost one. */
static bool has_sections(const Roadmap *map) {
    for (size_t i = 0; i < map->pr_count; i++) {
        if (map->prs[i].section_count > 0 && map->prs[i].sections[0].is_primary)
            return true;
    }
    return false;
}

Map *lint_fenced_ids(const Roadmap *map, Arena *arena) {
    Map *ids = map_new(arena);
    for (size_t i = 0; i < map->doc->code_block_count; i++) {
        MdNode *code = map->doc->code_blocks[i];
        Str rest = span_text(code->at);
        while (rest.data) {
            Str id = heading_id(str_cut_line(&rest), arena);
            if (id.size > 0)
                map_put(ids, id, code);
        }
    }
    return ids;
}

size_t lint_hidden_count(const Lint *lint) {
    Map *counted = map_new(lint->arena);
    const MdDoc *doc = lint->map->doc;
    for (size_t i = 0; i < doc->code_block_count; i++) {
        MdNode *code = doc->code_blocks[i];
        Str rest = span_text(code->at);
        while (rest.data) {
            Str id = heading_id(str_cut_line(&rest), lint->arena);
            if (id.size > 0 && !lint_find(lint, id))
                map_put(counted, id, code);
        }
    }
    return map_count(counted);
}

/* One walk through the code blocks. */
typedef struct FenceWalk {
    const Lint *lint;
    Map *described; /* ids that need no finding */
    MdNode *code;   /* the present one */
    FenceLine open;
    Str nested, around; /* the first fence in a fence, and the opening line around it */
    size_t nested_count;
} FenceWalk;

static void check_swallowed(FenceWalk *walk, Str line) {
    const Lint *lint = walk->lint;
    Str id = heading_id(line, lint->arena);
    if (id.size == 0 || !has_sections(lint->map) || map_find(walk->described, id))
        return;
    diag_add(lint->diags, DIAG_ROADMAP_FENCE, span_of_str(lint->map->source, line),
             "the heading of PR %.*s lies inside a code block", STR_FMT(id));
    diag_hint(lint->diags, "close the block above it");
    diag_relate(lint->diags, span_of_str(lint->map->source, str_trim(opening_line(walk->code))),
                "the block begins here");
    map_put(walk->described, id, walk->code); /* once is enough */
}

/* "```python" inside "```markdown" opens nothing, and the fence behind it closes the outer block.
 */
static void find_nested(FenceWalk *walk, Str line) {
    FenceLine fence = parse_fence(line);
    if (fence.sign != walk->open.sign || !fence.has_words || fence.size < walk->open.size)
        return;
    if (walk->nested_count++ > 0)
        return;
    walk->nested = line;
    walk->around = str_trim(opening_line(walk->code));
}

/* One finding for a document: repairing the first one changes what the others are. */
static void check_nested(const FenceWalk *walk) {
    const Lint *lint = walk->lint;
    if (walk->nested_count == 0)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_NESTED_FENCE, span_of_str(lint->map->source, walk->nested),
             "a code block inside a code block ends the outer one");
    if (walk->nested_count > 1)
        diag_hint(lint->diags, "begin and end the outer block with one sign more; %zu more follow",
                  walk->nested_count - 1);
    else
        diag_hint(lint->diags, "begin and end the outer block with one sign more");
    diag_relate(lint->diags, span_of_str(lint->map->source, walk->around),
                "the outer block begins here");
}

/* Nothing but the end of the document ends the block. */
static bool is_unclosed(const FenceWalk *walk) {
    Str text = walk->lint->map->source->text;
    Str rest = str_from_offset(text, walk->code->at.start + walk->code->at.size);
    while (rest.data && rest.size > 0) {
        FenceLine fence = parse_fence(str_cut_line(&rest));
        if (fence.sign == walk->open.sign && fence.size >= walk->open.size && !fence.has_words)
            return false;
    }
    /* The content is measured without the fence, so a fence at once behind it was found above. */
    return true;
}

void lint_fences(const Lint *lint) {
    const MdDoc *doc = lint->map->doc;
    FenceWalk walk = {.lint = lint, .described = described_ids(lint->map, lint->arena)};
    for (size_t i = 0; i < doc->code_block_count; i++) {
        walk.code = doc->code_blocks[i];
        if (!walk.code->is_fenced || !walk.code->at.source)
            continue;
        walk.open = parse_fence(str_trim(opening_line(walk.code)));
        if (walk.open.size == 0)
            continue;
        Str rest = span_text(walk.code->at);
        while (rest.data) {
            Str line = str_cut_line(&rest);
            check_swallowed(&walk, line);
            find_nested(&walk, line);
        }
        if (i + 1 == doc->code_block_count && is_unclosed(&walk)) {
            Span at = span_of_str(lint->map->source, str_trim(opening_line(walk.code)));
            diag_add(lint->diags, DIAG_ROADMAP_FENCE, at,
                     "this code block is never closed and hides the rest of the document");
        }
    }
    check_nested(&walk);
}
