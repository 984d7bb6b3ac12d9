/* template_op.h: what a template is between parsing and rendering: operations in a row.
 * template_parse.c makes them, template.c carries them out. Not seen outside of shell/. */
#ifndef SITE_SHELL_TEMPLATE_OP_H
#define SITE_SHELL_TEMPLATE_OP_H

#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/str.h"

#define TEMPLATE_NO_TARGET UINT32_MAX

typedef enum OpKind {
    OP_TEXT,    /* write `text` */
    OP_VALUE,   /* write the value called `text`, escaped */
    OP_RAW,     /* the same as it is */
    OP_SECTION, /* enter for each item of `text`, or go on at `target` */
    OP_IF,      /* go on at `target` when `text` is absent, false or empty */
    OP_UNLESS,  /* go on at `target` when it is not */
    OP_LOOP,    /* the end of a section: back to behind its start, or out of it */
    OP_PART,    /* a part begins: go on at `target` */
    OP_CALL,    /* enter the part called `text`, whose first operation is `target` */
    OP_RETURN,  /* the end of a part */
    OP_END,     /* the end of a source */
} OpKind;

typedef struct Op {
    OpKind kind;
    uint32_t target; /* index of the operation to go to */
    Str text;        /* a literal, or a name as written; both are slices of the source */
    uint64_t begin;  /* of the text: its first eight bytes */
} Op;

/* The operations of all sources stand one behind the other, so that a call is a jump wherever the
 * part is from. */
struct Template {
    const Source *const *sources;
    size_t *starts; /* of each source: its first operation; one more is where the last one ends */
    size_t source_count;
    Op *ops;
    size_t op_count, op_capacity;
};

#endif
