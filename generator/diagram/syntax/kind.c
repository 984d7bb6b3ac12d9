#include "base/ban.h"

#include "diagram/syntax/kind.h"

#include <assert.h>

#include "diagram/syntax/letters.h"
#include "diagram/syntax/preprocess.h"

/* Mermaid compares the beginning of the text with these, upper and lower case as they stand. */
static const struct {
    const char *word;
    DiagramKind kind;
} words[] = {
    {"flowchart", DIAGRAM_FLOWCHART},
    {"graph", DIAGRAM_FLOWCHART},
    {"swimlane-beta", DIAGRAM_FLOWCHART},
    {"sequenceDiagram", DIAGRAM_SEQUENCE},
    {"classDiagram", DIAGRAM_CLASS},
    {"stateDiagram", DIAGRAM_STATE},
    {"erDiagram", DIAGRAM_ER},
    {"gantt", DIAGRAM_GANTT},
    {"pie", DIAGRAM_PIE},
    {"timeline", DIAGRAM_TIMELINE},
    {"architecture", DIAGRAM_ARCHITECTURE},
    {"C4Context", DIAGRAM_C4},
    {"C4Container", DIAGRAM_C4},
    {"C4Component", DIAGRAM_C4},
    {"C4Dynamic", DIAGRAM_C4},
    {"C4Deployment", DIAGRAM_C4},
    {"gitGraph", DIAGRAM_GIT},
    {"journey", DIAGRAM_JOURNEY},
    {"mindmap", DIAGRAM_MINDMAP},
    {"quadrantChart", DIAGRAM_QUADRANT},
    {"xychart", DIAGRAM_XY},
    {"requirement", DIAGRAM_REQUIREMENT},
    {"sankey", DIAGRAM_SANKEY},
    {"packet", DIAGRAM_PACKET},
    {"block", DIAGRAM_BLOCK},
    {"kanban", DIAGRAM_KANBAN},
    {"radar-beta", DIAGRAM_RADAR},
    {"treemap", DIAGRAM_TREEMAP},
    {"info", DIAGRAM_OTHER},
    {"treeView-beta", DIAGRAM_OTHER},
    {"eventmodeling", DIAGRAM_OTHER},
    {"ishikawa", DIAGRAM_OTHER},
    {"venn-beta", DIAGRAM_OTHER},
    {"wardley-beta", DIAGRAM_OTHER},
    {"cynefin-beta", DIAGRAM_OTHER},
    {"railroad", DIAGRAM_OTHER},
};

/* As people say it in a sentence: "this is a ...". */
static const char *const names[DIAGRAM_KIND_COUNT] = {
    [DIAGRAM_UNKNOWN] = "diagram",
    [DIAGRAM_FLOWCHART] = "flowchart",
    [DIAGRAM_SEQUENCE] = "sequence diagram",
    [DIAGRAM_CLASS] = "class diagram",
    [DIAGRAM_STATE] = "state diagram",
    [DIAGRAM_ER] = "entity relationship diagram",
    [DIAGRAM_GANTT] = "Gantt chart",
    [DIAGRAM_PIE] = "pie chart",
    [DIAGRAM_TIMELINE] = "timeline",
    [DIAGRAM_ARCHITECTURE] = "architecture diagram",
    [DIAGRAM_C4] = "C4 diagram",
    [DIAGRAM_GIT] = "Git graph",
    [DIAGRAM_JOURNEY] = "user journey",
    [DIAGRAM_MINDMAP] = "mind map",
    [DIAGRAM_QUADRANT] = "quadrant chart",
    [DIAGRAM_XY] = "XY chart",
    [DIAGRAM_REQUIREMENT] = "requirement diagram",
    [DIAGRAM_SANKEY] = "Sankey diagram",
    [DIAGRAM_PACKET] = "packet diagram",
    [DIAGRAM_BLOCK] = "block diagram",
    [DIAGRAM_KANBAN] = "kanban board",
    [DIAGRAM_RADAR] = "radar chart",
    [DIAGRAM_TREEMAP] = "treemap",
    [DIAGRAM_OTHER] = "diagram",
};

/* Where the diagram's first word stands. */
static size_t find_word(Str text) {
    Str yaml;
    size_t at = 0, before;
    if (!preprocess_find_front_matter(text, &yaml, &at))
        at = 0;
    do {
        before = at;
        at = preprocess_directive_end(text, letters_skip_space(text, at));
        Str rest = str_from_offset(text, at);
        if (str_starts_with(rest, STR("%%")) && !str_starts_with(rest, STR("%%{"))) {
            size_t end = str_find_char(text, '\n', at);
            at = end == STR_NONE ? text.size : end + 1;
        }
    } while (at != before);
    return at;
}

DiagramKind kind_find(const Source *source) {
    Str rest = str_from_offset(source->text, find_word(source->text));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts_with(rest, str_from(words[i].word)))
            return words[i].kind;
    return str_starts_with(rest, STR("---")) ? DIAGRAM_FLOWCHART : DIAGRAM_UNKNOWN;
}

Span kind_word(const Source *source) {
    Str text = source->text;
    size_t start = find_word(text), end = start;
    while (end < text.size && !letters_space_size(text, end) && text.data[end] != ';')
        end++;
    return span_of(source, start, end - start);
}

Str kind_name(DiagramKind kind) {
    assert(kind < DIAGRAM_KIND_COUNT);
    return str_from(names[kind]);
}
