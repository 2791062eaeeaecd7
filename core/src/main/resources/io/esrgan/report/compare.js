'use strict';
for (const section of document.querySelectorAll('section')) {
  const [left, top, width, height] = section.dataset.mark.split(',').map(Number);
  const size = { x: Number(section.dataset.width), y: Number(section.dataset.height) };
  const windows = section.querySelector('.windows');
  const first = section.querySelector('.window');
  let zoom, x, y; // x and y: the pixel in the middle of every window

  function show() {
    x = Math.min(size.x, Math.max(0, x));
    y = Math.min(size.y, Math.max(0, y));
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
  }
  addEventListener('resize', show);
  reset();
}
