// What is looked at inside a page. Runs in the browser: it gives a list of sentences, each naming one fault.

/** Nothing sticks out of the page sideways, and every picture shows all of its text. */
export function inspect() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const short = (text) => JSON.stringify(text.trim().replace(/\s+/g, ' ').slice(0, 60));

  if (document.documentElement.scrollWidth > width) {
    const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > width + 0.5);
    // Parts of something that scrolls inside itself do not widen the page.
    const scrolls = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
    const outermost = wide.find((e) => !scrolls(e.parentElement));
    faults.push(`is ${document.documentElement.scrollWidth - width} px wider than the window: ${
      outermost ? outermost.tagName.toLowerCase() + '.' + outermost.getAttribute('class') : 'cause unknown'}`);
  }
  if (document.querySelectorAll('h1').length !== 1) faults.push(`has ${document.querySelectorAll('h1').length} h1`);
  for (const img of document.images) if (!img.naturalWidth) faults.push(`shows no picture for ${img.getAttribute('src')}`);

  const inside = (box, outer, slack) => box.x >= outer.x - slack && box.y >= outer.y - slack &&
    box.x + box.width <= outer.x + outer.width + slack && box.y + box.height <= outer.y + outer.height + slack;
  for (const svg of document.querySelectorAll('svg.dg')) {
    const view = svg.viewBox.baseVal;
    const name = svg.querySelector('title')?.textContent ?? 'untitled diagram';
    // In the picture's own units, whatever scale it is shown at.
    const toView = svg.getScreenCTM().inverse();
    const boxOf = (element) => {
      const box = element.getBBox();
      const matrix = toView.multiply(element.getScreenCTM());
      const a = new DOMPoint(box.x, box.y).matrixTransform(matrix);
      const b = new DOMPoint(box.x + box.width, box.y + box.height).matrixTransform(matrix);
      return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(b.x - a.x), height: Math.abs(b.y - a.y) };
    };
    const texts = [...svg.querySelectorAll('text')];
    if (!texts.length) faults.push(`${short(name)} has no text`);
    for (const text of texts) {
      if (!inside(boxOf(text), view, 0.5)) faults.push(`${short(name)}: text ${short(text.textContent)} is cut off at the edge`);
      if (getComputedStyle(text).userSelect === 'none') faults.push(`${short(name)}: text ${short(text.textContent)} cannot be selected`);
      if (!getComputedStyle(text).fontFamily.startsWith('Inter')) faults.push(`${short(name)}: text is set in ${getComputedStyle(text).fontFamily}`);
    }
    for (const node of svg.querySelectorAll('.dg-node')) {
      const shape = node.querySelector('rect, path, circle, ellipse, polygon');
      for (const text of node.querySelectorAll('text')) {
        if (!shape || text.closest('.dg-node') !== node || !text.textContent.trim()) continue;
        if (!inside(boxOf(text), boxOf(shape), 1)) faults.push(`${short(name)}: ${short(text.textContent)} does not fit its box`);
      }
    }
    const shown = svg.getBoundingClientRect();
    for (let e = svg.parentElement; e && e !== document.body; e = e.parentElement) {
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      if (style.overflowX === 'hidden' && (shown.right > box.right + 1 || shown.left < box.left - 1)) faults.push(`${short(name)} is clipped`);
      if (style.overflowX !== 'visible') {
        // What hangs over the left edge of a scrolling box cannot be reached.
        if (shown.left + e.scrollLeft < box.left - 1) faults.push(`${short(name)} begins left of where one can scroll to`);
        break;
      }
    }
  }
  return faults;
}

/** Fonts that the page asked for and did not get. */
export async function fontFaults() {
  await document.fonts.ready;
  // The fallbacks are whatever the machine has, perhaps nothing.
  const shipped = [...document.fonts].filter((face) => !face.family.includes('fallback'));
  const faults = shipped.filter((face) => face.status === 'error').map((face) => `font ${face.family} ${face.weight} did not load`);
  if (!shipped.some((face) => face.family.includes('Inter') && face.status === 'loaded')) faults.push('Inter is not used');
  return faults;
}
