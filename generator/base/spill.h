/* spill.h: memory that a file can stand in for.
 * In: a folder for the file, which has no name there and is gone with the process. Out: blocks for
 * arenas (arena_new_cold); one that will only be read from now on goes to the file and stays where
 * it is in the address space, so that pointers keep: the system reads it back when it is looked at.
 * Some megabytes stay in memory: a small site needs no file. A file that cannot be made or has no
 * room left costs memory and nothing else. */
#ifndef BASE_SPILL_H
#define BASE_SPILL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Spill Spill;

/* NULL when there can be none. */
Spill *spill_open(const char *folder);

/* Gives back all blocks; arenas over them must be freed before. */
void spill_close(Spill *spill);

/* Zeroed memory of at least *size bytes, which becomes the size given; NULL when there is none.
 * For several threads. */
void *spill_take(Spill *spill, size_t *size);

/* Nobody will write to the block any more, of which so many bytes are used. For several threads,
 * each with blocks of its own. */
void spill_settle(Spill *spill, void *block, size_t used, size_t size);

/* What was settled so far may leave memory until it is looked at again: what has been looked at
 * since goes whenever spill_rest is called. Nothing without `spill`. */
void spill_mark(Spill *spill);
void spill_rest(Spill *spill);

/* The same, now and then, for a loop over many texts: to be called in each of its rounds, with the
 * round's number. */
void spill_rest_in(Spill *spill, size_t round);

#endif
