#!/bin/bash
# What `make install` puts where, and how a build says which commit it is.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$(dirname "${DOCSGEN:?}")" && pwd)

# ---- the commit: known in a checkout, absent in an archive and in a folder of somebody else's repository ----
commit() { sed -n 's/^const char docsgen_commit\[\] = "\(.*\)";$/\1/p' <<< "$("$1/scripts/version.sh" 1.2.3)"; }
archive=$scratch/outer/docsgen
mkdir -p "$archive/scripts"
cp "$root/scripts/version.sh" "$archive/scripts/"
touch "$archive/Makefile"
is 'an archive has a version' "$("$archive/scripts/version.sh" 1.2.3 | grep -c '^const char docsgen_version\[\] = "1.2.3";$')" 1
is 'an archive has no commit' "$(commit "$archive")" ''
export GIT_AUTHOR_NAME=T GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=T GIT_COMMITTER_EMAIL=t@example.org
git -C "$scratch/outer" init -q
git -C "$scratch/outer" commit -q --allow-empty -m outer
is 'an archive unpacked in a repository has none either' "$(commit "$archive")" ''
git -C "$archive" init -q
is 'nor has a checkout without a commit' "$(commit "$archive")" ''
git -C "$archive" add . && git -C "$archive" commit -qm one
is 'a checkout has its commit' "$(commit "$archive")" "$(git -C "$archive" rev-parse --short=12 HEAD)"
echo '#' >> "$archive/Makefile"
is 'changed files are told' "$(commit "$archive")" "$(git -C "$archive" rev-parse --short=12 HEAD)-dirty"
git -C "$archive" commit -qam two && git -C "$archive" tag -m v v1.2.3 HEAD~1
is 'the tag before it is named' "$(commit "$archive")" "v1.2.3-1-g$(git -C "$archive" rev-parse --short=12 HEAD)"

# ---- make install ----
make -s -C "$root" BUILD="$build" DESTDIR="$scratch/root" PREFIX=/usr install > "$scratch/log" 2>&1
is 'make install: status' "$?" 0
is 'make install: the files' "$(cd "$scratch/root" && find . -type f | LC_ALL=C sort)" './usr/bin/docsgen
./usr/share/bash-completion/completions/docsgen
./usr/share/docsgen/external-links.schema.json
./usr/share/docsgen/findings.schema.json
./usr/share/docsgen/site.schema.json
./usr/share/fish/vendor_completions.d/docsgen.fish
./usr/share/man/man1/docsgen.1
./usr/share/zsh/site-functions/_docsgen'
is 'the installed program runs' "$("$scratch/root/usr/bin/docsgen" --version)" "$("$DOCSGEN" --version)"
is 'nothing is empty' "$(find "$scratch/root" -type f -empty)" ''
if command -v man > /dev/null && command -v groff > /dev/null; then
    is 'the man page has no mistake' "$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$scratch/root/usr/share/man/man1/docsgen.1" 2>&1 > /dev/null)" ''
else
    skip 'the man page has no mistake' 'man and groff are not installed'
fi
bash -n "$scratch/root/usr/share/bash-completion/completions/docsgen"
is 'the completions of bash are bash' "$?" 0
done_testing
