#!/bin/bash
# The package in a root folder with nothing but Debian 12: it brings all it needs, and makes, checks and draws a site
# there. It downloads a system, so it runs only when DOCSGEN_CLEAN_ROOT=1 asks for it, and needs root, debootstrap and a
# Debian mirror.
. "$(dirname "$0")/../tap.sh"
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$(dirname "${DOCSGEN:?}")" && pwd)
name='the package in a clean root'
give_up() {
    skip "$name" "$1"
    done_testing
}
[ -n "${DOCSGEN_CLEAN_ROOT:-}" ] || give_up "it downloads a system: DOCSGEN_CLEAN_ROOT=1 asks for it"
[ "$(id -u)" = 0 ] || give_up 'only root can make one'
grep -qa __asan_init "$DOCSGEN" && give_up 'the program is built with a sanitizer'
for tool in debootstrap dpkg-shlibdeps chroot; do
    command -v $tool > /dev/null || give_up "$tool is not installed"
done
package=$(make -s -C "$top" BUILD="$build" deb | tail -n 1)
[ -f "$package" ] || give_up 'make deb made none'

root=$scratch/root
inside() { timeout "${limit:-60}" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"; }
install() { inside apt-get install -q -y --no-install-recommends "$@" /tmp/docsgen.deb > "$scratch/log" 2>&1; }
# The empty system and the packages that ours needs are kept from one run to the next.
kept=$build/clean-root.tar
if [ ! -f "$kept" ]; then
    timeout 170 debootstrap --variant=minbase bookworm "$root" > "$scratch/log" 2>&1 ||
        give_up "debootstrap did not work, or took too long: $(tail -n 1 "$scratch/log")"
    cp "$package" "$root/tmp/docsgen.deb"
    { inside apt-get update -q > "$scratch/log" 2>&1 && install --download-only; } ||
        give_up "the mirror did not answer: $(tail -n 1 "$scratch/log")"
    rm "$root/tmp/docsgen.deb"
    tar -C "$root" --one-file-system -cf "$kept.new" . && mv "$kept.new" "$kept"
else
    mkdir "$root"
    tar -C "$root" -xpf "$kept"
fi
cp "$package" "$root/tmp/docsgen.deb"
limit=120 install
status=$?
is 'it is installed with what it depends on' "$status" 0
[ $status = 0 ] || tail -n 20 "$scratch/log" | sed 's/^/# /'
is 'it runs' "$(inside docsgen --version)" "$("$DOCSGEN" --version)"
mkdir "$root/tmp/site"
run inside docsgen -C /tmp/site init
is 'init' "$status" 0
run inside docsgen -C /tmp/site build --strict
is 'build' "$status$(grep -v '^built' <<< "$err")" 0
run inside docsgen -C /tmp/site check --fail-on warning
is 'check' "$status" 0
run inside docsgen diagram --format png -o /tmp/drawing.png /tmp/site/diagrams/overview.mmd
is 'a drawing, with the fonts it brought and without /proc' "$status$err $(head -c 4 "$root/tmp/drawing.png" | tail -c 3)" '0 PNG'
is 'nothing is left behind' "$(ls "$root/tmp")" "$(printf 'docsgen.deb\ndrawing.png\nsite')"
# docsgen.json differs in a note: what git would know is not known there.
is 'the same site as here' "$(cp -r "$root/tmp/site" "$scratch/here" && rm -rf "$scratch/here/output" && "$DOCSGEN" -C "$scratch/here" build -q; diff -rq -x docsgen.json "$scratch/here/output" "$root/tmp/site/output")" ''
run inside dpkg --remove docsgen
is 'it goes without a trace' "$(find "$root/usr" -path '*docsgen*')" ''
done_testing
