#!/bin/bash
# No path that an author writes, and no name on the disk, leads out of the project: nothing from elsewhere is read into the site,
# and nothing is written elsewhere. Held by docsgen itself, so with DOCSGEN_SANDBOX=off as well, and by the kernel once more.
. "$(dirname "$0")/../tap.sh"
export XDG_CACHE_HOME=$scratch/cache
project=$scratch/project away=$scratch/away
mkdir -p "$project/site-src/sub" "$project/.git" "$away"
for end in md txt yml svg csv mmd html css; do echo 'key: SECRET' > "$away/secret.$end"; done
echo 'key: SECRET' > "$project/.git/config"
cp "$away/secret.md" "$away/PROGRESS_TRACKER.md"
# What is in `away` must be there in the end as it was.
before=$(cd "$away" && stat -c "%n %s %y" ./* | sha1sum)
cd "$project" || exit 3

# ---- names on the disk ----
echo '# Home' > site-src/index.md
ln -s "$away/secret.md" site-src/link.md
ln -s ../../away/secret.txt site-src/relative.txt
ln -s "$away" site-src/folder
ln -s .. site-src/sub/loop
ln -s ../.git/config site-src/config.txt
ln -s /etc/passwd site-src/passwd.txt
ln -s nothing site-src/dangling.md
mkfifo site-src/pipe.md site-src/pipe.svg site-src/pipe.yml
mknod site-src/null.md c 1 3 2> /dev/null || mkfifo site-src/null.md
mknod site-src/random.txt c 1 9 2> /dev/null || mkfifo site-src/random.txt
echo '# Line' > $'site-src/two\nlines.md'
echo '# Bytes' > $'site-src/latin\xe9.md'
echo '# Escape' > $'site-src/red\e[31m.md'
echo '# Dash' > site-src/-o.md
echo '# Upper' > site-src/Case.md
echo '# Lower' > site-src/case.md
echo '# Quotes' > "site-src/a \"b' <&>.md"
echo x > 'site-src/#hash.txt'
run within 20 "$DOCSGEN" build --color never
is 'names: it ends' "$status" 1
is 'names: what is left out' "$(grep -o '"[^"]*" is left out: .*' <<< "$err" | grep -v 'its name' | LC_ALL=C sort)" "$(LC_ALL=C sort << 'END'
"site-src/config.txt" is left out: the link on disk leaves the project [link/outside]
"site-src/dangling.md" is left out: the link on disk leaves the project [link/outside]
"site-src/folder" is left out: the link on disk leaves the project [link/outside]
"site-src/link.md" is left out: the link on disk leaves the project [link/outside]
"site-src/null.md" is left out: it is not a regular file [link/outside]
"site-src/passwd.txt" is left out: the link on disk leaves the project [link/outside]
"site-src/pipe.md" is left out: it is not a regular file [link/outside]
"site-src/pipe.svg" is left out: it is not a regular file [link/outside]
"site-src/pipe.yml" is left out: it is not a regular file [link/outside]
"site-src/random.txt" is left out: it is not a regular file [link/outside]
"site-src/relative.txt" is left out: the link on disk leaves the project [link/outside]
END
)"
is 'names: control characters and other bytes' "$(grep -ac 'left out: its name' <<< "$err")" 3
is 'names: the others are written' "$(cd output && ls ./*.html './#hash.txt' | LC_ALL=C sort)" \
    "$(printf '%s\n' './#hash.txt' ./-o.html ./404.html ./Case.html "./a \"b' <&>.html" ./case.html ./index.html ./search.html | LC_ALL=C sort)"
is 'names: no line of the manifest is one of two' "$(grep -c lines output/.docsgen)" 0
is 'names: nothing from elsewhere' "$(grep -rl 'SECRET\|root:' output)" ''
"$DOCSGEN" build -q > /dev/null 2>&1
rm site-src/'#hash.txt'
"$DOCSGEN" build -q > /dev/null 2>&1
is 'names: a hash does not make a file somebody else'"'"'s' "$(ls output | grep -c hash)" 0

# ---- paths in files: each is tried with every way out ----
rm -rf site-src && mkdir -p site-src/sub diagrams
ln -s "$away/secret.md" site-src/sub/out.md
ways='../../away/secret.END
../../../../../../../../../../../../etc/passwd
/etc/passwd
'"$away"'/secret.END
%2e%2e/%2e%2e/away/secret.END
..%2f..%2faway%2fsecret.END
..\..\away\secret.END
./.././../away/secret.END
//away/secret.END
file://'"$away"'/secret.END
sub/out.md
../.git/config
../.GIT/config
sub/../../.git/config
/dev/stdin
/proc/self/environ
-o
'
# place NAME END TEXT: TEXT with every way in the place of PATH; nothing secret comes to be in the site. With PATHS_STEP=N it is
# every N-th way, beginning with another one at each place.
places=0
place() {
    local name=$1 end=$2 text=$3 way bad= count=0 number=$((places++))
    while IFS= read -r way; do
        [ $((number++ % ${PATHS_STEP:-1})) -eq 0 ] || continue
        way=${way//END/$end}
        echo '# Home' > site-src/index.md
        rm -f docsgen.yml diagrams/d.mmd
        case $name in
            settings*) printf '%b\n' "${text//PATH/$way}" > docsgen.yml ;;
            diagram*) printf '%b\n' "${text//PATH/$way}" > diagrams/d.mmd ;;
            *) printf '%b\n' "${text//PATH/$way}" > site-src/index.md ;;
        esac
        DOCSGEN_SANDBOX=off within 20 "$DOCSGEN" build -q < /dev/null > /dev/null 2> "$scratch/err"
        [ $? -le 3 ] || bad+="$way: does not end; "
        ! grep -rlq 'SECRET\|root:' output "$scratch/err" || bad+="$way: is read; "
        count=$((count + 1))
    done <<< "$ways"
    is "$name: $count ways, none leads out" "$bad" ''
}
place include md '# P\n\n{{ include: PATH }}'
place 'include of a region' md '# P\n\n{{ include: PATH#key }}'
place 'include in a fence' txt '# P\n\n```\n{{ include: PATH }}\n```'
place value yml '# P\n\nA {{ PATH#key }} b'
place 'embedded data' yml '# P\n\n![a](<PATH>)'
place 'embedded table' csv '# P\n\n![a](<PATH>)'
place 'embedded picture' svg '# P\n\n![a](<PATH>)'
place 'embedded diagram' mmd '# P\n\n![a](<PATH>)'
place 'link' txt '# P\n\n[a](<PATH>)'
place 'reference' txt '# P\n\n[a]\n\n[a]: <PATH>'
place 'tracker' md '# P\n\n![a](<PATH>#summary)'
place 'alias' html -- '---\naliases: ["PATH"]\n---\n# P'
place 'template of a page' html -- '---\ntemplate: "PATH"\n---\n# P'
place 'diagram: link' md 'flowchart TB\n  a --> b\n  click a "PATH"'
place 'settings: source' md 'source: "PATH"'
place 'settings: diagrams' md 'diagrams: "PATH"'
place 'settings: roadmap' md 'roadmap: ["PATH"]'
place 'settings: nav' md 'nav: [index.md, "PATH"]'
place 'settings: redirect' html 'redirects: {"PATH": index.md}'
place 'settings: redirect target' html 'redirects: {"a.md": "PATH"}'
place 'settings: css' css 'theme: {css: "PATH", icon: "PATH", logo: "PATH", template: "PATH", templates: "PATH"}'
place 'settings: icon' svg 'theme:\n  icon: "PATH"'
place 'settings: css alone' css 'theme:\n  css: "PATH"'
place 'settings: css list' css 'theme:\n  css: ["PATH"]'
place 'settings: logo' svg 'theme:\n  logo: "PATH"'

# The output is ours to choose on the command line, but not in a file of the project.
for way in ../away/output "$away/output" ../../x . site-src .git; do
    echo "output: \"$way\"" > docsgen.yml
    run "$DOCSGEN" build -q
    is "settings: output $way is refused" "$status" 3
done
rm docsgen.yml site-src/sub/out.md
echo '# Home' > site-src/index.md
is 'nothing was written elsewhere' "$(cd "$away" && stat -c "%n %s %y" ./* | sha1sum)" "$before"
run "$DOCSGEN" build -q -o "$scratch/elsewhere/deep/output"
is '-o may lead anywhere' "$status|$(ls "$scratch/elsewhere/deep")" '0|output'
run "$DOCSGEN" build -q -o "$away"
is '-o does not replace a folder with other files in it' "$status|$(cd "$away" && stat -c "%n %s %y" ./* | sha1sum)" "3|$before"
mkdir -p "$scratch/target" && ln -s "$scratch/target" output-link
run "$DOCSGEN" build -q -o output-link
is '-o does not write through a link' "$status|$(ls -A "$scratch/target")" '3|'

# ---- what the kernel sees: the files that are opened, and that it refuses others ----
if ! strace -o "$scratch/trace" true 2> /dev/null; then
    skip 'what is opened' 'strace is not installed or may not trace'
    done_testing
fi
ln -s "$away/secret.md" site-src/sub/out.md
cat > site-src/index.md << 'END'
# Home

{{ include: ../../away/secret.md }}

{{ include: sub/out.md }}

A {{ ../../away/secret.yml#key }} b

![a](../../away/secret.svg) ![b](/etc/passwd) [c](../../away/secret.txt)
END
# trace SANDBOX COMMAND...: runs it and notes what it opens or changes.
trace() {
    DOCSGEN_SANDBOX=$1 PATH=/nonexistent "$(command -v strace)" -f -qq -o "$scratch/trace" \
        -e trace=open,openat,creat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,symlink,symlinkat,truncate,mkdir,mkdirat "$DOCSGEN" "${@:2}" \
        > /dev/null 2> "$scratch/said"
}
# opened: those files, but for the system's, the project's, the output and the cache.
opened() {
    grep -o '"[^"]*"' "$scratch/trace" | tr -d '"' | sort -u |
        grep -vE "^(/usr/|/lib|/etc/ld\.so|/proc/(self|filesystems|sys/vm/overcommit_memory)|/etc/(fonts|localtime)|/var/cache/fontconfig|/dev/(null|urandom)|/sys/devices/system/cpu|/sys/fs/cgroup|/etc/(selinux/config|gnutls/config|ssl/openssl.cnf)$)" |
        grep -vE "^($XDG_CACHE_HOME|\./output|output-part|\./site-src|\./diagrams|\.\/docsgen\.yml|\.$|\./\.$|/nix/store$|/gnu/store$|/usr$)" | grep -vxF "$scratch" |
        grep -v '\.gcda$' # a program that counts its lines writes them down when it ends
}
for sandbox in off on; do
    for command in build check 'build --shard 1/2 -o output-part-1' 'build --shard 2/2 -o output-part-2' 'merge output-part-1 output-part-2'; do
        # shellcheck disable=SC2086
        trace $sandbox $command -q
        is "$command with the sandbox $sandbox opens nothing else" "$(opened)" ''
    done
    rm -rf output-part-*
done
if command -v curl > /dev/null; then
    : > "$scratch/said"
    trace off serve -p 0 &
    eventually grep -q '^serving http:' "$scratch/said"
    url=$(sed -n 's/^serving \(http:[^ ]*\).*/\1/p' "$scratch/said")
    for path in '' nothing ../away/secret.md %2e%2e/away/secret.md sub/out.md .git/config ..%2f..%2fetc/passwd; do
        curl -s --path-as-is -o /dev/null "$url$path"
    done
    echo 'More {{ include: ../../away/secret.md }}' >> site-src/index.md
    shows() { curl -s "$url" | grep -q More; }
    eventually shows || fail 'the preview reads again'
    # What is traced ends, and strace with it.
    kill "$(awk 'NR == 1 { print $1 }' "$scratch/trace")"
    wait
    is 'serve opens nothing else' "$(opened)" ''
else
    skip 'serve opens nothing else' 'curl is not installed'
fi
if grep -q 'landlock_restrict_self.* = 0' <(DOCSGEN_SANDBOX=on strace -qq -f -e trace=landlock_restrict_self "$DOCSGEN" check -q 2>&1); then
    pass 'the kernel holds it too'
else
    skip 'the kernel holds it too' 'there is no Landlock here'
fi
done_testing
