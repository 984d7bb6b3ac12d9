#include "base/ban.h"

#include "diagram/scene/legend_key.h"

/* How a head is written at the start of a line and at its end; longer forms come first. */
typedef struct HeadForm {
    const char *start, *end;
    EdgeHead head;
} HeadForm;

static const HeadForm flow_heads[] = {{"<", ">", HEAD_ARROW},
                                      {"o", "o", HEAD_CIRCLE},
                                      {"x", "x", HEAD_CROSS},
                                      {NULL, NULL, HEAD_NONE}};

static const HeadForm class_heads[] = {{"<|", "|>", HEAD_TRIANGLE},     {"<", ">", HEAD_ARROW},
                                       {"*", "*", HEAD_DIAMOND_FILLED}, {"o", "o", HEAD_DIAMOND},
                                       {"()", "()", HEAD_LOLLIPOP},     {NULL, NULL, HEAD_NONE}};

/* Either spelling is accepted at either end, as in the diagram. */
static const HeadForm entity_heads[] = {
    {"||", "||", HEAD_ONE},       {"|o", "o|", HEAD_ZERO_ONE}, {"o|", "|o", HEAD_ZERO_ONE},
    {"}|", "|{", HEAD_MANY},      {"|{", "}|", HEAD_MANY},     {"}o", "o{", HEAD_ZERO_MANY},
    {"o{", "}o", HEAD_ZERO_MANY}, {NULL, NULL, HEAD_NONE},
};

static const HeadForm *const heads[] = {
    [GRAPH_FLOWCHART] = flow_heads,
    [GRAPH_STATE] = flow_heads,
    [GRAPH_CLASS] = class_heads,
    [GRAPH_ER] = entity_heads,
};

static bool is_line_char(char c) {
    return c == '-' || c == '.' || c == '=';
}

/* key := head? ( "-" | "." | "=" ){2,} head? */
bool legend_key_read(Str key, GraphKind kind, LegendLine *line) {
    *line = (LegendLine){.line = EDGE_SOLID};
    for (const HeadForm *form = heads[kind]; form->start && line->start == HEAD_NONE; form++)
        if (str_starts_with(key, str_from(form->start))) {
            line->start = form->head;
            key = str_from_offset(key, strlen(form->start));
        }
    size_t length = 0;
    for (; length < key.size && is_line_char(key.data[length]); length++)
        line->line = key.data[length] == '='                               ? EDGE_THICK
                     : key.data[length] == '.' && line->line == EDGE_SOLID ? EDGE_DOTTED
                                                                           : line->line;
    key = str_from_offset(key, length);
    for (const HeadForm *form = heads[kind]; form->end && key.size; form++)
        if (str_equal(key, str_from(form->end))) {
            line->end = form->head;
            key = STR("");
        }
    return length >= 2 && key.size == 0;
}
