#!/bin/bash
# A source that changes while the site is built: a program that docsgen asks, git, changes it in the middle.
. "$(dirname "$0")/../tap.sh"
export XDG_CACHE_HOME=$scratch/cache GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ben GIT_COMMITTER_EMAIL=ben@example.org
command -v git > /dev/null || { skip 'a source that changes' 'git is not installed'; done_testing; }
mkdir -p "$scratch/site/site-src" "$scratch/bin"
cd "$scratch/site" || exit 3
for page in index a b; do printf '# Page %s\n' $page > site-src/$page.md; done
printf '# Tracker\n\n| PR | Title | Status |\n|----|-------|--------|\n| 1 | Store | Complete |\n' > site-src/PROGRESS_TRACKER.md
git init -q . && git add -A && git commit -q -m first

# A file written a moment ago is read in any case. An older one is not: the page is taken over, and the source is read at
# the end, for the place of what was found on it, if it is still the same.
sleep 2.1
"$DOCSGEN" build -q
echo '# Page of another name' > site-src/b.md
git commit -q -a -m second
cat > "$scratch/bin/git" << END
#!/bin/bash
[[ " \$* " != *' --raw '* ]] || echo '# Page A' > $PWD/site-src/a.md
exec $(command -v git) "\$@"
END
chmod +x "$scratch/bin/git"
before=$(find output -type f -exec sha1sum {} + | sort)
PATH=$scratch/bin:$PATH run "$DOCSGEN" build
is 'status 3, and one line' "$status $out$err" '3 docsgen: sources were changed while the site was built; build it again'
is 'the site is the old one' "$(find output -type f -exec sha1sum {} + | sort)" "$before"
is 'nothing is left over' "$(ls -A)" "$(printf '.git\noutput\nsite-src')"
run "$DOCSGEN" build -q
is 'the next build has both changes' "$status $(grep -ho '<h1[^<]*' output/[ab].html | sed 's/.*>//' | paste -sd,)" '0 Page A,Page of another name'
"$DOCSGEN" build -q --clean -o "$scratch/clean"
is 'and is the same as a clean one' "$(diff -r "$scratch/clean" output)" ''
done_testing
