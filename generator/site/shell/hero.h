/* hero.h: what a landing page opens with.
 * In: `hero` of a page's front matter; out: title, tagline, picture and links for the template.
 * Picture and links become nodes of the page's document first, so that they are embedded, resolved,
 * checked and found like all others. */
#ifndef SITE_HERO_H
#define SITE_HERO_H

#include "data/yaml.h"
#include "site/shell/template.h"
#include "site/site.h"

/* Reads `map`, the page's front matter, once `template` is known; sets page->hero for a landing
 * page. */
void hero_read(Page *page, const YamlNode *map, Arena *arena);

/* Takes out of the document what the hero shows, the title among it. Before the page is rendered,
 * after embeds and links are resolved. */
void hero_take(Page *page);

/* Gives the template `hero`. */
void hero_set(const Page *page, TemplateValue *root, Arena *arena);

#endif
