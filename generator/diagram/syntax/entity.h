/* entity.h: the names that HTML gives to characters.
 * In: a name without `&` and `;`; out: a code point. Knows the 252 names of HTML 4 and a few that
 * diagrams use besides. */
#ifndef DIAGRAM_SYNTAX_ENTITY_H
#define DIAGRAM_SYNTAX_ENTITY_H

#include <stdint.h>

#include "base/str.h"

/* The character of a named (`amp`) or numbered (`#35`) entity; 0: there is none. */
uint32_t entity_find(Str name);

#endif
