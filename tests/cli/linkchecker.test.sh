#!/bin/bash
# The way of a site to its readers: published to a bare repository, cloned, served by a plain file server below a folder,
# as GitHub Pages does, and every link and anchor followed by a checker that knows nothing of docsgen.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
name='an independent checker finds no broken link in the published site'
for tool in linkchecker python3 git; do
    if ! command -v $tool > /dev/null; then
        skip "$name" "$tool is not installed (scripts/deps.sh test)"
        done_testing
    fi
done
if grep -qa __asan_init "$DOCSGEN"; then
    skip "$name" 'the pages are the same as without a sanitizer'
    done_testing
fi
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org
work=$scratch/work
mkdir "$work"
# The site that init writes; with DOCSGEN_SLOW=1 this repository's own, which takes the checker some minutes.
if [ -z "${DOCSGEN_SLOW:-}" ]; then
    "$DOCSGEN" init -q "$work"
else
    tar -C "$root" --exclude ./.git --exclude ./.build --exclude ./output --exclude node_modules -cf - . | tar -C "$work" -xf -
fi
git init -q --bare "$scratch/bare.git"
git -C "$work" init -q -b main && git -C "$work" add -A && git -C "$work" commit -qm sources
git -C "$work" remote add origin "$scratch/bare.git"
run "$DOCSGEN" -C "$work" publish
is 'the site is published' "$status$(grep -v '^published\|warning' <<< "$err")" 0
mkdir "$scratch/web"
git clone -q -b gh-pages "$scratch/bare.git" "$scratch/web/repo"
rm -rf "$scratch/web/repo/.git"
is 'the clone has the pages' "$([ -s "$scratch/web/repo/index.html" ] && echo yes)" yes

# serve FOLDER: sets `port`.
serve() {
    : > "$scratch/server.log"
    (cd "$1" && exec python3 -u -m http.server --bind 127.0.0.1 0) > "$scratch/server.log" 2>&1 &
    server=$!
    eventually grep -q ' port [0-9]* ' "$scratch/server.log"
    port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$scratch/server.log")
}
# The checker follows anchors only when asked to, and asks ten times a second at the most unless told otherwise; links to other sites are left alone. As root it becomes nobody.
printf '[checking]\nmaxrequestspersecond=1000\n[AnchorCheck]\n' > "$scratch/linkcheckerrc"
chmod 755 "$scratch"
chmod 644 "$scratch/linkcheckerrc"
mkdir -m 777 "$scratch/home"
# check_links: prints the addresses that are broken; ends as the checker does. Sources that pages link to are no pages.
check_links() {
    HOME=$scratch/home timeout 220 linkchecker -f "$scratch/linkcheckerrc" --no-status --threads 4 \
        --no-follow-url "/repo/files/" -o csv "http://127.0.0.1:$port/repo/" > "$scratch/links.csv" 2> "$scratch/links.err"
    local ended=$?
    grep -E '^[^#]' "$scratch/links.csv" | sed 1d | cut -d';' -f1,2,4 | sort -u
    return $ended
}
trap 'kill "$server" 2> /dev/null; rm -rf "$scratch"' EXIT
serve "$scratch/web"
broken=$(check_links)
ended=$?
if [ $ended = 124 ]; then
    skip "$name" 'the checker needs too long on this machine'
    done_testing
fi
is "$name" "$ended$broken" 0
# Everything that is linked was asked for: the server's own list says so.
asked=$(grep -oE '"(GET|HEAD) /repo/[^ ?"]*' "$scratch/server.log" | sed 's/.* //' | sort -u | wc -l)
pages=$(find "$scratch/web/repo" -name '*.html' | wc -l)
is 'it looked at as many addresses as there are pages' "$([ "$asked" -ge "$pages" ] && echo yes || echo "$asked of $pages")" yes

# The checker itself is able to find something.
rm -rf "$scratch/web/repo"
mkdir "$scratch/web/repo" "$scratch/small"
mkdir "$scratch/small/site-src"
printf '# One\n\n[two](two.md#part)\n' > "$scratch/small/site-src/index.md"
printf '# Two\n\n## Part\n\n[one](index.md)\n' > "$scratch/small/site-src/two.md"
"$DOCSGEN" -C "$scratch/small" build -q -o "$scratch/web/repo"
is 'a small site is whole' "$(check_links)" ''
sed -i 's|</main>|<a href="nowhere.html">x</a> <a href="two.html#nowhere">y</a></main>|' "$scratch/web/repo/index.html"
broken=$(check_links)
is 'a broken link would be found' "$(grep -c '^nowhere.html;' <<< "$broken")" 1
is 'a broken anchor would be found' "$(grep -c '^two.html#nowhere;' <<< "$broken")" 1
done_testing
