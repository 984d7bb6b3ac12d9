// Serves a folder below /repo/ on the loopback with the strictest content security policy that the site promises to
// work under. The prefix stands for a project page: a link from the root would be lost there, and so be found here.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

export const prefix = '/repo/';
export const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src 'self'";

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
  '.js': 'text/javascript', '.json': 'application/json', '.xml': 'application/xml', '.txt': 'text/plain', '.png': 'image/png',
};

async function answer(folder, url) {
  const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
  if (!path.startsWith(prefix)) return null;
  const name = path.slice(prefix.length) + (path.endsWith('/') ? 'index.html' : '');
  return { body: await readFile(join(folder, name)), type: types[extname(name)] ?? 'application/octet-stream' };
}

/** The address of the site's root, and a function that ends the server. */
export function serve(folder) {
  const server = createServer(async (request, response) => {
    const found = await answer(folder, request.url).catch(() => null);
    // As on GitHub Pages a second page has the fonts at once.
    const cache = found?.type === 'font/woff2' ? { 'cache-control': 'max-age=600' } : {};
    response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/plain', 'content-security-policy': policy, ...cache });
    response.end(found?.body ?? 'not found');
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ root: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() });
    });
  });
}
