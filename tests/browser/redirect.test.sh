#!/bin/bash
# Old addresses and their parts lead to new ones, in a real browser; see redirect.mjs.
. "$(dirname "$0")/setup.sh"
name='old addresses lead on'
need "$name" chromium
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" -C "$root/tests/sites/redirects/in" build -q -o "$work/site" 2> /dev/null
node redirect.mjs "$work/site"
