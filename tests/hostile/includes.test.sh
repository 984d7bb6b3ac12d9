#!/bin/bash
# Crafted includes, values and embeds: each page is checked within ten seconds of processor time and ends with the finding that tells of it.
. "$(dirname "$0")/../tap.sh"
mkdir -p "$scratch/site-src" "$scratch/parts"
page=$scratch/site-src/index.md

# repeated COUNT LINE: the line again and again.
repeated() { yes -- "$2" | head -n "$1"; }

# judged NAME RULE MESSAGE: what the page is found to have; nothing else counts.
judged() {
    run within 10 "$DOCSGEN" -C "$scratch" check --color never
    is "$1: in time" "$([ "$status" -lt 124 ] && echo yes)" yes
    is "$1: the finding" "$(grep -F "[$2]" <<< "$err" | grep -cF -- "$3")" 1
}

echo small > "$scratch/parts/small.md"
{ echo '# Many'; echo; repeated 200000 '{{ include: ../parts/small.md }}' | sed 'n; s/.*//'; } > "$page"
judged '100,000 includes' page/include 'the page has more than the limit of 10000 includes'

{ echo '# Fence'; echo; echo '```'; repeated 100000 '{{ include: ../parts/small.md }}'; echo '```'; } > "$page"
judged '100,000 includes in a fence' page/include 'the page has more than the limit of 10000 includes'

for i in $(seq 0 9); do repeated 10 "{{ include: fork$((i + 1)).md }}" | sed G > "$scratch/parts/fork$i.md"; done
echo leaf > "$scratch/parts/fork10.md"
printf '# Fork\n\n{{ include: ../parts/fork0.md }}\n' > "$page"
judged 'a thousand million leaves' page/include 'the page has more than the limit of 10000 includes'

for i in $(seq 0 20); do echo "{{ include: deep$((i + 1)).md }}" > "$scratch/parts/deep$i.md"; done
printf '# Deep\n\n{{ include: ../parts/deep0.md }}\n' > "$page"
judged 'a long chain' page/include 'files are included more than 16 deep'

printf '# Circle\n\n{{ include: index.md }}\n' > "$page"
judged 'a page in itself' page/include '"index.md" includes itself: site-src/index.md > site-src/index.md'

head -c 9000000 /dev/zero | tr '\0' x > "$scratch/parts/huge.txt"
printf '# Huge\n\n{{ include: ../parts/huge.txt }}\n' > "$page"
judged 'a huge file' page/include '"../parts/huge.txt" cannot be read: larger than 8192 KiB'

printf '\177ELF\002\001\001\377' > "$scratch/parts/program"
printf '# Binary\n\n{{ include: ../parts/program }}\n' > "$page"
judged 'a binary file' page/include '"../parts/program" is not text: byte 8 is 0xFF'

ln -s /etc/passwd "$scratch/parts/link.txt"
printf '# Link\n\n{{ include: ../parts/link.txt }}\n' > "$page"
judged 'a link on disk' page/include '"../parts/link.txt" is a link on disk that leaves the project'

mkfifo "$scratch/parts/pipe.txt"
printf '# Pipe\n\n{{ include: ../parts/pipe.txt }}\n' > "$page"
judged 'a pipe' page/include '"../parts/pipe.txt" is not a regular file'

seq -f 'k%.0f: v' 50000 > "$scratch/site-src/data.yml"
{ echo '# Values'; echo; seq -f '{{ data.yml#k%.0f }}' 50000; } > "$page"
judged '50,000 values of 50,000' page/value 'the page takes more than the limit of 32 MiB from files'

{ yes 'text *with* marks' | head -n 20000 | sed G > "$scratch/parts/long.md"; } 2> /dev/null
{ echo '# Much'; echo; repeated 20 '{{ include: ../parts/long.md }}'; } | sed G > "$page"
judged 'much Markdown' page/include 'the page has more lines, brackets and other marks from files than would fit in memory'

seq -f '%.0f,a cell of some words,another' 9000 > "$scratch/site-src/table.csv"
{ echo '# Embeds'; echo; repeated 1000 '![A table](table.csv)'; } | sed G > "$page"
judged '1,000 embeds of one table' page/limit 'the page shows more than the limit of 16 MiB of diagrams, drawings and data'

{ echo '# Lists'; echo; repeated 15000 "$(printf -- "- %.0s" {1..90})a"; } > "$page"
judged 'lists within lists' page/limit 'page has more lines, brackets and other marks than would fit in memory'

{ echo '# Escapes'; echo; repeated 60 "$(repeated 7000 '\{{ a }}' | tr -d '\n')"; echo; echo '{{ x.yml }}'; } > "$page"
judged 'many escapes' page/value '"{{ x.yml }}" names no value'
done_testing
