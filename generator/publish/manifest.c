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

Str manifest_paths(Str text) {
    str_cut_line(&text); /* the line that says what this is */
    return text;
}

bool manifest_next(Str *paths, Str *path) {
    while (paths->data) {
        *path = str_cut_line(paths);
        if (path->size)
            return true;
    }
    return false;
}

size_t manifest_count(Str text) {
    Str paths = manifest_paths(text), path;
    size_t count = 0;
    while (manifest_next(&paths, &path))
        count++;
    return count;
}
