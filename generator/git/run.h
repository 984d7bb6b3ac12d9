/* run.h: the program git, run for the other files of this folder.
 * In: its words and what it reads; out: what it said. Knows no command of git. */
#ifndef GIT_RUN_H
#define GIT_RUN_H

#include <stdbool.h>

#include "base/process.h"
#include "git/git.h"

/* What every command begins with: no pager, no colours, nothing that a user's settings change. The
 * folder of the project follows. */
#define GIT_START "git", "--no-pager", "--no-optional-locks", "-c", "core.quotePath=false", "-C"

/* Runs git to its end, however that is. False, with the reason in git->why, when it could not be
 * run at all. */
bool git_ask(Git *git, const char *const words[], Str input, ProcessResult *result);

/* Runs git; false, with the reason in git->why, when it fails. */
bool git_run(Git *git, const char *const words[], Str input, Str *output);

/* As git_run, for a command whose answer depends on nothing but its words, its input and the
 * present commit (git->head): the answer is remembered. */
bool git_recall(Git *git, const char *const words[], Str input, Str *output);

#endif
