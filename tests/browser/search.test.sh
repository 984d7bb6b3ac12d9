#!/bin/bash
# A query on a larger site fetches little and finds what it should; see tests/bench/search.mjs. Needs no browser.
. "$(dirname "$0")/setup.sh"
name='a query fetches at most 100 KB, and a title is found first'
command -v node > /dev/null || skip "$name" 'node is not installed (scripts/deps.sh test)'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 1..1
figures=$(node ../bench/zipf.mjs 600 "$work" && "$program" -C "$work" build -q -o "$work/site" && node ../bench/search.mjs "$work/site")
status=$?
[ $status -eq 0 ] && echo "ok 1 - $name" || echo "not ok 1 - $name"
sed 's/^/# /' <<< "$figures"
exit $status
