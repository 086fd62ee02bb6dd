// Strokes of drums, the same samples at any pace.
import type { Signal } from '../../mastering/signal.ts';
import { gaussianNoise } from '../../mastering/signals/noise.ts';
import { type MadeSignal, SAMPLE_RATE, SECONDS } from './made-signal.ts';

interface Stroke {
  readonly at: number;
  readonly sound: Float64Array;
  readonly left: number;
}

const decaying = (seconds: number, value: (t: number, i: number) => number) =>
  Float64Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, i) => value(i / SAMPLE_RATE, i));

const TURN = 2 * Math.PI;
const noise = gaussianNoise(SAMPLE_RATE, 11);
const CLICK = decaying(0.004, (t) => 0.7 * Math.exp(-t / 0.0006) * Math.cos(TURN * 2500 * t));
const KICK = decaying(
  0.3,
  (t) =>
    0.5 * Math.exp(-t / 0.07) * Math.sin(TURN * (48 * t + 3.5 * (1 - Math.exp(-t / 0.018)))) +
    0.25 * Math.exp(-t / 0.002) * Math.cos(TURN * 1800 * t),
);
const SNARE = decaying(
  0.2,
  (t, i) => 0.12 * Math.exp(-t / 0.045) * noise[i]! + 0.2 * Math.exp(-t / 0.03) * Math.sin(TURN * 190 * t),
);
// Brightness by the difference from sample to sample.
const HAT = decaying(0.08, (t, i) => 0.05 * Math.exp(-t / 0.015) * (noise[i + 9000]! - noise[i + 8999]!));

/** Uneven distances, so that nothing repeats with the hop of a stretcher. */
const clicks: Stroke[] = Array.from({ length: 18 }, (_, i) => ({
  at: 0.2 + 0.31 * i + 0.013 * ((i * 7) % 5),
  sound: CLICK,
  left: 0.5,
}));

/** Sixteenths at 124 BPM. */
const STEP = 60 / 124 / 4;
const PATTERN = [
  'kick',
  'hat',
  'hat',
  'hat',
  'snare',
  'hat',
  'kick',
  'hat',
  'kick',
  'hat',
  'kick',
  'hat',
  'snare',
  'hat',
  'hat',
  'hat',
];
const SOUNDS: Readonly<Record<string, Float64Array>> = { kick: KICK, snare: SNARE, hat: HAT };
const drums: Stroke[] = Array.from({ length: 46 }, (_, i) => ({
  at: 0.15 + i * STEP,
  sound: SOUNDS[PATTERN[i % 16]!]!,
  left: i % 2 === 1 ? 0.7 : 0.5,
}));

function strokesSignal(
  name: string,
  strokes: readonly Stroke[],
  judged: (stroke: Stroke) => boolean,
  under: ((seconds: number) => number) | undefined,
): MadeSignal {
  return {
    name,
    kind: 'hits',
    attacks: strokes.filter(judged).map(({ at }) => Math.round(at * SAMPLE_RATE) / SAMPLE_RATE),
    sinesHz: [],
    make(ratio): Signal {
      const frames = Math.round(SECONDS * ratio * SAMPLE_RATE);
      const channels = [0, 1].map(() =>
        under ? Float64Array.from({ length: frames }, (_, i) => under(i / SAMPLE_RATE)) : new Float64Array(frames),
      );
      for (const { at, sound, left } of strokes) {
        const start = Math.round(at * ratio * SAMPLE_RATE);
        const end = Math.min(sound.length, frames - start);
        for (let i = 0; i < end; i++) {
          channels[0]![start + i]! += 2 * left * sound[i]!;
          channels[1]![start + i]! += 2 * (1 - left) * sound[i]!;
        }
      }
      return { sampleRate: SAMPLE_RATE, channels };
    },
  };
}

const chord = (seconds: number) =>
  [110, 220, 275, 330, 440, 660].reduce((sum, hz) => sum + 0.06 * Math.sin(TURN * hz * seconds), 0);

export function hitSignals(): MadeSignal[] {
  return [
    strokesSignal('clicks', clicks, () => true, undefined),
    strokesSignal('drums', drums, () => true, undefined),
    // A hat is hardly over the chord.
    strokesSignal('drums over a chord', drums, ({ sound }) => sound !== HAT, chord),
  ];
}
