// usage: node search.mjs SITE [--all]
// What a reader's browser fetches for a query on a site made by zipf.mjs, and whether it finds what it should: the search
// of the site's own docsgen.js runs here over a document that only counts. Every query begins with nothing loaded.
// --all prints every query; otherwise a line for each sort of query. Ends with 1 when a query passes 100 KB or
// a page is not the first to be found by its title.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { words } from './zipf.mjs';

const LIMIT = 100_000;
const [site, ...options] = process.argv.slice(2);
// From its own site, or the source where only the index was made; all of it but what needs a page.
const source = readFileSync(new URL('../../generator/theme/docsgen.js', import.meta.url), 'utf8');
const code = source.slice(source.indexOf('// ---- search:'), source.indexOf('/** The text with the words of the query marked. */'));
const sizes = new Map();

/** The search with an empty cache: a function that finds, and what it fetches. */
function visit() {
  const fetched = { files: 0, bytes: 0, gzip: 0 };
  const load = ({ src }) => {
    const text = readFileSync(join(site, 'search', src.split('/').pop()), 'utf8');
    if (!sizes.has(src)) sizes.set(src, gzipSync(text).length);
    fetched.files++;
    fetched.bytes += Buffer.byteLength(text);
    fetched.gzip += sizes.get(src);
    queueMicrotask(() => new Function(text)());
  };
  const document = { head: { append: load } };
  const make = (name, attributes) => ({ ...attributes, addEventListener() {} });
  const search = new Function('base', 'make', 'document', `${code}; return search`)('', make, document);
  return { search, fetched };
}

let next = 7;
const random = () => (next = (next * 16807) % 2147483647) / 2147483647;
const from = (low, high) => words[low + Math.floor(random() * (high - low))];
const many = (make, count = 12) => Array.from({ length: count }, make);

/** A word with a slip of the finger: a letter less, more, other, or two swapped. */
function slip(word, at) {
  const other = 'qxzjk'[Math.floor(random() * 5)];
  return [
    word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + other + word.slice(at),
    word.slice(0, at) + other + word.slice(at + 1), word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
  ][Math.floor(random() * 4)];
}
const long = (low, high) => { for (;;) { const word = from(low, high); if (word.length > 5) return word; } };
const blocks = readdirSync(join(site, 'search')).filter((name) => name[0] === 'b');
const titles = many(() => {
  const text = readFileSync(join(site, 'search', blocks[Math.floor(random() * blocks.length)]), 'utf8');
  return JSON.parse(text.slice(text.indexOf(',') + 1, text.lastIndexOf(')'))).at(-1)[1];
}, 20);
const near = (word, at) => ({ query: slip(word, at), wanted: word });

const sorts = {
  'one word that is nearly everywhere': many(() => from(0, 60)),
  'one frequent word': many(() => from(60, 600)),
  'one rarer word': many(() => from(3000, 40000)),
  'three frequent words': many(() => `${from(60, 600)} ${from(60, 600)} ${from(60, 600)}`),
  'five words of every sort': many(() => `${from(0, 60)} ${from(60, 600)} ${from(600, 3000)} ${from(600, 3000)} ${from(3000, 40000)}`),
  'a title, word for word': titles.map((title) => ({ query: title, title })),
  'the first two letters': many(() => from(60, 3000).slice(0, 2)),
  'the first four letters': many(() => long(60, 3000).slice(0, 4)),
  'a slip in the first half': many(() => { const word = long(600, 9000); return near(word, Math.floor(random() * word.length / 2)); }, 30),
  'a slip in the second half': many(() => { const word = long(600, 9000); return near(word, Math.floor((word.length - 1) / 2 + random() * (word.length - 1) / 2)); }, 30),
  'two words, a slip in each': many(() => `${slip(long(600, 9000), 2)} ${slip(long(600, 9000), 4)}`),
  'typed letter by letter, every step a query': many(() => { const word = long(300, 3000); return Array.from(word, (_, i) => word.slice(0, i + 1)); }),
  'nothing of the kind': many(() => 'qqqzzz', 1),
};

const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(6);
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
let faults = 0;
console.log('kB fetched, median and most: plain  |  gzip  | files');
for (const [sort, queries] of Object.entries(sorts)) {
  const all = [];
  let right = 0, asked = 0;
  for (const entry of queries) {
    const { query = entry, wanted, title } = entry;
    const { search, fetched } = visit();
    let results;
    for (const step of [query].flat()) results = await search(step);
    all.push(fetched);
    if (title) asked++, right += results[0]?.title === title;
    if (wanted) asked++, right += results.length > 0;
    if (options.includes('--all')) console.log(`  ${kb(fetched.bytes)} ${kb(fetched.gzip)} ${fetched.files} “${[query].flat().at(-1)}” ${results.length} results, ${results[0]?.title}`);
  }
  const most = Math.max(...all.map(({ bytes }) => bytes));
  // Typing is many queries; each of them alone is measured above.
  if (!Array.isArray(queries[0])) faults += most > LIMIT;
  if (queries[0].title) faults += right < asked;
  console.log([['bytes', kb], ['gzip', kb], ['files', String]].map(([what, form]) => {
    const list = all.map((fetched) => fetched[what]);
    return `${form(median(list))} ${form(Math.max(...list))}`;
  }).join(' | '), ` ${sort}${asked ? ` (${right} of ${asked} found)` : ''}`);
}
if (faults) console.log(`${faults} sorts of query pass ${LIMIT} bytes, or miss a title`);
process.exitCode = faults ? 1 : 0;
