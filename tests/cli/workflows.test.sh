#!/bin/bash
# What a runner would do: every `run:` of the workflows and of the action, in a clean folder, one after the other, as GitHub
# starts them. What needs a network, another user or minutes is a stub on PATH that looks at its words.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
export GIT_CONFIG_GLOBAL=$scratch/gitconfig GIT_CONFIG_NOSYSTEM=1 real_make real_git
real_make=$(command -v make) real_git=$(command -v git)
export PROGRAM=$DOCSGEN SOURCE=$root CALLS=$scratch/calls INSTALLED=$scratch/bin

# steps FILE DIR: each `run:` of a workflow as a file DIR/NN, in order.
# run = "run: " command | "run: |" LF { deeper-indented line }
steps() {
    mkdir -p "$2"
    awk -v dir="$2" '
        function indent(line) { match(line, /^ */); return RLENGTH }
        open && ($0 ~ /^ *$/ || indent($0) > open) { print >> file; next }
        { open = 0 }
        /^ *(- )?run: / {
            file = sprintf("%s/%02d", dir, ++count); text = $0; sub(/^ *(- )?run: /, "", text)
            if (text == "|") { open = indent($0); printf "" > file } else print text > file
        }' "$1"
}

# stub NAME: its body is standard input.
mkdir -p "$scratch/stubs" "$INSTALLED"
stub() { { echo '#!/bin/bash'; cat; } > "$scratch/stubs/$1" && chmod +x "$scratch/stubs/$1"; }
stub apt-get << 'STUB'
echo "apt-get $*" >> "$CALLS"
STUB
stub sudo << 'STUB'
echo "sudo $1" >> "$CALLS"
exec "$@"
STUB
# A clone of docsgen is this repository's files, without packages that another test fetches meanwhile; everything else is real.
stub git << 'STUB'
if [ "$1" = clone ]; then
    echo "git clone ${*: -2:1}" >> "$CALLS"
    mkdir -p "${*: -1}" && cd "$SOURCE" && tar -c --exclude node_modules Makefile scripts generator site-src tests | tar -x -C "${*: -1}"
else
    exec "$real_git" "$@"
fi
STUB
# The targets must exist; then the program that is under test stands in for what would have been built.
stub make << 'STUB'
echo "make $*" >> "$CALLS"
folder=. targets=
while [ $# -gt 0 ]; do
    case $1 in
    -C) folder=$2; shift ;;
    -*) ;;
    *) targets="$targets $1" ;;
    esac
    shift
done
for target in $targets; do
    grep -q "^$target:\|^\.PHONY:.* $target\b" "$folder/Makefile" || { echo "no target $target" >&2; exit 2; }
    [ "$target" != all ] || { mkdir -p "$folder/.build" && cp "$PROGRAM" "$folder/.build/docsgen"; }
    [ "$target" != install ] || cp "$folder/.build/docsgen" "$INSTALLED/docsgen"
done
STUB

# runner NAME STEPS DIR: runs the steps there with a runner's variables; the shell's flags are GitHub's.
runner() {
    local step failed='' name=$1 folder=$2 work=$3
    export RUNNER_TEMP=$scratch/temp-$name GITHUB_OUTPUT=$scratch/output-$name GITHUB_PATH=$scratch/path-$name
    export GITHUB_ACTION_PATH=$scratch/action GITHUB_WORKSPACE=$work
    mkdir -p "$RUNNER_TEMP"
    : > "$GITHUB_OUTPUT"
    : > "$GITHUB_PATH"
    : > "$CALLS"
    for step in "$folder"/*; do
        (cd "$work" && PATH="$(tr '\n' ':' < "$GITHUB_PATH")$scratch/stubs:$INSTALLED:$PATH" bash --noprofile --norc -eo pipefail "$step") \
            > "$scratch/log" 2>&1 || failed="$failed ${step##*/}: $(tail -n 3 "$scratch/log")"
    done
    is "$name: every step ends with 0" "$failed" ''
}

# clean DIR: what a checkout of this repository has.
clean() {
    mkdir -p "$1"
    (cd "$root" && cp -r Makefile docsgen.yml scripts generator site-src diagrams action.yml .github README.md CONTRIBUTING.md LICENSE "$1")
}

for file in action.yml .github/workflows/docs.yml .github/workflows/test.yml generator/init/docs.yml; do
    steps "$root/$file" "$scratch/steps/$file"
    is "$file: no expression inside of a script" "$(cat "$scratch/steps/$file"/* 2> /dev/null | grep -c '\${{')" 0
    is "$file: actions by their version, or this one" \
        "$(sed -n 's/^ *\(- \)\?uses: //p' "$root/$file" | grep -vx '\./\|[a-z-]*/[a-z/-]*@v[0-9]*\( #.*\)\?')" ''
    [ $file = action.yml ] || is "$file: permissions are given, none to all" \
        "$(grep -c '^permissions:$' "$root/$file")|$(grep -c 'write-all\|contents: write\|pull_request_target' "$root/$file")" '1|0'
done

git init -q "$scratch/user"
"$DOCSGEN" init -q "$scratch/user" --github-pages
steps "$scratch/user/.github/workflows/docs.yml" "$scratch/steps/user"
DOCSGEN='OWNER/docsgen' DOCSGEN_VERSION=v1 runner init "$scratch/steps/user" "$scratch/user"
is 'init: docsgen is cloned, built and installed' "$(cat "$CALLS" | sed "s|$scratch/temp-init|TEMP|g")" 'git clone https://github.com/OWNER/docsgen
make -s -C TEMP/docsgen deps
make -s -j4 -C TEMP/docsgen all
sudo make
make -s -C TEMP/docsgen install'
is 'init: the artifact is there' "$(ls "$scratch/user/output/index.html" "$scratch/temp-init/docsgen.sarif" | wc -l)" 2
is 'init: the findings are SARIF' "$(grep -c '"version": *"2.1.0"' "$scratch/temp-init/docsgen.sarif")" 1
printf '\n[gone](gone.md)\n' >> "$scratch/user/docs/index.md"
last=$(grep -l 'format github' "$scratch/steps/user"/*)
run env PATH="$INSTALLED:$PATH" bash -c "cd '$scratch/user' && bash -eo pipefail '$last'"
is 'init: an error fails the check and is an annotation' "$status|$(grep -c '^::error file=docs/index.md' <<< "$out")" '1|1'
sarif=$(grep -l 'format sarif' "$scratch/steps/user"/*)
run env PATH="$INSTALLED:$PATH" RUNNER_TEMP="$scratch" bash -c "cd '$scratch/user' && bash -eo pipefail '$sarif'"
is 'init: findings are written down all the same' "$status|$(grep -c 'link/page' "$scratch/docsgen.sarif" | sed 's/^[1-9].*/some/')" '0|some'

clean "$scratch/action"
clean "$scratch/own"
export DIRECTORY=. OUTPUT=output FAIL_ON=error
rm "$INSTALLED/docsgen"
runner action "$scratch/steps/action.yml" "$scratch/own"
is 'the action: site and findings' "$(ls "$scratch/own/output/index.html" "$scratch/temp-action/docsgen.sarif" | wc -l)" 2
is 'the action: a key for the cache that names system and sources' "$(grep -c '^key=docsgen-[a-z]*-[0-9.]*-[a-z0-9_]*-[0-9a-f]\{32\}$' "$GITHUB_OUTPUT")" 1
key=$(cat "$GITHUB_OUTPUT")
echo '/* changed */' >> "$scratch/action/generator/cli/main.c"
runner action "$scratch/steps/action.yml" "$scratch/own"
is 'the action: other sources, another key' "$([ "$key" = "$(cat "$GITHUB_OUTPUT")" ] && echo same)" ''
runner test "$scratch/steps/.github/workflows/test.yml" "$scratch/own"
is 'tests: make test is what runs' "$(cat "$CALLS")" 'apt-get update -q
apt-get install -q -y --no-install-recommends ca-certificates git make
make -s test
make -s layers headers'
done_testing
