#include "base/ban.h"

#include "base/color.h"
#include "data/yaml.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/sequence.h"

/* ---- Participants ---- */

/* A participant as declared; `alias` of kind SEQ_STOP and an empty `kind` were not given. */
typedef struct Declaration {
    SequenceToken name, alias;
    Str kind; /* from `@{ type: ... }`, else the word itself */
    Span kind_at;
    Str config_alias; /* from `@{ alias: ... }` */
    Span config_alias_at;
} Declaration;

static Str scalar(const YamlNode *node) {
    bool is_scalar =
        node && node->kind != YAML_NULL && node->kind != YAML_MAP && node->kind != YAML_LIST;
    return is_scalar ? node->text : (Str){NULL, 0};
}

/* The YAML between the braces as a source whose places are the author's. One line is a flow map
 * without its braces, several lines are a block map. */
static const YamlNode *read_config(SequenceParser *parser, SequenceToken token) {
    bool is_block = str_find_char(token.text, '\n', 0) != STR_NONE;
    Str yaml = is_block ? str_format(parser->arena, "%.*s\n", STR_FMT(token.text))
                        : str_format(parser->arena, "{\n%.*s\n}", STR_FMT(token.text));
    size_t lines = 1;
    for (size_t i = 0; i < yaml.size; i++)
        lines += yaml.data[i] == '\n';
    uint32_t *starts = ARENA_ARRAY(parser->arena, uint32_t, lines);
    size_t line = 0, at = token.start;
    starts[line++] = parser->clean.origin[at];
    if (!is_block)
        starts[line++] = parser->clean.origin[at];
    for (; at < token.end && line < lines; at++)
        if (parser->clean.text.data[at] == '\n')
            starts[line++] = parser->clean.origin[at + 1];
    while (line < lines)
        starts[line++] = parser->clean.origin[token.end];
    Source *source = source_excerpt(parser->arena, parser->clean.source, yaml, starts);
    return yaml_parse(span_of(source, 0, yaml.size), DIAG_DIAGRAM_SYNTAX, parser->arena,
                      parser->diags);
}

/* config := "@{" yaml "}" */
static bool parse_config(SequenceParser *parser, Declaration *declaration) {
    sequence_next(parser);
    SequenceToken yaml = parser->token;
    if (!sequence_take(parser, SEQ_CONFIG, SEQ_AT_CONFIG) ||
        !sequence_take(parser, SEQ_CONFIG_CLOSE, SEQ_AT_CONFIG))
        return false;
    const YamlNode *config = read_config(parser, yaml);
    if (!config) {
        parser->ok = false;
        parser->error_count++;
        return true;
    }
    const YamlNode *kind = yaml_find(config, "type"), *alias = yaml_find(config, "alias");
    if (scalar(kind).size) {
        declaration->kind = scalar(kind);
        declaration->kind_at = kind->at;
    }
    if (scalar(alias).size) {
        declaration->config_alias = scalar(alias);
        declaration->config_alias_at = alias->at;
    }
    return true;
}

/* declaration := ( "participant" | "actor" ) name config? ( "as" line )? line-end */
static bool parse_declaration(SequenceParser *parser, Declaration *declaration) {
    *declaration =
        (Declaration){.kind = parser->token.kind == SEQ_ACTOR ? STR("actor") : STR("participant"),
                      .kind_at = sequence_span(parser, parser->token)};
    sequence_next(parser);
    declaration->name = parser->token;
    if (!sequence_take(parser, SEQ_NAME, SEQ_AT_DECLARATION))
        return false;
    if (parser->token.kind == SEQ_CONFIG_OPEN && !parse_config(parser, declaration))
        return false;
    if (parser->token.kind == SEQ_AS) {
        sequence_next(parser);
        declaration->alias = parser->token;
        if (!sequence_take(parser, SEQ_LINE, SEQ_AT_DECLARATION))
            return false;
    }
    return sequence_take(parser, SEQ_NEWLINE, SEQ_AT_DECLARATION);
}

static ParticipantKind kind_of(SequenceParser *parser, const Declaration *declaration) {
    Str names[PARTICIPANT_KIND_COUNT];
    for (ParticipantKind kind = 0; kind < PARTICIPANT_KIND_COUNT; kind++) {
        names[kind] = sequence_kind_name(kind);
        if (str_equal(names[kind], declaration->kind))
            return kind;
    }
    diag_add(parser->diags, DIAG_DIAGRAM_UNSUPPORTED, declaration->kind_at,
             "no participant type \"%.*s\": a box is drawn", STR_FMT(declaration->kind));
    diag_hint_nearest(parser->diags, str_lower(parser->arena, declaration->kind), names,
                      PARTICIPANT_KIND_COUNT);
    return PARTICIPANT_BOX;
}

/* `participant My Service as X` makes a participant called by the whole line. */
static void warn_name(SequenceParser *parser, SequenceToken name) {
    size_t as = str_find(name.text, STR(" as "), 0);
    size_t hash = str_find_char(name.text, '#', 0);
    if (as == STR_NONE && hash == STR_NONE)
        return;
    Span at = sequence_span(parser, name);
    Str shown = label_unmark(name.text, parser->arena);
    diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, at,
             "Mermaid takes all of \"%.*s\" for the name", STR_FMT(shown));
    if (as != STR_NONE)
        diag_hint(parser->diags, "a name in front of \"as\" has no spaces: write \"%.*s as %.*s\"",
                  STR_FMT(str_slice(name.text, as + 4, name.text.size)),
                  STR_FMT(str_slice(name.text, 0, as)));
    else
        diag_hint(parser->diags, "write comments on a line of their own behind %%%%");
}

/* A participant belongs to the first box that mentions it. */
static bool join_box(SequenceParser *parser, Participant *participant, Span at) {
    if (parser->box == SEQUENCE_NONE)
        return true;
    if (participant->box == SEQUENCE_NONE)
        participant->box = parser->box;
    if (participant->box == parser->box)
        return true;
    Sequence *model = parser->model;
    SEQUENCE_ERROR(parser, at, "\"%.*s\" is in another box already", STR_FMT(participant->id));
    diag_relate(parser->diags, model->boxes[participant->box].at, "the other box");
    return false;
}

/* A second declaration changes nothing unless it gives a text. */
static void apply(SequenceParser *parser, const Declaration *declaration) {
    Sequence *model = parser->model;
    size_t count = model->participant_count;
    bool is_unwrapped = false;
    warn_name(parser, declaration->name);
    ParticipantId id = sequence_mention(parser, declaration->name);
    bool is_new = model->participant_count > count;
    Participant *participant = &model->participants[id];
    if (!join_box(parser, participant, sequence_span(parser, declaration->name)))
        return;
    bool has_alias = declaration->alias.kind == SEQ_LINE;
    Label alias = participant->label;
    if (has_alias) {
        alias = sequence_make_label(parser, declaration->alias, &is_unwrapped);
        has_alias = !str_equal(alias.text, participant->id);
    }
    if (!has_alias && declaration->config_alias.size) {
        alias = (Label){.text = label_read(declaration->config_alias, parser->arena).text,
                        .at = declaration->config_alias_at};
        has_alias = true;
    }
    if (is_new || has_alias || declaration->alias.kind == SEQ_LINE) {
        participant->label = alias;
        participant->kind = kind_of(parser, declaration);
    }
}

bool sequence_parse_participant(SequenceParser *parser) {
    Declaration declaration;
    if (!parse_declaration(parser, &declaration))
        return false;
    apply(parser, &declaration);
    return true;
}

/* destroy := "destroy" name line-end ; the next message has to lead to or from it. */
bool sequence_parse_destroy(SequenceParser *parser) {
    sequence_next(parser);
    SequenceToken name = parser->token;
    if (!sequence_take(parser, SEQ_NAME, SEQ_AT_DECLARATION) ||
        !sequence_take(parser, SEQ_NEWLINE, SEQ_AT_DECLARATION))
        return false;
    parser->destroyed =
        (SequencePending){label_unmark(name.text, parser->arena), sequence_span(parser, name)};
    return true;
}

/* create := "create" ( declaration | destroy ) ; the latter is accepted by Mermaid and creates. */
bool sequence_parse_create(SequenceParser *parser) {
    sequence_next(parser);
    SequenceTokenKind kind = parser->token.kind;
    if (kind != SEQ_PARTICIPANT && kind != SEQ_ACTOR && kind != SEQ_DESTROY)
        return sequence_fail(parser, SEQ_AT_DECLARATION);
    Declaration declaration;
    if (!parse_declaration(parser, &declaration))
        return false;
    Str id = label_unmark(declaration.name.text, parser->arena);
    Span at = sequence_span(parser, declaration.name);
    ParticipantId old = sequence_find(parser->model, id);
    if (old != SEQUENCE_NONE) {
        SEQUENCE_ERROR(parser, at, "\"%.*s\" cannot be created: it is there already", STR_FMT(id));
        diag_relate(parser->diags, parser->model->participants[old].at, "mentioned here first");
        return true;
    }
    apply(parser, &declaration);
    parser->created = (SequencePending){id, at};
    return true;
}

/* ---- Boxes ---- */

/* color := ( "rgb" | "rgba" | "hsl" | "hsla" ) space* "(" ... ")" | word ; the size of what may be
 * one at the start of `text`. The bracket closed last counts. */
static size_t color_size(Str text) {
    static const char *const functions[] = {"rgba", "rgb", "hsla", "hsl"};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        Str name = str_from(functions[i]);
        size_t open = letters_skip_space(text, name.size), close = str_find_last(text, ')');
        if (str_starts_with(text, name) && open < text.size && text.data[open] == '(' &&
            close != STR_NONE && close > open)
            return close + 1;
    }
    size_t size = 0;
    while (size < text.size && letters_is_word(text.data[size]))
        size++;
    return size;
}

/* box := "box" ( color? title )? ( participant | actor | destroy | line-end )* "end" ; the first
 * word is a color only when CSS knows it. */
bool sequence_parse_box(SequenceParser *parser) {
    Sequence *model = parser->model;
    sequence_next(parser);
    SequenceToken line = parser->token;
    if (!sequence_take(parser, SEQ_LINE, SEQ_AT_STATEMENT))
        return false;
    size_t size = color_size(line.text);
    Color color;
    SequenceBox box = {.at = preprocess_span(&parser->clean, line.start, line.text.size)};
    if (color_parse(str_slice(line.text, 0, size), &color)) {
        box.color = str_slice(line.text, 0, size);
        line.text = str_from_offset(line.text, size);
    }
    bool is_unwrapped = false;
    box.title = sequence_make_label(parser, line, &is_unwrapped);
    ARENA_RESERVE(parser->arena, model->boxes, model->box_count, model->box_capacity);
    parser->box = (uint32_t)model->box_count;
    model->boxes[model->box_count++] = box;
    return true;
}

/* ---- Menus ---- */

static void add_link(SequenceParser *parser, Participant *owner, Str text, Str url, Span at) {
    ARENA_RESERVE(parser->arena, owner->links, owner->link_count, owner->link_capacity);
    owner->links[owner->link_count++] = (SequenceLink){text, url, at};
}

/* link-text := label "@" url ; as Mermaid does, the character in front of "@" is dropped. */
static bool read_link(SequenceParser *parser, Participant *owner, Str text, Span at) {
    size_t mark = str_find_char(text, '@', 0);
    if (mark == STR_NONE)
        return false;
    Str label = letters_trim(str_slice(text, 0, mark ? mark - 1 : 0));
    add_link(parser, owner, label, letters_trim(str_from_offset(text, mark + 1)), at);
    return true;
}

/* links-text := JSON object of labels and URLs */
static bool read_links(SequenceParser *parser, Participant *owner, Str text, Span at) {
    Source *source = source_new(parser->arena, STR(""), text);
    Diags *unheard = diags_new(parser->arena);
    const YamlNode *map =
        yaml_parse(span_of(source, 0, text.size), DIAG_DIAGRAM_SYNTAX, parser->arena, unheard);
    if (!map || map->kind != YAML_MAP)
        return false;
    for (size_t i = 0; i < map->count; i++)
        add_link(parser, owner, map->keys[i]->text, scalar(map->values[i]), at);
    return true;
}

/* links := ( "links" | "link" | "properties" | "details" ) name text line-end ; the last two say
 * how Mermaid draws, and what stands elsewhere on its page. */
bool sequence_parse_links(SequenceParser *parser) {
    SequenceToken word = parser->token;
    sequence_next(parser);
    SequenceToken name = parser->token;
    if (!sequence_take(parser, SEQ_NAME, SEQ_AT_LINK))
        return false;
    SequenceToken text = parser->token;
    if (!sequence_take(parser, SEQ_TEXT, SEQ_AT_LINK) ||
        !sequence_take(parser, SEQ_NEWLINE, SEQ_AT_LINE_END))
        return false;
    ParticipantId id = sequence_mention(parser, name); /* may move the participants */
    Participant *owner = &parser->model->participants[id];
    Span at = sequence_span(parser, text);
    Str value =
        label_unmark(letters_trim(str_from_offset(letters_trim(text.text), 1)), parser->arena);
    bool is_read = true;
    if (word.kind == SEQ_LINK)
        is_read = read_link(parser, owner, value, at);
    else if (word.kind == SEQ_LINKS)
        is_read = read_links(parser, owner, value, at);
    if (!is_read) {
        diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, at,
                 "Mermaid cannot read this and drops it");
        diag_hint(parser->diags,
                  word.kind == SEQ_LINK ? "write \"link %.*s: text @ url\""
                                        : "write \"links %.*s: {\"text\": \"url\"}\"",
                  STR_FMT(name.text));
    }
    return true;
}
