# Takes a script's comments, indentation and the blanks beside signs out of it, and leaves what stands in quotes alone.
# A line is joined to the next only where it plainly goes on, so nothing depends on where a statement ends. Not known:
# strings and comments over several lines, quotes and blanks inside of regular expressions, loops with nothing in them.
/^ *\/\// || /^ *\/\*\*.*\*\/$/ || /^ *$/ { next }
{
    sub(/^ +/, "")
    text = ""
    quote = ""
    for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        if (quote) {
            if (c == "\\")
                c = c substr($0, ++i, 1)
            else if (c == quote)
                quote = ""
        } else if (index("'\"`", c)) {
            quote = c
        } else if (substr($0, i, 2) == "/*") {
            i += index(substr($0, i), "*/")
            continue
        } else if (substr(" " $0, i, 7) ~ /^[^A-Za-z0-9_$.]const /) {
            # Nothing that was written as a constant is changed: `let` says the same in fewer letters.
            c = "let"
            i += 4
        } else if (c == " ") {
            before = substr(text, length(text))
            after = substr($0, i + 1, 1)
            # "a - -b" would become another operator.
            if ((before ~ /[^A-Za-z0-9_$]/ || after ~ /[^A-Za-z0-9_$]/) && before != after)
                continue
        }
        text = text c
    }
    gsub(/;}/, "}", text)
    if (text ~ /^}/)
        sub(/;$/, "", before_line)
    printf "%s%s", before_line, before_line ~ /[;{,([]$/ || NR == 1 || text ~ /^}/ ? "" : "\n"
    before_line = text
}
END { print before_line }
