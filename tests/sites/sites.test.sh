#!/bin/bash
# Whole small sites: tests/sites/NAME/in is built and checked in a copy, and compared with
#   findings.txt   exit status of `docsgen check`, then everything it prints
#   files.txt      the names of all files that `docsgen build` writes, without theme, fonts, search and docsgen.json
#   pages.html     the main part of every page, one below the other
#   twin.md        where there is one: the Markdown beside the first page
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")" || exit 3
for folder in */; do
    name=${folder%/}
    work=$scratch/$name
    cp -r "$name/in" "$work"
    run "$DOCSGEN" -C "$work" check -v --color never
    printf 'exit %s\n%s\n' "$status" "$err" > "$scratch/findings"
    same_file "$name: findings" "$scratch/findings" "$name/findings.txt"
    run "$DOCSGEN" -C "$work" build -q
    (cd "$work/output" && find . -type f | sed 's|^\./||' | grep -vE '^(fonts/|search|404.html|docsgen.js|docsgen.json|style.css|favicon\.|apple-touch-icon|\.)' | LC_ALL=C sort) > "$scratch/files"
    same_file "$name: files" "$scratch/files" "$name/files.txt"
    (cd "$work/output" && for page in $(find . -name '*.html' ! -path ./404.html ! -path ./search.html | LC_ALL=C sort); do
        echo "== ${page#./}"
        # Drawings have tests of their own; here only their names count.
        sed -n '/<main/,/<\/main>/p' "$page" | sed '/<svg/,/<\/svg>/{/<title/!d}'
    done) > "$scratch/pages"
    same_file "$name: pages" "$scratch/pages" "$name/pages.html"
    [ ! -f "$name/twin.md" ] || same_file "$name: twin" "$work/output/index.md" "$name/twin.md"
done
done_testing
