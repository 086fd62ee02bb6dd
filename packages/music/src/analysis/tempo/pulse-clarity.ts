import type { Features, Kernels } from '@tutti/dsp';
import { isInTune } from './in-tune.ts';
import type { RhythmCurves } from './rhythm-curves.ts';
import { PATH_MULTIPLES } from './tempo-path.ts';
import { backgroundOf, combAt, type Tempogram } from './tempogram.ts';
import type { TickRow } from './tick-row.ts';

/** Mean rise of level per second, in nepers, under which nothing is ever struck: tones, drones, sweeps. */
const LEAST_ATTACK = 0.9;
/** Fewer onsets than this are no rhythm. */
const FEWEST_ONSETS = 8;
/** Clarity that noise reaches when it is long, and what is added to that in a short excerpt. */
const NOISE_CLARITY = 0.2;
const SHORT_CLARITY = 0.35;
const SHORT_SECONDS = 16;
/**
 * What is in tune is music, and its pulse may be less clear than the best of noise; what is not in tune may be speech,
 * whose syllables have more of a pulse than noise has.
 */
const IN_TUNE_SHARE = 0.6;
const OUT_OF_TUNE_SHARE = 1.3;

/**
 * Whether a pulse is clearer than what the same search finds where there is none.
 * Noise has a pulse too when one looks for the best, and the more so the shorter it is. Clarity is the correlation along
 * the path of the pulse times the contrast of its ticks: up to 0.13 in white, pink and brown noise of two minutes, 0.15 at
 * 30 s, 0.31 at 8 s, and 0.49 in 15 s of speech. Soft and free music goes down to 0.16 in 40 s, drums alone to 0.8.
 * @param kernels lend memory for the time of the call
 */
export function isPulse(
  kernels: Kernels,
  features: Features,
  curves: RhythmCurves,
  tempogram: Tempogram,
  row: TickRow,
): boolean {
  const { frameRate, frames } = curves;
  const seconds = frames / frameRate;
  // The attack at the very start is that of the file, not of music.
  const attacks = features.onset.subarray(Math.round(0.1 * frameRate)).reduce((sum, value) => sum + value, 0);
  if (attacks / seconds < LEAST_ATTACK || onsetsOn(curves.pulse, row) < FEWEST_ONSETS) return false;
  const noise = NOISE_CLARITY + SHORT_CLARITY * Math.min(1, SHORT_SECONDS / seconds) ** 2;
  const clarity = correlationAlong(tempogram, row) * contrastOf(curves.pulse, row);
  if (clarity > OUT_OF_TUNE_SHARE * noise) return true;
  return clarity > IN_TUNE_SHARE * noise && isInTune(kernels, features);
}

/** Mean over the track of the correlation at the local period and its multiples, less that at any lag. */
function correlationAlong(tempogram: Tempogram, { frames }: TickRow): number {
  const { columns, hopFrames, lags, values } = tempogram;
  const background = backgroundOf(tempogram);
  let sum = 0;
  let tick = 0;
  for (let column = 0; column < columns; column++) {
    const centre = (column + 0.5) * hopFrames;
    while (tick + 2 < frames.length && frames[tick + 1]! < centre) tick++;
    const period = frames[tick + 1]! - frames[tick]!;
    sum += combAt(values, column * lags, lags, period, PATH_MULTIPLES) - background;
  }
  return sum / columns;
}

function contrastOf(pulse: Float32Array, { frames }: TickRow): number {
  const mean = pulse.reduce((a, b) => a + b, 0) / Math.max(1, pulse.length);
  const atTicks = frames.reduce((sum, frame) => sum + pulse[Math.round(frame)]!, 0) / frames.length;
  return mean > 0 ? atTicks / mean : 0;
}

/** Ticks at which there is more than the usual onset strength. */
function onsetsOn(pulse: Float32Array, { frames }: TickRow): number {
  const usual = Math.sqrt(pulse.reduce((sum, value) => sum + value * value, 0) / Math.max(1, pulse.length));
  return frames.reduce((count, frame) => count + (pulse[Math.round(frame)]! > usual ? 1 : 0), 0);
}
