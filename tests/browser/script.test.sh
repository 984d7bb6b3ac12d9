#!/bin/bash
# Search, theme switch and copy buttons in a real browser, and the site without scripts; see script.mjs.
. "$(dirname "$0")/setup.sh"
name='what the script adds'
need "$name" chromium
build_site "$name"
node script.mjs "$site"
