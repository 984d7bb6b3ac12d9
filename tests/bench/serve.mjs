// usage: node serve.mjs PROGRAM REPOSITORY [TIMES]
// How long a page waits for what its author saved: `docsgen serve` runs over a clone of the repository with its history, and a
// listener counts from the first byte of a save to the event that makes pages reload, TIMES (20) for each kind of edit.
// The processor time beside it is that of the whole rebuild, all threads together. `make bench-serve` calls it; nothing here
// passes or fails.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program, repository, times = '20'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'docsgen-bench-'));
const at = (name) => join(folder, 'site', name);
execFileSync('git', ['clone', '-q', repository, join(folder, 'site')]);
mkdirSync(at('theme'));
copyFileSync(join(repository, 'generator/theme/page.html'), at('theme/page.html'));
appendFileSync(at('docsgen.yml'), '\ntheme:\n  folder: theme\n');
const server = spawn(program, ['-C', at(''), 'serve', '-q', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, XDG_CACHE_HOME: folder } });

// Without its line the server is asked for in the list of listening sockets: -q keeps the terminal out of the figures.
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
async function findPort() {
  for (let i = 0; i < 400; i++, await sleep(25)) {
    const own = execFileSync('sh', ['-c', `ls -l /proc/${server.pid}/fd | sed -n 's/.*socket:.\\([0-9]*\\).*/\\1/p'`], { encoding: 'utf8' }).split('\n');
    const row = readFileSync('/proc/net/tcp', 'utf8').split('\n').map((line) => line.trim().split(/\s+/)).find((row) => row[3] === '0A' && own.includes(row[9]));
    if (row) return parseInt(row[1].split(':')[1], 16);
  }
  throw new Error('the server did not start');
}

let wake = () => {}, told = 0;
function listen(port) {
  get({ host: '127.0.0.1', port, path: '/_docsgen/events', headers: { host: 'localhost' } }, (answer) =>
    answer.on('data', (data) => {
      if (!String(data).includes('data: {"build"')) return;
      told = performance.now();
      wake();
    }));
  return next();
}
const next = () => new Promise((done) => { wake = done; });
const cpu = () => {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const write = (name, change) => () => writeFileSync(at(name), change(readFileSync(at(name), 'utf8')));
const page = 'site-src/docsgen/command-line.md';
const came = [];
let number = 0;
const edits = {
  'a page': () => appendFileSync(at(page), `\nSentence ${++number}.\n`),
  'a page, by an editor that renames': () => {
    writeFileSync(at('site-src/docsgen/.command-line.md.new'), `${readFileSync(at(page), 'utf8')}\nSentence ${++number}.\n`);
    renameSync(at('site-src/docsgen/.command-line.md.new'), at(page));
  },
  'a page, by an editor that keeps a backup': () => {
    const text = readFileSync(at(page), 'utf8');
    renameSync(at(page), at(`${page}~`));
    writeFileSync(at(page), `${text}\nSentence ${++number}.\n`);
    unlinkSync(at(`${page}~`));
  },
  'a diagram': write('diagrams/vpc-network.mmd', (text) => `${text}%% ${++number}\n`),
  'a data file': write('site-src/data/runtime-cost.yml', (text) => `${text}# ${++number}\n`),
  'a tracker': () => appendFileSync(at('site-src/roadmap/grafana-observability/PROGRESS_TRACKER.md'), `\nSentence ${++number}.\n`),
  'the settings': () => appendFileSync(at('docsgen.yml'), `# ${++number}\n`),
  'a template': () => appendFileSync(at('theme/page.html'), `<!-- ${++number} -->\n`),
  'a page that comes': () => {
    came.push(`site-src/come${++number}.md`);
    writeFileSync(at(came.at(-1)), '# One more\n\nText.\n');
  },
  'a page that is renamed': () => {
    const old = came.shift();
    came.push(`site-src/come${++number}.md`);
    renameSync(at(old), at(came.at(-1)));
  },
  'a page that goes': () => unlinkSync(at(came.pop())),
};

const rank = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
try {
  await listen(await findPort());
  console.log(`${'edit'.padEnd(42)}  median    9/10  slowest  ms to the event;  processor ms`);
  for (const [name, edit] of Object.entries(edits)) {
    const waits = [], begin = cpu();
    for (let i = 0; i < Number(times); i++) {
      const heard = next(), start = performance.now();
      edit();
      await heard;
      waits.push(told - start);
      await sleep(150);
    }
    const row = [rank(waits, 0.5), rank(waits, 0.9), Math.max(...waits)].map((wait) => wait.toFixed(0).padStart(7));
    console.log(`${name.padEnd(42)} ${row.join(' ')} ${((cpu() - begin) / times).toFixed(0).padStart(32)}`);
  }
} finally {
  server.kill('SIGINT');
  rmSync(folder, { recursive: true });
}
