#!/bin/bash
# Every page and every stand-alone picture of the site is valid HTML5 and SVG: the nu HTML checker finds no error.
. "$(dirname "$0")/setup.sh"
name='the nu HTML checker finds no error'
need "$name" java
build_site "$name"
jar=node_modules/vnu-jar/build/dist/vnu.jar
messages=$(java -Xss1m -jar "$jar" --skip-non-html --also-check-svg --format gnu "$site" 2>&1)
errors=$(grep -F ': error: ' <<< "$messages")
# A checker that could not start says something that is no message of its.
other=$(grep -vE '^"[^"]*":[0-9.-]+: (error|info|info warning)( warning)?: |^$' <<< "$messages")
pages=$(find "$site" -name '*.html' | wc -l)
echo 1..1
if [ -z "$errors$other" ] && [ "$pages" -gt 0 ]; then
    echo "ok 1 - $name on $pages pages"
    sed -n "s|^\"file:$site/||p" <<< "$messages" | head -n 20 | sed 's/^/# /'
else
    echo "not ok 1 - $name on $pages pages"
    head -n 40 <<< "$errors
$other" | sed "s|file:$site/||; s/^/# /"
    exit 1
fi
