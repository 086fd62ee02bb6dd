import type { StemEffect } from './stem-effect.ts';

/** Soft clipping: a rational approximation of tanh, exact in slope at 0 and reaching 1 at 3 (Padé, order 3/2). */
export function softClip(x: number): number {
  const bounded = Math.max(-3, Math.min(3, x));
  const square = bounded * bounded;
  return (bounded * (27 + square)) / (27 + 9 * square);
}

/** Drives frames [from, to) into the soft clipper and takes the gain back, so that quiet sounds keep their level. */
export function saturate(samples: Float32Array, driveDb: number, from: number, to: number): void {
  const gain = 10 ** (driveDb / 20);
  const back = 1 / gain;
  for (let i = from; i < to; i++) samples[i] = back * softClip(gain * samples[i]!);
}

/** The soft clipper as an effect on a stem. */
export function createSaturation(driveDb: number): StemEffect {
  return {
    start() {},
    process(left, right, from, to) {
      saturate(left, driveDb, from, to);
      saturate(right, driveDb, from, to);
    },
  };
}
