// Tones: their spectra are known at any pace. Chords are in just intonation, so that partials that fall near each other
// fall on each other: there is no beating of which one could ask whether it ought to slow down.
import { fill, type MadeSignal } from './made-signal.ts';

const TURN = 2 * Math.PI;
/** Every note begins and ends with a slope of half a cosine, as long at any pace. */
const SLOPE_SECONDS = 0.01;

/** Gain of a note that sounds from `from` to `to`. */
function slope(seconds: number, from: number, to: number): number {
  const inside = Math.min(seconds - from, to - seconds) / SLOPE_SECONDS;
  return inside <= 0 ? 0 : inside >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * inside);
}

interface Note {
  readonly from: number;
  readonly to: number;
  readonly hz: number;
  readonly level: number;
  /** Share in the left channel. */
  readonly left: number;
  /** Time constant of its decay, at the pace of the original; Infinity for none. */
  readonly decay: number;
  readonly partials: number;
}

/** Notes of harmonic partials, each one weaker than the last. */
function notesSignal(name: string, notes: readonly Note[]): MadeSignal {
  return {
    name,
    ...{ kind: 'tones', attacks: [], sinesHz: [] },
    make: (ratio) =>
      fill(ratio, (seconds) => {
        let left = 0;
        let right = 0;
        for (const note of notes) {
          const gain = slope(seconds, note.from * ratio, note.to * ratio);
          if (gain === 0) continue;
          const since = seconds - note.from * ratio;
          let sum = 0;
          for (let k = 1; k <= note.partials; k++) sum += Math.sin(TURN * k * note.hz * since + k * k) / k;
          const value = gain * note.level * Math.exp(-since / (note.decay * ratio)) * sum;
          left += note.left * value;
          right += (1 - note.left) * value;
        }
        return [left, right];
      }),
  };
}

const ROOTS_HZ = [110, 146.7, 123.75, 165];
const chords: Note[] = ROOTS_HZ.flatMap((root, i) =>
  [0.5, 1, 1.25, 1.5, 2].map((step, voice) => ({
    ...{
      from: 1.5 * i,
      to: 1.5 * (i + 1),
      hz: root * step,
      level: voice === 0 ? 0.16 : 0.08,
      decay: Number.POSITIVE_INFINITY,
    },
    ...{ left: [0.5, 0.7, 0.3, 0.6, 0.4][voice]!, partials: 8 },
  })),
);

const MELODY = [1, 1.25, 1.5, 2, 1.5, 1.875, 1.25, 1.5, 2.5, 2, 1.5, 1.25];
const plucked: Note[] = [
  { from: 0, to: 6, hz: 55, level: 0.15, left: 0.5, decay: Number.POSITIVE_INFINITY, partials: 3 },
  ...MELODY.map((step, i) => ({
    ...{ from: 0.48 * i, to: Math.min(6, 0.48 * i + 1.4), hz: 220 * step, level: 0.2, decay: 0.4 },
    ...{ left: i % 2 === 0 ? 0.65 : 0.35, partials: 10 },
  })),
];

const BASS_STEPS = [1, 1, 1.5, 4 / 3, 1, 1.25, 1.5, 2];
const bass: Note[] = BASS_STEPS.map((step, i) => ({
  ...{ from: 0.75 * i, to: 0.75 * i + 0.7, hz: 41.25 * step, level: 0.3, left: 0.5, decay: 1.5, partials: 6 },
}));

/** Three tones whose pitch goes up and down, one of them with vibrato: frequency over the time of the original. */
const GLIDES = [
  { hz: 220, semitones: 7, vibratoCents: 0, left: 0.5 },
  { hz: 523, semitones: -5, vibratoCents: 25, left: 0.8 },
  { hz: 1340, semitones: 3, vibratoCents: 0, left: 0.2 },
] as const;
const GLIDE_SECONDS = 5;
const VIBRATO_HZ = 5;

/** Phase of a glide in turns, by Simpson's rule over 200 steps a second. */
function glidePhases(glide: (typeof GLIDES)[number], ratio: number): (seconds: number) => number {
  const hzAt = (original: number) => {
    const cents =
      100 * glide.semitones * Math.sin((Math.PI * original) / GLIDE_SECONDS) ** 2 +
      glide.vibratoCents * Math.sin(TURN * VIBRATO_HZ * original);
    return glide.hz * 2 ** (cents / 1200);
  };
  const step = 1 / 200;
  const turns = [0];
  for (let i = 0; i < 7 * ratio * 200; i++) {
    const [a, b, c] = [i, i + 0.5, i + 1].map((at) => hzAt((at * step) / ratio)) as [number, number, number];
    turns.push(turns.at(-1)! + (step * (a + 4 * b + c)) / 6);
  }
  return (seconds) => {
    const i = Math.floor(seconds / step);
    const rest = seconds - i * step;
    const [from, to] = [hzAt((i * step) / ratio), hzAt(((i + 1) * step) / ratio)];
    return turns[i]! + rest * from + ((rest * rest) / (2 * step)) * (to - from);
  };
}

const glides: MadeSignal = {
  name: 'glides and vibrato',
  ...{ kind: 'tones', attacks: [], sinesHz: [] },
  make: (ratio) => {
    const phases = GLIDES.map((glide) => glidePhases(glide, ratio));
    return fill(ratio, (seconds) => {
      let left = 0;
      let right = 0;
      for (const [i, phase] of phases.entries()) {
        const turns = phase(seconds);
        let value = 0;
        for (let k = 1; k <= 4; k++) value += (0.12 / k) * Math.sin(TURN * k * turns);
        left += GLIDES[i]!.left * value;
        right += (1 - GLIDES[i]!.left) * value;
      }
      return [left, right];
    });
  },
};

/** Partials at all places of the image and with all differences of phase between the channels. */
const WIDE = Array.from({ length: 14 }, (_, i) => ({
  hz: 90 * 1.45 ** i,
  level: 0.25 / (i + 2),
  left: 0.5 + 0.45 * Math.sin(2.4 * i),
  phase: 2 * i,
  apart: ((i % 5) * Math.PI) / 5,
}));

const wide: MadeSignal = {
  name: 'wide partials',
  ...{ kind: 'tones', attacks: [], sinesHz: [] },
  make: (ratio) =>
    fill(ratio, (seconds) => {
      let left = 0;
      let right = 0;
      for (const { hz, level, left: share, phase, apart } of WIDE) {
        // Partials that swell, each at a time of its own.
        const gain = level * (1 + 0.6 * Math.sin((TURN * 0.4 * seconds) / ratio + phase));
        left += share * gain * Math.sin(TURN * hz * seconds + phase);
        right += (1 - share) * gain * Math.sin(TURN * hz * seconds + phase + apart);
      }
      return [left, right];
    }),
};

/** So far apart that each can be demodulated beside the others. */
const SINES_HZ = [61, 197, 431, 997, 2789, 7919] as const;

const steady: MadeSignal = {
  name: 'steady sines',
  ...{ kind: 'steady', attacks: [], sinesHz: SINES_HZ },
  make: (ratio) =>
    fill(ratio, (seconds) => {
      const value = SINES_HZ.reduce((sum, hz, i) => sum + 0.1 * Math.sin(TURN * hz * seconds + i), 0);
      return [value, value];
    }),
};

/** A voice: pulses through three resonances, a pitch that moves a little. */
const FORMANTS_HZ = [
  [600, 120],
  [1200, 160],
  [2600, 240],
] as const;
const VOICE_HZ = 110;

const voice: MadeSignal = {
  name: 'pulses of a voice',
  ...{ kind: 'pulses', attacks: [], sinesHz: [] },
  make: (ratio) =>
    fill(ratio, (seconds) => {
      // The integral of 110 Hz times 1 + 0.01 sin(2 pi 3 t / ratio).
      const swing = (0.01 * ratio * (1 - Math.cos((TURN * 3 * seconds) / ratio))) / (TURN * 3);
      const turns = VOICE_HZ * (seconds + swing);
      let value = 0;
      for (let k = 1; k <= 40; k++) {
        const hz = k * VOICE_HZ;
        const formants = FORMANTS_HZ.reduce(
          (sum, [centre, width]) => sum + 1 / (1 + ((hz - centre) / width) ** 2),
          0.05,
        );
        value += 0.05 * formants * Math.cos(TURN * k * turns);
      }
      return [value, value];
    }),
};

export function toneSignals(): MadeSignal[] {
  return [
    notesSignal('sustained chords', chords),
    notesSignal('plucked strings over a pedal', plucked),
    notesSignal('bass notes', bass),
    glides,
    wide,
    steady,
    voice,
  ];
}
