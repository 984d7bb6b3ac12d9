#!/bin/bash
# The same input gives the same bytes: builds a project with one thread, with eight, and from another folder.
# usage: repro.sh PROGRAM PROJECT
set -eu
program=$(realpath "$1") project=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" -C "$project" build -q -j1 -o "$work/one"
"$program" -C "$project" build -q -j8 -o "$work/eight"
mkdir "$work/elsewhere"
for item in .git docsgen.yml site-src diagrams LICENSE README.md; do
    [ ! -e "$project/$item" ] || cp -r "$project/$item" "$work/elsewhere/"
done
(cd "$work/elsewhere" && LC_ALL=C TZ=Asia/Tokyo "$program" build -q -o "$work/other")
diff -r "$work/one" "$work/eight"
diff -r "$work/one" "$work/other"
echo "the same bytes three times: $(find "$work/one" -type f | wc -l) files"
