#!/bin/bash
# The site as a commit on a branch of a remote: bare repositories on disk, with hooks, with others who publish as well.
. "$(dirname "$0")/../tap.sh"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ben GIT_COMMITTER_EMAIL=ben@example.org
export GIT_AUTHOR_DATE='2026-01-05T12:00:00Z' GIT_COMMITTER_DATE='2026-01-06T12:00:00+0200'
bare=$scratch/bare.git work=$scratch/work
remote() { git -C "$bare" "$@"; }
publish() { run "$DOCSGEN" -C "$work" publish --color never "$@"; }
# save SUBJECT: everything in the work tree becomes a commit.
save() { git -C "$work" add -A && git -C "$work" commit -q -m "$1"; }
# What a person has checked out, to see that nothing of it is touched.
state() { git -C "$work" status --porcelain; git -C "$work" for-each-ref; git -C "$work" ls-files -s; find "$work" -path "$work/.git" -prune -o -print; }

git init -q --bare -b main "$bare"
git init -q -b main "$work"
mkdir -p "$work/site-src/a b"
printf '/output/\n' > "$work/.gitignore"
printf -- '---\ndescription: d\n---\n# One\n\n[two](two.md) [odd](<a b/q"u\xc3\xb6\\te.txt>)\n' > "$work/site-src/index.md"
printf -- '---\ndescription: d\n---\n# Two\n' > "$work/site-src/two.md"
printf 'odd\r\n' > "$work/site-src/a b/q\"u"$'\xc3\xb6'"\\te.txt"
: > "$work/site-src/empty.bin"
head -c 300000 /dev/urandom > "$work/site-src/big.bin"

publish
is 'no commit' "$status|$err" '3|docsgen: cannot publish: nothing is committed yet'
save 'first words'
publish
is 'no remote: says how to add one' "$status|$err" '3|docsgen: cannot publish: there is no remote "origin"; name one with --remote, or add it: git remote add origin URL'
git -C "$work" remote add origin "$scratch/nowhere.git"
publish
is 'a remote that does not answer: status 3' "$status|$(sed 1q <<< "$err")" '3|docsgen: cannot publish: cannot read the remote "origin":'
git -C "$work" remote set-url origin "$bare"

before=$(state)
publish --dry-run
is '--dry-run: every file is new' "$status|$(grep -c '^A ' <<< "$out")|$(grep -vc '^A ' <<< "$out")" "0|$(wc -l <<< "$out")|0"
is '--dry-run: pages, files with odd names, .nojekyll' "$(grep -c '^A \(index.html\|two.html\|a b/q"u.*te.txt\|.nojekyll\|empty.bin\)$' <<< "$out")" 5
is '--dry-run: says that it did not' "$(grep -c '^would publish .* -> "gh-pages" of "origin"$' <<< "$err")" 1
is '--dry-run: the remote has nothing' "$(remote for-each-ref)" ''

publish
is 'published: status 0, nothing on standard output' "$status|$out" '0|'
is 'published: one line' "$(sed 's/[0-9a-f]\{12\}/HASH/; s/[0-9]\+ added/N added/' <<< "$err")" 'published HASH: N added, 0 changed, 0 removed -> "gh-pages" of "origin"'
is 'work tree, index and refs are as they were' "$(diff <(echo "$before") <(state) | grep '^[<>]' | grep -v refs/remotes/origin/gh-pages)" ''
"$DOCSGEN" -C "$work" build -q -o "$scratch/built"
git clone -q -b gh-pages "$bare" "$scratch/clone"
is 'the branch holds what build writes' "$(diff -r -x .git -x .docsgen "$scratch/built" "$scratch/clone")" ''
source=$(git -C "$work" rev-parse HEAD)
is 'the message names the commit of the sources' "$(remote log -1 --format=%B gh-pages)" "Publish ${source:0:12}

first words

Source: $source"
is 'author and dates are those of the sources' "$(remote log -1 --format='%an %ae %at %cn %ce %cd' --date=raw gh-pages)" \
    'Ada ada@example.org 1767614400 Ben ben@example.org 1767693600 +0200'
is 'the first commit has no parent' "$(remote rev-list --count gh-pages)" 1
first=$(remote rev-parse gh-pages)

publish
is 'the same tree: nothing to publish' "$status|$err|$(remote rev-parse gh-pages)" "0|nothing to publish: \"gh-pages\" of \"origin\" has this site already|$first"
git -C "$work" commit -q --allow-empty -m 'no change of the site'
publish
is 'another commit with the same site: nothing to publish' "$status|$(remote rev-parse gh-pages)" "0|$first"
git -C "$work" reset -q --hard HEAD~1

git init -q --bare "$scratch/second.git"
publish --remote "$scratch/second.git"
is 'an address as remote; the same input makes the same commit' "$(git -C "$scratch/second.git" rev-parse gh-pages)" "$first"

git -C "$work" rm -q site-src/empty.bin
printf 'more\n' >> "$work/site-src/two.md"
save 'second words'
publish --dry-run
is '--dry-run: added, changed and removed' "$(grep -v " search/" <<< "$out" | grep '^[AD] \|two.html')" 'D empty.bin
M two.html'
publish -m 'by hand'
is 'a second time: on top of the first' "$(remote log --format=%s gh-pages)" "by hand
Publish ${source:0:12}"
is 'a file that is gone is gone' "$(remote ls-tree --name-only gh-pages empty.bin)" ''

publish --cname docs.example.org
is '--cname' "$status|$(remote show gh-pages:CNAME)" '0|docs.example.org'
printf 'again\n' >> "$work/site-src/two.md"
save 'third words'
publish
is 'a CNAME on the branch stays' "$status|$(remote show gh-pages:CNAME)|$(remote diff-tree -r --name-only --no-commit-id gh-pages | grep -c CNAME)" '0|docs.example.org|0'
publish --cname 'a b'
is '--cname: no host name' "$status|$(sed 1q <<< "$err")" '2|docsgen: --cname wants a host name, not "a b"'
publish --branch site/live
is '--branch' "$status|$(remote ls-tree --name-only site/live index.html)" '0|index.html'
publish --branch 'a..b'
is '--branch: no name' "$status|$err" '3|docsgen: cannot publish: no branch can be called "a..b"'
publish --remote --upload-pack=false
is '--remote: never an option of git' "$status|$(grep -c 'there is no remote "--upload-pack=false"' <<< "$err")" '3|1'

git -C "$work" push -q origin main main:develop
publish --branch main
is 'never onto the branch of the sources' "$status|$err" '3|docsgen: cannot publish: the branch "main" holds sources, which the site would replace; name another with --branch, or say --force'
publish --branch develop
is 'nor onto another with sources' "$status|$(remote rev-parse develop)" "3|$(git -C "$work" rev-parse main)"

printf 'loose\n' >> "$work/site-src/two.md"
echo x > "$work/site-src/new.txt"
echo x > "$work/elsewhere.txt"
publish --dry-run
is 'changes that no commit has: a warning' "$status|$(sed 1q <<< "$err")" '0|docsgen: warning: the site holds changes that no commit has: site-src/two.md and 1 more'
publish
is 'changes that no commit has: the message says so' "$(remote log -1 --format=%s gh-pages | sed 's/[0-9a-f]\{12\}/HASH/')" 'Publish HASH with uncommitted changes'
rm "$work/elsewhere.txt"
save 'fourth words'
printf '[x](nowhere.md)\n' >> "$work/site-src/two.md"
tip=$(remote rev-parse gh-pages)
publish
is 'errors: not published' "$status|$(tail -n 1 <<< "$err")|$(remote rev-parse gh-pages)" "1|docsgen: not published: 1 error|$tip"
git -C "$work" checkout -q site-src/two.md

git -C "$work" checkout -q --detach
publish
is 'a detached HEAD' "$status|$err" "3|docsgen: cannot publish: HEAD is detached, so the source's commit may be on no branch; run git switch BRANCH first, or say --force"
publish --force --dry-run
is 'a detached HEAD with --force' "$status" 0
git -C "$work" checkout -q main

printf 'refused\n' >> "$work/site-src/two.md"
save 'fifth words'
printf '#!/bin/sh\necho "no pages on Fridays" >&2\nexit 1\n' > "$bare/hooks/pre-receive"
chmod +x "$bare/hooks/pre-receive"
tip=$(remote rev-parse gh-pages)
publish
is 'a hook that refuses: status 3, its words' "$status|$(sed 's/ *$//' <<< "$err" | sed -n 1,2p)" '3|docsgen: cannot publish: the push to "gh-pages" of "origin" was refused: [remote rejected] (pre-receive hook declined)
  remote: no pages on Fridays'
is 'a hook that refuses: nothing changed' "$(remote rev-parse gh-pages)" "$tip"
rm "$bare/hooks/pre-receive"
printf '#!/bin/sh\nexit 1\n' > "$work/.git/hooks/pre-push"
chmod +x "$work/.git/hooks/pre-push"
publish
is 'a hook on this side' "$status|$(sed 1q <<< "$err")|$(remote rev-parse gh-pages)" "3|docsgen: cannot publish: the push to \"gh-pages\" of \"origin\" was refused:|$tip"

# Somebody else publishes between our fetch and our push: once, then always.
cat > "$work/.git/hooks/pre-push" << HOOK
#!/bin/sh
[ ! -e "$scratch/once" ] || exit 0
[ "\$ALWAYS" ] || touch "$scratch/once"
tree=\$(git -C "$bare" rev-parse gh-pages^{tree})
git -C "$bare" update-ref refs/heads/gh-pages \$(git -C "$bare" commit-tree -p gh-pages -m "by another" \$tree)
HOOK
publish
is 'somebody was faster: on top of theirs' "$status|$(remote log --format=%s -2 gh-pages | tail -n 1)" '0|by another'
rm "$scratch/once"
printf 'again\n' >> "$work/site-src/two.md"
save 'sixth words'
ALWAYS=1 publish
is 'somebody is always faster: an end' "$status|$err" '3|docsgen: cannot publish: others were faster 6 times in a row; try again later'
rm "$work/.git/hooks/pre-push"

# Publishers at once, from clones of their own and from one and the same.
count=$(remote rev-list --count gh-pages)
for i in 1 2 3 4; do
    git clone -q -b main "$bare" "$scratch/w$i"
    printf -- '---\ndescription: d\n---\n# One %s\n' "$i" > "$scratch/w$i/site-src/index.md"
    git -C "$scratch/w$i" commit -qam "by $i"
done
for i in 1 2 3 4; do "$DOCSGEN" -C "$scratch/w$i" publish -q 2> "$scratch/err$i" & pids[i]=$!; done
failed=0
for i in 1 2 3 4; do wait "${pids[i]}" || failed=$((failed + 1)); done
is 'four at once: all of them' "$failed|$(cat "$scratch"/err?)" '0|'
is 'four at once: nobody is dropped' "$(remote log --format=%b gh-pages | grep '^by' | sort)|$(($(remote rev-list --count gh-pages) - count))" 'by 1
by 2
by 3
by 4|4'
for i in 1 2; do "$DOCSGEN" -C "$work" publish -q 2> "$scratch/err$i" & pids[i]=$!; done
failed=0
for i in 1 2; do wait "${pids[i]}" || failed=$((failed + 1)); done
is 'two in one clone: one commit' "$failed|$(cat "$scratch"/err[12])|$(($(remote rev-list --count gh-pages) - count))" '0||5'
is 'no branch is left behind' "$(git -C "$work" for-each-ref --format='%(refname)')" 'refs/heads/main
refs/remotes/origin/develop
refs/remotes/origin/gh-pages
refs/remotes/origin/main
refs/remotes/origin/site/live'
is 'the repositories are sound' "$(remote fsck --strict 2>&1 | grep -v dangling)" ''

if git init -q --bare --object-format=sha256 "$scratch/sha.git" 2> /dev/null; then
    git init -q --object-format=sha256 -b main "$scratch/sha"
    cp -r "$work/site-src" "$scratch/sha/"
    git -C "$scratch/sha" add -A && git -C "$scratch/sha" commit -qm x
    run "$DOCSGEN" -C "$scratch/sha" publish --remote "$scratch/sha.git"
    is 'a repository with SHA-256' "$status|$(git -C "$scratch/sha.git" rev-list --count gh-pages)" '0|1'
else
    skip 'a repository with SHA-256' 'this git has none'
fi
mkdir "$scratch/sub" && cp -r "$work/site-src" "$scratch/sub/"
git init -q -b main "$scratch/up" && mv "$scratch/sub" "$scratch/up/docs"
git -C "$scratch/up" add -A && git -C "$scratch/up" commit -qm x
git init -q --bare "$scratch/up.git"
run "$DOCSGEN" -C "$scratch/up/docs" publish --remote "$scratch/up.git"
is 'a project in a folder of its repository' "$status|$(git -C "$scratch/up.git" ls-tree --name-only gh-pages index.html)" '0|index.html'
is 'such a project is clean' "$(grep -c warning <<< "$err")" 0
rm -rf "$scratch/up/.git"
run env GIT_CEILING_DIRECTORIES="$scratch" "$DOCSGEN" -C "$scratch/up/docs" publish
is 'no repository at all' "$status|$err" '3|docsgen: cannot publish: the project is in no git repository'
done_testing
