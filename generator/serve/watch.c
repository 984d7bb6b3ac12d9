#define _GNU_SOURCE /* DT_DIR */
#include "base/ban.h"

#include "serve/watch.h"

#include <dirent.h>
#include <errno.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/map.h"

/* A file counts when it was written and closed, or came or went under its name: editors that write
 * beside and rename are seen by the latter. */
#define EVENTS                                                                                     \
    (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF |       \
     IN_MOVE_SELF | IN_ONLYDIR)

/* A folder that the kernel watches for us. */
typedef struct WatchFolder {
    int number; /* the kernel's */
    Str path;
    bool is_whole; /* every name in it counts; otherwise those in Watch.files */
} WatchFolder;

struct Watch {
    int descriptor;
    Arena *arena; /* of what follows, emptied by watch_begin */
    Str root;
    WatchFolder *folders;
    size_t count, capacity;
    Map *files; /* paths that count by themselves */
};

Watch *watch_new(Arena *arena, Str *why) {
    Watch *watch = ARENA_NEW(arena, Watch);
    watch->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->descriptor < 0) {
        *why = str_from(strerror(errno));
        return NULL;
    }
    watch->arena = arena_new();
    watch_begin(watch, STR("."));
    return watch;
}

void watch_free(Watch *watch) {
    close(watch->descriptor);
    arena_free(watch->arena);
}

int watch_descriptor(const Watch *watch) {
    return watch->descriptor;
}

void watch_begin(Watch *watch, Str root) {
    arena_reset(watch->arena);
    watch->folders = NULL;
    watch->count = watch->capacity = 0;
    watch->files = map_new(watch->arena);
    watch->root = str_copy(watch->arena, root);
}

static char *real_path(const Watch *watch, Str path) {
    return str_cstr(watch->arena, fs_join(watch->root, path, watch->arena));
}

static WatchFolder *find_folder(const Watch *watch, int number) {
    for (size_t i = 0; i < watch->count; i++)
        if (watch->folders[i].number == number)
            return &watch->folders[i];
    return NULL;
}

/* One folder. Adding it again gives the number that it had. An absent one is no failure. */
static bool add_folder(Watch *watch, Str path, bool is_whole, Str *why) {
    int number = inotify_add_watch(watch->descriptor, real_path(watch, path), EVENTS);
    if (number < 0) {
        *why = errno == ENOSPC ? STR("the system's limit of watches is reached "
                                     "(sysctl fs.inotify.max_user_watches)")
                               : str_from(strerror(errno));
        return errno == ENOENT || errno == ENOTDIR;
    }
    WatchFolder *known = find_folder(watch, number);
    if (known) {
        known->is_whole = known->is_whole || is_whole;
        return true;
    }
    ARENA_RESERVE(watch->arena, watch->folders, watch->count, watch->capacity);
    watch->folders[watch->count++] = (WatchFolder){number, str_copy(watch->arena, path), is_whole};
    return true;
}

/* A list of paths still to be looked into; the same shape as the build's own walk. */
typedef struct Todo {
    Str *paths;
    size_t count, capacity;
} Todo;

static void add_todo(const Watch *watch, Todo *todo, Str path) {
    ARENA_RESERVE(watch->arena, todo->paths, todo->count, todo->capacity);
    todo->paths[todo->count++] = path;
}

static void list_subfolders(const Watch *watch, Str folder, Str skip, Todo *todo) {
    DIR *stream = opendir(real_path(watch, folder));
    const struct dirent *entry;
    while (stream && (entry = readdir(stream))) {
        if (entry->d_name[0] == '.' || entry->d_type != DT_DIR)
            continue;
        Str path = str_copy(watch->arena, fs_join(folder, str_from(entry->d_name), watch->arena));
        if (!str_equal(path, skip))
            add_todo(watch, todo, path);
    }
    if (stream)
        closedir(stream);
}

bool watch_folder(Watch *watch, Str folder, Str skip, Str *why) {
    Todo todo = {0};
    add_todo(watch, &todo, str_copy(watch->arena, folder));
    bool is_watched = folder.size == 0 || watch_file(watch, folder, why);
    for (size_t i = 0; i < todo.count; i++) {
        is_watched = add_folder(watch, todo.paths[i], true, why) && is_watched;
        list_subfolders(watch, todo.paths[i], skip, &todo);
    }
    return is_watched;
}

bool watch_file(Watch *watch, Str path, Str *why) {
    Str own = str_copy(watch->arena, path);
    map_put(watch->files, own, watch);
    return add_folder(watch, fs_folder_of(own), false, why);
}

bool watch_is_noise(Str name) {
    return name.size == 0 || name.data[0] == '.' || name.data[0] == '#' ||
           str_ends_with(name, STR("~"));
}

static bool matters(const Watch *watch, const struct inotify_event *event, Str *changed) {
    if (event->mask & IN_Q_OVERFLOW) /* some were lost */
        return true;
    const WatchFolder *folder = find_folder(watch, event->wd);
    if (!folder || event->mask & IN_IGNORED)
        return false;
    Str name = event->len ? str_from(event->name) : STR("");
    *changed = name.size ? str_copy(watch->arena, fs_join(folder->path, name, watch->arena))
                         : folder->path;
    if (map_find(watch->files, *changed))
        return true;
    return folder->is_whole && (name.size == 0 || !watch_is_noise(name));
}

bool watch_read(Watch *watch, Str *changed) {
    _Alignas(struct inotify_event) char buffer[16384];
    bool is_changed = false;
    ssize_t size;
    while ((size = read(watch->descriptor, buffer, sizeof buffer)) > 0) {
        for (size_t at = 0; at < (size_t)size;) {
            const struct inotify_event *event = (const void *)(buffer + at);
            Str path = {0};
            if (matters(watch, event, &path)) {
                is_changed = true;
                *changed = path;
            }
            at += sizeof *event + event->len;
        }
    }
    return is_changed;
}
