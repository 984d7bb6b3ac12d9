#include "base/ban.h"

#include "diagram/syntax/flow.h"
#include "diagram/syntax/label.h"

/* Schemes that a link may have; anything else with a colon could run as a script. */
static const char *const safe_schemes[] = {"http", "https", "mailto", "tel"};

/* A relative link, or one with a safe scheme. A colon counts only before the path. */
static bool is_safe(Str url) {
    for (size_t i = 0; i < url.size; i++) {
        char c = url.data[i];
        if (c == '/' || c == '?' || c == '#')
            return true;
        if ((unsigned char)c <= ' ' || c == '&')
            return false;
        if (c != ':')
            continue;
        for (size_t k = 0; k < sizeof safe_schemes / sizeof *safe_schemes; k++)
            if (str_equal_nocase(str_slice(url, 0, i), str_from(safe_schemes[k])))
                return true;
        return false;
    }
    return true;
}

/* What a click statement says. */
typedef struct Click {
    Token id;
    Token link, tooltip; /* kind TOKEN_STR when given */
    bool has_callback;
} Click;

static bool take_string(FlowParser *parser, Token *string) {
    if (parser->token.kind != TOKEN_STR)
        return flow_fail(parser, FLOW_CLICK);
    *string = parser->token;
    flow_next(parser);
    return true;
}

/* link := string ( space string )? ( space target )? */
static bool parse_link(FlowParser *parser, Click *click) {
    if (!take_string(parser, &click->link))
        return false;
    if (parser->token.kind != TOKEN_SPACE)
        return true;
    flow_next(parser);
    if (parser->token.kind == TOKEN_LINK_TARGET) {
        flow_next(parser);
        return true;
    }
    if (!take_string(parser, &click->tooltip))
        return false;
    if (parser->token.kind != TOKEN_SPACE)
        return true;
    flow_next(parser);
    return flow_expect(parser, TOKEN_LINK_TARGET, FLOW_CLICK);
}

/* callback := ( name args? | word ) ( space string )? */
static bool parse_callback(FlowParser *parser, Click *click) {
    click->has_callback = true;
    if (parser->token.kind == TOKEN_CALLBACK_NAME) {
        flow_next(parser);
        if (parser->token.kind == TOKEN_CALLBACK_ARGS)
            flow_next(parser);
    } else {
        if (!flow_is_id_token(parser->token.kind) || parser->token.kind == TOKEN_DEFAULT)
            return flow_fail(parser, FLOW_CLICK);
        while (flow_is_id_token(parser->token.kind) && parser->token.kind != TOKEN_DEFAULT)
            flow_next(parser);
    }
    if (parser->token.kind != TOKEN_SPACE)
        return true;
    flow_next(parser);
    return take_string(parser, &click->tooltip);
}

/* The link is made harmless here and not where it is drawn, so that no writer can forget it. */
static void apply_link(FlowParser *parser, const Click *click, Node *node) {
    Str url = str_trim(label_unmark(click->link.text, parser->arena));
    node->link = url;
    node->link_at = flow_span(parser, click->link);
    if (is_safe(url))
        return;
    node->link = STR("about:blank");
    diag_add(parser->diags, DIAG_LINK_SCHEME, node->link_at, "\"%.*s\" is no link to follow",
             STR_FMT(url));
    diag_hint(parser->diags, "use http, https, mailto, tel or a relative link");
}

/* Nodes that come later in the text are unknown here, as in Mermaid. */
static void apply_click(FlowParser *parser, const Click *click) {
    Span at = flow_span(parser, click->id);
    Str ids = click->id.text;
    if (click->has_callback)
        diag_add(parser->diags, DIAG_DIAGRAM_UNSUPPORTED, at,
                 "a click that calls a function is left out: pages work without scripts");
    while (ids.data) {
        Str id = str_cut(&ids, ',');
        NodeId index = graph_find(parser->graph, id);
        if (index == GRAPH_NONE) {
            flow_warn_unknown(parser, id, at, "make a link");
            continue;
        }
        Node *node = &parser->graph->nodes[index];
        if (click->link.kind == TOKEN_STR)
            apply_link(parser, click, node);
        if (click->tooltip.kind == TOKEN_STR)
            node->tooltip = label_read(click->tooltip.text, parser->arena).text;
    }
}

/* click := "click" id ( "href"? link | callback ) */
bool flow_parse_click(FlowParser *parser) {
    Click click = {.id = parser->token};
    flow_next(parser);
    bool is_link = parser->token.kind == TOKEN_HREF || parser->token.kind == TOKEN_STR;
    if (parser->token.kind == TOKEN_HREF)
        flow_next(parser);
    bool is_read = is_link ? parse_link(parser, &click) : parse_callback(parser, &click);
    if (is_read)
        apply_click(parser, &click);
    return is_read;
}
