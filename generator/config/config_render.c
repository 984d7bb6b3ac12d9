#include "base/ban.h"

#include "base/escape.h"
#include "config/config.h"
#include "config/config_theme.h"

/* Every text is written in double quotes as JSON, which YAML reads to the same: nothing that an
 * author may have chosen needs a look at its characters then. */
static void render_text(Buf *out, const char *key, Str value) {
    buf_add_text(out, key);
    buf_add_text(out, ": ");
    json_string(out, value);
    buf_add_char(out, '\n');
}

/* The same two forms that config_nav.c reads: a target, or a list below a title. */
static void render_nav(Buf *out, const NavSetting *entries, size_t count, size_t depth) {
    for (size_t i = 0; i < count; i++) {
        const NavSetting *entry = &entries[i];
        buf_add_repeat(out, ' ', 2 * depth);
        buf_add_text(out, "- ");
        if (entry->title.size) {
            json_string(out, entry->title);
            buf_add_char(out, ':');
        }
        if (entry->target.size) {
            buf_add_text(out, entry->title.size ? " " : "");
            json_string(out, entry->target);
            buf_add_char(out, '\n');
        } else if (entry->entry_count) {
            buf_add_char(out, '\n');
            render_nav(out, entry->entries, entry->entry_count, depth + 2);
        } else {
            buf_add_text(out, " []\n");
        }
    }
}

static void render_site(const Config *config, Buf *out) {
    buf_add_text(out, "site:\n");
    render_text(out, "  title", config->title);
    render_text(out, "  description", config->description);
    if (config->url.size)
        render_text(out, "  url", config->url);
    render_text(out, "  language", config->language);
    if (config->repository.size)
        render_text(out, "  repository", config->repository);
    buf_add_format(out, "  cards: %s\n", config->has_cards ? "true" : "false");
}

static void render_lists(const Config *config, Buf *out) {
    if (config->has_nav) {
        buf_add_text(out, config->nav_count ? "nav:\n" : "nav: []\n");
        render_nav(out, config->nav, config->nav_count, 1);
    }
    buf_add_text(out, "roadmap: [");
    for (size_t i = 0; i < config->roadmap_count; i++) {
        buf_add_text(out, i ? ", " : "");
        json_string(out, config->roadmap[i]);
    }
    buf_add_text(out, "]\n");
    for (size_t i = 0; i < config->redirect_count; i++) {
        buf_add_text(out, i ? "  " : "redirects:\n  ");
        json_string(out, config->redirects[i].from);
        buf_add_text(out, ": ");
        json_string(out, config->redirects[i].to);
        buf_add_char(out, '\n');
    }
}

/* Only what differs from the defaults, which would be a hundred lines. */
static void render_checks(const Config *config, Buf *out) {
    bool is_first = true;
    for (size_t i = 0; i < DIAG_RULE_COUNT; i++) {
        if (config->severities[i] == diag_rule_severity((DiagRule)i))
            continue;
        buf_add_text(out, is_first ? "checks:\n  " : "  ");
        buf_add(out, diag_rule_name((DiagRule)i));
        buf_add_text(out, ": ");
        buf_add(out, diag_severity_name(config->severities[i]));
        buf_add_char(out, '\n');
        is_first = false;
    }
}

void config_render(const Config *config, Buf *out) {
    render_site(config, out);
    render_text(out, "source", config->source);
    render_text(out, "diagrams", config->diagrams);
    render_text(out, "output", config->output);
    buf_add_text(out, "markdown:\n  raw_html: ");
    buf_add_text(out, config_html_name(config->html));
    buf_add_char(out, '\n');
    config_theme_render(&config->theme, out);
    render_lists(config, out);
    render_checks(config, out);
}
