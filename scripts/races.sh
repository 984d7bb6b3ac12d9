#!/bin/bash
# Looks for data races: checks every small site and a project with eight threads, by a program that was built with
# -fsanitize=thread. usage: races.sh PROGRAM PROJECT
set -u
program=$(realpath "$1") project=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# HarfBuzz keeps its list of languages by atomic operations, and pango finds fonts in a thread of its own under GLib's locks:
# libraries that are not observed show neither.
printf '%s\n' called_from_lib:libharfbuzz.so race:libfontconfig.so race:libpangoft2 > "$work/suppressions"
export TSAN_OPTIONS="suppressions=$work/suppressions exitcode=66"
bad=0 count=0
for site in tests/sites/*/in "$project"; do
    rm -rf "$work/site"
    mkdir "$work/site"
    for item in docsgen.yml site-src diagrams data docs; do
        [ ! -e "$site/$item" ] || cp -r "$site/$item" "$work/site/"
    done
    for _ in 1 2; do
        "$program" -C "$work/site" check -q -j 8 > /dev/null 2> "$work/log"
        if [ $? -eq 66 ]; then
            echo "a data race in $site:"
            grep -A 16 'WARNING: ThreadSanitizer' "$work/log" | head -n 40
            bad=1
            break
        fi
    done
    count=$((count + 1))
done
[ $bad -eq 0 ] && echo "no data race in $count sites"
exit $bad
