#include "base/ban.h"

#include "publish/manifest.h"

#include "base/buf.h"

Str manifest_render(const Outputs *outputs, Arena *arena) {
    Buf buf = buf_new(arena);
    buf_add_text(&buf,
                 "# written by docsgen: these files are replaced or removed by the next build\n");
    for (size_t i = 0; i < outputs->count; i++) {
        buf_add(&buf, outputs->items[i].path);
        buf_add_char(&buf, '\n');
    }
    return buf_str(&buf);
}

void manifest_parse(Str text, Map *paths, Arena *arena) {
    Str rest = text;
    str_cut_line(&rest); /* the line that says what this is */
    while (rest.data) {
        Str line = str_cut_line(&rest);
        if (line.size) {
            Str *path = ARENA_NEW(arena, Str);
            *path = line;
            map_put(paths, line, path);
        }
    }
}
