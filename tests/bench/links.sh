#!/bin/bash
# Do checkers of links find what was planted, all of it and nothing else, and at what cost? 50 links to missing pages and 50 to missing
# parts of pages; docsgen reads the Markdown, the others the pages that the floor program makes of it (tests/bench/floor.c), which keeps
# broken links as they are. Nothing here passes or fails, nothing is installed, and a checker that is absent is skipped by name.
# usage: links.sh BUILD    PAGES=200    LIMIT=300   seconds for one checker     PEERS=DIR   its node_modules has linkinator, hyperlink
set -u
cd "$(dirname "$0")/../.." || exit 3
build=$(realpath "$1") bench=$(realpath "$1")/bench work=$(realpath "$1")/bench/links
pages=${PAGES:-200} limit=${LIMIT:-300} peers=${PEERS:-}
export LC_ALL=C TIMEFORMAT='%U %S'
rm -rf "$work"
mkdir -p "$work/home"
"$bench/gen" "$pages" "$work/site-src" || exit 3
printf 'site: {title: Bench, cards: false}\n' > "$work/docsgen.yml"

# Every page can be reached from the first one: checkers that follow links would not know of it otherwise.
(cd "$work/site-src" && find . -name '*.md' | sort | sed 's,^\./,,; s,.*,- [&](&),') > "$work/list"
{ echo; cat "$work/list"; } >> "$work/site-src/index.md"
number=0
sed 's,.*(\(.*\)),\1,' "$work/list" | grep -v '^index.md$' | head -n 100 | while read -r page; do
    number=$((number + 1))
    if [ $number -le 50 ]; then
        printf '\n[not there](gone-%d.md)\n' $number
    else
        printf '\n[not there](%s#nowhere-%d)\n' "${page##*/}" $((number - 50))
    fi >> "$work/site-src/$page"
done
{ seq -f 'gone-%g' 50; seq -f 'nowhere-%g' 50; } | sort > "$work/planted"
"$bench/floor" "$work/site-src" "$work/html" > /dev/null || exit 3

# run COMMAND...: its processor time in seconds, the children's as well; what it says goes to $work/said, how it ended to $work/ended.
run() {
    { time { timeout "$limit" "$@" > "$work/said" 2> "$work/errors"; echo $? > "$work/ended"; }; } 2>&1 | awk '{ print $1 + $2 }'
}

# row NAME CPU: $work/found has a line for each finding.
row() {
    if [ "$(cat "$work/ended")" = 124 ]; then
        printf '%-22s not done after %d s\n' "$1" "$limit"
        return
    fi
    if [ ! -s "$work/found" ] && [ "$(cat "$work/ended")" != 0 ]; then
        printf '%-22s fails: %s\n' "$1" "$(grep -v '^ *$' "$work/errors" | head -n 1)"
        return
    fi
    grep -oE '(gone|nowhere)-[0-9]+' "$work/found" | sort -u > "$work/names"
    grep -vE '(gone|nowhere)-[0-9]+' "$work/found" > "$work/surplus"
    awk -v name="$1" -v cpu="$2" -v pages="$pages" -v right="$(comm -12 "$work/planted" "$work/names" | wc -l)" \
        -v lines="$(wc -l < "$work/found")" -v surplus="$(wc -l < "$work/surplus")" 'BEGIN {
        printf "%-22s %6d of 100 %8d %8d %9.2f s %9.0f us\n", name, right, surplus, lines, cpu, cpu * 1e6 / pages }'
    comm -23 "$work/planted" "$work/names" | sed 's/^/    missed: /' | head -n 5
    sed 's/^/    surplus: /' "$work/surplus" | cut -c 1-150 | head -n 5
}

printf '%-22s %13s %8s %8s %11s %12s\n' "$pages pages" found surplus lines CPU 'CPU a page'
cpu=$(run "$build/docsgen" check --color never -C "$work" --only link)
grep -E '\[link/' "$work/said" "$work/errors" > "$work/found"
row 'docsgen check' "$cpu"
cpu=$(run "$build/docsgen" build --color never -C "$work" -o "$work/output" --jobs 1)
grep -E '\[link/' "$work/said" "$work/errors" > "$work/found"
row 'docsgen, whole build' "$cpu"

if command -v linkchecker > /dev/null; then
    printf '[AnchorCheck]\n' > "$work/linkcheckerrc"
    # It gives root's rights away, and nobody may not look into every folder.
    cpu=$(HOME=$work/home run linkchecker -f "$work/linkcheckerrc" --no-status -o csv "$work/html/index.html")
    grep -vE '^(#|urlname|$)' "$work/said" > "$work/found"
    row linkchecker "$cpu"
else
    echo 'skipped: linkchecker (not installed)'
fi
if command -v htmlproofer > /dev/null; then
    cpu=$(run htmlproofer --disable-external "$work/html")
    cat "$work/said" "$work/errors" | grep -E '^ *\* |internally linking|hash' > "$work/found"
    row html-proofer "$cpu"
else
    echo 'skipped: html-proofer (not installed)'
fi
for tool in linkinator hyperlink; do
    if [ -z "$peers" ] || [ ! -x "$peers/node_modules/.bin/$tool" ]; then
        echo "skipped: $tool (PEERS=DIR names a folder whose node_modules has it)"
        continue
    fi
    if [ $tool = linkinator ]; then
        cpu=$(cd "$work/html" && run "$(realpath "$peers")/node_modules/.bin/$tool" . --recurse --check-fragments --verbosity error --format csv)
        grep -iE 'broken' "$work/said" > "$work/found"
    else
        cpu=$(cd "$work/html" && run "$(realpath "$peers")/node_modules/.bin/$tool" -r --internal index.html)
        grep -E '^not ok' "$work/said" > "$work/found"
    fi
    row $tool "$cpu"
done
