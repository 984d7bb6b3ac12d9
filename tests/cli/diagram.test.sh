#!/bin/bash
# docsgen diagram: a file in its other forms.
. "$(dirname "$0")/../tap.sh"
cd "$scratch" || exit 3
cat > flow.mmd << 'END'
---
title: Way of a request
---
flowchart LR
    browser["Browser"] -->|HTTPS| proxy["Load balancer"]
    proxy --> store[("Object store")]
END

run "$DOCSGEN" diagram --format gif flow.mmd
is 'unknown format' "$err" 'docsgen: no format "gif"; there are svg, png, pdf, json, layout and text
try "docsgen diagram --help"'

for form in svg png pdf; do
    run "$DOCSGEN" diagram -o "one.$form" flow.mmd
    is "$form: status 0, nothing said" "$status$out$err" 0
    "$DOCSGEN" diagram --format $form flow.mmd > "two.$form"
    is "$form: the same bytes by name and by option" "$(cmp "one.$form" "two.$form" && echo same)" same
done

is 'layout: places as JSON' "$("$DOCSGEN" diagram --format layout flow.mmd | grep -c '"width": ')" 1
is 'json: the model' "$("$DOCSGEN" diagram --json flow.mmd | head -c 51)" '{"schema":1,"kind":"diagram","type":"flowchart","di'
printf 'sequenceDiagram\nA->>B: hello\n' > sequence.mmd
is 'json: of a sequence' "$("$DOCSGEN" diagram --json sequence.mmd | head -c 48)" '{"schema":1,"kind":"diagram","type":"sequence","'
is 'standard input' "$("$DOCSGEN" diagram - < flow.mmd | cmp - one.svg && echo same)" same
run "$DOCSGEN" diagram -o "$scratch/none/deeper/a.svg" "$scratch/flow.mmd"
is 'a folder that is not there is made' "$status$(cmp none/deeper/a.svg one.svg)" 0

# ---- what is no file stays what it is ----
mkfifo pipe
mkdir folder
ln -s /dev/null device
for place in 'pipe|it is not a regular file' 'folder|it is a folder' 'device|it is a link to another place'; do
    run "$DOCSGEN" diagram -o "${place%|*}" flow.mmd
    is "-o ${place%|*}: refused" "$status $out$err" "3 docsgen: cannot write \"${place%|*}\": ${place#*|}"
done
is 'what is no file stays what it is' "$(stat -c %F pipe folder device; ls -A | grep docsgen)" $'fifo\ndirectory\nsymbolic link'

is 'pdf: no date of its own' "$(grep -ac 'Date' one.pdf)" 0
SOURCE_DATE_EPOCH=1700000000 "$DOCSGEN" diagram -o dated.pdf flow.mmd
is 'pdf: made on the day of SOURCE_DATE_EPOCH' "$(grep -ac '/CreationDate (20231114221320Z)' dated.pdf)" 1

if command -v pdftotext > /dev/null; then
    is 'pdf: the text can be read back' "$(pdftotext one.pdf - | tr '\f\n' '  ' | tr -s ' ')" \
        'Way of a request Browser HTTPS Load balancer Object store '
    is 'pdf: title' "$(pdfinfo one.pdf | sed -n 's/^Title: *//p')" 'Way of a request'
    is 'pdf: all fonts are embedded' "$(pdffonts one.pdf | sed 1,2d | awk '$(NF - 4) != "yes"')" ''
else
    skip 'pdf: the text can be read back' 'no pdftotext'
fi
done_testing
