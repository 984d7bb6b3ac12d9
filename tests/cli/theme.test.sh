#!/bin/bash
# The settings of the theme, and files of a project that take the place of the theme's.
. "$(dirname "$0")/../tap.sh"
project=$scratch/project
mkdir -p "$project/site-src/sub" "$project/look/fonts"
cd "$project" || exit 3
svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="currentColor"/></svg>'
echo "$svg" > site-src/logo.svg
echo 'p { margin: 0 }' > site-src/extra.css
printf -- '---\ndescription: d\n---\n# Home\n\nText.\n' > site-src/index.md
printf -- '---\ndescription: d\n---\n# Sub\n\nText.\n' > site-src/sub/page.md

# settings TEXT: what stands below `theme:`, then builds.
settings() {
    printf 'site: {title: ändern}\ntheme:\n%s\n' "$1" > docsgen.yml
    run "$DOCSGEN" build -v --color never
}
first() { sed -n "s|.*\(<$1[^>]*>\).*|\1|p" "$2" | head -n "${3:-1}"; }

settings '  {}'
is 'no setting: clean' "$status" 0
is 'the letter of the title is the icon' "$(grep -o '>[^<]*</text>' output/favicon.svg)" '>ä</text>'
is 'and a picture of 180 px for phones' "$(od -An -tu1 -j 18 -N 2 output/apple-touch-icon.png | tr -s ' ')" ' 0 180'
is 'and one of 96 px' "$(od -An -tu1 -j 18 -N 2 output/favicon.png | tr -s ' ')" ' 0 96'

faces() { grep -o 'InterCut;.*font-display: [a-z]*; src: url("[^,"]*' output/style.css | sed 's/.*font-display: //'; }
is 'without an address fonts may come late' "$(faces)" 'swap; src: url("fonts/inter-400.woff2
swap; src: url("fonts/inter-400i.woff2
swap; src: url("fonts/inter-600.woff2'
DOCSGEN_SITE_URL=https://example.org/ settings '  {}'
is 'with an address they are asked for early' "$(faces)" 'optional; src: url("fonts/inter-400.woff2
optional; src: url("fonts/inter-400i.woff2
optional; src: url("fonts/inter-600.woff2'

settings '  logo: logo.svg
  favicon: logo.svg
  css: extra.css
  header: "[Sub](sub/page.md) [Away](https://example.org)"
  footer: |
    © Example

    [Home](index.md#home)'
is 'logo, favicon, css, header, footer: clean' "$status" 0
is 'the logo stands in the page' "$(grep -c 'class="brand".*<circle' output/sub/page.html)" 1
is 'the favicon is linked' "$(first 'link rel="icon"' output/sub/page.html 2)" \
    '<link rel="icon" href="../favicon.png" type="image/png" sizes="96x96">
<link rel="icon" href="../logo.svg" type="image/svg+xml" sizes="any">'
is 'further CSS comes last' "$(first 'link rel="stylesheet"' output/sub/page.html 2)" \
    '<link rel="stylesheet" href="../style.css">
<link rel="stylesheet" href="../extra.css">'
is 'links of the header lead from every page' "$(grep -m 1 -o '<div class="header-slot">.*' output/sub/page.html)" \
    '<div class="header-slot"><p><a href="../sub/page.html">Sub</a> <a href="https://example.org" rel="noopener">Away</a></p></div>'
is 'links of the footer as well' "$(grep -A 1 'class="footer-slot"' output/index.html)" \
    '<div class="footer-slot"><p>© Example</p>
<p><a href="index.html#home">Home</a></p></div>'

# What is remembered of an icon would hide that there is nothing to draw it with.
fontless() { XDG_CACHE_HOME=$scratch/no-cache; export XDG_CACHE_HOME; trap '' XFSZ; ulimit -f 0; "$DOCSGEN" check --color never 2>&1; }
settings '  {}'
is 'without fonts: said so, and no page names the icon' "$(fontless | grep -v '^libgcov ' | sed 's/^checked.*: \(.*\)/\1/')" \
    'docsgen: error: "apple-touch-icon.png" cannot be made: the fonts cannot be loaded: File too large [settings/invalid]
docsgen: error: "favicon.png" cannot be made: the fonts cannot be loaded: File too large [settings/invalid]
2 errors, 0 warnings, 0 notes'

settings '  logo: lgoo.svg
  css: [../../x.css]
  footer: |
    One
    [two](nope.md)'
is 'files and pages that are not there' "$err" 'docsgen.yml:3:9: error: no file "lgoo.svg" in the source folder [settings/invalid]
    3 |   logo: lgoo.svg
      |         ^~~~~~~~ did you mean "logo.svg"?
docsgen.yml:4:9: error: "../../x.css" leaves the project [settings/invalid]
    4 |   css: [../../x.css]
      |         ^~~~~~~~~~~ copy the file into the source folder
docsgen.yml:7:11: error: no page "nope.md" [link/page]
    7 |     [two](nope.md)
      |           ^~~~~~~
built 2 pages, 0 diagrams, 0 trackers in '"${err##*trackers in }"

settings '  colors: {accent: "#ff8a00"}'
is 'a colour that is too pale: a tone' "$(head -n 3 <<< "$err")" \
    'docsgen.yml:3:20: note: the accent is #a35800 on light pages and #ff8a00 on dark ones, so that text can be read [theme/tone]
    3 |   colors: {accent: "#ff8a00"}
      |                    ^~~~~~~~~ to choose both: accent: ["#a35800", "#ff8a00"]'
is 'the style sheet has both' "$(grep -A 9 'colours of the settings' output/style.css | grep -- '--accent:')" \
    '  --accent: light-dark(#a35800, #ff8a00);'
is 'the icon has it' "$(grep -c 'fill="#a35800"' output/favicon.svg)" 1
settings '  colors: {accent: ["#3451d1", "#3451d1"], muted: ["#888", "#9aa5b5"]}'
is 'colours that are hard to read' "$(grep -v '^ *|\|^built' <<< "$err" | grep -v '^    3')" \
    'docsgen.yml:3:20: warning: "accent" on "blue-soft" is hard to read on dark pages: 2.39 to 1, not 4.5 [theme/contrast]
docsgen.yml:3:51: warning: "muted" on "bg-soft" is hard to read on light pages: 3.30 to 1, not 4.5 [theme/contrast]'

# Files of the project.
echo 'body { color: red }' > look/style.css
echo 'font' > look/fonts/inter-400.woff2
echo 'x' > look/picture.txt
cat > look/parts.html <<'END'
{{+foot}}
<footer>{{site_title}}: mine</footer>
{{/foot}}
END
cat > look/wide.html <<'END'
<!doctype html>
<html lang="{{lang}}"><head>
{{> head}}
</head><body><main>{{{content}}}</main>{{> foot}}</body></html>
END
printf -- '---\ntemplate: wide\ndescription: d\n---\n# Sub\n' > site-src/sub/page.md
settings '  folder: look'
is 'own files: clean' "$status" 0
is 'the style sheet is replaced, diagrams keep theirs' "$(sed -n 1p output/style.css; grep -c '^svg.dg\|^\.dg' output/style.css | grep -v '^0')" \
    "body { color: red }
$(grep -c '^svg.dg\|^\.dg' output/style.css)"
is 'a font is replaced' "$(cat output/fonts/inter-400.woff2)" font
is 'what the theme does not know is published' "$(cat output/picture.txt)" x
is 'templates are not' "$(ls output | grep -c 'wide\|parts')" 0
is 'a part is replaced on every page' "$(grep -c '<footer>ändern: mine</footer>' output/index.html output/sub/page.html output/404.html)" \
    'output/index.html:1
output/sub/page.html:1
output/404.html:1'
is 'a page has the template that it asks for' "$(grep -c 'class="sidebar"' output/sub/page.html)" 0

cat > look/page.html <<'END'
<title>{{page_titel}}</title>
{{> heed}}
{{+own}}{{> own}}{{/own}}
{{> own}}
{{#toc}}<a href="{{href}}">{{title}}</a>
END
printf -- '---\ntemplate: wied\ndescription: d\n---\n# Sub\n' > site-src/sub/page.md
run "$DOCSGEN" build --color never
is 'mistakes in templates have a place' "$(grep -v '^built' <<< "$err")" \
    'look/page.html:1:1: error: this template never ends, or nests deeper than 100 [template/syntax]
    1 | <title>{{page_titel}}</title>
      | ^ look for a part that calls itself
look/page.html:1:10: error: there is no value "page_titel" [template/syntax]
    1 | <title>{{page_titel}}</title>
      |          ^~~~~~~~~~ did you mean "page_title"?
look/page.html:2:5: error: no part is called "heed" [template/syntax]
    2 | {{> heed}}
      |     ^~~~ did you mean "head"?
look/page.html:5:1: error: "toc" is never closed [template/syntax]
    5 | {{#toc}}<a href="{{href}}">{{title}}</a>
      | ^~~~~~~~ write {{/toc}} where it ends
site-src/sub/page.md:2:11: error: no template is called "wied" [page/front-matter]
    2 | template: wied
      |           ^~~~ did you mean "wide"?'
settings '  folder: nowhere'
is 'a folder that is not there' "$(head -n 1 <<< "$err")" \
    'docsgen.yml:3:11: error: no folder "nowhere" [settings/invalid]'

# Landing pages.
page() {
    printf -- '---\ndescription: What it is\ntemplate: home\n%s\n---\n# Home\n\nText, [here](#home).\n' "$1" > site-src/index.md
    printf -- '---\ndescription: d\n---\n# Sub\n' > site-src/sub/page.md
    settings '  {}'
}
opening() { sed -n '/<header class="hero">/,/<.header>/p' output/index.html; }
page 'hero:
  tagline: One <sentence>
  image: logo.svg
  alt: A disc
  actions:
    - {label: "Go & see", link: sub/page.md, primary: true}
    - {label: Away, link: "https://example.org"}'
is 'a landing page: clean' "$status" 0
is 'its opening' "$(opening | sed -z 's|<svg.*</svg>|SVG|')" '<header class="hero">
<div>
<h1 id="home">Home</h1>
<p class="hero-tagline">One &lt;sentence&gt;</p>
<p class="hero-actions"><a class="button is-primary" href="sub/page.html">Go &amp; see</a> <a class="button" href="https://example.org">Away</a> </p>
</div>
<div class="hero-image">SVG

</div>
</header>'
is 'the title is not there twice' "$(grep -c '<h1' output/index.html)" 1
is 'the text is' "$(grep -c 'Text, <a href="#home">' output/index.html)" 1
page ''
is 'without a hero the description is the tagline' "$(grep -c '<p class="hero-tagline">What it is</p>' output/index.html)" 1
page 'hero:
  tag_line: x
  image: nix.svg
  actions:
    - {label: Go, link: nix.md}
    - {label: Go}
    - sub/page.md'
is 'mistakes in a hero have a place' "$(grep -v '^built' <<< "$err")" 'site-src/index.md:5:3: error: unknown key "tag_line" [page/front-matter]
    5 |   tag_line: x
      |   ^~~~~~~~ did you mean "tagline"?
site-src/index.md:6:10: error: no file "nix.svg" [link/asset]
    6 |   image: nix.svg
      |          ^~~~~~~
site-src/index.md:6:10: warning: the image has no alternative text [page/alt]
    6 |   image: nix.svg
      |          ^~~~~~~ say in "alt" what it shows
site-src/index.md:8:25: error: no page "nix.md" [link/page]
    8 |     - {label: Go, link: nix.md}
      |                         ^~~~~~
site-src/index.md:9:7: error: an action has no "link" [page/front-matter]
    9 |     - {label: Go}
      |       ^~~~~~~~~~~
site-src/index.md:10:7: error: an action is a label with a link [page/front-matter]
   10 |     - sub/page.md
      |       ^~~~~~~~~~~ write {label: Get started, link: guide.md}'
done_testing
