#!/bin/bash
# build --print: one document of all pages, which nothing but the pages' feet leads to.
. "$(dirname "$0")/../tap.sh"
cd "$scratch" || exit 3
mkdir site-src
printf 'site: {title: Example, url: "https://example.org/"}\n' > docsgen.yml
printf '# Home\n\n[other](other.md#part)\n' > site-src/index.md
printf '# Other\n\n## Part\n\nUncommonword.\n' > site-src/other.md

run "$DOCSGEN" build
is 'not made unless asked for' "$(ls output/print.* 2> /dev/null)|$(grep -c 'print\.' output/index.html)" '|0'
run "$DOCSGEN" build --print
is 'status 0' "$status" 0
is 'both files' "$(cd output && echo print.*)" 'print.css print.html'
is 'every page' "$(grep -c '<article' output/print.html)" 2
is 'a link to another page is one within' "$(grep -o '<a href="[^"]*">other</a>' output/print.html)" '<a href="#p2-part">other</a>'
is 'a link to it on every page' "$(grep -l 'href="print.html"' output/*.html | tr '\n' ' ')" 'output/404.html output/index.html output/other.html output/search.html '
is 'not for search engines' "$(grep -c 'name="robots" content="noindex"' output/print.html)|$(grep -c print output/sitemap.xml)|$(grep -c print output/llms.txt)" '1|0|0'
is 'not in the search' "$(grep -rl 'print\.html' output/search | wc -l)" 0
run "$DOCSGEN" build
is 'gone when it is no longer asked for' "$(ls output/print.* 2> /dev/null)" ''
printf '# Mine\n' > site-src/print.md
run "$DOCSGEN" build --print
is "an author's page of that name wins, and the clash is said" "$status|$(grep -c 'two sources make "print.html"' <<< "$err")|$(grep -c 'id="p1"' output/print.html)" '1|1|0'
done_testing
