#!/bin/bash
# A build that is killed at any moment leaves the old site or the new one, never a mixture, and the next build clears up.
. "$(dirname "$0")/../tap.sh"
cd "$scratch" || exit 3
mkdir site-src
for page in index a b c d e f g h; do echo "# Version 0" > site-src/$page.md; done
"$DOCSGEN" build -q
mixed=0 killed=0
for version in $(seq 1 40); do
    sed -i "s/.*/# Version $version/" site-src/*.md
    # From right at the start to well after the end of a build of this size. It is waited for until it is really gone: on a busy
    # machine a killed program may still have a call to the system to finish.
    "$DOCSGEN" build -q 2> /dev/null &
    sleep "0.$(printf '%03d' $((version * 2 % 60 + 1)))"
    kill -KILL $! 2> /dev/null
    wait $! 2> /dev/null
    [ $? -eq 137 ] && killed=$((killed + 1))
    versions=$(sed -n 's/.*<h1[^>]*>\(Version [0-9]*\).*/\1/p' output/*.html | sort -u)
    [ "$(grep -c . <<< "$versions")" = 1 ] || mixed=$((mixed + 1))
    [ -f output/style.css ] || mixed=$((mixed + 1))
done
is 'no mixture of two builds' "$mixed" 0
[ $killed -gt 0 ] && pass 'builds were killed on the way' || fail 'builds were killed on the way' "killed: $killed of 40"
"$DOCSGEN" build -q
is 'the next build leaves nothing beside the output' "$(ls -A)" "$(printf 'output\nsite-src')"

mkdir full
if mount -t tmpfs -o size=64k tmpfs full 2> /dev/null; then
    run "$DOCSGEN" build -o full/output
    is 'a full disk: status 3' "$status" 3
    is 'a full disk: one line says so' "$(grep -c 'No space left on device' <<< "$err")" 1
    is 'a full disk: nothing half-written' "$(ls -A full)" ''
    umount full
else
    skip 'a full disk' 'mounting is not allowed here'
fi
done_testing
