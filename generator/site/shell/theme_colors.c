#include "base/ban.h"

#include "site/shell/theme_colors.h"

#define CONTRAST_TEXT    450 /* in hundredths */
#define CONTRAST_DERIVED 480 /* of tones made here: not on the edge */
#define STEPS            64  /* from a colour to black or white */

static const Color black = {0, 0, 0, 255}, white = {255, 255, 255, 255};

/* The colours that a part of the style sheet has in both schemes. `setting` NULL: its own. */
typedef struct Token {
    const char *name;
    Color colors[COLOR_SCHEME_COUNT];
    const ColorSetting *setting;
    bool is_known; /* the sheet has it; a sheet that somebody wrote may not */
} Token;

/* The first is the accent; those behind it follow from it. */
enum {
    TOKEN_ACCENT,
    TOKEN_ACCENT_SOFT,
    TOKEN_ACCENT_LINE,
    TOKEN_ON_ACCENT,
    TOKEN_BG,
    TOKEN_BG_SOFT,
    TOKEN_BG_RAISED,
    TOKEN_OTHERS,
};

static const char *const token_names[] = {
    "accent",     "accent-soft", "accent-line", "on-accent",     "bg",
    "bg-soft",    "bg-raised",   "border",      "border-strong", "text",
    "heading",    "muted",       "blue-soft",   "amber-soft",    "purple-soft",
    "green-soft", "red-soft",    "slate-soft",  "teal-soft",     "pink-soft",
};

#define TOKEN_COUNT (sizeof token_names / sizeof *token_names)

/* What is written on what. */
static const struct {
    const char *front, *back;
} pairs[] = {
    {"text", "bg"},          {"text", "bg-soft"},     {"text", "bg-raised"},
    {"heading", "bg"},       {"heading", "bg-soft"},  {"muted", "bg"},
    {"muted", "bg-soft"},    {"muted", "bg-raised"},  {"accent", "bg"},
    {"accent", "bg-soft"},   {"accent", "bg-raised"}, {"accent", "accent-soft"},
    {"on-accent", "accent"}, {"accent", "blue-soft"}, {"accent", "amber-soft"},
};

#define PAIR_COUNT (sizeof pairs / sizeof *pairs)

typedef struct Palette {
    Token tokens[TOKEN_COUNT];
    Diags *diags;
} Palette;

static Token *token_find(Palette *palette, Str name) {
    for (size_t i = 0; i < TOKEN_COUNT; i++)
        if (str_equal(name, str_from(palette->tokens[i].name)))
            return &palette->tokens[i];
    return NULL;
}

/* "--name: light-dark(#rrggbb, #rrggbb)", as the style sheet writes its colours. */
static void token_read(Token *token, Str css, Arena *arena) {
    Str start = str_format(arena, "--%s: light-dark(", token->name);
    size_t at = str_find(css, start, 0);
    if (at == STR_NONE)
        return;
    Str rest = str_from_offset(css, at + start.size);
    Str inner = str_slice(rest, 0, str_find_char(rest, ')', 0));
    Str light = str_trim(str_cut(&inner, ','));
    token->is_known = inner.data && color_parse(light, &token->colors[COLOR_LIGHT]) &&
                      color_parse(str_trim(inner), &token->colors[COLOR_DARK]);
}

/* `part` of STEPS from `from` to `to`. */
static Color mix(Color from, Color to, int part) {
    return (Color){
        (uint8_t)((from.red * (STEPS - part) + to.red * part + STEPS / 2) / STEPS),
        (uint8_t)((from.green * (STEPS - part) + to.green * part + STEPS / 2) / STEPS),
        (uint8_t)((from.blue * (STEPS - part) + to.blue * part + STEPS / 2) / STEPS),
        255,
    };
}

/* The least contrast of `front` on everything that `name` is written on. */
static int least_contrast(const Palette *palette, const char *name, Color front,
                          ColorScheme scheme) {
    int least = INT32_MAX;
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        if (strcmp(pairs[i].front, name) != 0)
            continue;
        for (size_t k = 0; k < TOKEN_COUNT; k++) {
            const Token *back = &palette->tokens[k];
            if (!back->is_known || strcmp(back->name, pairs[i].back) != 0)
                continue;
            int contrast = color_contrast(front, back->colors[scheme]);
            least = contrast < least ? contrast : least;
        }
    }
    return least;
}

/* The tone nearest to `color` that can be read: darker on light pages, lighter on dark ones. */
static Color readable(const Palette *palette, const char *name, Color color, ColorScheme scheme) {
    if (least_contrast(palette, name, color, scheme) >= CONTRAST_TEXT)
        return color;
    Color best = color;
    for (int part = 1; part <= STEPS; part++) {
        best = mix(color, scheme == COLOR_LIGHT ? black : white, part);
        if (least_contrast(palette, name, best, scheme) >= CONTRAST_DERIVED)
            break;
    }
    return best;
}

static Str color_text(Color color, Arena *arena) {
    Buf out = buf_new(arena);
    color_write(&out, color);
    return buf_str(&out);
}

/* A pale ground, a line, and what is written on the full colour, all from the accent. The shares
 * are those of the theme's own accent. */
static void derive_company(Palette *palette, Color given, ColorScheme scheme) {
    Token *tokens = palette->tokens;
    Color bg = tokens[TOKEN_BG].colors[scheme], accent = tokens[TOKEN_ACCENT].colors[scheme];
    bool is_dark = scheme == COLOR_DARK;
    tokens[TOKEN_ACCENT_SOFT].colors[scheme] = mix(bg, given, is_dark ? 16 : 5);
    tokens[TOKEN_ACCENT_LINE].colors[scheme] = mix(bg, given, is_dark ? 42 : 22);
    Color ink = {0x0e, 0x11, 0x17, 255};
    tokens[TOKEN_ON_ACCENT].colors[scheme] =
        color_contrast(white, accent) >= color_contrast(ink, accent) ? white : ink;
}

/* One colour serves both schemes only when it can be read in both: else a tone of it does. */
static void derive_accent(Palette *palette, const ColorSetting *setting, Arena *arena) {
    Token *accent = &palette->tokens[TOKEN_ACCENT];
    Color given = accent->colors[COLOR_LIGHT];
    for (ColorScheme scheme = COLOR_LIGHT; scheme < COLOR_SCHEME_COUNT; scheme++) {
        if (setting->dark.size)
            given = accent->colors[scheme];
        accent->colors[scheme] = given;
        derive_company(palette, given, scheme); /* the pale ground counts as well */
        if (setting->dark.size == 0)
            accent->colors[scheme] = readable(palette, "accent", given, scheme);
        derive_company(palette, given, scheme);
    }
    Str light = color_text(accent->colors[COLOR_LIGHT], arena);
    Str dark = color_text(accent->colors[COLOR_DARK], arena);
    if (setting->dark.size || (str_equal(light, setting->light) && str_equal(dark, setting->light)))
        return;
    diag_add(palette->diags, DIAG_THEME_TONE, setting->at,
             "the accent is %.*s on light pages and %.*s on dark ones, so that text can be read",
             STR_FMT(light), STR_FMT(dark));
    diag_hint(palette->diags, "to choose both: accent: [\"%.*s\", \"%.*s\"]", STR_FMT(light),
              STR_FMT(dark));
}

/* The contrast of a pair that the settings have a hand in and that cannot be read, else 0. */
static int pair_fault(Palette *palette, size_t index, ColorScheme scheme) {
    const Token *front = token_find(palette, str_from(pairs[index].front));
    const Token *back = token_find(palette, str_from(pairs[index].back));
    int contrast = color_contrast(front->colors[scheme], back->colors[scheme]);
    bool is_chosen = front->setting || back->setting;
    return is_chosen && front->is_known && back->is_known && contrast < CONTRAST_TEXT ? contrast
                                                                                      : 0;
}

/* Of all that one colour is written on the worst is named: the others have the same way out. */
static bool is_worst(Palette *palette, size_t index, ColorScheme scheme) {
    int contrast = pair_fault(palette, index, scheme);
    for (size_t i = 0; i < PAIR_COUNT && contrast; i++) {
        int other =
            strcmp(pairs[i].front, pairs[index].front) == 0 ? pair_fault(palette, i, scheme) : 0;
        if (other && (other < contrast || (other == contrast && i < index)))
            return false;
    }
    return contrast > 0;
}

static void check_pair(Palette *palette, size_t index, ColorScheme scheme, Arena *arena) {
    if (!is_worst(palette, index, scheme))
        return;
    const Token *front = token_find(palette, str_from(pairs[index].front));
    const Token *back = token_find(palette, str_from(pairs[index].back));
    int contrast = pair_fault(palette, index, scheme);
    diag_add(palette->diags, DIAG_THEME_CONTRAST,
             front->setting ? front->setting->at : back->setting->at,
             "\"%s\" on \"%s\" is hard to read on %s pages: %d.%02d to 1, not 4.5", front->name,
             back->name, scheme == COLOR_LIGHT ? "light" : "dark", contrast / 100, contrast % 100);
    Color better = readable(palette, front->name, front->colors[scheme], scheme);
    if (least_contrast(palette, front->name, better, scheme) >= CONTRAST_TEXT)
        diag_hint(palette->diags, "as \"%s\" %.*s can be read there", front->name,
                  STR_FMT(color_text(better, arena)));
    else
        diag_hint(palette->diags, "no colour can be read on all that \"%s\" is written on",
                  front->name);
}

static void write_rules(const Palette *palette, Buf *out) {
    buf_add_text(out, "\n/* ---- the colours of the settings ---- */\n:root {\n");
    for (size_t i = 0; i < TOKEN_COUNT; i++) {
        const Token *token = &palette->tokens[i];
        bool is_company = i > TOKEN_ACCENT && i <= TOKEN_ON_ACCENT;
        if (!token->setting && !(is_company && palette->tokens[TOKEN_ACCENT].setting))
            continue;
        buf_add_format(out, "  --%s: light-dark(", token->name);
        color_write(out, token->colors[COLOR_LIGHT]);
        buf_add_text(out, ", ");
        color_write(out, token->colors[COLOR_DARK]);
        buf_add_text(out, ");\n");
    }
    buf_add_text(out, "}\n");
}

ThemeAccent theme_colors_write(const ThemeSettings *theme, Str css, Buf *out, Diags *diags) {
    Arena *arena = out->arena;
    Palette *palette = ARENA_NEW(arena, Palette);
    palette->diags = diags;
    for (size_t i = 0; i < TOKEN_COUNT; i++) {
        palette->tokens[i].name = token_names[i];
        token_read(&palette->tokens[i], css, arena);
    }
    for (size_t i = 0; i < theme->color_count; i++) {
        const ColorSetting *setting = &theme->colors[i];
        Token *token = token_find(palette, setting->name);
        token->setting = setting;
        color_parse(setting->light, &token->colors[COLOR_LIGHT]);
        color_parse(setting->dark, &token->colors[COLOR_DARK]);
    }
    Token *accent = &palette->tokens[TOKEN_ACCENT];
    if (accent->setting)
        derive_accent(palette, accent->setting, arena);
    for (size_t i = 0; i < PAIR_COUNT; i++)
        for (ColorScheme scheme = COLOR_LIGHT; scheme < COLOR_SCHEME_COUNT; scheme++)
            check_pair(palette, i, scheme, arena);
    if (theme->color_count)
        write_rules(palette, out);
    if (!accent->is_known && !accent->setting)
        accent->colors[COLOR_LIGHT] = (Color){0x34, 0x51, 0xd1, 255};
    Color back = accent->colors[COLOR_LIGHT];
    return (ThemeAccent){back, color_contrast(white, back) >= 300 ? white : black};
}
