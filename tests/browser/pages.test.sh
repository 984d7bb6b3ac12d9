#!/bin/bash
# Every page in a real browser; see pages.mjs for what is looked at. DOCSGEN_SHOTS=FOLDER keeps the pictures.
. "$(dirname "$0")/setup.sh"
name='every page in a browser'
need "$name" chromium
build_site "$name"
node pages.mjs "$site" ${DOCSGEN_SHOTS:+"$DOCSGEN_SHOTS"}
