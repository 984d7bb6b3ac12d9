#!/bin/bash
# The preview in a real browser, over this repository's own site; see serve.mjs.
. "$(dirname "$0")/setup.sh"
name='the preview reloads by itself'
need "$name" chromium
work=$(mktemp -d)
cp -r "$root/docsgen.yml" "$root/site-src" "$root/diagrams" "$work"
"$program" -C "$work" serve -p 0 2> "$work/log" &
pid=$!
trap 'kill "$pid" 2> /dev/null; wait "$pid" 2> /dev/null; rm -rf "$work"' EXIT
for ((i = 0; i < 400; i++)); do
    url=$(sed -n 's/^serving \(http:[^ ]*\).*/\1/p' "$work/log")
    [ -n "$url" ] && break
    sleep 0.05
done
if [ -z "$url" ]; then
    echo "not ok 1 - $name"
    sed 's/^/# /' "$work/log"
    exit 1
fi
node serve.mjs "$url" "$work"
