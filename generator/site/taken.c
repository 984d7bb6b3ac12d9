#include "base/ban.h"

#include "site/taken.h"

#include "base/fs.h"

static char file_mark, folder_mark;

Taken *taken_new(Arena *arena) {
    Taken *taken = ARENA_NEW(arena, Taken);
    taken->places = map_new(arena);
    map_put(taken->places, STR(".docsgen"), &file_mark);
    return taken;
}

bool taken_is_free(const Taken *taken, Str path) {
    if (map_find(taken->places, path))
        return false;
    for (Str folder = fs_folder_of(path); folder.size; folder = fs_folder_of(folder))
        if (map_find(taken->places, folder) == &file_mark)
            return false;
    return true;
}

bool taken_add(Taken *taken, Str path) {
    if (!taken_is_free(taken, path))
        return false;
    /* A folder that is there already has its own folders there too. */
    for (Str folder = fs_folder_of(path); folder.size && !map_find(taken->places, folder);
         folder = fs_folder_of(folder))
        map_put(taken->places, folder, &folder_mark);
    map_put(taken->places, path, &file_mark);
    return true;
}
