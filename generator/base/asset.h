/* asset.h: files compiled into the program.
 * In: a name as in the Makefile's ASSETS ("theme/page.html", "fonts/inter-400.otf"); out: its
 * bytes. The table itself is written by scripts/embed.sh during make. */
#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include <stddef.h>

#include "base/str.h"

typedef struct Asset {
    const char *name;
    const unsigned char *data;
    size_t size; /* bytes */
} Asset;

/* Ends with a row whose name is NULL. */
extern const Asset assets[];

/* The bytes of an asset. Asking for one that was not compiled in is a mistake of ours (assert). */
Str asset_get(const char *name);

#endif
