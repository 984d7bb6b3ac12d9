#!/bin/bash
# `make deb`: what the package holds, that it is made alike twice, and what lintian says of it.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$(dirname "${DOCSGEN:?}")" && pwd)
name='a Debian package'
for tool in dpkg-deb dpkg-shlibdeps dpkg-parsechangelog; do
    if ! command -v $tool > /dev/null; then
        skip "$name" "$tool is not installed (dpkg-dev)"
        done_testing
    fi
done
if grep -qa __asan_init "$DOCSGEN"; then
    skip "$name" 'the program is built with a sanitizer'
    done_testing
fi

run make -s -C "$root" BUILD="$build" deb
package=$(tail -n 1 <<< "$out")
is "$name is made" "$status$([ -f "$package" ] || echo " no file $package")" 0
cp "$package" "$scratch/first.deb"
sleep 1
run env TZ=Asia/Tokyo LC_ALL=C make -s -C "$root" BUILD="$build" deb
is 'a second time the same bytes' "$(cmp "$scratch/first.deb" "$package" 2>&1)" ''
run env SOURCE_DATE_EPOCH=1000000000 make -s -C "$root" BUILD="$build" deb
is 'SOURCE_DATE_EPOCH is the date of every file' "$(dpkg-deb -c "$package" | awk '{ print $4 }' | sort -u)" 2001-09-09
cp "$scratch/first.deb" "$package"

tree=$scratch/tree
dpkg-deb -R "$package" "$tree"
control() { sed -n "s/^$1: //p" "$tree/DEBIAN/control"; }
is 'name, version and architecture' "$(control Package) $(control Version) $(control Architecture)" \
    "docsgen $("$DOCSGEN" --version | cut -d' ' -f2) $(dpkg --print-architecture)"
is 'a library that it is linked with is among what it depends on' "$(control Depends | grep -c 'libmicrohttpd12')" 1
is 'every file has its sum' "$(cd "$tree" && find usr -type f | LC_ALL=C sort | diff - <(sed 's/^[0-9a-f]*  //' DEBIAN/md5sums) && md5sum --quiet -c DEBIAN/md5sums)" ''
is 'all belongs to root' "$(dpkg-deb -c "$package" | awk '{ print $2 }' | sort -u)" root/root
is 'programs and files have their modes' "$(dpkg-deb -c "$package" | awk '{ print $1 }' | LC_ALL=C sort -u | paste -sd' ')" '-rw-r--r-- -rwxr-xr-x drwxr-xr-x'
is 'the man page is packed, without a date' "$(file -b "$tree/usr/share/man/man1/docsgen.1.gz" 2> /dev/null | grep -c 'was\|modified')" 0
if grep -q __gcov_ "$DOCSGEN"; then
    skip 'no path of this machine is in the program' 'it counts its lines, and knows where to write that'
else
    is 'no path of this machine is in the program' "$(strings -a "$tree/usr/bin/docsgen" | grep -cF "$root")" 0
fi
for file in doc/docsgen/copyright doc/docsgen/changelog.gz man/man1/docsgen.1.gz bash-completion/completions/docsgen \
    zsh/vendor-completions/_docsgen fish/vendor_completions.d/docsgen.fish docsgen/site.schema.json; do
    is "it has $file" "$([ -s "$tree/usr/share/$file" ] && echo yes)" yes
done
is 'what is in it runs' "$("$tree/usr/bin/docsgen" --version)" "$("$DOCSGEN" --version)"
if command -v lintian > /dev/null; then
    run lintian --allow-root --fail-on error,warning "$package"
    is 'lintian has nothing to say' "$status$out" 0
else
    skip 'lintian has nothing to say' 'lintian is not installed'
fi
done_testing
