import { type Kernels, rowLikeness } from '@tutti/dsp';
import type { AccentCurves } from './accent-curves.ts';

/** Places within a beat where onset strength is looked at: its halves, thirds, quarters and sixths. */
export const PLACES = 12;
const BANDS = 3;
/** Values of the rhythm of a beat. */
export const RHYTHM_VALUES = BANDS * PLACES;

/**
 * The rhythm of each beat: accents of low, middle and high at its places.
 * @param beats frames, ascending, inside of the curves
 * @returns [beats - 1][bands][places]
 */
export function beatRhythms(beats: Float64Array, { compressed }: AccentCurves): Float32Array {
  const count = beats.length - 1;
  const rhythms = new Float32Array(count * RHYTHM_VALUES);
  for (let i = 0; i < count; i++) {
    const start = beats[i]! + 0.5;
    const step = (beats[i + 1]! - beats[i]!) / PLACES;
    for (let place = 0; place < PLACES; place++) {
      const frame = (start + place * step) | 0;
      const slot = i * RHYTHM_VALUES + place;
      rhythms[slot] = compressed[0][frame]!;
      rhythms[slot + PLACES] = compressed[1][frame]!;
      rhythms[slot + 2 * PLACES] = compressed[2][frame]!;
    }
  }
  return rhythms;
}

/**
 * Leaves of the rhythm of each beat how it differs from the mean over all beats, in units of the root mean square of all
 * rhythms: where every beat is the same, next to nothing.
 */
export function contrastRhythms(rhythms: Float32Array): void {
  const count = rhythms.length / RHYTHM_VALUES;
  const squares = rhythms.reduce((sum, value) => sum + value * value, 0);
  const scale = squares > 0 ? Math.sqrt(count / squares) : 0;
  for (let value = 0; value < RHYTHM_VALUES; value++) {
    let sum = 0;
    for (let i = value; i < rhythms.length; i += RHYTHM_VALUES) sum += rhythms[i]!;
    for (let i = value; i < rhythms.length; i += RHYTHM_VALUES) rhythms[i] = scale * (rhythms[i]! - sum / count);
  }
}

/**
 * Mean product of the rhythm of each beat and that of some beats later; 0 where there is none.
 * @param kernels lend memory for the time of the call
 * @param beats how many beats later, each of them
 * @param standardise makes each rhythm have the mean 0 and the length 1 before
 */
export function likenessAfter(
  kernels: Kernels,
  rhythms: Float32Array,
  beats: readonly number[],
  standardise: boolean,
): number[] {
  return rowLikeness(kernels, rhythms, RHYTHM_VALUES, beats, standardise);
}
