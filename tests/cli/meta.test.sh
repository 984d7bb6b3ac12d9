#!/bin/bash
# What the site tells programs: addresses, previews, a map, Markdown for agents.
. "$(dirname "$0")/../tap.sh"
work=$scratch/work
mkdir -p "$work/site-src/guide"
cat > "$work/docsgen.yml" <<'YAML'
site:
  title: T & Co
  description: About it
  url: https://example.org/t
YAML
printf -- '---\ndescription: The start\n---\n# Home\n\n[a](guide/a.md)\n' > "$work/site-src/index.md"
printf -- '---\ndescription: "Says </script> & more"\nupdated: 2026-03-04\n---\n# A &amp; B\n' > "$work/site-src/guide/a.md"
run "$DOCSGEN" -C "$work" build -q --color never
is 'the site builds' "$status|$err" '0|'
page=$work/output/guide/a.html
is 'a page knows its address' "$(grep -o 'rel="canonical" href="[^"]*"' "$page")" 'rel="canonical" href="https://example.org/t/guide/a.html"'
is 'the home page is known by its folder' "$(grep -o 'rel="canonical" href="[^"]*"' "$work/output/index.html")" 'rel="canonical" href="https://example.org/t/"'
is 'a preview has title and description, escaped' "$(grep -o 'og:\(title\|description\)" content="[^"]*"' "$page")" \
    'og:title" content="A &amp; B"
og:description" content="Says &lt;/script&gt; &amp; more"'
is 'the breadcrumbs are JSON that cannot end their element' "$(sed -n 's|<script type="application/ld+json">\(.*\)</script>|\1|p' "$page" | tr -d '\n' | grep -c '</')" 0
is 'the map of the site' "$(cat "$work/output/sitemap.xml")" '<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/t/guide/a.html</loc><lastmod>2026-03-04</lastmod></url>
<url><loc>https://example.org/t/</loc></url>
</urlset>'
is 'robots are told where the map is' "$(cat "$work/output/robots.txt")" 'User-agent: *
Allow: /
Sitemap: https://example.org/t/sitemap.xml'
is 'llms.txt lists the pages with what they say' "$(cat "$work/output/llms.txt")" '# T & Co

> About it

- [Home](https://example.org/t/index.md): The start

## Guide

- [A & B](https://example.org/t/guide/a.md): Says </script> & more'
is 'a page has a Markdown twin' "$(cat "$work/output/guide/a.md")" "$(cat "$work/site-src/guide/a.md")"

sed -i '/url:/d' "$work/docsgen.yml"
run "$DOCSGEN" -C "$work" build -q --color never
is 'without site.url no whole address is made up' "$(cd "$work/output" && ls sitemap.xml robots.txt 2> /dev/null; grep -c 'canonical\|og:' guide/a.html)" 0
is 'llms.txt is there all the same' "$(grep -c '(guide/a.md)' "$work/output/llms.txt")" 1
done_testing
