/** Frequency over what it was, of a pitch moved by so many semitones. */
export function keyFactor(semitones: number): number {
  return 2 ** (semitones / 12);
}

/** The highest rate that is resampled from; above it both rates are halved. */
const HIGHEST_RATE = 192_000;

/** How a source is resampled, and by what that moves its pitch: exactly `factor`. */
export interface Shift {
  readonly fromRate: number;
  readonly toRate: number;
  readonly factor: number;
}

/**
 * Rates between which a source is resampled so that at the mix's rate it is higher by a key shift (and shorter: the stretch makes up
 * for that). Rates are whole numbers, which the shift meets to 0.1 cents.
 * @param toRate of the mix, even
 */
export function shiftOf(semitones: number, sampleRate: number, toRate: number): Shift {
  if (semitones === 0) return { fromRate: sampleRate, toRate, factor: 1 };
  const wanted = sampleRate * keyFactor(semitones);
  const part = wanted > HIGHEST_RATE ? 2 : 1;
  const fromRate = Math.round(wanted / part);
  return { fromRate, toRate: toRate / part, factor: (fromRate * part) / sampleRate };
}
