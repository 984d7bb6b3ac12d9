#include "base/ban.h"

#include "cli/overviews.h"

#include "base/limits.h"
#include "cli/undo.h"
#include "roadmap/edit.h"

/* Edits of other trackers may write the same list; each try begins with what they wrote. */
#define TRIES 20

static const Source *read_list(const OverviewEdit *edit, Str path, Arena *arena) {
    FsText text;
    if (fs_kind(edit->tracker->fs, path) != FS_FILE ||
        !fs_read(edit->tracker->fs, path, LIMIT_PAGE_SIZE, arena, &text))
        return NULL;
    return source_new(arena, path, text.content);
}

static void work_out(OverviewEdit *edit, Arena *arena) {
    UndoKey key = {edit->source->text, edit->id};
    Str before;
    edit->text = edit->is_restoring && undo_find(&key, arena, &before)
                     ? before
                     : roadmap_edit_overview(edit->source, edit->before, edit->after, arena);
}

void overview_edit(OverviewEdit *edit, Arena *arena) {
    edit->path = (Str){0};
    for (Str folder = fs_folder_of(edit->tracker->fs_path);; folder = fs_folder_of(folder)) {
        Str path = fs_join(folder, STR("ROADMAP.md"), arena);
        edit->source = read_list(edit, path, arena);
        if (edit->source && !str_equal(path, edit->tracker->fs_path) &&
            roadmap_is_listed(edit->source, edit->before, arena)) {
            edit->path = path;
            work_out(edit, arena);
            return;
        }
        if (folder.size == 0)
            return;
    }
}

bool overview_edit_write(OverviewEdit *edit, Arena *arena) {
    Str why = {0};
    for (int i = 0; i < TRIES; i++) {
        if (edit->path.size == 0 || str_equal(edit->source->text, edit->text))
            return true;
        FsSwap swap = {edit->path, edit->source->text, edit->text};
        if (fs_replace(edit->tracker->fs, &swap, 1, &why)) {
            UndoKey key = {edit->text, edit->id};
            if (!edit->is_restoring)
                undo_keep(&key, edit->source->text, arena);
            return true;
        }
        overview_edit(edit, arena);
    }
    complain(str_format(arena, "cannot write \"%.*s\": %.*s", STR_FMT(edit->path), STR_FMT(why)));
    return false;
}
