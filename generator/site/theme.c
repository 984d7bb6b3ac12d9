#include "base/ban.h"

#include "site/theme.h"

#include "base/asset.h"

/* The templates of the theme, and last the parts that they share. */
static const char *const template_names[] = {"page", "home", "404", "parts"};

#define TEMPLATE_COUNT (sizeof template_names / sizeof *template_names)

const Theme *theme_read(Site *site) {
    Theme *theme = ARENA_NEW(site->arena, Theme);
    const Source **sources = ARENA_ARRAY(site->arena, const Source *, TEMPLATE_COUNT);
    theme->names = ARENA_ARRAY(site->arena, Str, TEMPLATE_COUNT);
    for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
        Str path = str_format(site->arena, "theme/%s.html", template_names[i]);
        sources[i] = source_new(site->arena, path, asset_get(path.data));
        theme->names[i] = str_from(template_names[i]);
    }
    theme->name_count = TEMPLATE_COUNT - 1;
    theme->templates = template_parse(sources, TEMPLATE_COUNT, site->arena, site->diags);
    return theme;
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
