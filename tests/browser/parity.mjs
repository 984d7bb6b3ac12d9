// usage: node parity.mjs PROGRAM REPOSITORY SITE-FOLDER WORK-FOLDER [PICTURE-FOLDER]
// Draws every picture twice, by Chromium from the SVG and by librsvg from `docsgen diagram --format png`, light and dark,
// and compares them block by block. Speaks TAP: one line per picture, then one per mutation that the comparison must see.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { patience } from './until.mjs';

const [program, repository, site, work, pictures] = process.argv.slice(2);
const run = promisify(execFile);

// What a PNG of docsgen has of them per unit of the drawing.
const scale = 2;
// Blocks are 8 units wide and high. The two smooth edges and place letters differently by up to a quarter of a unit, which
// a slight blur evens out; what is left is measured as the mean over a block of the largest difference of a channel (of
// 255). Measured over all pictures, light and dark: what is drawn alike stays under 6, the mutations below are over 14.
const block = 8;
const tolerance = 9;

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-lcd-text'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
const context = await browser.newContext({ deviceScaleFactor: scale });
context.setDefaultTimeout(patience);
// Two at a time: while one picture is drawn and compared in the browser, the program draws the other.
const views = [await context.newPage(), await context.newPage()];
let count = 0, failed = 0;

function report(name, faults) {
  count++;
  failed += faults.length > 0;
  console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - ${name}`);
  for (const fault of faults.slice(0, 8)) console.log(`# ${fault}`);
}

/** The picture as Chromium draws the file when it is opened by itself. */
async function drawn(view, svg, name) {
  const file = join(work, `${name}.svg`);
  writeFileSync(file, svg);
  const [, width, height] = /<svg [^>]*width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  await view.setViewportSize({ width: Math.ceil(width), height: Math.ceil(height) });
  await view.goto(pathToFileURL(file).href);
  // A face is only fetched when text asks for it; on a slow machine that is after the page says it is ready.
  await view.evaluate(() => Promise.all([...document.fonts].map((face) => face.load())).then(() => document.fonts.ready).then(() =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))));
  return view.screenshot();
}

/** Runs in the browser: the blocks in which two PNG files differ most, worst first, in units of the drawing. */
async function worstBlocks([urls, size, scale]) {
  const images = await Promise.all(urls.map(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  }));
  const [width, height] = ['width', 'height'].map((side) => Math.ceil(images[0][side] / scale));
  const isAlike = images[0].width === images[1].width && images[0].height === images[1].height;
  const [one, other] = images.map((image) => {
    const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    // Made smaller first: that blurs as well, and leaves a quarter of the work.
    canvas.filter = 'blur(1px)';
    canvas.drawImage(image, 0, 0, width, height);
    return canvas.getImageData(0, 0, width, height).data;
  });
  const columns = Math.ceil(width / size);
  const sums = new Float64Array(columns * Math.ceil(height / size));
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 4)
      sums[Math.floor(y / size) * columns + Math.floor(x / size)] += Math.max(
        Math.abs(one[i] - other[i]), Math.abs(one[i + 1] - other[i + 1]), Math.abs(one[i + 2] - other[i + 2]));
  const order = [...sums.keys()].sort((a, b) => sums[b] - sums[a]).slice(0, 8);
  return { isAlike, blocks: order.map((at) => ({ x: (at % columns) * size, y: Math.floor(at / columns) * size, mean: sums[at] / size / size })) };
}

const dataUrl = (png) => `data:image/png;base64,${png.toString('base64')}`;

async function compare(view, ours, theirs) {
  const { isAlike, blocks } = await view.evaluate(worstBlocks, [[dataUrl(ours), dataUrl(theirs)], block, scale]);
  const faults = blocks.filter(({ mean }) => mean > tolerance).map(({ x, y, mean }) =>
    `around ${x},${y} the pictures differ by ${mean.toFixed(1)} of 255`);
  if (!isAlike) faults.unshift('the pictures are not of one size');
  return { faults, worst: blocks[0].mean };
}

async function draw(source, theme, format) {
  const { stdout } = await run(program, ['diagram', '--quiet', '--theme', theme, '--format', format, source],
    { encoding: 'buffer', maxBuffer: 1 << 28 });
  return stdout;
}

async function checkPicture(view, { name, source, written, theme }) {
  const svg = written ?? (await draw(source, theme, 'svg')).toString();
  let [theirs, ours] = await Promise.all([draw(source, theme, 'png'), drawn(view, svg, `${name}-${theme}`)]);
  let { faults, worst } = await compare(view, ours, theirs);
  // A busy browser once in a while takes the picture before it paints the text: a difference has to be there twice.
  if (faults.length) {
    ours = await drawn(view, svg, `${name}-${theme}-again`);
    ({ faults, worst } = await compare(view, ours, theirs));
  }
  report(`${name} is one picture, ${theme} (${worst.toFixed(1)} of ${tolerance})`, faults);
  if (!pictures || !faults.length) return;
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(pictures, `${name}-${theme}-chromium.png`), ours);
  writeFileSync(join(pictures, `${name}-${theme}-librsvg.png`), theirs);
}

const moved = (axis, by) => (all, before, value) => `${before} ${axis}="${Number(value) + by}"`;

// What the comparison would be worth nothing without seeing: [what is done, to what, by what].
const mutations = [
  ['a label stands one unit to the right', /(<text [^>]*?) x="([\d.]+)"(?=[^>]*>reads<)/, moved('x', 1)],
  ['a label stands one unit lower', /(<text [^>]*?) y="([\d.]+)"(?=[^>]*>Service<)/, moved('y', 1)],
  ['an arrow has no head', /<path class="dg-h"[^>]*\/>/, ''],
  ['a dashed line is whole', / stroke-dasharray="[^"]*"/, ''],
  ['a node has no line', /(<rect class="dg-f dg-s" fill="#e9f1fe" )stroke="[^"]*"/, '$1stroke="none"'],
  ['a node has the colour of the ground', /fill="#fdf3db"/, 'fill="#ffffff"'],
  ['a letter is another', />Slate</, '>Stale<'],
  ['the fonts are missing', /<style>[^]*<\/style>/, ''],
];

async function checkMutation(view, [what, pattern, by], { source, theme }) {
  const svg = (await draw(source, theme, 'svg')).toString();
  const mutated = svg.replace(pattern, by);
  const [theirs, ours] = await Promise.all([draw(source, theme, 'png'), drawn(view, mutated, what.replaceAll(' ', '-'))]);
  const { worst } = await compare(view, ours, theirs);
  const faults = mutated === svg ? ['there is nothing to mutate'] : worst > tolerance ? [] : ['nobody sees the difference'];
  report(`it is seen that ${what} (${worst.toFixed(1)} of ${tolerance})`, faults);
}

/** Every picture of a folder, in both themes. */
const picturesOf = (folder) => readdirSync(folder).filter((file) => file.endsWith('.mmd')).sort().flatMap((file) =>
  ['light', 'dark'].map((theme) => ({ name: basename(file, '.mmd'), source: join(folder, file), theme })));

try {
  const own = picturesOf(join(import.meta.dirname, 'parity'));
  const ofSite = picturesOf(join(repository, 'diagrams'));
  // The site's own files are compared as they were written; they are light.
  for (const picture of ofSite)
    if (picture.theme === 'light') picture.written = readFileSync(join(site, 'diagrams', `${picture.name}.svg`), 'utf8');
  const jobs = [...ofSite, ...own].map((picture) => (view) => checkPicture(view, picture));
  jobs.push(...mutations.map((mutation) => (view) => checkMutation(view, mutation, own.find(({ name }) => name === 'groups'))));
  await Promise.all(views.map(async (view) => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job(view);
  }));
} catch (error) {
  report('the browser did what it was told', [String(error?.stack ?? error).replaceAll('\n', '\n# ')]);
}
console.log(`1..${count}`);
await browser.close();
process.exitCode = failed || !count ? 1 : 0;
