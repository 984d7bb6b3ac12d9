// usage: node zipf.mjs PAGES FOLDER
// Writes a site whose words are spread as in real text, for tests/bench/search.mjs: a few words are nearly everywhere, most
// are rare (Zipf's law: the word of rank r is met in proportion to 1/r), the pages of a folder share the words of a topic,
// and every page has names of its own. The same bytes every time.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WORDS = 60000, TOPIC_WORDS = 150, PAGES_PER_FOLDER = 100;

/** Mulberry32: a small generator of even numbers in [0, 1). */
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const onsets = 'b c d f g h l m n p r s t v w br ch cl cr dr fl gr pl pr qu sc sh sl sp st str th tr'.split(' ');
const vowels = 'a e i o u a e i o ai ea ee ie io ou'.split(' ');
const endings = ['', '', '', 'n', 'r', 's', 't', 'l', 'd', 'ct', 'nt', 'rm', 'st', 'ck'];

/** Words by rank: the frequent ones are short. */
function vocabulary() {
  const next = random(1), words = new Set();
  const pick = (list) => list[Math.floor(next() * list.length)];
  while (words.size < WORDS) {
    const syllables = words.size < 150 ? 1 : words.size < 4000 ? 2 : 2 + Math.floor(next() * 3);
    words.add(Array.from({ length: syllables }, () => pick(onsets) + pick(vowels)).join('') + pick(endings));
  }
  return [...words];
}

export const words = vocabulary();

function page(number) {
  const next = random(1000 + number);
  const topic = random(77 + Math.floor(number / PAGES_PER_FOLDER));
  const topicWords = Array.from({ length: TOPIC_WORDS }, () => words[200 + Math.floor(topic() * 8000)]);
  const word = () => {
    const kind = next();
    if (kind < 0.25) return topicWords[Math.floor(TOPIC_WORDS * next() ** 2)];
    if (kind < 0.26) return `${words[300 + Math.floor(next() * 3000)]}_${words[300 + Math.floor(next() * 3000)]}`;
    return words[Math.floor(WORDS ** next())];
  };
  const some = (count) => Array.from({ length: count }, word).join(' ');
  const upper = (text) => text[0].toUpperCase() + text.slice(1);
  const name = () => upper(`${topicWords[Math.floor(next() * TOPIC_WORDS)]} ${words[150 + Math.floor(next() * 20000)]} ${some(1 + Math.floor(next() * 2))}`);
  const sentence = () => `${upper(some(7 + Math.floor(next() * 14)))}.`;
  const text = (count) => Array.from({ length: count }, sentence).join(' ');
  let body = `---\ntitle: ${name()}\ndescription: ${sentence()}\n---\n\n${text(3)}\n`;
  for (let i = 4 + Math.floor(next() * 4); i > 0; i--) {
    body += `\n## ${name()}\n\n${text(4)}\n`;
    const kind = next();
    if (kind < 0.3) body += `\n\`\`\`yaml\n${word()}:\n  ${word()}: ${Math.floor(next() * 9000)}\n  ${word()}: ${word()}\n\`\`\`\n`;
    else if (kind < 0.6) body += `\n| ${word()} | ${word()} |\n| --- | --- |\n${Array.from({ length: 5 }, () => `| ${word()} | ${some(4)} |\n`).join('')}`;
    else body += `\n${Array.from({ length: 4 }, () => `- ${some(8)}\n`).join('')}`;
    body += `\n${text(2)}\n`;
  }
  return body;
}

export function write(count, folder) {
  for (let i = 0; i < count; i++) {
    const part = join(folder, 'site-src', `part-${Math.floor(i / PAGES_PER_FOLDER)}`);
    if (i % PAGES_PER_FOLDER === 0) mkdirSync(part, { recursive: true });
    writeFileSync(join(part, i % PAGES_PER_FOLDER ? `page-${i % PAGES_PER_FOLDER}.md` : 'index.md'), page(i));
  }
  writeFileSync(join(folder, 'site-src', 'index.md'), '# Zipf\n\nA site for measuring the search.\n');
  writeFileSync(join(folder, 'docsgen.yml'), 'site: {title: Zipf}\nchecks: {page/description: off, nav/orphan: off}\n');
}

if (process.argv[1] === new URL(import.meta.url).pathname) write(Number(process.argv[2]), process.argv[3]);
