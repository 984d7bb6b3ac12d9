#!/bin/bash
# Stands for the program ($DOCSGEN) in tests that watch it, and runs $WATCHED: under valgrind where $WATCH_VALGRIND names that, else
# as it is, built with -fsanitize=thread, with eight threads where the test does not say how many. What is found goes to
# files in $WATCH_LOGS, so that what the program prints, and how it ends, stay as tests expect them. A test that is a program itself
# is begun by this as well ($WATCHED_TEST); what it then runs is docsgen.
program=${WATCHED_TEST:-$WATCHED}
unset WATCHED_TEST
if [ -n "${WATCH_VALGRIND:-}" ]; then
    # Libraries keep caches until the end: only what nothing points to is lost.
    exec "$WATCH_VALGRIND" --quiet --log-file="$WATCH_LOGS/%p" --leak-check=full --errors-for-leak-kinds=definite \
        --show-leak-kinds=definite --suppressions="$WATCH_SUPPRESSIONS" "$program" "$@"
fi
words=("$@")
if [[ ! " $* " =~ \ (-j|--jobs) ]]; then
    for i in "${!words[@]}"; do
        case ${words[i]} in
            roadmap) break ;; # has a command called check, with one thread
            build | check | publish | merge | serve)
                words=("${words[@]:0:i + 1}" --jobs 8 "${words[@]:i + 1}")
                break
                ;;
        esac
    done
fi
exec "$program" "${words[@]}"
