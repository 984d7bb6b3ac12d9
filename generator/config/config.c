#include "base/ban.h"

#include "config/config.h"

#include "base/fs.h"
#include "config/config_nav.h"
#include "config/config_theme.h"
#include "data/yaml.h"

typedef struct Reader {
    Config *config;
    Arena *arena;
    Diags *diags;
    Span output_at; /* where `output` was set; no source when a flag or the environment did */
} Reader;

/* Brings a value into the form that Config promises. Gives what is wrong with it, or NULL. */
typedef const char *(*TidyText)(Arena *arena, Str *value);

static bool is_web_address(Str s) {
    return str_starts_with(s, STR("https://")) || str_starts_with(s, STR("http://"));
}

/* A closing slash lets page URLs be joined to it without a look. */
static const char *tidy_url(Arena *arena, Str *value) {
    if (!is_web_address(*value))
        return "must begin with \"https://\"";
    if (!str_ends_with(*value, STR("/")))
        *value = str_format(arena, "%.*s/", STR_FMT(*value));
    return NULL;
}

static const char *tidy_repository(Arena *arena, Str *value) {
    (void)arena;
    if (!is_web_address(*value))
        return "must begin with \"https://\"";
    while (str_ends_with(*value, STR("/")))
        value->size--;
    return NULL;
}

/* language ::= letter{2,8} ( "-" (letter | digit){1,8} )*, the shape of BCP 47. */
static const char *tidy_language(Arena *arena, Str *value) {
    (void)arena;
    static const char problem[] = "is no language tag such as \"en\" or \"pt-BR\"";
    Str rest = *value;
    for (size_t part_index = 0; rest.data; part_index++) {
        Str part = str_cut(&rest, '-');
        if (part.size < (part_index ? 1 : 2) || part.size > 8)
            return problem;
        for (size_t i = 0; i < part.size; i++) {
            char c = part.data[i];
            bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!is_letter && (part_index == 0 || c < '0' || c > '9'))
                return problem;
        }
    }
    return NULL;
}

static const char *tidy_folder(Arena *arena, Str *value) {
    if (str_starts_with(*value, STR("/")))
        return "must be relative to the project's folder";
    if (!fs_resolve(STR(""), *value, arena, value))
        return "leaves the project";
    return NULL;
}

typedef struct TextSetting {
    const char *group; /* key of the map it stands in; "" for the top */
    const char *key;
    const char *environment;
    const char *fallback;
    size_t offset; /* of a Str in Config */
    TidyText tidy; /* NULL: any text will do */
    bool is_folder;
} TextSetting;

#define FIELD(name) offsetof(Config, name)

static const TextSetting text_settings[] = {
    {"site", "title", "DOCSGEN_SITE_TITLE", "", FIELD(title), NULL, false},
    {"site", "description", "DOCSGEN_SITE_DESCRIPTION", "", FIELD(description), NULL, false},
    {"site", "url", "DOCSGEN_SITE_URL", "", FIELD(url), tidy_url, false},
    {"site", "language", "DOCSGEN_SITE_LANGUAGE", "en", FIELD(language), tidy_language, false},
    {"site", "repository", "DOCSGEN_SITE_REPOSITORY", "", FIELD(repository), tidy_repository,
     false},
    {"", "source", "DOCSGEN_SOURCE", "site-src", FIELD(source), tidy_folder, true},
    {"", "diagrams", "DOCSGEN_DIAGRAMS", "diagrams", FIELD(diagrams), tidy_folder, true},
    {"", "output", "DOCSGEN_OUTPUT", "output", FIELD(output), tidy_folder, true},
};

#define TEXT_SETTING_COUNT (sizeof text_settings / sizeof *text_settings)

/* The keys of the top, then those of `site`, which people write there by mistake: they get a
 * finding of their own. */
static const char *const root_keys[] = {
    "site",     "source", "diagrams", "output",      "nav", "roadmap",  "checks",     "redirects",
    "markdown", "theme",  "title",    "description", "url", "language", "repository", NULL};
static const char *const site_keys[] = {"title",      "description", "url", "language",
                                        "repository", "cards",       NULL};
static const char *const markdown_keys[] = {"raw_html", NULL};

typedef struct BoolSetting {
    const char *group, *key, *environment;
    bool fallback;
    size_t offset; /* of a bool in Config */
} BoolSetting;

static const BoolSetting bool_settings[] = {
    {"site", "cards", "DOCSGEN_SITE_CARDS", true, FIELD(has_cards)},
};

#define BOOL_SETTING_COUNT (sizeof bool_settings / sizeof *bool_settings)

static bool *bool_field(Config *config, const BoolSetting *setting) {
    return (bool *)(void *)((char *)config + setting->offset);
}

static Str *text_field(Config *config, const TextSetting *setting) {
    return (Str *)(void *)((char *)config + setting->offset);
}

/* The value under `key` when it is of the wanted kind. NULL when it is absent, empty, or something
 * else, which is a finding. */
static const YamlNode *find_kind(const Reader *reader, const YamlNode *map, const char *key,
                                 YamlKind kind) {
    const YamlNode *node = yaml_find(map, key);
    if (!node || node->kind == YAML_NULL || node->kind == kind)
        return node && node->kind == kind ? node : NULL;
    diag_add(reader->diags, DIAG_SETTINGS, node->at, "\"%s\" must be %.*s, not %.*s", key,
             STR_FMT(yaml_kind_name(kind)), STR_FMT(yaml_kind_name(node->kind)));
    return NULL;
}

/* Numbers and the like are text here: a site may be called 2024. */
static void read_text(Reader *reader, const YamlNode *map, const TextSetting *setting) {
    const YamlNode *node = yaml_find(map, setting->key);
    if (!node || node->kind == YAML_NULL)
        return;
    if (node->kind == YAML_LIST || node->kind == YAML_MAP) {
        diag_add(reader->diags, DIAG_SETTINGS, node->at, "\"%s\" must be text, not %.*s",
                 setting->key, STR_FMT(yaml_kind_name(node->kind)));
        return;
    }
    Str value = node->text;
    const char *problem = setting->tidy ? setting->tidy(reader->arena, &value) : NULL;
    if (problem) {
        diag_add(reader->diags, DIAG_SETTINGS, node->at, "\"%s\" %s", setting->key, problem);
        return;
    }
    *text_field(reader->config, setting) = value;
    if (setting->offset == FIELD(output))
        reader->output_at = node->at;
    if (setting->offset == FIELD(source))
        reader->config->source_at = node->at;
}

/* `map` may be NULL: the group was not given. */
static void read_bools(const Reader *reader, const char *group, const YamlNode *map) {
    for (size_t i = 0; map && i < BOOL_SETTING_COUNT; i++) {
        const BoolSetting *setting = &bool_settings[i];
        const YamlNode *value = strcmp(setting->group, group) == 0
                                    ? find_kind(reader, map, setting->key, YAML_BOOL)
                                    : NULL;
        if (value)
            *bool_field(reader->config, setting) = value->is_true;
    }
}

const char *config_html_name(ConfigHtml html) {
    static const char *const names[] = {
        [CONFIG_HTML_AS_TEXT] = "false",
        [CONFIG_HTML_SAFE] = "safe",
        [CONFIG_HTML_ALL] = "true",
    };
    return names[html];
}

/* raw_html ::= "false" | "safe" | "true" . */
static bool find_html(Str word, ConfigHtml *html) {
    for (int i = CONFIG_HTML_AS_TEXT; i <= CONFIG_HTML_ALL; i++) {
        if (!str_equal(word, str_from(config_html_name((ConfigHtml)i))))
            continue;
        *html = (ConfigHtml)i;
        return true;
    }
    return false;
}

static void read_markdown(const Reader *reader, const YamlNode *root) {
    const YamlNode *markdown = find_kind(reader, root, "markdown", YAML_MAP);
    if (markdown)
        yaml_check_keys(markdown, markdown_keys, DIAG_SETTINGS, reader->diags);
    const YamlNode *value = markdown ? yaml_find(markdown, "raw_html") : NULL;
    if (value && value->kind != YAML_NULL && !find_html(value->text, &reader->config->html))
        diag_add(reader->diags, DIAG_SETTINGS, value->at,
                 "\"raw_html\" must be true, false or safe");
}

/* roadmap ::= folder | folder*. */
static void read_roadmap(const Reader *reader, const YamlNode *root) {
    YamlNode *node = yaml_find(root, "roadmap");
    if (!node || node->kind == YAML_NULL)
        return;
    bool is_list = node->kind == YAML_LIST;
    size_t count = is_list ? node->count : 1;
    Str *folders = ARENA_ARRAY(reader->arena, Str, count ? count : 1);
    for (size_t i = 0; i < count; i++) {
        const YamlNode *item = is_list ? node->values[i] : node;
        const char *problem = "must be a folder or a list of folders";
        if (item->kind != YAML_LIST && item->kind != YAML_MAP) {
            folders[i] = item->text;
            problem = tidy_folder(reader->arena, &folders[i]);
        }
        if (problem)
            diag_add(reader->diags, DIAG_SETTINGS, item->at, "\"roadmap\" %s", problem);
    }
    reader->config->roadmap = folders;
    reader->config->roadmap_count = count;
}

static DiagSeverity severity_find(Str name) {
    for (DiagSeverity severity = DIAG_OFF; severity <= DIAG_ERROR; severity++)
        if (str_equal(name, diag_severity_name(severity)))
            return severity;
    return DIAG_ERROR + 1;
}

/* A rule that does not exist would be a check that somebody believes to be off, or on. */
static void report_unknown_rule(const Reader *reader, const YamlNode *key) {
    Str names[DIAG_RULE_COUNT];
    for (size_t i = 0; i < DIAG_RULE_COUNT; i++)
        names[i] = diag_rule_name((DiagRule)i);
    diag_add(reader->diags, DIAG_CHECK_UNKNOWN_RULE, key->at, "no rule is called \"%.*s\"",
             STR_FMT(key->text));
    diag_hint_nearest(reader->diags, key->text, names, DIAG_RULE_COUNT);
}

/* checks ::= ( rule ":" severity )*. */
static void read_checks(const Reader *reader, const YamlNode *root) {
    const YamlNode *checks = find_kind(reader, root, "checks", YAML_MAP);
    for (size_t i = 0; checks && i < checks->count; i++) {
        const YamlNode *value = checks->values[i];
        DiagRule rule = diag_rule_find(checks->keys[i]->text);
        DiagSeverity severity = severity_find(value->text);
        if (rule == DIAG_RULE_COUNT) {
            report_unknown_rule(reader, checks->keys[i]);
        } else if (severity > DIAG_ERROR) {
            diag_add(reader->diags, DIAG_SETTINGS, value->at, "\"%.*s\" is no severity",
                     STR_FMT(span_text(value->at)));
            diag_hint(reader->diags, "use error, warning, note or off");
        } else {
            reader->config->severities[rule] = severity;
        }
    }
}

/* redirects ::= ( page ":" page )*. */
static void read_redirects(const Reader *reader, const YamlNode *root) {
    const YamlNode *map = find_kind(reader, root, "redirects", YAML_MAP);
    if (!map)
        return;
    RedirectSetting *redirects = ARENA_ARRAY(reader->arena, RedirectSetting, map->count + 1);
    for (size_t i = 0; i < map->count; i++) {
        const YamlNode *to = map->values[i];
        redirects[i] = (RedirectSetting){map->keys[i]->text, to->text, to->at};
        if (to->kind == YAML_LIST || to->kind == YAML_MAP || !to->text.size)
            diag_add(reader->diags, DIAG_SETTINGS, to->at, "a redirect leads to one page");
        config_nav_tidy_target(&redirects[i].from, map->keys[i]->at, reader->arena, reader->diags);
        config_nav_tidy_target(&redirects[i].to, to->at, reader->arena, reader->diags);
    }
    reader->config->redirects = redirects;
    reader->config->redirect_count = map->count;
}

/* Keys at the top that belong below `site`. */
static void check_misplaced(const Reader *reader, const YamlNode *root) {
    for (size_t i = 0; i < root->count; i++)
        for (size_t j = 0; site_keys[j]; j++) {
            const YamlNode *key = root->keys[i];
            if (!str_equal(key->text, str_from(site_keys[j])))
                continue;
            diag_add(reader->diags, DIAG_SETTINGS, key->at, "unknown key \"%s\"", site_keys[j]);
            diag_hint(reader->diags, "write it below \"site:\"");
        }
}

static void read_file(Reader *reader, const Source *file) {
    const YamlNode *root =
        yaml_parse(span_of(file, 0, file->text.size), DIAG_SETTINGS, reader->arena, reader->diags);
    if (!root || root->kind == YAML_NULL)
        return;
    if (root->kind != YAML_MAP) {
        diag_add(reader->diags, DIAG_SETTINGS, root->at, "settings are keys with values, not %.*s",
                 STR_FMT(yaml_kind_name(root->kind)));
        return;
    }
    yaml_check_keys(root, root_keys, DIAG_SETTINGS, reader->diags);
    check_misplaced(reader, root);
    const YamlNode *site = find_kind(reader, root, "site", YAML_MAP);
    if (site)
        yaml_check_keys(site, site_keys, DIAG_SETTINGS, reader->diags);
    for (size_t i = 0; i < TEXT_SETTING_COUNT; i++)
        read_text(reader, text_settings[i].group[0] ? site : root, &text_settings[i]);
    read_bools(reader, "site", site);
    read_markdown(reader, root);
    read_roadmap(reader, root);
    read_checks(reader, root);
    read_redirects(reader, root);
    const YamlNode *theme = find_kind(reader, root, "theme", YAML_MAP);
    if (theme)
        config_theme_read(theme, &reader->config->theme, reader->arena, reader->diags);
    const YamlNode *nav = find_kind(reader, root, "nav", YAML_LIST);
    reader->config->has_nav = nav != NULL;
    if (nav)
        reader->config->nav =
            config_nav_read(nav, &reader->config->nav_count, reader->arena, reader->diags);
}

/* The value of `name` in the environment; empty when it is not set. */
static Str environment_get(const char *const *environment, const char *name) {
    size_t size = strlen(name);
    for (; environment && *environment; environment++)
        if (strncmp(*environment, name, size) == 0 && (*environment)[size] == '=')
            return str_from(*environment + size + 1);
    return (Str){NULL, 0};
}

/* An empty variable counts as not set, as most build systems pass it. Names that docsgen does not
 * know may belong to somebody else's DOCSGEN and are left alone. */
static void read_environment(Reader *reader, const char *const *environment) {
    Span nowhere = {0};
    for (size_t i = 0; i < TEXT_SETTING_COUNT; i++) {
        const TextSetting *setting = &text_settings[i];
        Str value = environment_get(environment, setting->environment);
        if (!value.size)
            continue;
        const char *problem = setting->tidy ? setting->tidy(reader->arena, &value) : NULL;
        if (problem)
            diag_add(reader->diags, DIAG_SETTINGS, nowhere, "%s=\"%.*s\" %s", setting->environment,
                     STR_FMT(value), problem);
        else
            *text_field(reader->config, setting) = value;
        if (setting->offset == FIELD(output))
            reader->output_at = nowhere;
        if (setting->offset == FIELD(source))
            reader->config->source_at = nowhere;
    }
    for (size_t i = 0; i < BOOL_SETTING_COUNT; i++) {
        const BoolSetting *setting = &bool_settings[i];
        Str value = environment_get(environment, setting->environment);
        if (str_equal(value, STR("true")) || str_equal(value, STR("false")))
            *bool_field(reader->config, setting) = value.size == 4;
        else if (value.size)
            diag_add(reader->diags, DIAG_SETTINGS, nowhere, "%s=\"%.*s\" must be true or false",
                     setting->environment, STR_FMT(value));
    }
    Str raw_html = environment_get(environment, "DOCSGEN_MARKDOWN_RAW_HTML");
    if (raw_html.size && !find_html(raw_html, &reader->config->html))
        diag_add(reader->diags, DIAG_SETTINGS, nowhere,
                 "DOCSGEN_MARKDOWN_RAW_HTML=\"%.*s\" must be true, false or safe",
                 STR_FMT(raw_html));
}

/* True when folder `outer` is `inner` or holds it. */
static bool holds(Str outer, Str inner) {
    return str_starts_with(inner, outer) &&
           (outer.size == 0 || inner.size == outer.size || inner.data[outer.size] == '/');
}

/* The output folder is replaced whole, so nothing that an author wrote may lie in it. */
static void check_output(const Reader *reader) {
    const Config *config = reader->config;
    Str victim = config->source;
    bool is_lost = holds(config->output, victim);
    if (!is_lost) {
        victim = config->diagrams;
        is_lost = holds(config->output, victim);
    }
    if (!is_lost && config->theme.folder.text.size) {
        victim = config->theme.folder.text;
        is_lost = holds(config->output, victim);
    }
    if (config->output.size == 0) {
        diag_add(reader->diags, DIAG_SETTINGS, reader->output_at,
                 "\"output\" must be a folder of its own");
    } else if (is_lost) {
        diag_add(reader->diags, DIAG_SETTINGS, reader->output_at,
                 "\"output\" would replace \"%.*s\", where the sources are", STR_FMT(victim));
        diag_hint(reader->diags, "name a folder that docsgen may replace");
    }
}

static void set_defaults(Config *config) {
    for (size_t i = 0; i < TEXT_SETTING_COUNT; i++)
        *text_field(config, &text_settings[i]) = str_from(text_settings[i].fallback);
    for (size_t i = 0; i < BOOL_SETTING_COUNT; i++)
        *bool_field(config, &bool_settings[i]) = bool_settings[i].fallback;
    for (size_t i = 0; i < DIAG_RULE_COUNT; i++)
        config->severities[i] = diag_rule_severity((DiagRule)i);
}

/* The user's own hand: this folder may lie outside of the project. Inside of it "./out/" is "out",
 * so that check_output can compare. */
static void read_output_flag(Reader *reader, Str output) {
    Str inside;
    if (!str_starts_with(output, STR("/")) && fs_resolve(STR(""), output, reader->arena, &inside))
        output = inside;
    while (output.size > 1 && str_ends_with(output, STR("/")))
        output.size--;
    reader->config->output = output;
    reader->output_at = (Span){0};
}

const Config *config_read(const Source *file, const ConfigFlags *flags,
                          const char *const *environment, Arena *arena, Diags *diags) {
    size_t finding_count = diags_count(diags);
    Reader reader = {.config = ARENA_NEW(arena, Config), .arena = arena, .diags = diags};
    Config *config = reader.config;
    set_defaults(config);
    if (file)
        read_file(&reader, file);
    read_environment(&reader, environment);
    if (flags && flags->output.size)
        read_output_flag(&reader, flags->output);
    if (!config->roadmap) { /* by default trackers lie among the pages */
        config->roadmap = ARENA_NEW(arena, Str);
        config->roadmap[0] = config->source;
        config->roadmap_count = 1;
    }
    if (diags_count(diags) == finding_count)
        check_output(&reader);
    return diags_count(diags) == finding_count ? config : NULL;
}
