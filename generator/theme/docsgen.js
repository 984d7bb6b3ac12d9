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
themeButton.onclick = () => {
  setTheme(themes[(themes.indexOf(theme) + 1) % 3]);
  try { localStorage.setItem('docsgen-theme', theme); } catch { /* as above */ }
};
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
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(textOf(pre.firstElementChild).replace(/\n$/, ''));
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(pre.firstElementChild);
      button.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  };
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
    script.onerror = () => entry.failed(new Error(`${name} cannot be loaded`));
    document.head.append(script);
  }
  return parts.get(name).value;
};
const wordsOf = (text) => text.toLowerCase().replace(/[\u3040-\u9fff\uac00-\ud7a3]/g, ' $& ').match(/[\p{L}\p{M}\p{N}_\p{Pc}]+/gu) ?? [];
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

// The numbers of a text: five bits a character, the lowest first, the sixth bit while more follow.
const decode = (text) => {
  const numbers = [];
  let number = 0, shift = 0;
  for (const c of text) {
    const bits = digits.indexOf(c);
    number += (bits & 31) * 2 ** shift;
    if (bits > 31) shift += 5;
    else {
      numbers.push(number);
      number = shift = 0;
    }
  }
  return numbers;
};

// The words of a dictionary around `key`: [word, its list in x, size of the list, where it stands]. Two parts at most.
const lookUp = async (kind, key) => {
  const starts = (await part('index'))[kind], first = Math.max(starts.findLastIndex((start) => start <= key), 0);
  const names = [kind + first];
  if (starts[first + 1]?.startsWith(key)) names.push(kind + (first + 1));
  return (await Promise.all(names.map(part))).flatMap(([text, file, place]) => {
    let word = '';
    return text.split(',').map((line) => {
      const gap = line.indexOf(' '), list = line.slice(gap + 1), [size] = decode(list);
      word = word.slice(0, digits.indexOf(line[0])) + line.slice(1, gap);
      if (kind === 'x') return [word, list, 0];
      if (place && place + size > 5e3) file++, place = 0;
      place += size;
      return [word, '', size, file, place - size];
    });
  });
};
const listOf = async ([, list, size, file, place]) => list || (await part(`p${file}`)).slice(place, place + size);
const reverse = (word) => [...word].reverse().join('');

/** Whether one letter more, less, changed or swapped makes `a` of `b`. */
const isNear = (a, b) => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0, k = 1;
  while (i < a.length && a[i] === b[i]) i++;
  while (k <= Math.min(a.length, b.length) - i && a.at(-k) === b.at(-k)) k++;
  const restA = a.length - i - k + 1, restB = b.length - i - k + 1;
  return (restA <= 1 && restB <= 1) || (restA === 2 && restB === 2 && a[i] === b[i + 1] && a[i + 1] === b[i]);
};

// The known words that begin with a word of the query, itself first, then by how well known they are. A word with others
// behind it has been written to its end: it is not completed when it is known, or short.
const complete = async (word, isLast) => {
  const found = [];
  for (const kind of 'wx') {
    found.push(...(await lookUp(kind, word.replace(/(..)s$/, '$1'))).filter(([term]) => term === word || `${term}s` === word || ((isLast || word[2]) && term.startsWith(word))));
    if (found.some(([term]) => term === word)) break;
  }
  found.sort(([a, , x], [b, , y]) => (b === word) - (a === word) || y - x);
  let room = 5e3;
  return found.slice(0, isLast || found[0]?.[0] !== word ? 6 : 1).filter(([, , size], i) => !i || (room -= size) > 0);
};

// The known words that are a letter away. A slip at the end of a word leaves it near its place, one at the front near its place read backwards.
const correct = async (word) => {
  const half = word.length >> 1, known = new Map();
  for (const kind of 'wxr') {
    const turn = kind === 'r' ? reverse : String, key = turn(word);
    for (const start of [key, key.slice(0, half)]) for (const [term, , size] of await lookUp(kind, start)) known.set(turn(term), size);
  }
  const near = [...known].filter(([term]) => isNear(term, word)).sort(([, x], [, y]) => y - x).slice(0, 3);
  return (await Promise.all(near.map(([term]) => complete(term)))).map(([first]) => first);
};

// Adds to `scores` what one word of the query finds: itself, what begins with it, or else what is a letter away. Gives how
// much the word tells: a rare one more than one that is everywhere.
const look = async (word, isLast, sections, scores) => {
  let found = await complete(word, isLast), tells = 0;
  if (!found.length && word.length > 3) found = await correct(word);
  const best = new Map();
  await Promise.all(found.map(async (entry) => {
    const [term] = entry, lists = (await listOf(entry)).split('.');
    const quality = term === word ? 1 : `${term}s` === word ? 0.8 : term.startsWith(word) ? 0.3 + 0.5 * word.length / term.length : 0.3;
    const numbers = lists.map((list) => decode(list.replace('*', '')));
    const rarity = lists.some((list) => list.endsWith('*')) ? 1 : Math.log(1 + sections / (1 + numbers.flat().length));
    tells = Math.max(tells, rarity * quality);
    numbers.forEach((list, weight) => list.reduce((section, step) => {
      const score = quality * rarity * [1, 1.6, 5, 6, 6, 8][weight];
      if (score > (best.get(section + step) ?? 0)) best.set(section + step, score);
      return section + step;
    }, 0));
  }));
  for (const [section, score] of best) {
    const [sum, told] = scores.get(section) ?? [0, 0];
    scores.set(section, [sum + score, told + tells]);
  }
  return tells;
};

const search = async (query) => {
  const words = [...new Set(wordsOf(query))].slice(0, 8);
  if (!words.length) return [];
  const { sections } = await part('index'), scores = new Map();
  let all = 0;
  for (const tells of await Promise.all(words.map((word, i) => look(word, !words[i + 1], sections, scores)))) all += tells;
  // A section that lacks a word which tells much has to be much better in the others.
  const rank = ([, [sum, told]]) => sum * (told / all) ** 2;
  const ranked = [...scores].sort((a, b) => rank(b) - rank(a) || a[0] - b[0]).slice(0, 10);
  const results = await Promise.all(ranked.map(async ([section]) => {
    let at = section % 16;
    for (const [url, title, found] of await part(`b${section >> 4}`)) {
      if (at < found.length / 3) return { url, title, words, anchor: found[at * 3], heading: found[at * 3 + 1], text: found[at * 3 + 2] };
      at -= found.length / 3;
    }
  }));
  // What bears the very name comes first, and after three places of a page others get a turn.
  const seen = {};
  for (const result of results) {
    seen[result.url] = (seen[result.url] ?? 0) + 1;
    result.turn = (seen[result.url] > 3) - ((result.heading || result.title).toLowerCase() === query.toLowerCase());
  }
  return results.sort((a, b) => a.turn - b.turn);
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
    const held = list.contains(document.activeElement);
    list.replaceChildren(...results.map(({ url, title, anchor, heading, text, words }) => make('li', {},
      make('a', { href: `${base}${url}?q=${encodeURIComponent(words.join(' '))}${anchor ? `#${anchor}` : ''}` },
        make('b', {}, ...marked(heading || title, words)), make('span', {}, heading ? title : ''), make('small', {}, ...marked(text, words))))));
    if (held) list.querySelector('a')?.focus();
    status.textContent = !query ? '' : results.length ? `${results.length} result${results.length === 1 ? '' : 's'}` : `Nothing found for “${query}”`;
  } catch (error) {
    status.textContent = `The search index is not there: ${error.message}`;
  }
};
input.oninput = show;
const open = () => {
  if (dialog.open) return;
  if (!dialog.isConnected) document.body.append(dialog);
  dialog.showModal();
  input.select();
  part('index').catch(() => {});
};
dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
dialog.querySelector('form').onsubmit = (event) => {
  // Enter in the field goes to the first result; the button closes.
  if (event.submitter && document.activeElement !== input) return;
  event.preventDefault();
  list.querySelector('a')?.click();
};
dialog.onkeydown = (event) => {
  // A search field takes the first Escape to empty itself.
  if (event.key === 'Escape') dialog.close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [input, ...list.querySelectorAll('a')];
  event.preventDefault();
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
};
list.onclick = () => dialog.close();
addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if ((event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) || (event.key === 'k' && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    open();
  }
});
for (const link of document.querySelectorAll('.search-link'))
  link.onclick = (event) => { event.preventDefault(); open(); };

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
