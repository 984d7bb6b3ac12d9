#!/bin/bash
# Some hundred attempts to run a script from author text, in a real browser without the policy; see injection.mjs.
. "$(dirname "$0")/setup.sh"
name='injections'
need "$name" chromium
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node injection.mjs "$program" "$work"
