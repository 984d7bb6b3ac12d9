#!/bin/bash
# The preview as a browser and an editor meet it: answers, refusals, rebuilds, crowds, and its end.
. "$(dirname "$0")/../tap.sh"
command -v curl > /dev/null || { echo 'ok 1 - serve # skip curl is not installed'; exit 0; }
command -v python3 > /dev/null || { echo 'ok 1 - serve # skip python3 is not installed'; exit 0; }
theme=$(cd "$(dirname "$0")/../../generator/theme" && pwd)
cd "$scratch" || exit 3
mkdir -p project/site-src/guide project/diagrams bin
cd project || exit 3
printf -- '---\ndescription: x\n---\n# Home\n\n[more](guide/more.md) [pic](pic.bin)\n\n![d](../diagrams/d.mmd)\n' > site-src/index.md
printf -- '---\ndescription: x\n---\n# More\n\nText.\n' > site-src/guide/more.md
printf -- '---\ndescription: x\n---\n# Guide\n' > site-src/guide/index.md
printf 'flowchart LR\n  a[First] --> b\n' > diagrams/d.mmd
printf '0123456789' > site-src/pic.bin
printf 'site:\n  title: Preview\n' > docsgen.yml
echo secret > secret.txt
echo secret > ../outside.txt
ln -s ../../outside.txt site-src/link.txt

# start ARGUMENTS...: sets pid and url.
start() {
    : > "$scratch/log"
    PATH="$scratch/bin:$PATH" "$DOCSGEN" serve "$@" 2> "$scratch/log" &
    pid=$!
    trap 'kill "$pid" 2> /dev/null; rm -rf "$scratch"' EXIT
    eventually serves "$scratch/log"
    url=$(sed -n 's/^serving \(http:[^ ]*\).*/\1/p' "$scratch/log")
    [ -n "$url" ] || cat "$scratch/log" >&2
}
is_gone() { ! kill -0 "$pid" 2> /dev/null; }
serves() { grep -q '^serving http:' "$1" || is_gone; } # or never will
ended() { # waits for the program's end; sets end to its status
    eventually is_gone
    kill -9 "$pid" 2> /dev/null && echo '# had to be killed'
    wait "$pid" 2> /dev/null
    end=$?
}
port_of() { sed 's|.*:\([0-9]*\)/$|\1|' <<< "$url"; }
status_of() { curl -s -o /dev/null -w '%{http_code}' --path-as-is "$@"; }
header_of() { curl -sI "$2" | tr -d '\r' | sed -n "s/^$1: //ip"; }

printf '#!/bin/sh\necho "$1" > "%s/opened"\n' "$scratch" > "$scratch/bin/xdg-open"
chmod +x "$scratch/bin/xdg-open"
start -p 0 --open

# ---- answers ----
while read -r path expected; do
    is "type of $path" "$(header_of content-type "$url$path")" "$expected"
done << 'LIST'
index.html text/html; charset=utf-8
style.css text/css; charset=utf-8
docsgen.js text/javascript; charset=utf-8
favicon.svg image/svg+xml
fonts/inter-400.woff2 font/woff2
fonts/OFL.txt text/plain; charset=utf-8
pic.bin application/octet-stream
LIST
while read -r path expected; do
    is "status of /$path" "$(status_of "$url${path#.}")" "$expected"
done << 'LIST'
. 200
guide/ 200
guide 301
guide/more 200
guide/more.html 200
guide%2Fmore.html 200
nothing.html 404
/../secret.txt 404
/..%2Fsecret.txt 404
%2e%2e/secret.txt 404
guide/..//../secret.txt 404
/etc/passwd 404
link.txt 404
docsgen.yml 404
pic.bin%00.html 404
LIST
is 'the page for lost readers' "$(curl -s "${url}nothing" | grep -c '<title>Page not found')" 1
is 'a missing folder slash is added' "$(header_of location "${url}guide")" './guide/'
is 'the policy is sent' "$(header_of content-security-policy "$url")" \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src 'self'"
is 'pages carry the script' "$(curl -s "$url" | grep -c '<script src="/_docsgen/live.js" data-build=')" 1
is 'the script is there' "$(status_of "${url}_docsgen/live.js")" 200
tag=$(header_of etag "${url}style.css")
is 'a page that the browser has: 304' "$(status_of -H "If-None-Match: $tag" "${url}style.css")" 304
is 'another tag: 200' "$(status_of -H 'If-None-Match: "x"' "${url}style.css")" 200
is 'HEAD has the length and no body' "$(curl -s -X HEAD -I "${url}pic.bin" | tr -d '\r' | grep -ic '^content-length: 10$')" 1
is 'a range' "$(curl -s -r 2-4 "${url}pic.bin") $(status_of -r 2-4 "${url}pic.bin")" '234 206'
is 'the last bytes' "$(curl -s -r -3 "${url}pic.bin")" 789
is 'a range beyond the end' "$(status_of -r 10- "${url}pic.bin")" 416
is 'POST is refused' "$(status_of -d x=1 "$url")" 405
is 'localhost is welcome' "$(status_of -H 'Host: localhost:9' "$url")" 200
is 'a foreign name is refused' "$(status_of -H 'Host: evil.example' "$url")" 403
is 'a foreign name gets no events' "$(status_of -H 'Host: evil.example' "${url}_docsgen/events")" 403
is 'no name is refused' "$(status_of -H 'Host:' "$url" | sed 's/^40[03]$/refused/')" refused
eventually test -s "$scratch/opened"
is '--open opens it' "$(cat "$scratch/opened")" "$url"

# ---- rebuilds: each change is an event, and what is served then has it ----
: > "$scratch/events"
curl -sN "${url}_docsgen/events" >> "$scratch/events" &
events=$!
count() { grep -c '^data: {"build"' "$scratch/events"; }
has() { curl -s "$url$2" | grep -q -- "$1" && [ "$(count)" -gt "$before" ]; }
has_or_is_gone() { has "$@" || is_gone; }
# sees NAME PATTERN PATH: waits until the page has it and the listener heard of it.
sees() {
    if eventually has_or_is_gone "$2" "$3" && ! is_gone; then
        pass "$1"
    else
        fail "$1" "no \"$2\" in $3, $(count) events, before $before
$(tail -n 5 "$scratch/log")"
    fi
    settle
}
# told PATTERN: the listener heard it with the last news.
told() { tail -n 8 "$scratch/events" | grep -q "$1"; }
is_told() { if eventually told "$2"; then pass "$1"; else fail "$1" "$(tail -n 8 "$scratch/events")"; fi; }
# put FILE: standard input takes its place, whole: what is begun with a file that is empty ends as another site.
put() { cat > "$scratch/put" && mv "$scratch/put" "$1"; }
settle() { # until no more events of the last change come
    before=-1
    while [ "$(count)" -gt "$before" ]; do before=$(count); sleep 0.3; done
}
is_counted() { [ "$(count)" -gt 0 ]; }
eventually is_counted
is 'a listener is told the state at once' "$(count)" 1
settle
echo 'Edited paragraph.' >> site-src/index.md
sees 'editing a page' 'Edited paragraph' ''
printf 'flowchart LR\n  a[Second] --> b\n' > diagrams/d.mmd
sees 'editing a diagram' Second ''
sed 's/Edited/Renamed/' site-src/index.md > site-src/.index.md.new && mv site-src/.index.md.new site-src/index.md
sees 'an editor that writes by rename' 'Renamed paragraph' ''
mv site-src/index.md site-src/index.md~ && sed 's/Renamed/Backed/' site-src/index.md~ > site-src/index.md && rm site-src/index.md~
sees 'an editor that keeps a backup' 'Backed paragraph' ''
printf 'a,b\nbefore,2\n' > site-src/t.csv
printf -- '---\ndescription: x\n---\n# New\n\n![t](t.csv)\n' > site-src/new.md
sees 'adding a page and a data file' before new.html
printf 'a,b\nafter,2\n' > site-src/t.csv
sees 'editing a data file' after new.html
mkdir -p site-src/deep/er && printf -- '---\ndescription: x\n---\n# Deep\n\nOne.\n' > site-src/deep/er/page.md
sees 'adding a folder' One. deep/er/page.html
echo 'Two.' >> site-src/deep/er/page.md
sees 'editing in a folder that was added' Two. deep/er/page.html
mv site-src/new.md site-src/other.md
sees 'renaming a page' '# New\|New' other.html
is_lost() { [ "$(status_of "${url}new.html")" = 404 ]; }
if eventually is_lost; then pass 'the old name is gone'; else fail 'the old name is gone'; fi
rm site-src/other.md
sees 'deleting a page' 'Page not found' other.html
printf 'changed bytes' > site-src/pic.bin
sees 'editing a picture' 'changed bytes' pic.bin
mkdir -p site-src/roadmap
printf '# Progress\n\n| PR | Title | Status |\n| --- | --- | --- |\n| PR 1 | Wheel | Complete |\n| PR 2 | Hub | Not started |\n' > site-src/roadmap/PROGRESS_TRACKER.md
sees 'adding a tracker' Wheel roadmap/PROGRESS_TRACKER.html
sed -i 's/Wheel/Spoke/' site-src/roadmap/PROGRESS_TRACKER.md
sees 'editing a tracker' Spoke roadmap/PROGRESS_TRACKER.html
printf 'site:\n  title: Another title\n' > docsgen.yml
sees 'editing the settings' 'Another title' ''
mkdir look && sed 's|<main|<p>Template one</p><main|' "$theme/page.html" > look/page.html
printf 'site:\n  title: Another title\ntheme: {folder: look}\n' > docsgen.yml
sees 'a template of its own' 'Template one' ''
sed -i 's/Template one/Template two/' look/page.html
sees 'editing a template' 'Template two' ''
sed '$a .of-its-own { color: red; }' "$theme/style.css" > look/style.css
sees 'adding a style sheet' of-its-own style.css
mkdir pages && printf -- '---\ndescription: x\n---\n# Elsewhere\n' > pages/index.md
printf 'site:\n  title: Moved\nsource: pages\n' | put docsgen.yml
sees 'another source folder' Elsewhere ''
echo 'More elsewhere.' >> pages/index.md
sees 'editing in the other source folder' 'More elsewhere' ''
printf 'titel: x\n' | put docsgen.yml
is_told 'wrong settings: said to the page' '"rule":"settings/invalid"'
is 'wrong settings: the last site stays' "$(curl -s "$url" | grep -c 'More elsewhere')" 1
settle
printf 'site:\n  title: Repaired\n' | put docsgen.yml
sees 'repaired settings' Repaired ''
echo '[broken](nowhere.md)' >> site-src/index.md
sees 'a finding does not keep the page away' broken ''
is_told 'the finding goes to the page' '"rule":"link/page"'
is 'the finding goes to the terminal' "$(grep -c 'no page "nowhere.md".*\[link/page\]' "$scratch/log")" 1
rm -r site-src
# The files go one after another, so that a build may still find some of them.
is_told 'sources that are gone: said to the page' 'cannot read the source folder'
settle
is 'without sources the last site stays' "$(status_of "$url")" 200
mkdir site-src && printf -- '---\ndescription: x\n---\n# Home again\n' > site-src/index.md
sees 'sources that come back' 'Home again' ''
is 'nothing is written' "$(ls -d output .docsgen 2> /dev/null)" ''

# ---- crowds: clients at once, clients that never finish, and clients that never read ----
cat > "$scratch/crowd.py" << 'PYTHON'
import socket, sys, threading, time
port = int(sys.argv[1])
head = b'GET /%s HTTP/1.1\r\nHost: localhost\r\n'
def dial():
    s = socket.create_connection(('127.0.0.1', port), timeout=300)
    return s
half = [dial() for _ in range(50)]            # say nothing
for s in half[:25]: s.sendall(b'GET / HT')     # say half of it
slow = [dial() for _ in range(50)]             # ask and do not read
for s in slow: s.sendall(head % b'style.css' + b'\r\n')
gone = [dial() for _ in range(50)]             # listen and leave
for s in gone: s.sendall(head % b'_docsgen/events' + b'\r\n')
time.sleep(0.2)
for s in gone: s.close()
good, times = [], []
def ask():
    begin = time.time()
    s = dial()
    for _ in range(3):
        s.sendall(head % b'style.css' + b'\r\n')
        data = b''
        while b'\r\n\r\n' not in data: data += s.recv(65536)
        length = int([l for l in data.split(b'\r\n') if l.lower().startswith(b'content-length')][0].split()[1])
        body = data.split(b'\r\n\r\n', 1)[1]
        while len(body) < length: body += s.recv(65536)
        good.append(data.startswith(b'HTTP/1.1 200') and len(body) == length)
    times.append(time.time() - begin)
threads = [threading.Thread(target=ask) for _ in range(200)]
for t in threads: t.start()
for t in threads: t.join(300)
print(sum(good), 'of 600')
print('# slowest of 200 clients with 3 requests each: %.0f ms' % (max(times) * 1000), file=sys.stderr)
PYTHON
is '200 clients beside 150 that do harm' "$(python3 "$scratch/crowd.py" "$(port_of)" 2> "$scratch/crowd")" '600 of 600'
sed -n '/^#/p' "$scratch/crowd"
settle
echo 'After the crowd.' >> site-src/index.md
sees 'a rebuild after the crowd' 'After the crowd' ''

# ---- its end ----
kill -INT "$pid"
ended
is 'Ctrl-C with an open listener: status 0' "$end" 0
wait "$events" 2> /dev/null
start -p 0
first=$(port_of) first_pid=$pid
: > "$scratch/second"
"$DOCSGEN" serve -p "$first" 2> "$scratch/second" &
pid=$!
eventually serves "$scratch/second"
is 'a port that is taken is told' "$(grep -c "^docsgen: port $first is taken, so it is [0-9]*$" "$scratch/second")" 1
kill -TERM "$pid"
ended
is 'SIGTERM ends it as well' "$end" 0
pid=$first_pid
kill -INT "$pid"
ended
is 'Ctrl-C without listeners: status 0' "$end" 0
run "$DOCSGEN" serve -p 99999
is 'a port that is none' "$status $err" '2 docsgen: --port wants 0 to 65535, not "99999"
try "docsgen serve --help"'
# ---- the addresses it may listen at
start -p 0 --host 0.0.0.0
is 'for every machine: says so, and how this one reaches it' "$(grep -c '^docsgen: every machine of the network can read these pages, because of --host 0.0.0.0$' "$scratch/log")|${url%:*}" '1|http://127.0.0.1'
is 'for every machine: answers' "$(status_of "$url")" 200
kill "$pid" && ended
if grep -q '^0\{31\}1 ' /proc/net/if_inet6 2> /dev/null; then
    start -p 0 --host ::1
    is 'IPv6: an address in brackets' "${url%:*}" 'http://[::1]'
    is 'IPv6: answers' "$(curl -sg -o /dev/null -w '%{http_code}' "$url")" 200
    kill "$pid" && ended
else
    skip 'IPv6' 'this machine has no address of that kind'
fi
run "$DOCSGEN" serve --host 'no such host' -p 0
is 'a host that is none: status 3' "$status" 3
is 'a host that is none: says so' "$(sed 's/": .*/": why/' <<< "$err")" 'docsgen: no address "no such host": why'

run "$DOCSGEN" serve --host 203.0.113.7 -p 0
is 'an address of another machine: status 3' "$status" 3
printf 'titel: x\n' > docsgen.yml
run within 20 "$DOCSGEN" serve -p 0
is 'wrong settings at the start: status 3' "$status" 3
done_testing
