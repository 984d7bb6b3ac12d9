#include "base/ban.h"

#include "site/shell/theme.h"

#include "base/asset.h"
#include "base/limits.h"
#include "diagram/diagram.h"
#include "raster/png.h"
#include "site/discover.h"
#include "site/picture.h"
#include "site/shell/shell.h"
#include "site/shell/theme_colors.h"
#include "site/shell/theme_icon.h"

/* A larger logo is an image of its own: a page is fetched often, an image once. */
#define LOGO_INLINE_SIZE ((size_t)4096)

/* The theme's templates, the first for pages that ask for none, and the parts they share. */
static const char *const template_names[] = {"page", "home", "404"};
static const char parts_name[] = "parts";

#define TEMPLATE_COUNT (sizeof template_names / sizeof *template_names)

/* Its other files: where they stand in the output, and what they are called in the program. The
 * fonts' licence asks to stand beside them. */
static const struct {
    const char *path, *asset;
} theme_files[] = {
    {"docsgen.js", "theme/docsgen.js"},
    {"fonts/OFL.txt", "theme/OFL.txt"},
    {"fonts/inter-400.woff2", "fonts/inter-400.woff2"},
    {"fonts/inter-400i.woff2", "fonts/inter-400i.woff2"},
    {"fonts/inter-600.woff2", "fonts/inter-600.woff2"},
    {"fonts/mono-400.woff2", "fonts/mono-400.woff2"},
};

#define FILE_COUNT (sizeof theme_files / sizeof *theme_files)

typedef struct Reader {
    Site *site;
    Fs *fs;
    const ThemeSettings *settings;
    Theme *theme;
    FsList own; /* files of the project's theme folder */
    Map *taken; /* those that stand for one of the theme, by path */
} Reader;

static void add_file(Reader *reader, Output file) {
    Theme *theme = reader->theme;
    ARENA_RESERVE(reader->site->arena, theme->files, theme->file_count, theme->file_capacity);
    theme->files[theme->file_count++] = file;
}

/* ---- the project's folder ---- */

static void list_own(Reader *reader) {
    const PlacedText *folder = &reader->settings->folder;
    Str why;
    reader->own = (FsList){.arena = reader->site->arena};
    reader->taken = map_new(reader->site->arena);
    if (folder->text.size == 0)
        return;
    if (fs_kind(reader->fs, folder->text) == FS_FOLDER &&
        fs_walk(reader->fs, (FsWalk){.folder = folder->text}, &reader->own, &why))
        return;
    diag_add(reader->site->diags, DIAG_SETTINGS, folder->at, "no folder \"%.*s\"",
             STR_FMT(folder->text));
    diag_hint(reader->site->diags, "it is looked for in the root of the project");
}

/* The path below the folder. */
static Str own_name(const Reader *reader, const FsEntry *entry) {
    return str_from_offset(entry->path, reader->settings->folder.text.size + 1);
}

/* The path of the project's own file of this name; from then on it counts as used. */
static Str own_path(Reader *reader, Str name) {
    for (size_t i = 0; i < reader->own.count; i++) {
        const FsEntry *entry = &reader->own.entries[i];
        if (entry->kind != FS_FILE || !str_equal(own_name(reader, entry), name))
            continue;
        map_put(reader->taken, entry->path, reader);
        return entry->path;
    }
    return (Str){NULL, 0};
}

/* The project's own file as text, or NULL. */
static const Source *own_source(Reader *reader, Str name) {
    Str path = own_path(reader, name);
    FsText text;
    if (path.size == 0)
        return NULL;
    if (fs_read(reader->fs, path, LIMIT_PAGE_SIZE, reader->site->arena, &text))
        return source_new(reader->site->arena, path, text.content);
    diag_add(reader->site->diags, DIAG_SETTINGS, reader->settings->folder.at,
             "\"%.*s\" cannot be read: %.*s", STR_FMT(path), STR_FMT(text.why));
    return NULL;
}

/* ---- templates ---- */

static const Source *theme_source(Reader *reader, const char *name) {
    Arena *arena = reader->site->arena;
    Str asset = str_format(arena, "theme/%s.html", name);
    return source_new(arena, str_format(arena, "docsgen:%s.html", name), asset_get(asset.data));
}

/* A template that the theme has no name for: "wide" of "wide.html". */
static Str further_template(const Reader *reader, const FsEntry *entry) {
    Str name = own_name(reader, entry);
    bool is_template = entry->kind == FS_FILE && str_ends_with(name, STR(".html")) &&
                       str_find_char(name, '/', 0) == STR_NONE &&
                       !map_find(reader->taken, entry->path);
    return str_slice(name, 0, is_template ? name.size - strlen(".html") : 0);
}

/* A name without a value writes nothing, so that a slip of the pen would go unseen. */
static void check_names(const Reader *reader) {
    Site *site = reader->site;
    size_t count = 0;
    while (shell_values[count])
        count++;
    Str *names = ARENA_ARRAY(site->arena, Str, count);
    for (size_t i = 0; i < count; i++)
        names[i] = str_from(shell_values[i]);
    template_check_names(reader->theme->templates, names, count, site->diags);
}

/* In order: the theme's templates or what replaces them, further ones, and the parts, the
 * project's before the theme's, so that it need write only those that it changes. */
static void read_templates(Reader *reader) {
    Site *site = reader->site;
    Theme *theme = reader->theme;
    size_t most = TEMPLATE_COUNT + reader->own.count + 2, count = 0;
    const Source **sources = ARENA_ARRAY(site->arena, const Source *, most);
    theme->names = ARENA_ARRAY(site->arena, Str, most);
    for (; count < TEMPLATE_COUNT; count++) {
        const char *name = template_names[count];
        const Source *own = own_source(reader, str_format(site->arena, "%s.html", name));
        sources[count] = own ? own : theme_source(reader, name);
        theme->names[count] = str_from(name);
    }
    const Source *parts = own_source(reader, STR("parts.html"));
    for (size_t i = 0; i < reader->own.count; i++) {
        Str name = further_template(reader, &reader->own.entries[i]);
        const Source *own =
            name.size ? own_source(reader, own_name(reader, &reader->own.entries[i])) : NULL;
        if (!own)
            continue;
        theme->names[count] = name;
        sources[count++] = own;
    }
    theme->name_count = count;
    if (parts)
        sources[count++] = parts;
    sources[count++] = theme_source(reader, parts_name);
    theme->templates = template_parse(sources, count, site->arena, site->diags);
    theme->look = template_hash(theme->templates);
    for (size_t i = 0; i < theme->name_count; i++)
        theme->look = hash_add(theme->look, theme->names[i]);
    if (reader->own.count)
        check_names(reader);
}

size_t theme_template_of(const Theme *theme, const Page *page) {
    Str wanted = page->template_name;
    if (wanted.size == 0 && str_equal(page->url, STR("404.html")))
        wanted = STR("404");
    for (size_t i = 0; i < theme->name_count; i++)
        if (str_equal(theme->names[i], wanted))
            return i;
    if (wanted.size) {
        diag_add(page->diags, DIAG_PAGE_FRONT_MATTER, page->template_at,
                 "no template is called \"%.*s\"", STR_FMT(wanted));
        diag_hint_nearest(page->diags, wanted, theme->names, theme->name_count);
    }
    return 0;
}

/* ---- files that the settings name ---- */

static void hint_file(const Reader *reader, Str path) {
    const Site *site = reader->site;
    Str *names = ARENA_ARRAY(site->arena, Str, site->file_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < site->file_count; i++)
        if (site->files[i].kind == FILE_ASSET)
            names[count++] = site->files[i].url;
    diag_hint_nearest(site->diags, path, names, count);
}

/* The file, which the site then publishes; NULL after a finding, or when nothing was set. */
static SiteFile *find_file(Reader *reader, const PlacedText *setting) {
    Site *site = reader->site;
    Str path;
    if (setting->text.size == 0)
        return NULL;
    if (!fs_resolve(site->config->source, setting->text, site->arena, &path)) {
        diag_add(site->diags, DIAG_SETTINGS, setting->at, "\"%.*s\" leaves the project",
                 STR_FMT(setting->text));
        diag_hint(site->diags, "copy the file into the source folder");
        return NULL;
    }
    SiteFile *file = discover_file(site, reader->fs, path);
    if (file && file->kind == FILE_ASSET) {
        file->is_wanted = true;
        return file;
    }
    diag_add(site->diags, DIAG_SETTINGS, setting->at, "no file \"%.*s\" in the source folder",
             STR_FMT(setting->text));
    hint_file(reader, setting->text);
    return NULL;
}

/* The text of an SVG file, or NULL. */
static const Source *read_svg(Reader *reader, const SiteFile *file) {
    FsText text;
    if (!str_ends_with(file->path, STR(".svg")) ||
        !fs_read(reader->fs, file->path, LIMIT_PICTURE_SIZE, reader->site->arena, &text))
        return NULL;
    return source_new(reader->site->arena, file->path, text.content);
}

static void read_logo(Reader *reader) {
    Site *site = reader->site;
    Theme *theme = reader->theme;
    const SiteFile *file = find_file(reader, &reader->settings->logo);
    if (!file) {
        theme->logo_svg = theme_icon_mark(theme_site_title(site), site->arena);
        return;
    }
    theme->logo_url = file->url;
    const Source *source = read_svg(reader, file);
    Buf svg = buf_new(site->arena);
    PictureView view = {.id_prefix = STR("logo-")};
    if (source && picture_inline(source, &view, &svg, site->diags) && svg.size <= LOGO_INLINE_SIZE)
        theme->logo_svg = buf_str(&svg);
}

/* ---- icons ---- */

/* The address of the picture, or nothing: pages do not name what is not there. */
static Str add_png(Reader *reader, const char *path, const RasterIcon *icon) {
    Site *site = reader->site;
    Str png, why;
    if (theme_icon_png(icon, site->arena, &png, &why)) {
        add_file(reader, (Output){.path = str_from(path), .content = png});
        return str_from(path);
    }
    diag_add(site->diags, DIAG_SETTINGS, reader->settings->favicon.at,
             "\"%s\" cannot be made: %.*s", path, STR_FMT(why));
    if (raster_has_fonts())
        diag_hint(site->diags, "make the favicon simpler");
    else if (raster_font_folder().size)
        diag_hint(site->diags, "name a folder that can be written to as TMPDIR");
    return STR("");
}

/* Of an SVG the pictures are made that phones (iOS: 180 px, never transparent) and search engines
 * (a multiple of 48 px) ask for. */
static void add_pngs(Reader *reader, Str svg) {
    reader->theme->touch_url =
        add_png(reader, "apple-touch-icon.png", &(RasterIcon){svg, 180, 20, true});
    reader->theme->png_url = add_png(reader, "favicon.png", &(RasterIcon){svg, 96, 0, false});
}

static void read_favicon(Reader *reader, ThemeAccent accent) {
    Site *site = reader->site;
    Theme *theme = reader->theme;
    const SiteFile *file = find_file(reader, &reader->settings->favicon);
    theme->favicon_type = STR("image/svg+xml");
    if (!file) {
        const Source *own = own_source(reader, STR("favicon.svg"));
        Str svg = own ? own->text : theme_icon_draw(theme_site_title(site), accent, site->arena);
        theme->favicon_url = STR("favicon.svg");
        add_file(reader, (Output){.path = theme->favicon_url, .content = svg});
        add_pngs(reader, svg);
        return;
    }
    theme->favicon_url = file->url;
    const Source *source = read_svg(reader, file);
    if (source) {
        add_pngs(reader, source->text);
        return;
    }
    bool is_png = str_ends_with(file->path, STR(".png"));
    theme->favicon_type = is_png ? STR("image/png") : STR("image/x-icon");
    theme->touch_url = is_png ? file->url : STR("");
}

/* ---- files of the output ---- */

/* A page that has an address asks for its fonts early. Opened as a file it may not, and fonts that
 * may not come late would be missing on every other page: there they may. */
static void let_fonts_come_late(Str sheet, Buf *css) {
    const Str optional = STR("font-display: optional;");
    size_t at = 0, next;
    while ((next = str_find(sheet, optional, at)) != STR_NONE) {
        buf_add(css, str_slice(sheet, at, next));
        buf_add_text(css, "font-display: swap;");
        at = next + optional.size;
    }
    buf_add(css, str_from_offset(sheet, at));
}

static ThemeAccent add_style(Reader *reader) {
    const Source *own = own_source(reader, STR("style.css"));
    Str sheet = own ? own->text : asset_get("theme/style.css");
    Buf css = buf_new(reader->site->arena);
    if (reader->site->config->url.size)
        buf_add(&css, sheet);
    else
        let_fonts_come_late(sheet, &css);
    diagram_write_css(&css);
    ThemeAccent accent = theme_colors_write(reader->settings, sheet, &css, reader->site->diags);
    add_file(reader, (Output){.path = STR("style.css"), .content = buf_str(&css)});
    return accent;
}

static void add_files(Reader *reader) {
    for (size_t i = 0; i < FILE_COUNT; i++) {
        Output file = {.path = str_from(theme_files[i].path)};
        file.copy_of = own_path(reader, file.path);
        if (file.copy_of.size == 0)
            file.content = asset_get(theme_files[i].asset);
        add_file(reader, file);
    }
    /* What stands for nothing of the theme is published as it is: pictures, further fonts. */
    for (size_t i = 0; i < reader->own.count; i++) {
        const FsEntry *entry = &reader->own.entries[i];
        if (entry->kind == FS_FILE && !map_find(reader->taken, entry->path))
            add_file(reader, (Output){.path = own_name(reader, entry), .copy_of = entry->path});
    }
}

static void read_stylesheets(Reader *reader) {
    const ThemeSettings *settings = reader->settings;
    Theme *theme = reader->theme;
    theme->stylesheets = ARENA_ARRAY(reader->site->arena, Str, settings->css_count + 1);
    for (size_t i = 0; i < settings->css_count; i++) {
        const SiteFile *file = find_file(reader, &settings->css[i]);
        if (file)
            theme->stylesheets[theme->stylesheet_count++] = file->url;
    }
}

Str theme_site_title(const Site *site) {
    const Page *home = site_find_page(site, STR("index.html"));
    Str title = site->config->title;
    return title.size ? title : home ? home->title : STR("Documentation");
}

const Theme *theme_read(Site *site, Fs *fs) {
    Reader reader = {.site = site,
                     .fs = fs,
                     .settings = &site->config->theme,
                     .theme = ARENA_NEW(site->arena, Theme)};
    list_own(&reader);
    read_templates(&reader);
    read_favicon(&reader, add_style(&reader));
    read_logo(&reader);
    read_stylesheets(&reader);
    add_files(&reader);
    reader.theme->header = slot_read(site, reader.settings->header);
    reader.theme->footer = slot_read(site, reader.settings->footer);
    return reader.theme;
}
