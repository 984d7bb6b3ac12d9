#!/bin/sh
# Writes a C file with the bytes of each given file, for generator/base/asset.h. An asset is named by the last two
# parts of its path: generator/theme/page.html is "theme/page.html".
set -eu
name() { echo "$(basename "$(dirname "$1")")/$(basename "$1")"; }
content() {
    case $1 in
    *.js) awk -f "$(dirname "$0")/shrink.awk" "$1" ;;
    *) cat "$1" ;;
    esac
}
echo '#include "base/asset.h"'
index=0
for file in "$@"; do
    echo "static const unsigned char asset_$index[] = {"
    content "$file" | od -An -v -tu1 | tr -s ' ' ',' | sed 's/^,//; s/,*$/,/'
    echo '0};'
    index=$((index + 1))
done
echo 'const Asset assets[] = {'
index=0
for file in "$@"; do
    echo "{\"$(name "$file")\", asset_$index, sizeof asset_$index - 1},"
    index=$((index + 1))
done
echo '{NULL, NULL, 0}};'
