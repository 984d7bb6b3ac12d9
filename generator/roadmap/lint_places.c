#include "base/ban.h"

#include "roadmap/lint.h"

/* ---- the folder ---- */

typedef enum Stage {
    STAGE_NONE,
    STAGE_PLANNING,
    STAGE_PROGRESS,
    STAGE_COMPLETE,
} Stage;

static const struct {
    const char *folder;
    Stage stage;
} stages[] = {
    {"planning", STAGE_PLANNING},    {"planned", STAGE_PLANNING}, {"in_progress", STAGE_PROGRESS},
    {"in-progress", STAGE_PROGRESS}, {"active", STAGE_PROGRESS},  {"complete", STAGE_COMPLETE},
    {"completed", STAGE_COMPLETE},   {"archive", STAGE_COMPLETE},
};

static Stage stage_of(Str folder) {
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        if (str_equal(folder, str_from(stages[i].folder)))
            return stages[i].stage;
    }
    return STAGE_NONE;
}

/* The last part of a path, cut off from it; slashes at the end are dropped. */
static Str take_last(Str *path) {
    while (path->size > 0 && path->data[path->size - 1] == '/')
        path->size--;
    size_t slash = str_find_last(*path, '/');
    size_t start = slash == STR_NONE ? 0 : slash + 1;
    Str last = str_from_offset(*path, start);
    *path = str_slice(*path, 0, start);
    return last;
}

/* The folder of the document, and the folder around it, whose name may say how far the work is. */
typedef struct Home {
    Str name, parent;
} Home;

static Home home_of(const Roadmap *map) {
    Str path = map->source->path;
    take_last(&path);
    Home home;
    home.name = take_last(&path);
    home.parent = take_last(&path);
    return home;
}

static void check_directory(const Lint *lint, const Home *home) {
    const RoadmapComputed *computed = &lint->map->computed;
    bool has_begun = computed->rows.done > 0;
    bool is_finished = lint_is_finished(lint->map);
    const char *wanted = NULL;
    switch (stage_of(home->parent)) {
    case STAGE_NONE: return;
    case STAGE_PLANNING:
        wanted = is_finished ? "a folder for what is complete"
                 : has_begun ? "a folder for what is in progress"
                             : NULL;
        break;
    case STAGE_PROGRESS: wanted = is_finished ? "a folder for what is complete" : NULL; break;
    case STAGE_COMPLETE: wanted = !is_finished ? "a folder for what is in progress" : NULL; break;
    }
    if (!wanted)
        return;
    const RoadmapNumber *percent = &lint->map->declared.percent;
    diag_add(lint->diags, DIAG_ROADMAP_DIRECTORY,
             percent->is_set ? percent->at : lint->map->prs[0].id_at,
             "%u of %u PRs are complete, but the roadmap lies in \"%.*s/\"", computed->rows.done,
             computed->rows.total, STR_FMT(home->parent));
    diag_hint(lint->diags, "move it to %s", wanted);
}

/* ---- paths in the text ---- */

/* The first line of the block below "Required Documents Location" that looks like a folder. */
static Str find_location(const Lint *lint) {
    const Outline *outline = lint->map->outline;
    for (size_t i = 0; i < outline->block_count; i++) {
        const OutlineBlock *block = &outline->blocks[i];
        if (block->part == ROADMAP_NONE || block->node->kind != MD_CODE_BLOCK ||
            text_find(outline->parts[block->part].text, "documents location") == STR_NONE)
            continue;
        Str rest = span_text(block->node->at);
        Str line = str_trim(str_cut_line(&rest));
        return str_ends_with(line, STR("/")) ? line : (Str){0};
    }
    return (Str){0};
}

/* The tracker says where its documents are: is it there? Only names are compared, for what lies
 * around the project is not known. */
static void check_location(const Lint *lint, const Home *home) {
    Str path = find_location(lint);
    Str rest = path;
    Str name = take_last(&rest);
    Str parent = take_last(&rest);
    if (path.size == 0 || name.size == 0 || home->name.size == 0 ||
        stage_of(home->name) != STAGE_NONE)
        return;
    bool is_moved = stage_of(home->parent) != STAGE_NONE && stage_of(parent) != STAGE_NONE &&
                    !str_equal(parent, home->parent);
    if (str_equal(name, home->name) && !is_moved)
        return;
    Span at = span_of_str(lint->map->source, path);
    if (is_moved)
        diag_add(lint->diags, DIAG_ROADMAP_PATH, at,
                 "the documents are said to be in \"%.*s/%.*s/\", this one is in \"%.*s/%.*s/\"",
                 STR_FMT(parent), STR_FMT(name), STR_FMT(home->parent), STR_FMT(home->name));
    else
        diag_add(lint->diags, DIAG_ROADMAP_PATH, at,
                 "the documents are said to be in \"%.*s/\", this one is in \"%.*s/\"",
                 STR_FMT(name), STR_FMT(home->name));
    bool is_repairable = path.data[0] != '/' && is_moved;
    if (!is_repairable)
        return;
    Str folder = str_slice(path, 0, (size_t)(parent.data - path.data));
    Str wanted = str_format(lint->arena, "%.*s%.*s/%.*s/", STR_FMT(folder), STR_FMT(home->parent),
                            STR_FMT(home->name));
    diag_hint(lint->diags, "write %.*s", STR_FMT(wanted));
    diag_fix(lint->diags, at, wanted);
}

/* The path that begins here, up to what cannot be in one. */
static Str take_path(Str text) {
    size_t size = 0;
    while (size < text.size && text.data[size] > ' ' && text.data[size] != '`' &&
           text.data[size] != ')' && text.data[size] != '"' && text.data[size] != '\'')
        size++;
    return str_slice(text, 0, size);
}

/* "ann/login": a name and something below it. */
static bool has_user(Str path) {
    size_t slash = str_find_char(path, '/', 0);
    size_t other = str_find_char(path, '\\', 0);
    slash = slash < other ? slash : other;
    return slash != STR_NONE && slash > 0 && slash + 1 < path.size;
}

/* A path that exists on one machine only, in text or in commands: the first one, and how many. */
static void check_absolute(const Lint *lint) {
    static const char *const roots[] = {"/home/", "/Users/", "C:\\Users\\"};
    Str text = lint->map->source->text;
    size_t first = STR_NONE;
    size_t count = 0;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        Str root = str_from(roots[i]);
        for (size_t at = str_find(text, root, 0); at != STR_NONE;
             at = str_find(text, root, at + root.size)) {
            char before = at > 0 ? text.data[at - 1] : ' ';
            bool is_start = before <= ' ' || before == '`' || before == '(' || before == '"' ||
                            before == '\'' || before == '=' || before == ':';
            if (!is_start || !has_user(take_path(str_from_offset(text, at + root.size))))
                continue;
            first = at < first ? at : first;
            count++;
        }
    }
    if (count == 0)
        return;
    Str path = take_path(str_from_offset(text, first));
    diag_add(lint->diags, DIAG_ROADMAP_ABSOLUTE_PATH, span_of_str(lint->map->source, path),
             "this path exists on one machine only");
    if (count > 1)
        diag_hint(lint->diags, "write it from the project's root; there %s %zu more",
                  count == 2 ? "is" : "are", count - 1);
    else
        diag_hint(lint->diags, "write it from the project's root");
}

void lint_places(const Lint *lint) {
    Home home = home_of(lint->map);
    check_directory(lint, &home);
    check_location(lint, &home);
    check_absolute(lint);
}
