'use strict';
for (const section of document.querySelectorAll('section')) {
  const [left, top, width, height] = section.dataset.mark.split(',').map(Number);
  const size = { x: Number(section.dataset.width), y: Number(section.dataset.height) };
  const windows = section.querySelector('.windows');
  const first = section.querySelector('.window');
  let zoom, x, y; // x and y: the pixel in the middle of every window

  /** The middle of a window that sees so much, nearest to the one that is wanted: in the picture if that fills it. */
  function within(middle, seen, whole) {
    return seen >= whole ? whole / 2 : Math.min(whole - seen / 2, Math.max(seen / 2, middle));
  }

  function show() {
    x = within(x, first.clientWidth / zoom, size.x);
    y = within(y, first.clientHeight / zoom, size.y);
    windows.style.setProperty('--z', zoom);
    windows.style.setProperty('--x', Math.round(first.clientWidth / 2 - x * zoom) + 'px');
    windows.style.setProperty('--y', Math.round(first.clientHeight / 2 - y * zoom) + 'px');
    section.querySelector('.zoom').textContent = Math.round(zoom * 100) + ' %';
  }

  function reset() {
    zoom = 1;
    x = left + width / 2;
    y = top + height / 2;
    show();
  }

  /** Enlarges; what lies (dx, dy) from the windows' middle stays where it is. */
  function enlarge(factor, dx, dy) {
    const next = Math.min(16, Math.max(1 / 8, zoom * factor));
    x += dx / zoom - dx / next;
    y += dy / zoom - dy / next;
    zoom = next;
    show();
  }

  for (const button of section.querySelectorAll('button')) {
    button.addEventListener('click', () => enlarge(Number(button.dataset.zoom), 0, 0));
  }
  for (const view of section.querySelectorAll('.window')) {
    view.addEventListener('wheel', event => {
      if (!event.ctrlKey) return; // without it, the page scrolls
      event.preventDefault();
      const box = view.getBoundingClientRect();
      enlarge(event.deltaY < 0 ? 1.25 : 0.8,
        event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
    }, { passive: false });
    view.addEventListener('pointerdown', event => view.setPointerCapture(event.pointerId));
    view.addEventListener('pointermove', event => {
      if (!view.hasPointerCapture(event.pointerId)) return;
      x -= event.movementX / zoom;
      y -= event.movementY / zoom;
      show();
    });
    view.addEventListener('dblclick', reset);
    view.addEventListener('keydown', event => {
      const step = 32 / zoom;
      const keys = {
        ArrowLeft: () => { x -= step; }, ArrowRight: () => { x += step; },
        ArrowUp: () => { y -= step; }, ArrowDown: () => { y += step; },
        '+': () => enlarge(2, 0, 0), '-': () => enlarge(0.5, 0, 0), 0: reset,
      };
      if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      keys[event.key]();
      show();
    });
  }
  addEventListener('resize', show);
  reset();
}
