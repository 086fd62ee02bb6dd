import type { StemEffect } from './stem-effect.ts';

/** Where the curve is level, at 1. */
const KNEE = 1.5;
const BEND = 4 / 27;

/** Soft clipping by the cubic whose slope is 1 at 0 and 0 at the knee: it adds a third harmonic and, below the knee, nothing above. */
export function softClip(x: number): number {
  const bounded = Math.max(-KNEE, Math.min(KNEE, x));
  return bounded - BEND * bounded * bounded * bounded;
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
