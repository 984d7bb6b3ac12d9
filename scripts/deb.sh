#!/bin/bash
# Packs what `make install` installs as a Debian package and prints its path. The same sources, compiler and libraries
# give the same bytes: every date is SOURCE_DATE_EPOCH, by default that of the newest entry in scripts/deb/changelog.
# usage: deb.sh BUILD-FOLDER
set -eu
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd)
for tool in dpkg-deb dpkg-shlibdeps dpkg-parsechangelog strip; do
    command -v $tool > /dev/null || { echo "make deb: $tool is missing; install dpkg-dev and binutils" >&2; exit 3; }
done
changelog=scripts/deb/changelog
field() { dpkg-parsechangelog -l $changelog -S "$1"; }
version=$(field Version)
[ "$("$build/docsgen" --version | cut -d' ' -f2)" = "$version" ] || { echo "make deb: $changelog speaks of $version, the program does not" >&2; exit 1; }
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(field Timestamp)}
export SOURCE_DATE_EPOCH
umask 022
tree=$build/deb/tree
rm -rf "$build/deb"
mkdir -p "$tree/DEBIAN" "$build/deb/debian"
make -s BUILD="$build" DESTDIR="$tree" PREFIX=/usr install > /dev/null
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$tree/usr/bin/docsgen"
# Debian keeps what packages bring for zsh apart from what an administrator adds.
mkdir -p "$tree/usr/share/zsh/vendor-completions"
mv "$tree/usr/share/zsh/site-functions/_docsgen" "$tree/usr/share/zsh/vendor-completions/"
rmdir "$tree/usr/share/zsh/site-functions"
gzip -9n "$tree/usr/share/man/man1/docsgen.1"
documents=$tree/usr/share/doc/docsgen
mkdir -p "$documents"
gzip -9nc $changelog > "$documents/changelog.gz"
# A licence text in the machine-readable form: one blank in front of each line, a dot for an empty one.
indented() { sed -e 's/[[:space:]]*$//' -e 's/^$/./' -e 's/^/ /'; }
{
    cat scripts/deb/copyright.head
    printf 'License: Expat\n'
    sed '1,/^Copyright/d' LICENSE | sed '1{/^$/d}' | indented
    printf '\nLicense: OFL-1.1\n'
    sed -n '/^SIL OPEN FONT LICENSE/,$p' generator/theme/OFL.txt | indented
} > "$documents/copyright"
# The libraries that the program was linked with, by the packages that bring them here.
printf 'Source: docsgen\n\nPackage: docsgen\nArchitecture: any\n' > "$build/deb/debian/control"
depends=$(cd "$build/deb" && dpkg-shlibdeps -O tree/usr/bin/docsgen 2> shlibdeps.log | sed -n 's/^shlibs:Depends=//p') || true
[ -n "$depends" ] || { cat "$build/deb/shlibdeps.log" >&2; exit 3; }
architecture=$(dpkg --print-architecture)
cat > "$tree/DEBIAN/control" << CONTROL
Package: docsgen
Version: $version
Architecture: $architecture
Maintainer: $(field Maintainer)
Installed-Size: $(find "$tree/usr" -type f -printf '%s\n' | awk '{ size += int(($1 + 1023) / 1024) } END { print size }')
Depends: $depends
Recommends: git
Suggests: xdg-utils
Section: text
Priority: optional
Description: checked documentation sites from Markdown and Mermaid
 docsgen turns a repository's Markdown, Mermaid diagrams, data files and
 roadmap trackers into a static site, and checks that what the site says is
 consistent. Diagrams become inline SVG while the site is built; no browser,
 Node, Python or network is needed, and the pages work without JavaScript.
CONTROL
find "$tree" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
(cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) > "$tree/DEBIAN/md5sums"
chmod -R u=rwX,go=rX "$tree"
package=$build/docsgen_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$tree" "$package" > /dev/null
echo "$package"
