#include "base/ban.h"

#include "base/utf8.h"
#include "markdown/md.h"

/* GitHub's rule, in Ruby: text.downcase.gsub(/[^\p{Word}\- ]/u, '').tr(' ', '-'). Blanks are not
 * joined: "a / b" gives "a--b". */
Str md_slug(Str text, Arena *arena) {
    Buf slug = buf_new(arena);
    while (text.size) {
        uint32_t c = utf8_take(&text);
        if (c == ' ')
            buf_add_char(&slug, '-');
        else if (c == '-' || utf8_is_word(c))
            utf8_add(&slug, utf8_lower(c));
    }
    return buf_str(&slug);
}
