/* table.h: rows of tables, read once.
 * cmark's table extension cuts every row into cells twice, the first time only to see that there
 * are some, and copies each cell three times. Here the rows behind the header are read in one go;
 * headers are left to the extension. In: the extension; out: the same one with other functions. */
#ifndef MARKDOWN_TABLE_H
#define MARKDOWN_TABLE_H

#include <cmark-gfm-extension_api.h>

/* Called before the first parse and before any thread is started; a second call does nothing. */
void table_setup(cmark_syntax_extension *table);

#endif
