import type { PitchBlocks } from './pitch-blocks.ts';

const BINS_PER_SEMITONE = 3;
/**
 * A peak counts when it stands out this far from the bins beside it, as the sum of both logarithms of the ratio of
 * amplitudes: a lone partial does, hiss and drums and partials too low to be resolved do not.
 */
const LEAST_PROMINENCE = 1.5;
/** Maxima below this bin lie too close together to be told apart: a third of an octave above 55 Hz. */
const LOWEST_BIN = 12;
const TINY = 1e-9;

/** Where the semitones of a track lie. */
export interface Tuning {
  /** Semitones above those of A4 = 440 Hz, -0.5 to 0.5. */
  readonly offsetSemitones: number;
  /** 0 to 1: how much the maxima agree on it. Noise has under 0.1, and pitched music over 0.2. */
  readonly agreement: number;
}

/**
 * Places the maxima of the spectra by a parabola through three bins (levels in logarithm). The tuning is the circular
 * mean of the places of the prominent ones within a semitone, weighted by the root of their amplitude; the agreement is
 * that of all maxima, as only a track that is mostly pitched has it.
 * @param from first block, rounded; `to` one behind the last
 * @returns null when nothing is pitched
 */
export function tuningOf({ blocks, bins, amplitudes }: PitchBlocks, from = 0, to = blocks): Tuning | null {
  const prominent = new CircularMean();
  const all = new CircularMean();
  const end = Math.min(blocks, Math.round(to));
  for (let block = Math.round(from); block < end; block++) {
    const row = block * bins;
    for (let bin = LOWEST_BIN; bin + 1 < bins; bin++) {
      const centre = amplitudes[row + bin]!;
      const below = amplitudes[row + bin - 1]!;
      const above = amplitudes[row + bin + 1]!;
      if (centre <= below || centre < above || centre < TINY) continue;
      const left = Math.log(below + TINY);
      const middle = Math.log(centre + TINY);
      const right = Math.log(above + TINY);
      const prominence = 2 * middle - left - right;
      const turns = (bin + (0.5 * (right - left)) / prominence) / BINS_PER_SEMITONE;
      const weight = Math.sqrt(centre);
      all.add(turns, weight);
      if (prominence > LEAST_PROMINENCE) prominent.add(turns, weight);
    }
  }
  return prominent.weight === 0 ? null : { offsetSemitones: prominent.turns, agreement: all.agreement };
}

class CircularMean {
  weight = 0;
  #real = 0;
  #imaginary = 0;

  add(turns: number, weight: number): void {
    this.#real += weight * Math.cos(2 * Math.PI * turns);
    this.#imaginary += weight * Math.sin(2 * Math.PI * turns);
    this.weight += weight;
  }

  /** -0.5 to 0.5 */
  get turns(): number {
    return Math.atan2(this.#imaginary, this.#real) / (2 * Math.PI);
  }

  get agreement(): number {
    return this.weight > 0 ? Math.hypot(this.#real, this.#imaginary) / this.weight : 0;
  }
}
