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
rm site-src/print.md

# ---- what a page refers to, as seen from the document ----
printf 'site: {title: Example, url: "https://example.org/"}\ntheme: {logo: mark.png, favicon: mark.png, css: [more.css]}\nmarkdown: {raw_html: true}\n' > docsgen.yml
: > site-src/mark.png && : > site-src/more.css
mkdir site-src/sub
echo '<svg xmlns="http://www.w3.org/2000/svg"><defs><filter id="f"/></defs><rect filter="url(#f)"/></svg>' > site-src/sub/box.svg
printf '# Sub\n\n![box](box.svg)\n\n<img src="../mark.png" srcset="../mark.png 2x" alt="mark">\n\n<p id="one" aria-labelledby="one  two">x</p>\n\n<img src="data:image/png;base64,AA" alt="data">\n\n[file](box.svg#part)\n' > site-src/sub/page.md
run "$DOCSGEN" build --print
is 'an own theme: status 0' "$status" 0
prints() { grep -o "$1" output/print.html; }
is 'the style sheets of the theme' "$(prints '<link rel="stylesheet"[^>]*>' | tail -1)" '<link rel="stylesheet" href="more.css">'
is 'a logo that is a picture' "$(prints '<img src="mark.png" alt="">')" '<img src="mark.png" alt="">'
is 'the icon' "$(prints '<link rel="icon"[^>]*>')" '<link rel="icon" href="mark.png" type="image/png">'
is 'one size of a picture is enough' "$(prints '<img src="mark.png" alt="mark">')" '<img src="mark.png" alt="mark">'
is 'bytes stay' "$(prints 'src="data:[^"]*"')" 'src="data:image/png;base64,AA"'
is 'ids and what names them' "$(prints '<p id[^>]*>')" '<p id="p3-one" aria-labelledby="p3-one p3-two">'
is 'parts of a drawing' "$(prints 'filter="[^"]*"')" 'filter="url(#p3-D1-f)"'
is 'a file with its part' "$(prints '<a href="[^"]*">file</a>')" '<a href="sub/box.svg#part">file</a>'
done_testing
