#!/bin/bash
# Two folders take turns as the output: the site before the last waits in the cache folder, and a build brings it up to date
# with what has changed since. Whatever somebody did to either folder meanwhile, the site is that of a clean build.
. "$(dirname "$0")/../tap.sh"
export XDG_CACHE_HOME=$scratch/cache GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
mkdir -p "$scratch/site/site-src/part" "$scratch/site/site-src/last"
cd "$scratch/site" || exit 3
spares=$XDG_CACHE_HOME/docsgen/spare
tree() { (cd "$1" 2> /dev/null && find . -print0 | sort -z | xargs -0 -r -I{} sh -c 'stat -c "%A %n" "$1"; [ -d "$1" ] || sha1sum "$1"' sh {}); }
text() { printf -- '---\ndescription: d\n---\n# Title\n\n%s\n' "$2" > "site-src/$1.md"; }
build() {
    sleep 0.03 # the times of what stands there are old enough to be believed
    "$DOCSGEN" build -q "$@" 2>&1
}
inode() { stat -c %i "$1"; }
# spare: where it lies.
spare() { echo "$spares"/*.folder; }
# edit: a change that was not there yet.
edit() {
    edits=$((edits + 1))
    text part/a "Edit $edits"
}
# right NAME: the output is that of a clean build.
right() {
    rm -rf "$scratch/alone"
    XDG_CACHE_HOME=$scratch/none "$DOCSGEN" build -q -o "$scratch/alone" > /dev/null 2>&1
    is "$1" "$(tree output)" "$(tree "$scratch/alone")"
}
edits=0
# The more stays as it is, the more a spare is worth.
for ((i = 0; i < 80; i++)); do echo "$i" > "site-src/$i.txt"; done
for page in index part/a part/b part/c last/d e f g h i j k l; do text $page "Page $page"; done

build
first=$(inode output)
edit && build
second=$(inode output)
right 'a second build: the site of a clean one'
is 'the first folder waits in the cache' "$(inode "$(spare)")" "$first"
edit && build
right 'a third build: the site of a clean one'
is 'the first folder is the output again' "$(inode output)" "$first"
is 'and the second waits' "$(inode "$(spare)")" "$second"
build
is 'without a change nothing moves' "$(inode output) $(inode "$(spare)")" "$first $second"
is 'a file that is as it was has two names' "$(stat -c %h output/part/b.html)" 2

# taken NAME: what was done now does not keep the spare from being taken, and the site is right.
taken() {
    local waits
    waits=$(inode "$(spare)")
    build
    right "$1"
    is "$1: the spare is taken" "$(inode output)" "$waits"
}
rm site-src/e.md && taken 'a page that is gone'
text e 'Page e again' && taken 'a page that is back'
rm -r site-src/last && taken 'a folder that is gone'
text last 'A page' && taken 'a page where a folder was'
rm site-src/last.md && mkdir -p site-src/last.html && text last.html/d 'A page' && taken 'a folder where a page was'
rm -r site-src/last.html && text last.html 'A page' && taken 'and back'
edit && build -j 8 && edit && taken 'several threads'

# refused NAME COMMAND: after what was done to the spare, which is $1, the site is right, and the build after that has a spare.
refused() {
    local name=$1 was
    shift
    was=$(spare)
    set -- "$1" "$was"
    sh -c "$1" sh "$2"
    edit && build
    right "spare: $name"
    edit && build
    right "spare: $name, one build later"
    is "spare: $name, nothing is left over" "$(ls -A)" "$(printf 'output\nsite-src')"
}
refused 'a file more' 'echo x > "$1/more.html"'
refused 'a file more in a folder' 'echo x > "$1/part/more.html"'
refused 'a file less' 'rm "$1/part/b.html"'
refused 'another file' 'echo x > "$1/part/x" && mv "$1/part/x" "$1/part/b.html"'
refused 'another file at the old time' 'touch -r "$1/part" "$1/time"; echo x > "$1/x"; mv "$1/x" "$1/part/c.html"; touch -r "$1/time" "$1/part"'
refused 'another content of a file that both have' 'echo x > "$1/part/b.html"'
refused 'a folder more' 'mkdir "$1/more"'
refused 'a folder less' 'rm -r "$1/part"'
refused 'a link instead of a folder' 'mv "$1/part" "$1.part"; ln -s "$1.part" "$1/part"; rm -rf "$1.part"'
refused 'other rights' 'chmod 700 "$1/part"'
refused 'gone' 'rm -r "$1"'
refused 'a file' 'rm -r "$1"; echo x > "$1"'
refused 'another folder' 'rm -r "$1"; mkdir "$1"; echo x > "$1/index.html"'
refused 'a damaged record' 'echo x >> "${1%.folder}"'
refused 'no record' 'rm "${1%.folder}"'

# What was done to the output.
touched() {
    sh -c "$2"
    edit && build
    right "output: $1"
    edit && build
    right "output: $1, one build later"
}
touched 'a file less' 'rm output/part/b.html'
touched 'another file' 'echo x > x && mv x output/part/b.html'
touched 'another content' 'echo x > output/part/b.html'
touched 'another content of the list' 'echo index.html > output/.docsgen'
touched 'other rights' 'chmod 700 output/part'
touched 'gone' 'rm -r output'
mkdir output.docsgen-old output.docsgen-new
touched 'what a killed run left' true
is 'what a killed run left is gone' "$(ls -A)" "$(printf 'output\nsite-src')"
for where in . part; do
    echo example.org > output/$where/CNAME
    for round in 1 2 3; do
        edit && build
        is "somebody else's file in $where stays, build $round" "$(cat output/$where/CNAME)" example.org
    done
    rm output/$where/CNAME
    edit && build
    is "somebody else's file in $where is gone when it is" "$(ls output/$where/CNAME 2> /dev/null)" ''
done
right 'after all that'

build --clean
right '--clean'
"$DOCSGEN" clean -q
is 'clean leaves neither' "$(ls -A output "$spares" 2> /dev/null | grep -v :)" ''
build
if mkdir "$scratch/other" && mount -t tmpfs -o size=16m tmpfs "$scratch/other" 2> /dev/null; then
    for round in 1 2 3; do
        edit && XDG_CACHE_HOME=$scratch/other build
        right "a cache on another file system, build $round"
        is "a cache on another file system, build $round: nothing is left there" "$(find "$scratch/other" -name '*.folder')" ''
    done
    umount "$scratch/other"
else
    skip 'a cache on another file system' 'mounting is not allowed here'
fi
for round in 1 2 3; do
    edit && HOME='' XDG_CACHE_HOME='' build
    right "no cache, build $round"
done
done_testing
