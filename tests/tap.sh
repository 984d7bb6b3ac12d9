# tap.sh: for tests/*/*.test.sh: one line "ok N - name" or "not ok N - name" per check, with what differed as comments.
# Read with `. tests/tap.sh`; call `done_testing` last.
tap_count=0 tap_failed=0
# The program under test, unless the runner names another build of it.
export DOCSGEN=${DOCSGEN:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.build/docsgen}
[ -x "$DOCSGEN" ] || { echo "Bail out! there is no program $DOCSGEN; run make"; exit 1; }
# Tools speak English and sort by bytes, whatever the caller's language; what they ask on this machine goes through no proxy.
export LC_ALL=C.UTF-8 LANGUAGE='' no_proxy='*'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# pass NAME / fail NAME [TEXT]
pass() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1"
}
fail() {
    tap_count=$((tap_count + 1)) tap_failed=1
    echo "not ok $tap_count - $1"
    [ $# -lt 2 ] || sed 's/^/# /' <<< "$2"
}
skip() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # skip $2"
}

# is NAME ACTUAL EXPECTED
is() {
    if [ "$2" = "$3" ]; then
        pass "$1"
    else
        fail "$1" "$(diff <(printf '%s\n' "$3") <(printf '%s\n' "$2") | sed '1i < expected, > got')"
    fi
}

# same_file NAME ACTUAL-FILE EXPECTED-FILE: with GOLDEN=1 the expected file is rewritten instead.
same_file() {
    if [ -n "${GOLDEN:-}" ] && ! cmp -s "$2" "$3"; then
        mkdir -p "$(dirname "$3")"
        cp "$2" "$3"
        echo "# rewrote $3"
    fi
    if [ ! -f "$3" ]; then
        fail "$1" "there is no expected file $3; GOLDEN=1 writes it"
    elif cmp -s "$2" "$3"; then
        pass "$1"
    else
        fail "$1" "$(diff -u "$3" "$2" | head -n 60)"
    fi
}

# run COMMAND...: sets out, err and status.
run() {
    out=$("$@" 2> "$scratch/stderr")
    status=$?
    err=$(cat "$scratch/stderr")
}

# within SECONDS COMMAND...: the command, which is killed (status 124 or more) when it takes more seconds of processor time. A
# clock on the wall tells how busy the machine is: it only ends what waits for ever. What is watched (scripts/watch.sh) takes what
# it takes: ended by a limit it would not be watched to its end.
within() {
    (
        [ -z "${WATCHED:-}" ] || exec "${@:2}"
        ulimit -t "$1"
        timeout $((20 * $1)) "${@:2}"
    )
}

# eventually COMMAND...: waits until it succeeds; fails when it has not in some minutes. The tries are counted: a slow or busy
# machine needs many times what a quiet one does, and a clock goes on while it stands still.
eventually() {
    local i
    for ((i = 0; i < 3000; i++)); do
        "$@" && return
        sleep 0.05
    done
    return 1
}

# hold FOLDER: locks it as a run of docsgen does, until `release`.
hold() {
    (exec 9< "$1" && flock 9 && : > "$scratch/held" && exec sleep 600) &
    holder=$!
    eventually test -e "$scratch/held"
}
release() {
    kill "$holder"
    wait "$holder" 2> /dev/null
    rm "$scratch/held"
}

done_testing() {
    echo "1..$tap_count"
    exit $tap_failed
}
