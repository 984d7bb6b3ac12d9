/* process.h: the only way to other programs.
 * In: the words of a command and what it reads; out: what it wrote and how it ended. No shell is
 * involved, so no word can be taken for anything else. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Process {
    const char *const
        *words;          /* the program, looked up in PATH, and its arguments; ends with NULL */
    Str input;           /* what it reads; may be empty */
    size_t output_limit; /* bytes; a program that writes more is stopped */
    bool is_in_english;  /* what it says is for us to read, so it is asked for in the C locale */
    int timeout_ms;      /* 0: none. A program that takes longer is stopped, with all that it has
                            started; so is one when we are to end, by Ctrl-C for example */
} Process;

typedef struct ProcessResult {
    int status; /* exit status; 128 + the signal's number when it was stopped */
    Str output; /* what it wrote, in the arena */
    Str errors; /* what it complained, at most 64 KiB of it */
} ProcessResult;

/* Runs the program to its end, feeding and draining it at the same time. False with a reason when
 * it could not be started ("git is not installed"), wrote more than the limit or was stopped. */
bool process_run(const Process *process, Arena *arena, ProcessResult *result, Str *why);

/* Where PATH finds the program; `name` itself when it is a path. Empty: nowhere. */
Str process_find(Str name, Arena *arena);

/* Starts a program and leaves it to itself, without our terminal. False with a reason when it could
 * not be started. */
bool process_start(const char *const *words, Str *why);

/* From now on programs are started by a thread that is made here and waits for them: what is closed
 * to the caller afterwards (sandbox.h) stays open to them. */
void process_stay_outside(void);

#endif
