#!/bin/bash
# Nothing moves while a page loads; see shift.mjs.
. "$(dirname "$0")/setup.sh"
name='no layout shift'
need "$name" chromium
build_site "$name"
bare=$(mktemp -d)
DOCSGEN_SITE_URL='' "$program" -C "$root" build -q -o "$bare/site"
node shift.mjs "$site" "$bare/site"
status=$?
rm -rf "$bare"
exit $status
