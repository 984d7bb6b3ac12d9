#!/bin/bash
# build --pdf: what the browser is asked for, what becomes of its dates, and what happens without one. Most of it with a
# stand-in for the browser; the last part with the real one, where it is installed.
. "$(dirname "$0")/../tap.sh"
cd "$scratch" || exit 3
unset CHROMIUM SOURCE_DATE_EPOCH
mkdir site-src 'tools & more'
printf 'site: {title: Example}\n' > docsgen.yml
printf -- '---\nupdated: 2026-11-21\n---\n# Home\n\n[other](other.md#part), [file](x.txt)\n\n![picture](pic.png)\n' > site-src/index.md
printf '# Other\n\n## Part\n\n```mermaid\nflowchart LR\na[Uncommon] --> b\n```\n' > site-src/other.md
echo x > site-src/x.txt
cp "$(dirname "$DOCSGEN")/../site-src/assets/observability-page.png" site-src/pic.png 2> /dev/null || echo x > site-src/pic.png

err=$(PATH=$scratch "$DOCSGEN" build --pdf 2>&1)
status=$?
is 'no browser: status 3, and what to do' "$status|$err" "3|docsgen: --pdf needs Chromium, which is not installed: install the package chromium, or name a browser of its kind in CHROMIUM"
is 'no browser: nothing is written' "$(ls -d output* 2> /dev/null)" ''
CHROMIUM=$scratch/none run "$DOCSGEN" build --pdf
is 'no program: status 3' "$status|$err" "3|docsgen: CHROMIUM=\"$scratch/none\" is no program"

cat > 'tools & more/browser' << 'BROWSER'
#!/bin/bash
printf '%s\n' "$@" > "$ASKED"
for word; do
    case $word in
    --print-to-pdf=*) pdf=${word#*=} ;;
    file://*) page=$(printf '%b' "${word#file://}" | sed 's/%/\\x/g') ; page=$(printf '%b' "$page") ;;
    esac
done
(cd "$(dirname "$page")" && find . -type f | sort) > "$ASKED.files"
cp "$page" "$ASKED.html"
case ${DOES:-print} in
print)
    printf "%%PDF-1.4\n1 0 obj\n<</Title (a \\(/ModDate \\(x\\)\\))\n/Creator (Mozilla/5.0 \\(X11\\) Chrome)\n/CreationDate (D:20301122091446+00'00')\n/ModDate (D:20301122091446+00'00')>>\nendobj\n" > "$pdf"
    cp "$pdf" "$ASKED.pdf"
    sleep 300 & # a helper that is left behind and holds the pipes
    ;;
fail) echo first >&2; echo 'cannot open display' >&2; exit 7 ;;
wait) sleep 300 & echo $! > "$ASKED.pid"; wait ;;
esac
BROWSER
chmod +x 'tools & more/browser'
export CHROMIUM="$scratch/tools & more/browser" ASKED=$scratch/asked
run "$DOCSGEN" build --pdf -o 'out & put'
is 'made' "$status|$(cd 'out & put' && echo print.*)" '0|print.css print.html print.pdf'
is 'dated by the newest page' "$(tr -d '\n' < 'out & put/print.pdf' | grep -ao '/C.*>>')" "/Creator (docsgen)                   /CreationDate (D:20261121000000+00'00')/ModDate (D:20261121000000+00'00')>>"
is 'no place in the file has moved' "$(wc -c < 'out & put/print.pdf')" "$(wc -c < asked.pdf)"
is 'what the browser can read' "$(grep -E 'print|style.css|pic|inter-400.woff2|x.txt' asked.files | tr '\n' ' ')" './fonts/inter-400.woff2 ./pic.png ./print.css ./print.html ./style.css '
is 'no link to a file beside it, nothing from elsewhere' "$(grep -o '<a>file</a>' asked.html)|$(grep -c "default-src 'none'" asked.html)" '<a>file</a>|1'
is 'no network' "$(grep -c -- '--host-resolver-rules=MAP \* ~NOTFOUND' asked)" 1
[ "$(id -u)" = 0 ] && expected=1 || expected=0
is "its sandbox is left out for the superuser only" "$(grep -c -- --no-sandbox asked)" $expected
is 'nothing is left behind' "$(find . -name '.paper' -o -name '*docsgen-new*')" ''
SOURCE_DATE_EPOCH=86400 run "$DOCSGEN" build --pdf -o 'out & put'
is 'dated by the environment' "$(grep -ao 'CreationDate ([^)]*)' 'out & put/print.pdf')" "CreationDate (D:19700102000000+00'00')"
is 'linked at the foot of pages' "$(grep -c 'href="print.pdf"' 'out & put/index.html')" 1

cp -r 'out & put' before
DOES=fail run "$DOCSGEN" build --pdf -o 'out & put'
is 'a browser that fails: status 3, and what it said' "$status|$err" "3|docsgen: $CHROMIUM made no PDF (status 7): cannot open display"
is 'the old site stays' "$(diff -r before 'out & put')" ''
DOES=wait "$DOCSGEN" build --pdf -o 'out & put' 2> log &
eventually test -s asked.pid
kill -INT $!
wait $!
is 'interrupted: status 3' "$?|$(cat log)" "3|docsgen: $CHROMIUM was interrupted"
# Gone, or a zombie: an orphan stays one for good where the first process does not wait for those that it did not start.
gone() { local state; state=$(sed 's/.*) \(.\).*/\1/' "/proc/$1/stat" 2> /dev/null); [ "${state:-Z}" = Z ]; }
eventually gone "$(cat asked.pid)" && pass 'interrupted: the browser is gone' || fail 'interrupted: the browser is gone'
is 'interrupted: nothing is left behind' "$(find . -name '.paper' -o -name '*docsgen-new*')" ''

unset CHROMIUM
for browser in chromium chromium-browser google-chrome google-chrome-stable; do command -v $browser > /dev/null && break; done
if ! command -v $browser > /dev/null; then
    skip 'the PDF of a real browser' 'no Chromium is installed'
    done_testing
fi
run "$DOCSGEN" build --pdf -o one
is 'status 0' "$status" 0
"$DOCSGEN" build --pdf -o two 2> /dev/null
is 'two builds, the same bytes' "$(cmp one/print.pdf two/print.pdf 2>&1)" ''
is 'no path of this machine' "$(grep -ac 'file://' one/print.pdf)" 0
if command -v pdfinfo > /dev/null && command -v pdftotext > /dev/null; then
    is 'A4, tagged' "$(pdfinfo one/print.pdf | sed -n 's/^\(Tagged\|Page size\|Title\): *//p' | tr '\n' ' ')" 'Example yes 594.96 x 841.92 pts (A4) '
    text=$(pdftotext one/print.pdf -)
    is 'its text' "$(for word in Contents Home Other Part Uncommon; do grep -c -m 1 "$word" <<< "$text"; done | tr '\n' ' ')" '1 1 1 1 1 '
    is 'an outline' "$(grep -ac '/Type /Outlines\|/Outlines' one/print.pdf | sed 's/[1-9][0-9]*/some/')" some
else
    skip 'what the PDF holds' 'pdfinfo and pdftotext are not installed (poppler-utils)'
fi
done_testing
