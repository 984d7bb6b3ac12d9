#!/bin/bash
# Nothing moves while a page loads; see shift.mjs.
. "$(dirname "$0")/setup.sh"
name='no layout shift'
need "$name" chromium
build_site "$name"
node shift.mjs "$site"
