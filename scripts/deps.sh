#!/bin/sh
# Installs the Debian packages that are missing, saying so. Where there is no apt, names what to install and goes on
# if the build tools are there all the same.
set -eu
packages='gcc make pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev libxml2-dev libcairo2-dev librsvg2-dev
libharfbuzz-dev libfontconfig-dev libxxhash-dev fonts-inter fonts-jetbrains-mono libharfbuzz-bin woff2 libcmocka-dev git'
if ! command -v dpkg-query > /dev/null; then
    pkg-config --exists yaml-0.1 harfbuzz libxml-2.0 librsvg-2.0 cairo fontconfig 2> /dev/null && exit 0
    echo "make deps: this is not Debian; install the counterparts of:" $packages >&2
    exit 3
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
$root apt-get update -q
DEBIAN_FRONTEND=noninteractive $root apt-get install -q -y --no-install-recommends $missing
