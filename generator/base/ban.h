/* ban.h: functions that no file of docsgen may call.
 * Comes first in every file; the standard headers that declare them are read before the ban.
 * Why: no bounds (strcpy), hidden state (strtok, rand), silent errors (atoi), the locale
 * (setlocale). */
#ifndef BASE_BAN_H
#define BASE_BAN_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi setlocale localtime rand

#endif
