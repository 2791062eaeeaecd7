'use strict';

// Times as the reader's clock shows them, and whether news are overdue.
for (const time of document.querySelectorAll('time')) {
  time.textContent = new Date(time.dateTime).toLocaleString();
}
const minutes = Math.floor((Date.now() - document.body.dataset.written) / 60000);
if (document.body.dataset.state === 'running' && minutes >= 10) {
  document.getElementById('stale').textContent =
      ` · no news for ${minutes} minutes: the program may have been ended`;
}

// What the reader chose outlives the page's loading again, where the browser allows it.
function remember(element, property, event) {
  const key = location.pathname + '#' + element.id;
  try {
    const kept = sessionStorage.getItem(key);
    if (kept !== null) element[property] = kept === 'true';
    element.addEventListener(event, () => sessionStorage.setItem(key, element[property]));
  } catch (e) {
    // A page of a file may be refused a memory.
  }
}
document.querySelectorAll('.chart > input').forEach(box => remember(box, 'checked', 'change'));
document.querySelectorAll('details').forEach(part => remember(part, 'open', 'toggle'));

// Values under the pointer, read back off the curves.
const NS = 'http://www.w3.org/2000/svg';
function add(parent, name, attributes, text) {
  const element = document.createElementNS(NS, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}
for (const svg of document.querySelectorAll('.chart svg')) {
  const [left, top, right, bottom] = svg.dataset.box.split(' ').map(Number);
  const low = Number(svg.dataset.low), high = Number(svg.dataset.high);
  const steps = Number(svg.dataset.steps);
  const hover = svg.querySelector('.hover');
  const value = y => {
    const share = (bottom - y) / (bottom - top);
    return svg.classList.contains('log') ? low * Math.pow(high / low, share) : low + share * (high - low);
  };
  svg.addEventListener('pointerleave', () => hover.replaceChildren());
  svg.addEventListener('pointermove', event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
    hover.replaceChildren();
    const found = [];
    for (const line of svg.querySelectorAll('.line')) {
      let nearest = null;
      for (const point of line.points) {
        if (!nearest || Math.abs(point.x - at) < Math.abs(nearest.x - at)) nearest = point;
      }
      found.push({line, x: nearest.x, y: nearest.y});
    }
    found.sort((a, b) => Math.abs(a.x - at) - Math.abs(b.x - at));
    const x = found[0].x, unit = Number(found[0].line.dataset.unit);
    const step = Math.round((x - left) / (right - left) * steps / unit) * unit;
    add(hover, 'path', {d: `M${x} ${top}V${bottom}`});
    const lines = ['step ' + step.toLocaleString()];
    for (const {line, y, x} of found) {
      add(hover, 'circle', {class: line.classList[0], cx: x, cy: y, r: 3.5});
      lines.push(line.dataset.kind + ' ' + Number(value(y).toPrecision(4)));
    }
    const width = Math.max(...lines.map(text => text.length)) * 6.3 + 12;
    const from = x + 8 + width > right ? x - 8 - width : x + 8;
    add(hover, 'rect', {x: from, y: top + 2, width, height: lines.length * 15 + 6, rx: 4});
    lines.forEach((text, i) => add(hover, 'text', {x: from + 6, y: top + 16 + i * 15}, text));
  });
}
