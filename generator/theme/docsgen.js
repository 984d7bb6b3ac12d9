// docsgen.js: what a page gains where scripts run: search, a theme switch, copy buttons, contents that follow the reading
// position. Every page is whole without it. No framework, no inline style; it loads nothing but the parts of the search index.
(() => {
'use strict';
const root = document.documentElement;
const base = document.currentScript.src.replace(/[^/]*$/, '');
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// ---- theme: system, light, dark; kept in this browser where that is allowed ----
const themes = ['system', 'light', 'dark'];
let theme = 'system';
try { theme = localStorage.getItem('docsgen-theme') ?? theme; } catch { /* no storage: the choice lasts for this page */ }
const themeButton = make('button', { type: 'button', class: 'tool' });
const setTheme = (name) => {
  theme = themes.includes(name) ? name : 'system';
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  themeButton.dataset.shows = theme;
  themeButton.ariaLabel = themeButton.title = `Theme: ${theme}`;
};
themeButton.addEventListener('click', () => {
  setTheme(themes[(themes.indexOf(theme) + 1) % 3]);
  try { localStorage.setItem('docsgen-theme', theme); } catch { /* as above */ }
});
setTheme(theme);
document.querySelector('.top')?.append(themeButton);

// ---- copy: what is typed at a prompt, or all of the block ----
const textOf = (code) => {
  if (!code.querySelector('.tok-p')) return code.textContent;
  const copy = code.cloneNode(true);
  for (const prompt of copy.querySelectorAll('.tok-p')) prompt.textContent = '\0';
  const lines = copy.textContent.split('\n');
  return lines.filter((line, i) => line[0] === '\0' || (i && lines[i - 1].endsWith('\\'))).map((line) => line.replace('\0', '')).join('\n');
};
for (const pre of document.querySelectorAll('.prose pre:has(> code)')) {
  const button = make('button', { type: 'button', class: 'copy' }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(textOf(pre.firstElementChild).replace(/\n$/, ''));
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(pre.firstElementChild);
      button.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
  const box = make('div', { class: 'code-box' });
  pre.replaceWith(box);
  box.append(pre, button);
}

// ---- contents: the heading that was passed last; browsers that do it by style alone are left to it ----
const entries = new Map([...document.querySelectorAll('.toc a')].map((a) => [a.hash.slice(1), a]));
if (entries.size && !CSS.supports('scroll-target-group', 'auto')) {
  const headings = [...entries.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);
  const follow = () => {
    const passed = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 4) ?? headings[0];
    for (const [id, a] of entries) a.toggleAttribute('data-current', decodeURIComponent(id) === passed?.id);
  };
  addEventListener('scroll', follow, { passive: true });
  follow();
}

// ---- search: the index comes in parts, each a script, since pages opened as files can load nothing else ----
const parts = new Map();
globalThis.docsgenPart = (name, value) => parts.get(name)?.done(value);
const part = (name) => {
  if (!parts.has(name)) {
    const entry = {};
    entry.value = new Promise((done, failed) => Object.assign(entry, { done, failed }));
    parts.set(name, entry);
    const script = make('script', { src: `${base}search/${name}.js` });
    script.addEventListener('error', () => entry.failed(new Error(`${name} cannot be loaded`)));
    document.head.append(script);
  }
  return parts.get(name).value;
};
const wordsOf = (text) => text.toLowerCase().replace(/[\u3040-\u9fff\uac00-\ud7a3]/g, ' $& ').match(/[\p{L}\p{M}\p{N}_\p{Pc}]+/gu) ?? [];
const digit = Object.fromEntries([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].map((c, i) => [c, i]));

/** Calls `each(section, weight)` for the numbers behind a word. */
const decode = (numbers, each) => {
  let section = 0, number = 0, shift = 0;
  for (const c of numbers) {
    number += (digit[c] & 31) * 2 ** shift;
    if (digit[c] & 32) { shift += 5; continue; }
    section += Math.floor(number / 4);
    each(section, number % 4);
    number = shift = 0;
  }
};

/** The words of a part with their numbers, in order. */
const tables = new Map();
const table = async (index) => {
  const text = await part(`t${index}`);
  if (!tables.has(index)) {
    let word = '';
    tables.set(index, text.trimEnd().split('\n').map((line) => {
      const gap = line.indexOf(' ');
      word = word.slice(0, digit[line[0]]) + line.slice(1, gap);
      return [word, line.slice(gap + 1)];
    }));
  }
  return tables.get(index);
};

/** Whether one letter more, less, changed or swapped makes `a` of `b`. */
const isNear = (a, b) => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0, k = 1;
  while (i < a.length && a[i] === b[i]) i++;
  while (k <= Math.min(a.length, b.length) - i && a.at(-k) === b.at(-k)) k++;
  const restA = a.length - i - k + 1, restB = b.length - i - k + 1;
  return (restA <= 1 && restB <= 1) || (restA === 2 && restB === 2 && a[i] === b[i + 1] && a[i + 1] === b[i]);
};

/** Adds to `scores` what one word of the query finds: itself, what begins with it, what is a letter away. */
const look = async (word, summary, scores) => {
  let first = summary.words.findLastIndex((start) => start <= word), last = first = Math.max(first, 0);
  while (last + 1 < summary.words.length && last < first + 2 && summary.words[last + 1].startsWith(word)) last++;
  const found = [], near = [];
  for (let index = first; index <= last; index++) {
    for (const [term, numbers] of await table(index)) {
      if (term.startsWith(word)) found.push([term === word ? 1 : 0.3 + 0.5 * word.length / term.length, numbers]);
      else if (word.length > 3 && isNear(term, word)) near.push([0.3, numbers]);
    }
  }
  const best = new Map();
  for (const [quality, numbers] of found.length ? found : near) {
    const sections = [];
    decode(numbers, (section, weight) => sections.push([section, weight]));
    const rarity = Math.log(1 + summary.sections / (1 + sections.length));
    for (const [section, weight] of sections) {
      const score = quality * rarity * [1, 1.6, 5, 8][weight];
      if (score > (best.get(section) ?? 0)) best.set(section, score);
    }
  }
  for (const [section, score] of best) {
    const [sum, count] = scores.get(section) ?? [0, 0];
    scores.set(section, [sum + score, count + 1]);
  }
};

const search = async (query) => {
  const words = [...new Set(wordsOf(query))].slice(0, 8);
  if (!words.length) return [];
  const summary = await part('index'), scores = new Map();
  await Promise.all(words.map((word) => look(word, summary, scores)));
  // Sections that have all of the words come first; those with some follow.
  const ranked = [...scores].sort(([a, x], [b, y]) => y[1] - x[1] || y[0] - x[0] || a - b).slice(0, 12);
  return Promise.all(ranked.map(async ([section]) => {
    const block = summary.blocks.findLastIndex((start) => start <= section);
    let at = section - summary.blocks[block];
    for (const [url, title, sections] of await part(`b${block}`)) {
      if (at < sections.length / 3) return { url, title, words, anchor: sections[at * 3], heading: sections[at * 3 + 1], text: sections[at * 3 + 2] };
      at -= sections.length / 3;
    }
  }));
};

/** The text with the words of the query marked. */
const marked = (text, words) => {
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[^\p{L}\p{N}_]/gu, '')).join('|')})`, 'giu');
  return text.split(pattern).map((piece, i) => (i % 2 ? make('mark', {}, piece) : piece));
};

const input = make('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go' });
const list = make('ul', { class: 'search-results' });
const status = make('p', { class: 'search-status', role: 'status' });
const dialog = make('dialog', { class: 'search', 'aria-label': 'Search' },
  make('form', { method: 'dialog' }, input, make('button', { 'aria-label': 'Esc: close search' }, 'Esc')), status, list);
let asked = 0;
const show = async () => {
  const turn = ++asked, query = input.value.trim();
  try {
    const results = query ? await search(query) : [];
    if (turn !== asked) return;
    list.replaceChildren(...results.map(({ url, title, anchor, heading, text, words }) => make('li', {},
      make('a', { href: `${base}${url}?q=${encodeURIComponent(words.join(' '))}${anchor ? `#${anchor}` : ''}` },
        make('b', {}, ...marked(heading || title, words)), make('span', {}, heading ? title : ''), make('small', {}, ...marked(text, words))))));
    status.textContent = !query ? '' : results.length ? `${results.length} result${results.length === 1 ? '' : 's'}` : `Nothing found for “${query}”`;
  } catch (error) {
    status.textContent = `The search index is not there: ${error.message}`;
  }
};
input.addEventListener('input', show);
const open = () => {
  if (dialog.open) return;
  if (!dialog.isConnected) document.body.append(dialog);
  dialog.showModal();
  input.select();
  part('index').catch(() => {});
};
dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
dialog.querySelector('form').addEventListener('submit', (event) => {
  // Enter in the field goes to the first result; the button closes.
  if (event.submitter && document.activeElement !== input) return;
  event.preventDefault();
  list.querySelector('a')?.click();
});
dialog.addEventListener('keydown', (event) => {
  // A search field takes the first Escape to empty itself.
  if (event.key === 'Escape') dialog.close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [input, ...list.querySelectorAll('a')];
  event.preventDefault();
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
});
list.addEventListener('click', (event) => event.target.closest('a') && dialog.close());
addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if ((event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) || (event.key === 'k' && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    open();
  }
});
for (const link of document.querySelectorAll('.search-link'))
  link.addEventListener('click', (event) => { event.preventDefault(); open(); });

// ---- a link within the page leads out of whatever covers it: a diagram's larger view, the drawer ----
addEventListener('hashchange', () => document.querySelector(':popover-open')?.hidePopover());

// ---- arrival: the words that were looked for are marked, without touching the page's own elements ----
const words = wordsOf(new URLSearchParams(location.search).get('q') ?? '');
if (words.length && CSS.highlights) {
  const ranges = [], walker = document.createTreeWalker(document.getElementById('Main'), NodeFilter.SHOW_TEXT);
  const pattern = new RegExp(words.join('|'), 'giu');
  while (walker.nextNode() && ranges.length < 500) {
    for (const match of walker.currentNode.data.matchAll(pattern)) {
      const range = new Range();
      range.setStart(walker.currentNode, match.index);
      range.setEnd(walker.currentNode, match.index + match[0].length);
      ranges.push(range);
    }
  }
  CSS.highlights.set('search', new Highlight(...ranges));
}
})();
