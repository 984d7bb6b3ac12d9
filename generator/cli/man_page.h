/* man_page.h: docsgen(1).
 * In: the tables of commands and options. Out: roff for man. Says nothing that --help does not say,
 * besides exit status, environment and files. */
#ifndef CLI_MAN_PAGE_H
#define CLI_MAN_PAGE_H

#include "base/buf.h"

void man_page_render(Buf *out);

#endif
