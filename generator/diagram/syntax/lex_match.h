/* lex_match.h: what the rules of the lexer look for, one function each.
 * In: a place in the text; out: where the match ends. Which rule is tried where and what follows
 * from it is lex.c's table. Only lex.c uses this. */
#ifndef DIAGRAM_SYNTAX_LEX_MATCH_H
#define DIAGRAM_SYNTAX_LEX_MATCH_H

#include "diagram/syntax/lex.h"

#define LEX_NO_MATCH STR_NONE

/* Gives the offset behind what it accepts at `at`, or LEX_NO_MATCH. */
typedef size_t Matcher(Lexer *lexer, size_t at);

/* The text `expected`; and the same as a whole word (\b behind it). */
size_t lex_match_text(const Lexer *lexer, size_t at, Str expected);
size_t lex_match_word(const Lexer *lexer, size_t at, Str word);

/* The grammar of each stands above it in lex_match.c. */
Matcher lex_match_acc_block;
Matcher lex_match_acc_descr;
Matcher lex_match_acc_title;
Matcher lex_match_back_close;
Matcher lex_match_call;
Matcher lex_match_callback_args;
Matcher lex_match_callback_name;
Matcher lex_match_click;
Matcher lex_match_dir;
Matcher lex_match_direction;
Matcher lex_match_dotted;
Matcher lex_match_dotted_start;
Matcher lex_match_dotted_text;
Matcher lex_match_ellipse_close;
Matcher lex_match_ellipse_text;
Matcher lex_match_empty_args;
Matcher lex_match_end;
Matcher lex_match_href;
Matcher lex_match_invisible;
Matcher lex_match_label;
Matcher lex_match_letter;
Matcher lex_match_line;
Matcher lex_match_link_id;
Matcher lex_match_markdown;
Matcher lex_match_newlines;
Matcher lex_match_no_dir;
Matcher lex_match_no_space;
Matcher lex_match_node_string;
Matcher lex_match_number;
Matcher lex_match_shape_data;
Matcher lex_match_solid;
Matcher lex_match_solid_start;
Matcher lex_match_solid_text;
Matcher lex_match_space;
Matcher lex_match_thick;
Matcher lex_match_thick_start;
Matcher lex_match_thick_text;
Matcher lex_match_to_brace;
Matcher lex_match_to_quote;
Matcher lex_match_trapezoid_text;

#endif
