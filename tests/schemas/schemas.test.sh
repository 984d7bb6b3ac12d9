#!/bin/bash
# docsgen's JSON against the schemas that it ships, and its SARIF against the official one; then docsgen.json against the
# sources and the site. The validator is ajv from npm; without it the tests are skipped.
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")" || exit 3
root=$(cd ../.. && pwd)
name='documents fit their schemas'
for tool in node npm; do
    if ! command -v $tool > /dev/null; then
        skip "$name" "$tool is not installed (scripts/deps.sh test)"
        done_testing
    fi
done
# npm writes the hidden lock file last, so its age tells whether what is there is what is asked for.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    if ! log=$(npm ci --ignore-scripts --no-audit --no-fund 2>&1); then
        skip "$name" "npm ci did not work: $(grep -m 1 -i error <<< "$log" | tr -d '#')"
        done_testing
    fi
    touch node_modules/.package-lock.json
fi

# Every small site of tests/sites, most of them with findings, and this repository's own.
for project in "$root" ../sites/*/in; do
    [ "$project" = "$root" ] && at=own || at=$(basename "$(dirname "$project")")
    work=$scratch/$at
    mkdir -p "$work"
    "$DOCSGEN" -C "$project" build -q -o "$work/site" > /dev/null 2>&1
    mv "$work/site/docsgen.json" "$work/site.json" && cp "$work/site.json" "$work/site/docsgen.json"
    "$DOCSGEN" -C "$project" check --json > "$work/findings.json" 2> /dev/null
    "$DOCSGEN" -C "$project" check --format sarif > "$work/findings.sarif" 2> /dev/null
    "$DOCSGEN" -C "$project" check --list-external --json > "$work/external.json" 2> /dev/null
    "$DOCSGEN" -C "$project" roadmap list --json > "$work/roadmap.json" 2> /dev/null
done
find "$scratch" -name roadmap.json -empty -delete
mkdir "$scratch/diagrams"
for file in "$root"/diagrams/*.mmd "$root"/tests/sites/*/in/diagrams/*.mmd; do
    "$DOCSGEN" diagram --format json "$file" > "$scratch/diagrams/$(basename "$file").json" 2> /dev/null
done
find "$scratch/diagrams" -empty -type f -delete

# fits KIND FILE...
fits() {
    local kind=$1
    shift
    is "$kind: $# documents fit" "$(node validate.mjs "$kind" "$@" 2>&1)" ''
}
fits site "$scratch"/*/site.json
fits findings "$scratch"/*/findings.json
fits sarif "$scratch"/*/findings.sarif
fits external-links "$scratch"/*/external.json
fits diagram "$scratch"/diagrams/*.json
fits roadmap $(grep -l '^{"schema":1,"kind":"roadmap",' "$scratch"/*/roadmap.json)

# A schema that takes everything would prove nothing.
misfits() {
    sed "$4" "$3" > "$scratch/broken.json"
    cmp -s "$3" "$scratch/broken.json" && fail "$1: the document was to be broken"
    is "$1" "$(node validate.mjs "$2" "$scratch/broken.json" > /dev/null 2>&1; echo $?)" 1
}
misfits 'a page without its title' site "$scratch/own/site.json" '0,/"title":"[^"]*","description"/s//"description"/'
misfits 'a line that is no number' site "$scratch/own/site.json" '0,/"line":[0-9]*/s//"line":"1"/'
misfits 'a member that nobody knows' findings "$scratch/broken-link/findings.json" 's/"rule":/"rules":1,"rule":/'
misfits 'a severity that is none' findings "$scratch/broken-link/findings.json" 's/"severity":"error"/"severity":"fatal"/'
misfits 'a level that SARIF does not have' sarif "$scratch/broken-link/findings.sarif" 's/"level":"error"/"level":"fatal"/'
misfits 'a result without its message' sarif "$scratch/broken-link/findings.sarif" 's/"message":{"text"/"massage":{"text"/'

for at in own embeds tracker model; do
    [ "$at" = own ] && project=$root || project=../sites/$at/in
    run node truth.mjs "$project" "$scratch/$at/site"
    is "$at: what docsgen.json says is true ($(tail -n 1 <<< "$out"))" "$status$(sed '$d' <<< "$out")" 0
done
"$DOCSGEN" -C "$root" build -q -o "$scratch/again" > /dev/null 2>&1
is 'the same input gives the same document' "$(cmp "$scratch/again/docsgen.json" "$scratch/own/site.json" 2>&1)" ''
"$DOCSGEN" -C "$root" build -q -j 1 -o "$scratch/again" > /dev/null 2>&1
is 'with any number of threads' "$(cmp "$scratch/again/docsgen.json" "$scratch/own/site.json" 2>&1)" ''
done_testing
