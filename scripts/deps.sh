#!/bin/sh
# Installs the Debian packages that are missing, saying so. Where there is no apt, names what to install and goes on
# if the build tools are there all the same. usage: deps.sh [test|fuzz]
# "test" is a second list: the browser and the checkers that tests/browser looks at the site with. Those tests skip
# themselves without them, so a failure here is said and is no failure of the caller. "fuzz" is what the fuzz entry
# points are built with.
set -eu
case ${1:-build} in
build)
    packages='gcc make pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev libxml2-dev libcairo2-dev librsvg2-dev
libharfbuzz-dev libfontconfig-dev zlib1g-dev libmicrohttpd-dev libxxhash-dev fonts-inter fonts-jetbrains-mono libharfbuzz-bin woff2 libcmocka-dev git'
    ;;
test)
    # A tool of another origin is as good as the package, so the commands are asked for.
    packages=
    for pair in chromium:chromium java:default-jre-headless node:nodejs npm:npm linkchecker:linkchecker; do
        command -v "${pair%%:*}" > /dev/null || packages="$packages ${pair#*:}"
    done
    ;;
fuzz)
    packages='clang libclang-rt-dev'
    ;;
*)
    echo "deps.sh: no list \"$1\"; there are \"test\" and \"fuzz\"" >&2
    exit 2
    ;;
esac
if ! command -v dpkg-query > /dev/null; then
    [ -n "$packages" ] || exit 0
    if [ "${1:-build}" = build ]; then
        pkg-config --exists yaml-0.1 harfbuzz harfbuzz-subset libxml-2.0 librsvg-2.0 cairo fontconfig zlib libmicrohttpd 2> /dev/null && exit 0
    fi
    echo "make deps: this is not Debian; install the counterparts of:" $packages >&2
    [ "${1:-build}" = build ] && exit 3
    exit 0
fi
missing=
for package in $packages; do
    case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2> /dev/null || true) in
    ii*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0
echo "make deps: installing$missing"
root=
[ "$(id -u)" = 0 ] || root=sudo
install() {
    $root apt-get update -q && DEBIAN_FRONTEND=noninteractive $root apt-get install -q -y --no-install-recommends $missing
}
if [ "${1:-build}" = test ]; then
    install || echo "make deps: the tests that need$missing will be skipped" >&2
else
    install
fi
