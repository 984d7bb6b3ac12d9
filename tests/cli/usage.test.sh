#!/bin/bash
# The command line as a user meets it: help, mistakes, exit codes, streams.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$scratch" || exit 3

run "$DOCSGEN"
is 'no command: status 2' "$status" 2
is 'no command: nothing on standard output' "$out" ''
is 'no command: help on standard error' "$(grep -c '^usage: docsgen COMMAND' <<< "$err")" 1

run "$DOCSGEN" --help
is '--help: status 0' "$status" 0
is '--help: on standard output' "$(grep -c '^usage:' <<< "$out")" 1

run "$DOCSGEN" --version
# With a commit when it was built in a checkout; tests/cli/install.test.sh builds it without.
is '--version' "$(sed -E 's/ [0-9]+\.[0-9]+\.[0-9]+( \([^ ()]*[0-9a-f]{7,40}(-dirty)?\))?$/ N/' <<< "$out")" 'docsgen N'

run "$DOCSGEN" biuld
is 'unknown command: status 2' "$status" 2
is 'unknown command: message' "$err" 'docsgen: no command "biuld"; did you mean "build"?
try "docsgen --help"'

run "$DOCSGEN" build --stric
is 'unknown option' "$err" 'docsgen: unknown option --stric; did you mean --strict?
try "docsgen build --help"'

run "$DOCSGEN" build -j
is 'option without its value' "$err" 'docsgen: --jobs wants a value: --jobs N
try "docsgen build --help"'

run "$DOCSGEN" build -j0
is 'a number out of range' "$err" 'docsgen: --jobs wants a number from 1 on, not "0"
try "docsgen build --help"'

# COMMAND LINE|MESSAGE: refused before anything is read; the last line names the help of that very command.
while IFS='|' read -r words message; do
    run "$DOCSGEN" $words
    is "docsgen $words" "$status $out$err" "2 docsgen: $message
try \"docsgen ${words%% *} --help\""
done <<'END'
build x|build takes no "x"
build -- --strict|build takes no "--strict"
check x|check takes no "x"
clean x|clean takes no "x"
publish x|publish takes no "x"
serve x|serve takes no "x"
build --strict=yes|--strict takes no value
build --qqq|unknown option --qqq
build --shard 1/2 --print|one document of all pages cannot be made of a shard
diagram|diagram wants one file, or - for standard input
diagram --theme blue a.mmd|--theme wants light or dark, not "blue"
END
run "$DOCSGEN" --qqq
is 'an unknown option without a command' "$status $err" '2 docsgen: unknown option --qqq
try "docsgen --help"'
for command in build check 'roadmap check'; do
    run "$DOCSGEN" $command --format gif
    is "$command: unknown format" "$status $err" "2 docsgen: no format \"gif\"; there are text, json, github and sarif
try \"docsgen ${command%% *} --help\""
done

run "$DOCSGEN" check --only lnk
is 'unknown area: status 2' "$status" 2

run "$DOCSGEN" explain link/pge
is 'unknown rule' "$err" 'docsgen: no rule "link/pge"; did you mean "link/page"?
try "docsgen explain --help"'

run "$DOCSGEN" explain link/anchor
is 'explain: status 0' "$status" 0
is 'explain: first line' "$(head -n 1 <<< "$out")" 'link/anchor (error): a link names a heading that does not exist'
is 'explain: has examples' "$(grep -c '```' <<< "$out" | sed 's/[1-9][0-9]*/some/')" some

manual=$root/site-src/docsgen
missing=$(for rule in $("$DOCSGEN" explain | cut -d' ' -f1); do
    "$DOCSGEN" explain "$rule" | awk '/^Bad:$/ { bad = 1 } /^Good:$/ { good = 1 } /^```/ { code++ } END { exit !(bad && good && code >= 4) }' || echo "$rule"
done)
is 'every rule has a manual entry with a bad and a good example' "$missing" ''
is 'the manual explains no rule that does not exist' \
    "$(sed -n 's/^## `\(.*\)`$/\1/p' "$manual/rules.md" | sort | diff - <("$DOCSGEN" explain | cut -d' ' -f1 | sort))" ''
unused=$(sed -n 's/^ *X(\([A-Z_]*\),.*/DIAG_\1/p' "$root/generator/base/rules.h" | while read -r rule; do
    grep -rqw "$rule" "$root/generator" --include='*.c' || echo "$rule"
done)
is 'every rule is raised somewhere' "$unused" ''
undocumented=$(for command in $("$DOCSGEN" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    grep -q "^## docsgen $command" "$manual/command-line.md" || echo "$command"
    "$DOCSGEN" "$command" --help | grep -oE -- '--[a-z-]+' | while read -r option; do
        grep -qF -- "$option" "$manual/command-line.md" || echo "$command $option"
    done
done)
is 'every command and option stands in the manual' "$undocumented" ''

run "$DOCSGEN" -C nowhere build
is 'no such project: status 3' "$status" 3
is 'no such project: message' "$err" 'docsgen: no folder "nowhere"'

run "$DOCSGEN" build
is 'no source folder: status 3' "$status" 3
is 'no source folder: message' "$err" 'docsgen: cannot read the source folder "site-src": No such file or directory; docsgen init makes one, or fitting settings for the pages that are here'

mkdir site-src
echo '# Hello' > site-src/index.md
printf 'site: {title: Hi}\nsource: stie-src\n' > docsgen.yml
run "$DOCSGEN" build
is 'settings with another folder: status 3' "$status" 3
is 'settings with another folder: message' "$(head -n 3 <<< "$err")" 'docsgen.yml:2:9: error: no folder "stie-src" [settings/invalid]
    2 | source: stie-src
      |         ^~~~~~~~ did you mean "site-src"?'
echo 'source: elsewhere' > docsgen.yml
run "$DOCSGEN" check
is 'and with none that is near' "$(head -n 3 <<< "$err")" 'docsgen.yml:1:9: error: no folder "elsewhere" [settings/invalid]
    1 | source: elsewhere
      |         ^~~~~~~~~ name the folder that your pages are in, or make it'

echo 'titel: x' > docsgen.yml
run "$DOCSGEN" build
is 'unknown settings key: status 3' "$status" 3
is 'unknown settings key: one clear line' "$(head -n 1 <<< "$err" | cut -d: -f1-4)" 'docsgen.yml:1:1: error'
printf 'site: [\n' > docsgen.yml
run "$DOCSGEN" build
is 'bad YAML: status 3' "$status" 3
is 'bad YAML: one clear line' "$(head -n 1 <<< "$err" | grep -c '^docsgen.yml:[0-9]*:[0-9]*: error: ')" 1
rm docsgen.yml

mkdir output
touch output/mine.txt
run "$DOCSGEN" build
is 'a folder of somebody else is not replaced: status 3' "$status" 3
is 'a folder of somebody else is not replaced: message' "$err" \
    'docsgen: cannot write "output": the folder holds files that docsgen did not write; empty it or choose another with -o'
is 'a folder of somebody else is left alone' "$(ls output)" mine.txt
rm -r output

: > file
run "$DOCSGEN" build -o file/out
is 'unwritable output: status 3' "$status" 3
is 'unwritable output: one line' "$(wc -l <<< "$err")" 1

run "$DOCSGEN" build
is 'a folder with one page builds: status 0' "$status" 0
is 'the summary' "$(sed 's/in [0-9.]* s/in N s/' <<< "$err")" 'built 1 page, 0 diagrams, 0 trackers in N s -> output/'
is 'nothing on standard output' "$out" ''
run "$DOCSGEN" build -q
is 'quiet prints nothing' "$out$err" ''

echo 'CNAME' > output/CNAME
touch -d 2001-01-01 output/style.css
echo '# Hello again' > site-src/index.md
echo '# Gone' > site-src/gone.md
run "$DOCSGEN" build -q
rm site-src/gone.md
run "$DOCSGEN" build -q
is 'what somebody else put into the output stays' "$(cat output/CNAME)" CNAME
is 'unchanged files keep their time' "$(date -r output/style.css +%Y)" 2001
is 'what docsgen no longer makes is removed' "$(ls output/gone.html 2>&1 | grep -c 'No such')" 1
is 'nothing is left beside the output' "$(ls)" "$(printf 'file\noutput\nsite-src\nstderr')"

echo '[x](nope.md)' >> site-src/index.md
run "$DOCSGEN" check --format json
is 'findings: status 1' "$status" 1
is 'json goes to standard output' "$(head -c 38 <<< "$out")" '{"schema":1,"kind":"findings","errors"'
run "$DOCSGEN" check --format github
is 'github annotations' "$out" '::error file=site-src/index.md,line=2,col=5,endColumn=12,title=link/page::no page "nope.md"
::notice file=site-src/index.md,line=1,col=1,endColumn=2,title=page/description::the page has no description (set "description" in front matter; search engines show it)'
echo '[y](100%25,a:b.md)' >> site-src/index.md
run "$DOCSGEN" check --format github --max 2
is 'github annotations: signs that mean something there' "$(sed -n 2p <<< "$out" | sed 's/.*:://')" 'no page "100%25,a:b.md"'
run "$DOCSGEN" check --color always -q
is '--color always: the severity is coloured' "$(head -n 1 <<< "$err")" $'\e[1msite-src/index.md:2:5: \e[1;31merror\e[0m: no page "nope.md" [link/page]'
sed -i '$d' site-src/index.md
cp site-src/index.md kept
echo '<https://b.example/?q=1> and [a](https://a.example), <mailto:x@a.example>, [a](https://a.example "again")' >> site-src/index.md
run "$DOCSGEN" check --list-external
is '--list-external: findings as always' "$status|$(grep -c 'link/page' <<< "$err")" '1|1'
is '--list-external: the links with their places' "$out" "$(printf 'https://a.example\tsite-src/index.md:3:34
https://a.example\tsite-src/index.md:3:80
https://b.example/?q=1\tsite-src/index.md:3:2')"
run "$DOCSGEN" check --list-external --json
is '--list-external --json: one document' "$out" '{"schema":1,"kind":"external-links","links":[
{"url":"https://a.example","places":[{"file":"site-src/index.md","line":3,"column":34},{"file":"site-src/index.md","line":3,"column":80}]},
{"url":"https://b.example/?q=1","places":[{"file":"site-src/index.md","line":3,"column":2}]}
]}'
run "$DOCSGEN" check --list-external --format sarif
is '--list-external: no other form' "$status|$out" '2|'
mv kept site-src/index.md
run "$DOCSGEN" check --only nav
is '--only leaves out the rest: status 0' "$status" 0
run "$DOCSGEN" build --show-config
is '--show-config prints settings' "$(grep -c '^source: "site-src"' <<< "$out")" 1

run "$DOCSGEN" clean
is 'clean removes the site' "$(ls -d output 2>&1 | grep -c 'No such')" 1
done_testing
