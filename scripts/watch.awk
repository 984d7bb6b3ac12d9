# What valgrind or the thread sanitizer found, from their logs, without what this valgrind does not know of the kernel (openat2),
# which it says once for each call on lines that begin with two dashes. A unit test that fails, be it for being slow, leaves in the
# middle and loses what it held, which is no fault: `failed` is not 0 then.
function tell() {
    if (record && !(failed && record ~ /definitely lost/))
        printf "%s", record
    record = ""
}

FNR == 1 { tell(); race = 0 }
/(WARNING|ERROR|FATAL): ThreadSanitizer/ { race = 1 }
/^==[0-9]+== *$/ { tell(); next }
race || /^==[0-9]+== / { record = record $0 "\n" }
END { tell() }
