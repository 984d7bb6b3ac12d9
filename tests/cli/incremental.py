"""Random edits of a small, rich site: what a build over the last one gives must be what a clean build gives.

usage: incremental.py DOCSGEN FOLDER ROUNDS SEED

After each round of edits the site is built over the old output and what is remembered of it, and once more into an empty
folder with nothing remembered. Files, findings and the exit status must be the same. Prints the first difference with the
edits that led to it; else how many builds were answered from memory."""

import os
import random
import re
import shutil
import subprocess
import sys
import time

program, root, rounds, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
dice = random.Random(seed)
site = os.path.join(root, "site")
words = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi".split()
log = []


def path(name):
    return os.path.join(site, name)


def read(name):
    with open(path(name), encoding="utf-8") as file:
        return file.read()


def write(name, text):
    """As an editor would: in place, or a new file that takes the name."""
    os.makedirs(os.path.dirname(path(name)) or ".", exist_ok=True)
    place = path(name) if dice.random() < 0.7 else path(name) + "~"
    with open(place, "w", encoding="utf-8") as file:
        file.write(text)
    if place != path(name):
        os.rename(place, path(name))


def files(*ends):
    found = []
    for folder, folders, names in os.walk(site):
        folders[:] = [f for f in folders if not f.startswith(".") and f != "output"]
        found += [os.path.relpath(os.path.join(folder, n), site) for n in names if n.endswith(ends)]
    return sorted(found)


def pages():
    return [f for f in files(".md") if f.startswith("site-src/")]


def relative(target, page):
    return os.path.relpath(target, os.path.dirname(page))


def text():
    return " ".join(dice.choice(words) for _ in range(dice.randint(2, 9)))


def good_link(page):
    """To a page, or a heading that is there now."""
    target = dice.choice(pages())
    headings = re.findall(r"(?m)^## (\w+)$", read(target))
    part = "#" + dice.choice(headings) if headings and dice.random() < 0.5 else ""
    return f"[{text()}]({relative(target, page)}{part})"


def some_link(page):
    kind = dice.randint(0, 9)
    target = dice.choice(pages())
    if dice.random() < 0.6:
        return good_link(page)
    if kind < 5:
        return f"[{text()}]({relative(target, page)})"
    if kind < 7:
        return f"[{text()}]({relative(target, page)}#{dice.choice(words)})"
    if kind == 7:
        return f"[{text()}]({dice.choice(words)}.md)"
    if kind == 8:
        return f"[{text()}]({relative(dice.choice(files('.svg', '.csv', '.yml', '.txt', '.tf')), page)})"
    return "[there](https://example.org/)"


def some_value(page):
    """Of a file that is read as data, there or not."""
    data = dice.choice(["site-src/data/values.yml"] * 4 + ["code/more.json"] * 3 + ["site-src/data/table.csv", "code/gone.yml"])
    return "{{ %s#%s }}" % (relative(data, page), dice.choice(["first.size", "first.name", "second.size", "second.name", "third", "first"]))


def some_include(page):
    """Whole, or a region of it; once in a while of a file that is not there."""
    name = dice.choice([f for f in files(".inc.md", ".tf", ".txt") if f != page] + ["code/gone.inc.md"])
    return "{{ include: %s%s }}" % (relative(name, page), dice.choice(["", "", "", "#one", "#two"]))


def some_fault(page):
    """What is found fault with, though everything is there."""
    picture = dice.choice(files(".svg", ".png"))
    return dice.choice([
        "![](%s)" % relative(picture, page),
        "#### Deep " + dice.choice(words),
        "## Same\n\n" + text() + "\n\n## Same",
        "[%s](/%s)" % (text(), os.path.relpath(dice.choice(pages()), "site-src")),
        "[%s](javascript:x)" % text(),
        "[%s](../../../%s.md)" % (text(), dice.choice(words)),
        *("[%s](%ss.md)" % (text(), name) for name in words[:3]),
    ])


# Blocks with which a page needs not be made again in every build.
tame = [0, 3, 4, 5, 6, 7, 8, 9, 10, 10, 11, 11, 16, 17]


def some_block(page):
    kind = dice.choice(tame) if dice.random() < 0.75 else dice.randint(0, 17)
    if kind < 3:
        return "## " + dice.choice(words)
    if kind < 5:
        return text() + " " + some_link(page) + "\n" + text()
    if kind == 5:
        return f"![{text()}]({relative(dice.choice(files('.mmd')), page)} \"{text()}\")"
    if kind == 6:
        return f"![{text()}]({relative(dice.choice(files('.yml', '.csv')), page)})"
    if kind == 7:
        return f"![{text()}]({relative(dice.choice(files('.svg')), page)})"
    if kind == 8:
        return "```mermaid\nflowchart LR\n  %s --> %s\n  click %s \"%s\"\n```" % (
            *(two := dice.sample(words, 2)), dice.choice(two), relative(dice.choice(pages()), page))
    if kind == 9:
        return "```python\ndef %s():\n    return %d\n```" % (dice.choice(words), dice.randint(0, 99))
    if kind == 10:
        include = some_include(page)
        return include if dice.random() < 0.7 else "```%s\n%s\n```" % (dice.choice(["hcl", "mermaid"]), include)
    if kind == 11:
        return "There are %s of them%s." % (some_value(page), ", and " + some_value(page) if dice.random() < 0.4 else "")
    if kind == 12:
        return f"![{text()}]({relative('site-src/roadmap/PROGRESS_TRACKER.md', page)}#summary)"
    if kind == 13:
        return f"![{text()}]({relative('site-src/roadmap', page)})"
    if kind == 14:
        return "<!-- docsgen-ignore link: %s -->\n%s" % (text(), some_link(page))
    if kind == 15:
        return "Text[^1] and <b>html</b>.\n\n[^1]: " + text()
    if kind == 17:
        return some_fault(page)
    return "- [ ] " + text() + "\n- [x] " + text()


def some_front():
    keys = {}
    if dice.random() < 0.8:
        keys["title"] = text()
    for key, value in (("description", text()), ("nav_title", dice.choice(words)), ("order", str(dice.randint(1, 9))),
                       ("draft", "true"), ("aliases", f"[{dice.choice(words)}.md]"), ("updated", "2026-01-0%d" % dice.randint(1, 9))):
        if dice.random() < 0.15:
            keys[key] = value
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in keys.items()) + "---\n\n" if keys else ""


def new_page(page):
    write(page, some_front() + "# " + text() + "\n\n" + "\n\n".join(some_block(page) for _ in range(dice.randint(1, 4))) + "\n")


def edit_page():
    page = dice.choice([p for p in pages() if "roadmap/" not in p])
    parts = read(page).split("\n\n")
    where = dice.randint(1, len(parts))
    if dice.random() < 0.35 and where < len(parts):
        del parts[where]
    elif dice.random() < 0.3 and where < len(parts):
        parts[where] = some_block(page)
    else:
        parts.insert(where, some_block(page))
    write(page, "\n\n".join(parts))
    return page


def edit_front():
    page = dice.choice([p for p in pages() if "roadmap/" not in p])
    body = re.sub(r"\A---\n.*?---\n\n", "", read(page), flags=re.S)
    write(page, some_front() + body)
    return page


def same_size():
    """The size stays: only time and content tell."""
    page = dice.choice(pages())
    old, new = dice.sample(words, 2)
    swapped = read(page).replace(old, new[:len(old)].ljust(len(old), "x"), 1)
    write(page, swapped)
    return page


def add_page():
    page = "site-src/%s%s.md" % (dice.choice(["", "guide/", "guide/deep/"]), dice.choice(words))
    new_page(page)
    return page


def near_page():
    """What links that lead nowhere may have meant: a page that is there, or is no longer."""
    page = "site-src/%s%ss.md" % (dice.choice(["", "guide/", "more/"]), dice.choice(words[:3]))
    if not os.path.exists(path(page)):
        write(page, "# %s\n" % text())
        return page
    os.remove(path(page))
    return page + " removed"


def remove_page():
    some = [p for p in pages() if "roadmap/" not in p and p != "site-src/index.md"]
    if len(some) < 4:
        return "nothing"
    page = dice.choice(some)
    os.remove(path(page))
    return page


def rename_page():
    some = [p for p in pages() if "roadmap/" not in p]
    page, to = dice.choice(some), "site-src/%s.md" % dice.choice(words)
    os.rename(path(page), path(to))
    return page + " to " + to


def edit_diagram():
    name = dice.choice(files(".mmd"))
    a, b, c = dice.sample(words, 3)
    write(name, "---\ntitle: %s\n---\nflowchart %s\n  %s[%s] --> %s\n  %s -.->|%s| %s\n  click %s \"%s\"\n" % (
        text(), dice.choice(["LR", "TB"]), a, text(), b, b, dice.choice(words), c, a,
        relative(dice.choice(pages()), name)))
    return name


def break_diagram():
    name = dice.choice(files(".mmd"))
    write(name, read(name) + "  ((( -->\n")
    return name


def edit_values():
    write("site-src/data/values.yml", "first: {size: %d, name: %s}\nsecond: {size: %d%s}\n%s" % (
        dice.randint(1, 3), dice.choice(words[:3]), dice.randint(1, 3), ", name: here" if dice.random() < 0.5 else "",
        dice.choice(["", "", "third: 3\n", "third:\n", "second: twice\n", "broken: [\n"])))
    return "values"


def edit_more():
    """Values outside of the source folder."""
    if dice.random() < 0.15 and os.path.exists(path("code/more.json")):
        os.remove(path("code/more.json"))
        return "more removed"
    write("code/more.json", '{"first": {"size": %d, "name": "%s"}, "second": [%d, {"name": "size"}], "third": %s}\n' % (
        dice.randint(1, 3), dice.choice(words[:3]), dice.randint(1, 3), dice.choice(["3", "null", "[]", "{"])))
    return "more"


def edit_cards():
    write("site-src/data/cards.yml", "kind: cards\ncards:\n" + "".join(
        "  - {name: %s, link: ../%s.md, ports: [%d]}\n" % (dice.choice(words), dice.choice(words + ["index"]), dice.randint(1, 99))
        for _ in range(dice.randint(1, 3))))
    return "cards"


def edit_cost():
    write("site-src/data/cost.yml", "kind: cost\ncurrency: USD\nas_of: 2026-01-31\nitems:\n  - {name: %s, unit: hour, price: $0.%02d}\n" % (
        dice.choice(words), dice.randint(1, 99)))
    return "cost"


def edit_table():
    write("site-src/data/table.csv", "Name,Port\n" + "".join(
        "%s,%d\n" % (dice.choice(words), dice.randint(1, 99)) for _ in range(dice.randint(1, 4))))
    return "table"


def edit_picture():
    write("site-src/pictures/box.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="%d" height="4"/>%s</svg>\n' % (
        dice.randint(1, 9), "<script>1</script>" if dice.random() < 0.3 else ""))
    return "picture"


def edit_include():
    """Text with all that a page may have, with more includes; now and then there is none any longer."""
    name = dice.choice(["site-src/parts/part.inc.md", "site-src/parts/deep.inc.md", "code/far.inc.md", "code/main.tf", "site-src/notes.txt"])
    if dice.random() < 0.12 and len(files(".inc.md", ".tf", ".txt")) > 2 and os.path.exists(path(name)):
        os.remove(path(name))
        return name + " removed"
    if name.endswith(".md"):
        blocks = [some_block(name) for _ in range(dice.randint(0, 3))]
        if dice.random() < 0.4:
            blocks.insert(0, "<!-- #region one -->\n\n" + some_block(name) + "\n\n<!-- #endregion -->")
        write(name, dice.choice(["", "# Part\n\n", "## %s\n\n" % dice.choice(words)]) + text() + "\n\n" + "\n\n".join(blocks) + "\n")
    else:
        write(name, "# %s\n# #region one\nresource \"%s\" {}\n# #endregion\n" % (text(), dice.choice(words)))
    return name


def move_text():
    """What stands below on the page, or in what it includes, moves with its findings."""
    name = dice.choice([p for p in pages() if "roadmap/" not in p] + files(".inc.md"))
    head = re.match(r"\A---\n.*?---\n\n", read(name), flags=re.S)
    at = head.end() if head else 0
    body = read(name)
    write(name, body[:at] + text() + "\n" * dice.randint(2, 4) + body[at:])
    return name


def edit_tracker():
    done = dice.randint(0, 3)
    rows = "".join("| %d | %s | %s | Low | Depends on PR %d |\n" % (
        i, dice.choice(words), "Complete" if i <= done else "Not Started", max(1, i - 1)) for i in range(1, 4))
    write("site-src/roadmap/PROGRESS_TRACKER.md", "# Feature - Progress Tracker\n\n**Current PR**: PR 2\n\n**Total Completion**: %d%% "
          "(%d/3 PRs completed)\n\n## PR Status Dashboard\n\n| PR | Title | Status | Complexity | Notes |\n| --- | --- | --- | --- | --- |\n%s\n"
          "## PR 1: Ground\n\n- [x] Dig\n- [ ] %s\n" % (done * 33, dice.randint(0, 3), rows, text()))
    return "tracker"


def edit_plan():
    if os.path.exists(path("site-src/roadmap/PR_BREAKDOWN.md")) and dice.random() < 0.4:
        os.remove(path("site-src/roadmap/PR_BREAKDOWN.md"))
        return "plan removed"
    write("site-src/roadmap/PR_BREAKDOWN.md", "# Feature - PR Breakdown\n\n## PR 1: Ground\n\n**Branch**: `%s`\n\n## PR 2: Walls\n\n"
          "**Dependencies**: PR 1\n" % dice.choice(words))
    return "plan"


def edit_settings():
    lines = ["site: {title: %s%s, cards: %s}" % (dice.choice(words), ', url: "https://example.org/"' if dice.random() < 0.5 else "",
                                                 "true" if dice.random() < 0.2 else "false")]
    lines.append("roadmap: [site-src/roadmap]")
    if dice.random() < 0.4:
        entries = dice.sample(pages(), min(3, len(pages()))) + ([dice.choice(words) + ".md"] if dice.random() < 0.3 else [])
        lines.append("nav: [%s]" % ", ".join(os.path.relpath(e, "site-src") for e in entries))
    if dice.random() < 0.5:
        lines.append("redirects: {%s.html: %s}" % (dice.choice(words), os.path.relpath(dice.choice(pages()), "site-src")))
    if dice.random() < 0.3:
        lines.append("markdown: {raw_html: %s}" % dice.choice(["true", "safe", "false"]))
    if dice.random() < 0.3:
        lines.append("checks: {nav/orphan: off, link/page: %s}" % dice.choice(["warning", "note"]))
    theme = []
    if os.path.isdir(path("theme")):
        theme.append("folder: theme")
    if dice.random() < 0.3:
        theme.append("accent: \"#%06x\"" % dice.randint(0, 0xffffff))
    if dice.random() < 0.3:
        theme.append("footer: \"%s [home](index.md)\"" % text())
    if theme:
        lines.append("theme: {%s}" % ", ".join(theme))
    write("docsgen.yml", "\n".join(lines) + "\n")
    return "settings"


def edit_theme():
    if dice.random() < 0.3 and os.path.isdir(path("theme")):
        shutil.rmtree(path("theme"))
        return "theme removed"
    if dice.random() < 0.5:
        write("theme/extra.css", "p { margin: %dpx }\n" % dice.randint(0, 9))
    else:
        write("theme/style.css", "body { margin: %dpx }\n" % dice.randint(0, 9))
    return "theme"


def break_settings():
    write("docsgen.yml", "site: {titel: x}\n")
    return "settings broken"


def touch():
    """Nothing changes but the time."""
    os.utime(path(dice.choice(files(".md", ".mmd", ".yml"))))
    return "touch"


def commit():
    subprocess.run(["git", "-C", site, "add", "-A"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["git", "-C", site, "commit", "-qm", text(), "--allow-empty"], check=True)
    return "commit"


def tamper():
    """Somebody meddles with what was written."""
    some = [os.path.join(f, n) for f, _, names in os.walk(path("output")) for n in names if n != ".docsgen"]
    if not some:
        return "nothing"
    name = dice.choice(sorted(some))
    kind = dice.randint(0, 2)
    if kind == 0:
        os.remove(name)
    elif kind == 1:
        with open(name, "ab") as file:
            file.write(b"tampered")
    else:
        with open(name, "rb") as file:
            content = file.read()
        with open(name, "wb") as file:
            file.write(content.swapcase())
    return "tamper " + os.path.relpath(name, site)


def spoil():
    """What is remembered is cut short or has wrong bytes in it."""
    some = [os.path.join(f, n) for f, _, names in os.walk(os.path.join(root, "cache")) for n in names]
    if not some:
        return "nothing"
    name = dice.choice(sorted(some))
    with open(name, "rb") as file:
        content = bytearray(file.read())
    if content and dice.random() < 0.5:
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] ^= 1 << dice.randint(0, 7)
    else:
        del content[dice.randint(0, len(content)):]
    with open(name, "wb") as file:
        file.write(content)
    return "spoil " + os.path.basename(name)


def kill():
    """A build is killed at some moment."""
    build_process = subprocess.Popen([program, "build", "-C", site, "-o", path("output")], env=dict(
        os.environ, XDG_CACHE_HOME=os.path.join(root, "cache")), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait = dice.random() * 0.06
    time.sleep(wait)
    build_process.kill()
    build_process.wait()
    return "killed after %.3f s" % wait


def save_memory():
    """What is remembered now, to be put back later: all of it, or some."""
    shutil.rmtree(os.path.join(root, "saved"), ignore_errors=True)
    if os.path.isdir(os.path.join(root, "cache")):
        shutil.copytree(os.path.join(root, "cache"), os.path.join(root, "saved"))
    return "memory"


def put_memory_back():
    some = [os.path.join(f, n) for f, _, names in os.walk(os.path.join(root, "saved")) for n in names]
    some = sorted(some) if dice.random() < 0.5 else sorted(dice.sample(some, min(1, len(some))))
    for name in some:
        to = os.path.join(root, "cache", os.path.relpath(name, os.path.join(root, "saved")))
        os.makedirs(os.path.dirname(to), exist_ok=True)
        shutil.copyfile(name, to)
    return ", ".join(os.path.relpath(name, os.path.join(root, "saved")) for name in some)


def back_and_forth():
    """A page is changed, built, and changed back: what was remembered first is right again but for what was written."""
    page = dice.choice(pages())
    old = read(page)
    write(page, old + "\nMore of %s.\n" % text())
    build(os.path.join(root, "cache"), path("output"), options)
    write(page, old)
    return page


def edit_heading():
    """Links to it are broken, or right again."""
    page = dice.choice([p for p in pages() if "roadmap/" not in p])
    write(page, re.sub(r"(?m)^## .*$", lambda _: "## " + dice.choice(words), read(page), count=1))
    return page


def nothing():
    return "nothing"


edits = [edit_page] * 8 + [edit_front] * 2 + [same_size] * 2 + [add_page, remove_page, rename_page] + [edit_diagram] * 2 + [
    break_diagram, edit_cards, edit_cost, edit_table, edit_picture, edit_tracker,
    edit_plan, edit_settings, edit_settings, edit_theme, break_settings, touch, touch, commit, tamper, spoil,
    kill, save_memory, put_memory_back, back_and_forth] + [edit_heading] * 2 + [nothing] * 4 + [
    edit_values, edit_more] * 3 + [edit_include] * 5 + [move_text] * 2 + [near_page] * 3


def build(cache, output, options):
    env = dict(os.environ, XDG_CACHE_HOME=cache)
    done = subprocess.run([program, "build", "-C", site, "-o", output, "-v", *options], env=env, capture_output=True, check=False)
    said = re.sub(r" in [0-9.]+ s", "", done.stderr.decode()).replace(output, "OUT")
    said = re.sub(r"(\d+) (error|warning)s?, ", r"\1 \2, ", said)
    return done.returncode, done.stdout.decode(), said


def tree(folder):
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            place = os.path.join(at, name)
            with open(place, "rb") as file:
                found[os.path.relpath(place, folder)] = file.read()
    return found


def start():
    os.makedirs(site)
    for name in ("guide/index", "alpha", "beta", "guide/gamma", "guide/delta", "index"):
        write("site-src/%s.md" % name, "# %s\n\nFirst.\n" % name)
    write("site-src/parts/part.inc.md", "## Part\n\nIncluded.\n")
    write("site-src/parts/deep.inc.md", "Deep.\n\n{{ include: part.inc.md }}\n\n{{ include: ../../code/far.inc.md }}\n")
    write("code/far.inc.md", "Far. [start](../site-src/index.md) {{ more.json#third }}\n\n{{ include: main.tf#one }}\n")
    write("code/main.tf", "resource \"x\" {}\n")
    write("site-src/notes.txt", "notes\n")
    for name in ("one", "two"):
        write("diagrams/%s.mmd" % name, "flowchart LR\n  a --> b\n")
    for edit in (edit_values, edit_more, edit_cards, edit_cost, edit_table, edit_picture, edit_tracker, edit_plan, edit_settings):
        edit()
    for name in words:
        write("site-src/more/%s.md" % name, "# %s\n" % name)
    for page in pages():
        if "roadmap/" not in page and "parts/" not in page:
            new_page(page)
    subprocess.run(["git", "init", "-q", site], check=True)
    commit()


def differ(round_number, what, one, other):
    print("round %d, seed %d: %s" % (round_number, seed, what))
    print("\n".join(log[-12:]))
    if isinstance(one, (str, bytes)):
        sides = [x.decode("utf-8", "replace") if isinstance(x, bytes) else x for x in (one, other)]
        for a, b in zip(sides[0].splitlines() + ["(end)"], sides[1].splitlines() + ["(end)"]):
            if a != b:
                print("incremental: " + a[:600] + "\nclean:       " + b[:600])
                break
    else:
        print("incremental: %s\nclean:       %s" % (one, other))
    sys.exit(1)


start()
answered, options, last = 0, [], 0
for number in range(1, rounds + 1):
    log.append("round %d: " % number + "; ".join("%s(%s)" % (e.__name__, e()) for e in [
        dice.choice(edits) for _ in range(dice.choice([0, 1, 1, 1, 2, 3]))] + [edit_settings] * (last == 3)))
    if dice.random() < 0.25:
        options = dice.choice([[], [], [], [], ["--drafts"], ["--strict"], ["--print"], ["-j", "1"], ["-j", "2"], ["-q"], ["--format", "json"]])
    log[-1] += " " + " ".join(options)
    if dice.random() < 0.3:
        time.sleep(0.05)  # the times of files are old enough to be believed
    shutil.rmtree(os.path.join(root, "clean"), ignore_errors=True)
    shutil.rmtree(os.path.join(root, "none"), ignore_errors=True)
    stamp = os.stat(path("output")).st_ino if os.path.isdir(path("output")) else 0
    one = build(os.path.join(root, "cache"), path("output"), options)
    other = build(os.path.join(root, "none"), os.path.join(root, "clean"), options)
    for what, a, b in zip(("exit status", "standard output", "findings"), one, other):
        if a != b:
            differ(number, what, a, b)
    if one[0] < 2:
        ours, theirs = tree(path("output")), tree(os.path.join(root, "clean"))
        for name in sorted(set(ours) | set(theirs)):
            if name not in ours or name not in theirs:
                differ(number, name + (" is missing" if name not in ours else " is too many"), "", "")
            if ours[name] != theirs[name]:
                differ(number, name, ours[name], theirs[name])
    last = one[0]
    answered += last < 2 and stamp != 0 and stamp == os.stat(path("output")).st_ino
print("same after each of %d rounds; in %d of them nothing was written" % (rounds, answered))
