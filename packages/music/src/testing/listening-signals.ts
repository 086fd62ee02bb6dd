// Music in its simplest form, for tests of what is heard in it: drums at known times and chords of known pitch.

export const TEST_RATE = 22_050;

/** Reproducible noise in [-1, 1). */
export function whiteNoise(frames: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Notes fade in and out over 12 ms. */
const FADE_FRAMES = 256;

export type Drum = 'kick' | 'snare' | 'hat';

const DRUMS: Record<Drum, Float32Array> = {
  kick: drum((t) => 0.8 * Math.exp(-t * 18) * Math.sin(2 * Math.PI * (55 * t + 3 * (1 - Math.exp(-t * 40)))), 0.25),
  snare: drum((t, noise) => Math.exp(-t * 30) * (0.35 * noise + 0.25 * Math.sin(2 * Math.PI * 190 * t)), 0.15),
  hat: drum((t, noise, before) => 0.25 * Math.exp(-t * 80) * (noise - before), 0.06),
};

function drum(sound: (seconds: number, noise: number, noiseBefore: number) => number, seconds: number): Float32Array {
  const noise = whiteNoise(Math.round(seconds * TEST_RATE) + 1, 77);
  return Float32Array.from({ length: noise.length - 1 }, (_, i) => sound(i / TEST_RATE, noise[i + 1]!, noise[i]!));
}

/** Adds a drum at a time in seconds, to the nearest sample. */
export function strike(target: Float32Array, name: Drum, seconds: number, gain = 1): void {
  const sound = DRUMS[name];
  const start = Math.round(seconds * TEST_RATE);
  const end = Math.min(sound.length, target.length - start);
  for (let i = 0; i < end; i++) target[start + i] = target[start + i]! + gain * sound[i]!;
}

/**
 * Adds a rhythm: bass drum on the first beat (and the third of four), snare on the second and fourth (second and third of
 * three), hats on every half.
 */
export function playDrums(target: Float32Array, beats: readonly number[], meter: 3 | 4): void {
  beats.forEach((beat, i) => {
    const place = i % meter;
    strike(target, place === 0 || (meter === 4 && place === 2) ? 'kick' : 'snare', beat);
    const next = beats[i + 1] ?? beat + (beat - beats[i - 1]!);
    strike(target, 'hat', beat);
    strike(target, 'hat', (beat + next) / 2);
  });
}

/** Beats from `first` to `last` seconds, each after 60 / bpm(time). */
export function beatsOf(first: number, last: number, bpm: (seconds: number) => number): number[] {
  const beats: number[] = [];
  for (let time = first; time < last; time += 60 / bpm(time)) beats.push(time);
  return beats;
}

/** Adds notes of a soft organ with six partials, each from `start` on. @param pitches MIDI numbers */
export function playChord(
  target: Float32Array,
  pitches: readonly number[],
  start: number,
  seconds: number,
  { gain = 0.1, cents = 0 }: { gain?: number; cents?: number } = {},
): void {
  const first = Math.round(start * TEST_RATE);
  const frames = Math.min(Math.round(seconds * TEST_RATE), target.length - first);
  for (const pitch of pitches) {
    const frequency = 440 * 2 ** ((pitch - 69 + cents / 100) / 12);
    for (let partial = 1; partial <= 6; partial++) {
      // A rotating pair of numbers is a sine, and much cheaper than calling Math.sin.
      const angle = (2 * Math.PI * frequency * partial) / TEST_RATE;
      const cosine = Math.cos(angle);
      const sine = Math.sin(angle);
      let x = 0;
      let y = gain / partial ** 1.5;
      for (let i = 0; i < frames; i++) {
        const edge = Math.min(i, frames - 1 - i);
        target[first + i] = target[first + i]! + (edge < FADE_FRAMES ? (edge / FADE_FRAMES) * x : x);
        const turned = cosine * x + sine * y;
        y = cosine * y - sine * x;
        x = turned;
      }
    }
  }
}

/** Pitches of a triad on a degree in semitones above the tonic, with its root in the bass. */
export function triad(tonic: number, degree: number, third: 3 | 4): number[] {
  const root = 48 + ((tonic + degree) % 12);
  return [root - 12, root, root + third, root + 7];
}
