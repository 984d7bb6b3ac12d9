#!/usr/bin/env python3
"""Agreement of docsgen's colours with Pygments' over real files. Measures, judges nothing, installs nothing.

usage: highlight.py DOCSGEN FOLDER...
Up to 12 files of each language are taken from the folders in order of name. A character agrees when both call it a comment, a
string, a keyword or a number, or neither does any of that; blanks are not counted.
"""
import html.parser, os, subprocess, sys, tempfile

try:
    from pygments import lexers
    from pygments.token import Comment, Keyword, Literal, Number, String, Operator
except ImportError:
    sys.exit('skipped: Pygments is not installed')

LANGUAGES = {'c': '.c .h', 'cpp': '.cpp .hpp .cc', 'go': '.go', 'rust': '.rs', 'python': '.py', 'js': '.js .mjs', 'ts': '.ts',
             'java': '.java', 'bash': '.sh', 'yaml': '.yml .yaml', 'json': '.json', 'toml': '.toml', 'ini': '.ini .cfg .conf',
             'make': 'Makefile .mk', 'css': '.css', 'html': '.html', 'xml': '.xml .svg', 'sql': '.sql', 'diff': '.patch .diff',
             'markdown': '.md', 'docker': 'Dockerfile', 'terraform': '.tf'}
FILES, SMALLEST, LARGEST = 12, 300, 20000
OURS = {'tok-c': 'c', 'tok-s': 's', 'tok-k': 'k', 'tok-n': 'n'}


def collect(folders):
    found = {name: [] for name in LANGUAGES}
    for folder in folders:
        for root, dirs, files in os.walk(folder):
            dirs.sort()
            for file in sorted(files):
                path = os.path.join(root, file)
                for name, ends in LANGUAGES.items():
                    if len(found[name]) < FILES and file.endswith(tuple(ends.split())) and os.path.isfile(path) \
                            and SMALLEST < os.path.getsize(path) < LARGEST:
                        text = open(path, 'rb').read()
                        try:
                            text = text.decode().replace('\r\n', '\n')
                        except UnicodeDecodeError:
                            continue
                        if '\0' not in text and '~~~~~~~~' not in text and text not in found[name]:
                            found[name].append(text if text.endswith('\n') else text + '\n')
    return found


class Reader(html.parser.HTMLParser):
    """The letters of every code block with what they are."""
    def __init__(self):
        super().__init__()
        self.blocks, self.kinds, self.depth = [], [], 0

    def handle_starttag(self, tag, attributes):
        classes = dict(attributes).get('class') or ''
        if tag == 'code' and classes.startswith('language-'):
            self.blocks.append([])
            self.depth = 1
        elif tag == 'span' and self.depth:
            self.kinds.append(OURS.get(classes, '-'))

    def handle_endtag(self, tag):
        if tag == 'code':
            self.depth = 0
        elif tag == 'span' and self.depth and self.kinds:
            self.kinds.pop()

    def handle_data(self, data):
        if self.depth:
            self.blocks[-1] += [(c, self.kinds[-1] if self.kinds else '-') for c in data]


def ours(docsgen, name, texts):
    with tempfile.TemporaryDirectory() as work:
        os.mkdir(f'{work}/site-src')
        with open(f'{work}/site-src/index.md', 'w') as page:
            page.write('# Code\n\n')
            for text in texts:
                page.write(f'~~~~~~~~~~{name}\n{text}~~~~~~~~~~\n\n')
        subprocess.run([docsgen, '-C', work, 'build', '-q'], stderr=subprocess.DEVNULL)
        reader = Reader()
        reader.feed(open(f'{work}/output/index.html').read())
        return reader.blocks


def theirs(name, text):
    kinds = []
    for token, part in lexers.get_lexer_by_name(name, stripnl=False, ensurenl=False).get_tokens(text):
        kind = 'c' if token in Comment and token not in Comment.Preproc and token not in Comment.PreprocFile else \
            's' if token in String else 'n' if token in Number or token in Literal.Date else \
            'k' if token in Keyword and token not in Keyword.Type or token in Operator.Word or token in Comment.Preproc else '-'
        kinds += [(c, kind) for c in part]
    return kinds


files = agreed_all = counted_all = 0
for name, texts in collect(sys.argv[2:]).items():
    agreed = counted = 0
    for text, block in zip(texts, ours(sys.argv[1], name, texts)):
        other = theirs(name, text)
        if ''.join(c for c, _ in block) != text or ''.join(c for c, _ in other) != text:
            print(f'{name}: a text came back changed')
            continue
        pairs = [(a, b) for (c, a), (_, b) in zip(block, other) if not c.isspace()]
        agreed += sum(a == b for a, b in pairs)
        counted += len(pairs)
        files += 1
    agreed_all += agreed
    counted_all += counted
    if counted:
        print(f'{name:10} {len(texts):3} files {100 * agreed / counted:6.1f} %')
if counted_all:
    print(f'{"all":10} {files:3} files {100 * agreed_all / counted_all:6.1f} %')
