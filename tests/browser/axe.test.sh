#!/bin/bash
# Every page is accessible by axe-core's rules for WCAG 2.2, A and AA; see axe.mjs.
. "$(dirname "$0")/setup.sh"
name='axe-core finds no violation'
need "$name" chromium
build_site "$name"
node axe.mjs "$site"
