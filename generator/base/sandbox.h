/* sandbox.h: what this process may do to the disk from now on, held by the kernel.
 * In: folders. Out: every other file is closed to this thread and to those that it starts, by
 * Landlock (Linux 5.13). Not there to find mistakes, but to keep one of ours, in whatever place
 * takes a path, from reaching a file that is nobody's business. Knows no project. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

typedef enum SandboxMay {
    SANDBOX_READ,
    SANDBOX_WRITE,   /* read, write, make and remove files and folders */
    SANDBOX_FOLDERS, /* make, move and remove folders in it, no files */
} SandboxMay;

typedef struct SandboxRule {
    Str folder; /* one that is not there is made, unless it is only read */
    SandboxMay may;
} SandboxRule;

/* Closes everything but the folders of the rules, and the system's libraries and data, which are
 * read. Files that are open stay open, and process.h starts programs outside of it. False where the
 * kernel has no Landlock, or the environment says DOCSGEN_SANDBOX=off: nothing is closed then. */
bool sandbox_enter(const SandboxRule *rules, size_t count, Arena *arena);

#endif
