/* picture_allowed.h: which parts of SVG a drawing may bring to a page.
 * In: names as written. Out: the same names from this list, or none: what is not on it is left out.
 */
#ifndef SITE_PICTURE_ALLOWED_H
#define SITE_PICTURE_ALLOWED_H

#include <stdbool.h>

#include "base/str.h"

/* The element's name, or NULL when it is left out. */
const char *picture_element(Str name);

/* Is the element one that runs, loads or moves something, so that leaving it out is worth a
 * finding? */
bool picture_is_dangerous(Str name);

/* The attribute's name, or NULL when it is left out. */
const char *picture_attribute(Str name);

/* Attributes of look. They may also stand in style="", whose declarations become attributes: pages
 * forbid styles in markup. */
#define PICTURE_PROPERTY_COUNT 47
extern const char *const picture_properties[PICTURE_PROPERTY_COUNT];

#endif
