/**
 * What the page of a mix does in a browser: the time axis of the picture is zoomed and moved, one player plays at a time, and
 * a line in the picture follows it. Without it the picture is as wide as it is drawn and the players play all the same.
 */
export const MIX_REPORT_SCRIPT = `'use strict';
(() => {
  const box = document.getElementById('picture');
  const svg = box.querySelector('svg');
  const group = (name) => svg.querySelector('.' + name);
  const [shapes, names, times, axis] = ['shapes', 'names', 'times', 'axis'].map(group);
  const [, , fullWidth, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  const seconds = Math.max(Number(box.dataset.seconds), 1e-9);
  const MARGIN = 24;
  const HEADER = 70;
  const CLOSEST_SECONDS = Math.min(seconds, 4);
  const STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];
  const LABEL_PIXELS = 64;
  const plot = fullWidth - 2 * MARGIN;
  const drawnAt = (time) => MARGIN + (plot * time) / seconds;
  const [, top, bottom] = /,([\\d.]+)V([\\d.]+)/.exec(axis.querySelector('path').getAttribute('d'));
  const labelY = times.querySelector('text').getAttribute('y');
  const make = (name, attributes) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return element;
  };
  const cursor = make('path', { class: 'cursor', d: '' });
  shapes.append(cursor);
  let from = 0;
  let to = seconds;
  let width = fullWidth;

  const clock = (time) => {
    const whole = Math.floor(time + 1e-6);
    const two = (value) => String(value).padStart(2, '0');
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    const part = time - whole > 0.01 ? (time - whole).toFixed(1).slice(1) : '';
    return (hours ? hours + ':' + two(minutes) : minutes) + ':' + two(whole % 60) + part;
  };
  const scale = () => (width - 2 * MARGIN) / (to - from);
  const shownAt = (time) => MARGIN + (time - from) * scale();
  const timeAt = (clientX) => from + (clientX - svg.getBoundingClientRect().left - MARGIN) / scale();

  function draw() {
    width = Math.max(240, svg.getBoundingClientRect().width);
    svg.setAttribute('viewBox', '0 ' + HEADER + ' ' + width + ' ' + (height - HEADER));
    svg.style.height = height - HEADER + 'px';
    group('ground').setAttribute('width', width);
    for (const range of svg.querySelectorAll('.range')) range.setAttribute('x', width - MARGIN - 8);
    const stretch = (scale() * seconds) / plot;
    shapes.setAttribute('transform', 'matrix(' + stretch + ' 0 0 1 ' + (shownAt(0) - MARGIN * stretch) + ' 0)');
    for (const bars of svg.querySelectorAll('.bar, .phrase'))
      bars.style.display = bars.dataset.apart * stretch < 4 ? 'none' : '';
    for (const name of names.children) {
      const [left, right] = [name.dataset.from, name.dataset.to].map((x) => shownAt(((x - MARGIN) / plot) * seconds));
      name.removeAttribute('text-anchor');
      const isSeen = right >= MARGIN + 20 && left <= width - MARGIN;
      name.style.display = isSeen ? '' : 'none';
      if (!isSeen) continue;
      const last = width - 8 - name.getBBox().width;
      name.setAttribute('x', Math.max(MARGIN + 2, Math.min(left, last)));
    }
    const step = STEPS.find((each) => each * scale() >= LABEL_PIXELS) || seconds;
    axis.replaceChildren();
    times.replaceChildren();
    for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
      axis.append(make('path', { class: 'grid', d: 'M' + drawnAt(time) + ',' + top + 'V' + bottom }));
      const label = make('text', { class: 'small', x: shownAt(time), y: labelY });
      if (shownAt(time) > width - 44) label.setAttribute('text-anchor', 'end');
      label.textContent = clock(time);
      times.append(label);
    }
    const whole = to - from > seconds - 1e-6;
    document.getElementById('out').disabled = document.getElementById('all').disabled = whole;
    document.getElementById('in').disabled = to - from < CLOSEST_SECONDS + 1e-6;
    document.getElementById('seen').textContent = whole ? 'the whole mix' : clock(from) + ' to ' + clock(to);
  }

  function show(start, span) {
    const length = Math.min(seconds, Math.max(CLOSEST_SECONDS, span));
    from = Math.min(seconds - length, Math.max(0, start));
    to = from + length;
    draw();
  }
  const move = (share) => show(from + share * (to - from), to - from);
  const zoom = (factor, at = (from + to) / 2) => show(at - (at - from) / factor, (to - from) / factor);

  const KEYS = {
    '+': () => zoom(1.5),
    '=': () => zoom(1.5),
    '-': () => zoom(1 / 1.5),
    '0': () => show(0, seconds),
    ArrowLeft: () => move(-0.2),
    ArrowRight: () => move(0.2),
    PageUp: () => move(-1),
    PageDown: () => move(1),
    Home: () => show(0, to - from),
    End: () => show(seconds, to - from),
  };
  box.addEventListener('keydown', (event) => {
    const does = KEYS[event.key];
    if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    does();
  });
  svg.addEventListener(
    'wheel',
    (event) => {
      // A page that cannot be scrolled past its picture is a trap: the wheel is the picture's only where it was asked to.
      if (!event.ctrlKey && document.activeElement !== box) return;
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) move(event.deltaX / width);
      else zoom(Math.exp(-event.deltaY / 400), timeAt(event.clientX));
    },
    { passive: false },
  );
  let drag = null;
  svg.addEventListener('pointerdown', (event) => {
    drag = { x: event.clientX, from, moved: false };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const away = event.clientX - drag.x;
    drag.moved = drag.moved || Math.abs(away) > 4;
    if (drag.moved) show(drag.from - away / scale(), to - from);
  });
  const release = () => {
    drag = null;
  };
  svg.addEventListener('pointerup', release);
  svg.addEventListener('pointercancel', release);
  svg.addEventListener('dblclick', (event) => zoom(2, timeAt(event.clientX)));
  for (const [id, does] of [
    ['in', () => zoom(2)],
    ['out', () => zoom(1 / 2)],
    ['all', () => show(0, seconds)],
  ])
    document.getElementById(id).addEventListener('click', does);
  for (const button of document.querySelectorAll('button[data-start]'))
    button.addEventListener('click', () => {
      const [start, end] = [button.dataset.start, button.dataset.end].map(Number);
      const beside = Math.max(5, (end - start) / 2);
      show(start - beside, end - start + 2 * beside);
      box.scrollIntoView({ block: 'center' });
      box.focus({ preventScroll: true });
    });

  const players = document.querySelectorAll('audio');
  for (const player of players) {
    player.addEventListener('play', () => {
      for (const other of players) if (other !== player) other.pause();
    });
    player.addEventListener('timeupdate', () => {
      const at = drawnAt(Number(player.dataset.start) + player.currentTime);
      cursor.setAttribute('d', 'M' + at + ',' + top + 'V' + bottom);
    });
  }
  box.classList.add('live');
  window.addEventListener('resize', draw);
  draw();
})();`;
