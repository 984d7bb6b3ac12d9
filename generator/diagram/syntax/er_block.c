/* The attributes of an entity. */
#include "base/ban.h"

#include "base/buf.h"
#include "base/limits.h"
#include "diagram/syntax/er_lex.h"
#include "diagram/syntax/er_read.h"

/* attribute := type "?"? name ( key ( "," key )* )? comment? */
static bool parse_attribute(ErParser *parser, NodeRow *row) {
    Reader *reader = &parser->reader;
    Str type = reader_text(reader, reader_generics(reader, er_take(parser).text));
    if (er_at(parser, TOK_QUESTION)) {
        er_take(parser);
        type = str_format(reader->arena, "%.*s?", STR_FMT(type));
    }
    if (!er_at(parser, TOK_ATTRIBUTE)) {
        er_fail(parser, "the name of an attribute behind its type");
        if (er_at(parser, TOK_KEY))
            diag_hint(reader->diags, "put it in back quotes to use it as a name");
        return false;
    }
    *row = (NodeRow){.cells = {type, reader_text(reader, er_take(parser).text)}};
    Buf keys = buf_new(reader->arena);
    while (er_at(parser, TOK_KEY)) {
        buf_add(&keys, er_take(parser).text);
        if (!er_at(parser, TOK_COMMA))
            break;
        er_take(parser);
        buf_add_text(&keys, ", ");
        if (!er_at(parser, TOK_KEY))
            return er_fail(parser, "PK, FK or UK");
    }
    row->cells[2] = buf_str(&keys);
    if (er_at(parser, TOK_COMMENT))
        row->cells[3] = reader_text(reader, er_unquote(er_take(parser).text));
    return true;
}

/* block := "{" attribute* "}" */
bool er_parse_block(ErParser *parser, NodeId node, Span at) {
    Reader *reader = &parser->reader;
    parser->is_in_block = true;
    er_take(parser);
    while (er_at(parser, TOK_ATTRIBUTE)) {
        NodeRow row = {.section = 0};
        if (!parse_attribute(parser, &row)) {
            /* A brace or a relationship shows that the entity was not closed in front of it. */
            Str rest = str_from_offset(reader->clean.text, reader->token.start);
            parser->is_in_block =
                !str_starts_with(rest, STR("{")) && !str_starts_with(rest, STR("|"));
            return false;
        }
        if (node == GRAPH_NONE)
            continue;
        Node *entity = &reader->graph->nodes[node];
        if (reader->row_count++ == LIMIT_DIAGRAM_ROWS)
            return reader_limit(reader, at, "attributes", LIMIT_DIAGRAM_ROWS);
        ARENA_RESERVE(reader->arena, entity->rows, entity->row_count, entity->row_capacity);
        entity->rows[entity->row_count++] = row;
    }
    if (reader_fail_unclosed(reader))
        return false;
    if (er_at(parser, MODAL_STOP)) {
        reader_fail_at(reader, at, "the braces of this entity are not closed");
        diag_hint(reader->diags, "write } on a line of its own behind its last attribute");
        return false;
    }
    if (!er_expect(parser, TOK_CLOSE, "an attribute such as \"string name\", or \"}\""))
        return false;
    parser->is_in_block = false;
    return true;
}
