#!/bin/bash
# Runs that meet: several builds into one output, a build beside the preview, publishing beside a build. Who looks sees the old
# site or the new one, and nothing is left over.
. "$(dirname "$0")/../tap.sh"
export XDG_CACHE_HOME=$scratch/cache GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ben GIT_COMMITTER_EMAIL=ben@example.org
rounds=${TOGETHER:-6}
tree() { (cd "$1" 2> /dev/null && find . -type f ! -name '.docsgen*' -print0 | sort -z | xargs -0 -r sha1sum | sha1sum); }
mkdir -p "$scratch/site/site-src"
cd "$scratch/site" || exit 3
# revise WORD: every page says it.
# Each is put in its place whole: the preview may be reading.
revise() {
    for page in index a b c d e f g h i j k; do
        printf -- '---\ndescription: d\n---\n# Page of %s\n' "$1" > "$scratch/page" && mv "$scratch/page" site-src/$page.md
    done
}

# ---- several builds into one output ----
mixed=0 failed='' left='' torn=0
for ((round = 0; round < rounds; round++)); do
    revise "round $round"
    "$DOCSGEN" build -q -o "$scratch/alone" 2> /dev/null
    pids=()
    for _ in 1 2 3; do
        "$DOCSGEN" build -q 2>> "$scratch/said" &
        pids+=($!)
    done
    # One that comes a little later meets the others in the middle.
    sleep "0.0$((RANDOM % 9))"
    "$DOCSGEN" build -q --clean 2>> "$scratch/said" &
    pids+=($!)
    while kill -0 "${pids[@]}" 2> /dev/null; do
        [ $round -eq 0 ] || [ -s output/index.html ] || torn=$((torn + 1))
    done
    for pid in "${pids[@]}"; do wait "$pid" || failed+="$? "; done
    [ "$(tree output)" = "$(tree "$scratch/alone")" ] || mixed=$((mixed + 1))
    left+=$(find . -maxdepth 1 -name '*docsgen*')
done
is 'several builds: each comes through' "$failed$(sort -u "$scratch/said")" ''
is 'several builds: the site of the last sources' "$mixed" 0
is 'several builds: there is always a site' "$torn" 0
is 'several builds: nothing is left over' "$left" ''

# ---- a build that has to wait says so, after a second and once ----
if command -v flock > /dev/null; then
    mkdir output.docsgen-lock
    hold output.docsgen-lock
    : > "$scratch/waits"
    "$DOCSGEN" build --clean 2> "$scratch/waits" &
    waits=$!
    eventually grep -q waiting "$scratch/waits"
    release
    wait $waits
    is 'a build that waits: says for whom' "$? $(sed -E 's/ in [0-9.]+ s/ in N s/; s/ \(process [0-9]+\)//' "$scratch/waits")" '0 docsgen: another run writes "output"; waiting for it
built 12 pages, 0 diagrams, 0 trackers in N s -> output/'
    is 'a build that waits: nothing is left over' "$(find . -maxdepth 1 -name '*docsgen*')" ''
else
    skip 'a build that waits' 'flock is not installed'
fi

# ---- a build beside the preview ----
if command -v curl > /dev/null; then
    : > "$scratch/log"
    "$DOCSGEN" serve -p 0 2> "$scratch/log" &
    server=$!
    trap 'kill "$server" 2> /dev/null; rm -rf "$scratch"' EXIT
    eventually grep -q '^serving http:' "$scratch/log"
    url=$(sed -n 's/^serving \(http:[^ ]*\).*/\1/p' "$scratch/log")
    failed=
    for ((round = 0; round < rounds; round++)); do
        revise "preview $round"
        "$DOCSGEN" build -q || failed+="build $? "
        curl -sf "$url" | grep -qE 'Page of (preview|round)' || failed+='preview '
    done
    shows() { [ "$(curl -s "$url" | grep -c "<h1.*Page of preview $((rounds - 1))")" = 1 ]; }
    is 'a build beside the preview: both are well' "$failed" ''
    if eventually shows; then pass 'a build beside the preview: it shows the last words'; else fail 'a build beside the preview: it shows the last words'; fi
    is 'a build beside the preview: so does the site' "$(grep -c "<h1.*Page of preview $((rounds - 1))" output/index.html)" 1
    kill "$server"
    wait "$server"
else
    skip 'a build beside the preview' 'curl is not installed'
fi

# ---- publishing beside a build ----
git init -q --bare -b main "$scratch/bare.git"
git init -q -b main .
echo /output/ > .gitignore
git remote add origin "$scratch/bare.git"
failed=
for ((round = 0; round < rounds / 2 + 1; round++)); do
    revise "commit $round"
    git add -A && git commit -q -m "round $round"
    "$DOCSGEN" build -q 2>> "$scratch/said" &
    build=$!
    "$DOCSGEN" publish -q 2>> "$scratch/said" || failed+="publish $? "
    wait $build || failed+="build $? "
    rm -rf "$scratch/published"
    git clone -q -b gh-pages "$scratch/bare.git" "$scratch/published"
    [ "$(tree output)" = "$(cd "$scratch/published" && rm -rf .git && tree .)" ] || failed+='differs '
done
is 'publishing beside a build: both come through with the same site' "$failed$(sort -u "$scratch/said")" ''
is 'publishing beside a build: nothing is left over' "$(ls -A)" "$(printf '.git\n.gitignore\noutput\nsite-src')"
done_testing
