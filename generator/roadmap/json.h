/* json.h: what the two writers of JSON in this folder share.
 * In: values of the model; out: `"key":value` in an object. Internal to this folder. */
#ifndef ROADMAP_JSON_H
#define ROADMAP_JSON_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/escape.h"
#include "roadmap/roadmap.h"

/* Puts `"key":`, with a comma when something stands before it in its object. */
void roadmap_put_key(Buf *out, const char *key);

/* A text or a number, or null where the document does not say. */
void roadmap_put_text(Buf *out, const char *key, RoadmapText value);
void roadmap_put_number(Buf *out, const char *key, RoadmapNumber value);

/* The list "findings"; NULL gives an empty one. */
void roadmap_put_findings(Buf *out, const Diags *findings);

#endif
