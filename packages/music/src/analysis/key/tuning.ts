import type { PitchBlocks } from './pitch-blocks.ts';

const BINS_PER_SEMITONE = 3;
/** Partials below this bin lie too close together to be placed well: a third of an octave above 55 Hz. */
const LOWEST_BIN = 12;
const TINY = 1e-9;

/** Where the semitones of a track lie. */
export interface Tuning {
  /** Semitones above those of A4 = 440 Hz, -0.5 to 0.5. */
  readonly offsetSemitones: number;
  /** 0 to 1: how much the partials agree on it. Noise has under 0.1, and pitched music over 0.2. */
  readonly agreement: number;
}

/**
 * Places every local maximum of the spectra by a parabola through its three bins (levels in logarithm) and takes the
 * circular mean of their positions within a semitone, weighted by the root of their amplitude.
 * @returns null when there is no maximum at all
 */
export function tuningOf({ blocks, bins, amplitudes }: PitchBlocks): Tuning | null {
  let real = 0;
  let imaginary = 0;
  let weights = 0;
  for (let block = 0; block < blocks; block++) {
    const row = block * bins;
    for (let bin = LOWEST_BIN; bin + 1 < bins; bin++) {
      const centre = amplitudes[row + bin]!;
      const below = amplitudes[row + bin - 1]!;
      const above = amplitudes[row + bin + 1]!;
      if (centre <= below || centre < above || centre < TINY) continue;
      const left = Math.log(below + TINY);
      const middle = Math.log(centre + TINY);
      const right = Math.log(above + TINY);
      const place = bin + (0.5 * (left - right)) / (left - 2 * middle + right);
      const weight = Math.sqrt(centre);
      const angle = (2 * Math.PI * place) / BINS_PER_SEMITONE;
      real += weight * Math.cos(angle);
      imaginary += weight * Math.sin(angle);
      weights += weight;
    }
  }
  if (weights === 0) return null;
  return {
    offsetSemitones: Math.atan2(imaginary, real) / (2 * Math.PI),
    agreement: Math.hypot(real, imaginary) / weights,
  };
}
