import { type Kernels, type TuningSums, tuningSums } from '@tutti/dsp';
import type { PitchBlocks } from './pitch-blocks.ts';

const BINS_PER_SEMITONE = 3;
/**
 * A peak counts when it stands out this far from the bins beside it, as the sum of both logarithms of the ratio of
 * amplitudes: a lone partial does, hiss and drums and partials too low to be resolved do not.
 */
const LEAST_PROMINENCE = 1.5;
/** Maxima below this bin lie too close together to be told apart: a third of an octave above 55 Hz. */
const LOWEST_BIN = 12;
/** What `tuningSums` gives for each block. */
const SUMS = 6;

/** Where the semitones of a track lie. */
export interface Tuning {
  /** Semitones above those of A4 = 440 Hz, -0.5 to 0.5. */
  readonly offsetSemitones: number;
  /** 0 to 1: how much the maxima agree on it. Noise has under 0.1, and pitched music over 0.2. */
  readonly agreement: number;
}

/** What the maxima of the spectra of a track say of its tuning, block by block. */
export type TuningEvidence = TuningSums;

/** @param kernels lend memory for the time of the call */
export function tuningEvidence(kernels: Kernels, { bins, amplitudes }: PitchBlocks): TuningEvidence {
  return tuningSums(kernels, amplitudes, {
    bins,
    binsPerSemitone: BINS_PER_SEMITONE,
    lowestBin: LOWEST_BIN,
    prominence: LEAST_PROMINENCE,
  });
}

/**
 * The tuning of some blocks: the circular mean of the places of the prominent maxima within a semitone, weighted by the
 * root of their amplitude; the agreement is that of all maxima, as only a track that is mostly pitched has it.
 * @param from first block, rounded; `to` one behind the last
 * @returns null when nothing is pitched
 */
export function tuningOf({ rows, values }: TuningEvidence, from = 0, to = rows): Tuning | null {
  const sums = new Float64Array(SUMS);
  const end = SUMS * Math.min(rows, Math.round(to));
  for (let i = SUMS * Math.round(from); i < end; i++) sums[i % SUMS] = sums[i % SUMS]! + values[i]!;
  const [all, allCosine, allSine, weight, cosine, sine] = sums;
  if (weight === 0) return null;
  return {
    offsetSemitones: Math.atan2(sine!, cosine!) / (2 * Math.PI),
    agreement: Math.hypot(allCosine!, allSine!) / all!,
  };
}
