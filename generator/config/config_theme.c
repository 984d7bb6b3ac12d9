#include "base/ban.h"

#include "config/config_theme.h"

#include "base/color.h"
#include "base/escape.h"
#include "base/fs.h"

const char *const config_theme_colors[] = {
    "accent",        "bg",   "bg-soft", "bg-raised", "border",
    "border-strong", "text", "heading", "muted",     NULL};

static const char *const theme_keys[] = {"folder", "logo",   "favicon", "colors",
                                         "css",    "header", "footer",  NULL};

typedef struct Reader {
    ThemeSettings *theme;
    Arena *arena;
    Diags *diags;
} Reader;

static void report(const Reader *reader, const YamlNode *node, const char *key,
                   const char *problem) {
    diag_add(reader->diags, DIAG_SETTINGS, node->at, "\"%s\" %s", key, problem);
}

static bool is_scalar(const YamlNode *node) {
    return node->kind != YAML_LIST && node->kind != YAML_MAP && node->kind != YAML_NULL;
}

/* The text under `key`; empty when it is absent or, after a finding, something else. */
static PlacedText read_text(const Reader *reader, const YamlNode *map, const char *key) {
    const YamlNode *node = yaml_find(map, key);
    if (!node || node->kind == YAML_NULL)
        return (PlacedText){.text = STR("")};
    if (is_scalar(node))
        return (PlacedText){node->text, node->at};
    diag_add(reader->diags, DIAG_SETTINGS, node->at, "\"%s\" must be text, not %.*s", key,
             STR_FMT(yaml_kind_name(node->kind)));
    return (PlacedText){.text = STR("")};
}

/* css ::= file | file*. */
static void read_css(const Reader *reader, const YamlNode *map) {
    const YamlNode *node = yaml_find(map, "css");
    if (!node || node->kind == YAML_NULL)
        return;
    size_t count = node->kind == YAML_LIST ? node->count : 1;
    reader->theme->css = ARENA_ARRAY(reader->arena, PlacedText, count + 1);
    for (size_t i = 0; i < count; i++) {
        const YamlNode *item = node->kind == YAML_LIST ? node->values[i] : node;
        if (is_scalar(item))
            reader->theme->css[reader->theme->css_count++] = (PlacedText){item->text, item->at};
        else
            report(reader, item, "css", "must be a file or a list of files");
    }
}

/* color ::= "#" hex3 | "#" hex6 | name. Written as "#rrggbb" from here on. */
static bool read_color(const Reader *reader, const YamlNode *node, Str *color) {
    Color parsed;
    if (node->kind == YAML_NULL) {
        /* "accent: #b4290f" is a key without a value and a comment. */
        diag_add(reader->diags, DIAG_SETTINGS, node->at, "a colour is missing");
        diag_hint(reader->diags, "\"#\" begins a comment in YAML: write the colour in quotes");
        return false;
    }
    if (!is_scalar(node) || !color_parse(node->text, &parsed) || parsed.alpha != 255) {
        diag_add(reader->diags, DIAG_SETTINGS, node->at, "\"%.*s\" is no colour",
                 STR_FMT(is_scalar(node) ? node->text : span_text(node->at)));
        diag_hint(reader->diags, "write it as \"#3451d1\"");
        return false;
    }
    Buf out = buf_new(reader->arena);
    color_write(&out, parsed);
    *color = buf_str(&out);
    return true;
}

/* colors ::= ( name ":" ( color | "[" light "," dark "]" ) )*. Of the accent alone one colour is
 * enough, because readable tones can be made from it; of others nobody would guess the second. */
static void read_color_entry(const Reader *reader, const YamlNode *key, const YamlNode *value) {
    ColorSetting color = {.name = key->text, .at = value->at};
    bool is_list = value->kind == YAML_LIST;
    if (!is_list && !str_equal(key->text, STR("accent"))) {
        report(reader, value, str_cstr(reader->arena, key->text),
               "must be a light and a dark colour");
        diag_hint(reader->diags, "write a list of two: [\"#ffffff\", \"#0e1117\"]");
        return;
    }
    if (is_list && value->count != 2) {
        report(reader, value, str_cstr(reader->arena, key->text), "must be a list of two colours");
        diag_hint(reader->diags, "the first is for light pages, the second for dark ones");
        return;
    }
    bool is_right = read_color(reader, is_list ? value->values[0] : value, &color.light) &&
                    (!is_list || read_color(reader, value->values[1], &color.dark));
    if (is_right)
        reader->theme->colors[reader->theme->color_count++] = color;
}

static void read_colors(const Reader *reader, const YamlNode *map) {
    const YamlNode *colors = yaml_find(map, "colors");
    if (!colors || colors->kind == YAML_NULL)
        return;
    if (colors->kind != YAML_MAP) {
        diag_add(reader->diags, DIAG_SETTINGS, colors->at,
                 "\"colors\" must be a map of keys, not %.*s",
                 STR_FMT(yaml_kind_name(colors->kind)));
        return;
    }
    reader->theme->colors = ARENA_ARRAY(reader->arena, ColorSetting, colors->count + 1);
    if (yaml_check_keys(colors, config_theme_colors, DIAG_SETTINGS, reader->diags))
        for (size_t i = 0; i < colors->count; i++)
            read_color_entry(reader, colors->keys[i], colors->values[i]);
}

static void read_folder(const Reader *reader, const YamlNode *map) {
    PlacedText folder = read_text(reader, map, "folder");
    const YamlNode *node = yaml_find(map, "folder");
    if (folder.text.size == 0)
        return;
    if (str_starts_with(folder.text, STR("/")))
        report(reader, node, "folder", "must be relative to the project's folder");
    else if (!fs_resolve(STR(""), folder.text, reader->arena, &folder.text))
        report(reader, node, "folder", "leaves the project");
    else if (folder.text.size == 0)
        report(reader, node, "folder", "must be a folder of its own");
    else
        reader->theme->folder = folder;
}

void config_theme_read(const YamlNode *map, ThemeSettings *theme, Arena *arena, Diags *diags) {
    Reader reader = {theme, arena, diags};
    yaml_check_keys(map, theme_keys, DIAG_SETTINGS, diags);
    read_folder(&reader, map);
    theme->logo = read_text(&reader, map, "logo");
    theme->favicon = read_text(&reader, map, "favicon");
    read_colors(&reader, map);
    read_css(&reader, map);
    theme->header = read_text(&reader, map, "header");
    theme->footer = read_text(&reader, map, "footer");
}

static void render_text(Buf *out, const char *key, PlacedText value) {
    if (value.text.size == 0)
        return;
    buf_add_text(out, key);
    json_string(out, value.text);
    buf_add_char(out, '\n');
}

static void render_colors(const ThemeSettings *theme, Buf *out) {
    for (size_t i = 0; i < theme->color_count; i++) {
        const ColorSetting *color = &theme->colors[i];
        buf_add_format(out, "%s    %.*s: ", i ? "" : "  colors:\n", STR_FMT(color->name));
        buf_add_format(out, color->dark.size ? "[\"%.*s\", " : "\"%.*s\"\n", STR_FMT(color->light));
        if (color->dark.size)
            buf_add_format(out, "\"%.*s\"]\n", STR_FMT(color->dark));
    }
}

void config_theme_render(const ThemeSettings *theme, Buf *out) {
    size_t before = out->size;
    buf_add_text(out, "theme:\n");
    size_t start = out->size;
    render_text(out, "  folder: ", theme->folder);
    render_text(out, "  logo: ", theme->logo);
    render_text(out, "  favicon: ", theme->favicon);
    render_colors(theme, out);
    for (size_t i = 0; i < theme->css_count; i++)
        render_text(out, i ? "    - " : "  css:\n    - ", theme->css[i]);
    render_text(out, "  header: ", theme->header);
    render_text(out, "  footer: ", theme->footer);
    if (out->size == start)
        out->size = before;
}
