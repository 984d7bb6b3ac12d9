// Added to every page by `docsgen serve`, and never written to a site: reloads the page after a build without losing the
// place, and shows what the build found.
(() => {
'use strict';
const build = document.currentScript.dataset.build;
const store = (key, value) => {
  try {
    if (value === undefined) return JSON.parse(sessionStorage.getItem(`docsgen-live-${key}`));
    sessionStorage.setItem(`docsgen-live-${key}`, JSON.stringify(value));
  } catch { /* without storage the page begins at its top */ }
  return null;
};

// ---- the place: of the page, of the sidebar, and which parts are unfolded ----
const parts = () => [...document.querySelectorAll('details:not([data-docsgen-live])')];
const reload = () => {
  const sidebar = document.getElementById('sidebar');
  store('place', { path: location.pathname, x: scrollX, y: scrollY, sidebar: sidebar?.scrollTop ?? 0, open: parts().map((part) => part.open) });
  location.reload();
};
const place = store('place');
if (place?.path === location.pathname) {
  const open = parts();
  if (open.length === place.open.length) open.forEach((part, i) => (part.open = place.open[i]));
  const restore = () => {
    const sidebar = document.getElementById('sidebar');
    if (sidebar) sidebar.scrollTop = place.sidebar;
    scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
  };
  restore();
  // Pictures and fonts may still have moved the text.
  addEventListener('load', restore, { once: true });
}
store('place', null);

// ---- the findings: in a tree of their own, so that the page's style does not reach them, nor theirs the page ----
const make = (name, set = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), set);
  element.append(...inside);
  return element;
};
const style = `
  :host { all: initial; }
  details { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483647; max-width: min(46rem, calc(100vw - 2rem)); border-radius: 8px;
    background: #1c2128; color: #e6edf3; font: 14px/1.5 system-ui, sans-serif; box-shadow: 0 4px 24px rgb(0 0 0 / 40%); border: 1px solid #57606a; }
  details.error { border-color: #f85149; }
  summary { cursor: pointer; padding: .5rem 1rem; font-weight: 600; }
  summary:focus-visible { outline: 2px solid #79c0ff; outline-offset: 2px; }
  ol { margin: 0; padding: 0 1rem .75rem; list-style: none; max-height: 45vh; overflow: auto; }
  li { padding: .5rem 0; border-top: 1px solid #373e47; overflow-wrap: anywhere; }
  code { font: 12px/1.5 ui-monospace, monospace; color: #adbac7; display: block; }
  b { color: #ff8f88; } li.warning b { color: #e3b341; } small { display: block; color: #adbac7; font-size: 13px; }
  @media print { details { display: none; } }`;
const box = make('div');
const root = box.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
root.adoptedStyleSheets = [sheet];
const plural = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;
const item = (finding) => make('li', { className: finding.severity },
  make('code', {}, finding.file ? `${finding.file}:${finding.line}:${finding.column}` : ''),
  make('b', {}, `${finding.severity}: `), `${finding.message} [${finding.rule}]`, make('small', {}, finding.hint ?? ''));
const show = (report) => {
  const findings = report?.findings ?? [];
  if (!findings.length) return box.remove();
  const key = JSON.stringify(findings);
  const isFolded = store('folded') === key;
  const hidden = report.errors + report.warnings - findings.length;
  const details = make('details', { className: report.errors ? 'error' : 'warning', open: report.errors > 0 && !isFolded },
    make('summary', {}, [report.errors && plural(report.errors, 'error'), report.warnings && plural(report.warnings, 'warning')].filter(Boolean).join(', ')),
    make('ol', {}, ...findings.map(item), ...(hidden > 0 ? [make('li', {}, `${hidden} more in the terminal`)] : [])));
  details.setAttribute('role', 'status');
  // Folded by hand it stays so until something else is found.
  details.addEventListener('toggle', () => store('folded', details.open ? '' : key));
  root.replaceChildren(details);
  document.body.append(box);
};

// ---- the news: only for a page that is seen, since a browser has few connections to one server ----
let source;
const listen = () => {
  source?.close();
  source = null;
  if (document.hidden) return;
  source = new EventSource('/_docsgen/events');
  source.addEventListener('message', (event) => {
    const news = JSON.parse(event.data);
    if (news.build !== build) {
      source.close();
      reload();
    } else show(news.report);
  });
};
document.addEventListener('visibilitychange', listen);
addEventListener('pagehide', () => source?.close());
addEventListener('pageshow', (event) => event.persisted && listen());
listen();
})();
