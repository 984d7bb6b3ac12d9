#!/bin/bash
# The preview in a real browser, over this repository's own site; see serve.mjs.
. "$(dirname "$0")/setup.sh"
name='the preview reloads by itself'
need "$name" chromium
work=$(mktemp -d)
cp -r "$root/docsgen.yml" "$root/site-src" "$root/diagrams" "$work"
: > "$work/log"
"$program" -C "$work" serve -p 0 2> "$work/log" &
pid=$!
trap 'kill "$pid" 2> /dev/null; wait "$pid" 2> /dev/null; rm -rf "$work"' EXIT
# A slow machine gets minutes for what takes a second; a preview that has ended is not waited for.
for ((i = 0; i < 6000; i++)); do
    url=$(sed -n 's/^serving \(http:[^ ]*\).*/\1/p' "$work/log")
    { [ -n "$url" ] || ! kill -0 "$pid" 2> /dev/null; } && break
    sleep 0.05
done
if [ -z "$url" ]; then
    echo "not ok 1 - $name"
    sed 's/^/# /' "$work/log"
    exit 1
fi
node serve.mjs "$url" "$work"
