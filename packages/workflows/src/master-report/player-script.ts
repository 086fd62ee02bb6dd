/**
 * What the player does in a browser. Both sounds run all the time, from one moment on, so that a switch is a fade of 10 ms from
 * one to the other and neither a gap nor a jump.
 */
export const PLAYER_SCRIPT = `'use strict';
(() => {
  const FADE_SECONDS = 0.01;
  const STEP_SECONDS = 2;
  const byId = (id) => document.getElementById(id);
  const [play, position, time] = ['play', 'position', 'time'].map(byId);
  const names = ['before', 'after'];
  const radios = names.map((name) => byId('hear-' + name));
  let context, sounds, sources = [], startedAt = 0, offset = 0, seconds = 0;

  const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  const clock = (value) => Math.floor(value / 60) + ':' + String(Math.floor(value % 60)).padStart(2, '0');
  const playing = () => sources.length > 0;
  const now = () => (playing() ? (offset + context.currentTime - startedAt) % seconds : offset);
  const heard = () => radios.findIndex((radio) => radio.checked);

  function show() {
    position.value = now();
    time.textContent = clock(now()) + ' of ' + clock(seconds);
    play.textContent = playing() ? 'Stop' : 'Play';
    if (playing()) requestAnimationFrame(show);
  }

  function levels(fade) {
    sounds.forEach(({ gain, level }, index) => {
      const to = index === heard() ? level : 0;
      gain.gain.cancelScheduledValues(context.currentTime);
      gain.gain.setValueAtTime(gain.gain.value, context.currentTime);
      gain.gain.linearRampToValueAtTime(to, context.currentTime + fade);
    });
  }

  function stop() {
    offset = now();
    for (const source of sources) source.stop();
    sources = [];
  }

  function start() {
    context.resume();
    startedAt = context.currentTime;
    sources = sounds.map(({ buffer, gain }) => {
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.loop = true;
      source.loopEnd = seconds;
      source.connect(gain);
      source.start(startedAt, offset);
      return source;
    });
    levels(FADE_SECONDS);
  }

  function toggle() {
    if (playing()) stop();
    else start();
    show();
  }

  function move(to) {
    const going = playing();
    if (going) stop();
    offset = ((to % seconds) + seconds) % seconds;
    if (going) start();
    show();
  }

  function hear(index) {
    radios[index].checked = true;
    levels(FADE_SECONDS);
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const does = {
      ' ': toggle,
      a: () => hear(1),
      b: () => hear(0),
      x: () => hear(1 - heard()),
      ArrowLeft: () => move(now() - STEP_SECONDS),
      ArrowRight: () => move(now() + STEP_SECONDS),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    // A button that has the focus is pressed by the space bar anyway.
    if (!does || play.disabled || (event.key === ' ' && event.target === play)) return;
    event.preventDefault();
    does();
  }

  async function load() {
    context = new AudioContext();
    sounds = await Promise.all(
      names.map(async (name) => {
        const element = byId('sound-' + name);
        const buffer = await context.decodeAudioData(bytesOf(element.textContent));
        const gain = context.createGain();
        gain.gain.value = 0;
        gain.connect(context.destination);
        return { buffer, gain, level: 10 ** (Number(element.dataset.gainDb) / 20) };
      }),
    );
    seconds = Math.min(...sounds.map(({ buffer }) => buffer.duration));
    position.max = seconds;
    play.disabled = position.disabled = false;
    play.addEventListener('click', toggle);
    position.addEventListener('input', () => move(Number(position.value)));
    for (const radio of radios) radio.addEventListener('change', () => levels(FADE_SECONDS));
    document.addEventListener('keydown', key);
    show();
  }

  load().catch((error) => {
    time.textContent = 'this browser cannot play it: ' + error.message;
  });
})();`;
