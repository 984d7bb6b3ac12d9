#!/bin/bash
# Completions and the man page come from the tables of commands and options: what is in --help is in each of them.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$scratch" || exit 3
commands=$("$DOCSGEN" --help | sed -n 's/^  \([a-z]\+\)  *[a-z].*/\1/p')
for form in bash zsh fish man; do
    run "$DOCSGEN" completions $form
    is "$form: status 0, nothing on standard error" "$status|$err" '0|'
    printf '%s\n' "$out" > "$form"
done
sed 's/\\-/-/g' man > plain
missing=
for command in $commands; do
    for form in bash zsh fish plain; do
        grep -q "\b$command\b" $form || missing="$missing $form:$command"
    done
    for option in $("$DOCSGEN" "$command" --help | sed -n 's/^ *\(-., \)\?--\([a-z-]*\).*/\2/p'); do
        for form in bash zsh plain; do grep -q -- "--$option\b" $form || missing="$missing $form:$command:$option"; done
        grep -q "from $command'.* -l $option " fish || missing="$missing fish:$command:$option"
    done
done
is 'every command and option is in every form' "$missing" ''

# complete WORD...: what bash offers for the last word, the first being docsgen.
complete_words() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _docsgen 2> /dev/null
    printf '%s ' "${COMPREPLY[@]}" | sed 's/ $//'
}
is 'bash: the script is sound' "$(bash -n bash 2>&1)" ''
complete() { :; }
. ./bash
unset -f complete
mkdir -p 'a folder' other && touch a.mmd
is 'bash: commands' "$(complete_words docsgen pu)" publish
is 'bash: all commands' "$(complete_words docsgen '' | tr ' ' '\n' | grep -vc '^-')" "$(wc -w <<< "$commands")"
is 'bash: options of the command' "$(complete_words docsgen publish --re)" --remote
is 'bash: options of other commands are not offered' "$(complete_words docsgen clean --re)" ''
is 'bash: words of roadmap' "$(complete_words docsgen roadmap st | tr ' ' '\n' | sort | tr '\n' ' ')" 'start status '
is 'bash: a value' "$(complete_words docsgen check --fail-on w)" warning
is 'bash: formats differ by command' "$(complete_words docsgen diagram --format p)|$(complete_words docsgen check --format s)" 'png pdf|sarif'
is 'bash: folders, with blanks' "$(complete_words docsgen build --output a)" 'a folder'
is 'bash: files' "$(complete_words docsgen diagram a.)" a.mmd
is 'bash: rules' "$(complete_words docsgen explain link/anc)" link/anchor
is 'bash: a global option before the command' "$(complete_words docsgen -C other explain link/anc)" link/anchor
for shell in zsh fish; do
    if command -v $shell > /dev/null; then
        is "$shell: the script is sound" "$($shell -n $shell 2>&1)" ''
    else
        skip "$shell: the script is sound" "$shell is not installed"
    fi
done
if command -v groff > /dev/null; then
    is 'man page: no warnings' "$(groff -man -Tutf8 -ww -z man 2>&1)" ''
    [ "$(groff -man -Tascii man 2> /dev/null | sed 's/.\x08//g; s/\x1b\[[0-9;]*m//g' | grep -c -- '--github-pages')" = 1 ] && pass 'man page: is readable' || fail 'man page: is readable'
else
    skip 'man page: no warnings' 'groff is not installed'
fi
if command -v mandoc > /dev/null; then
    is 'man page: mandoc has no errors' "$(mandoc -T lint -W error man 2>&1)" ''
fi
run "$DOCSGEN" completions tcsh
is 'another shell' "$status|$(sed 1q <<< "$err")" '2|docsgen: completions takes one of bash, zsh, fish and man'
run "$DOCSGEN" completions
is 'no shell' "$status" 2

mkdir fake
cp "$DOCSGEN" fake/docsgen
# Only the recipe is of interest here; `-o` keeps make from building anything.
run make -s -C "$root" BUILD="$scratch/fake" -o all -o "$scratch/fake/docsgen" DESTDIR="$scratch/root" PREFIX=/usr install
is 'make install' "$status|$(cd root 2> /dev/null && find . -type f | LC_ALL=C sort)" '0|./usr/bin/docsgen
./usr/share/bash-completion/completions/docsgen
./usr/share/docsgen/external-links.schema.json
./usr/share/docsgen/findings.schema.json
./usr/share/docsgen/site.schema.json
./usr/share/fish/vendor_completions.d/docsgen.fish
./usr/share/man/man1/docsgen.1
./usr/share/zsh/site-functions/_docsgen'
done_testing
