import type { BeatHypothesis } from './tactus.ts';

/** Tempi this near count as the same answer. */
export const SAME_TEMPO = 0.04;
export const MOST_CANDIDATES = 5;

/**
 * Log-odds of the answer being right: logistic regression (ridge 1) on the log-odds that it has among the hypotheses and
 * on the logarithm of how much its intervals vary; an even pulse was followed rightly, an uneven one often was not.
 * Fitted to 98 annotated pieces and, at 0.2 of their weight, to 252 performed scores and 76 composed songs. In five-fold
 * cross-validation a right answer has the higher confidence in 83 % of the pairs, and the calibration error over ten bins
 * is 0.08, about what 98 pieces show by chance; fitted without the source that it is judged on, 78 % and 0.11.
 */
const WEIGHTS = { odds: 0.87, unevenness: -0.61, bias: -2.2 } as const;
/** Keeps logarithms within reason. */
const LEAST_SHARE = 0.01;
const LEAST_UNEVENNESS = 0.005;

export interface TempoCandidate {
  readonly bpm: number;
  /** Probability of being the tempo, 0 to 1. */
  readonly weight: number;
}

/**
 * The answer first, with the probability that it is right, then other tempi, which share what is left of it.
 * @param hypotheses all, with their probabilities
 * @param best the one that the answer was made of
 * @param bpm the answer
 */
export function tempoCandidates(
  hypotheses: readonly BeatHypothesis[],
  best: BeatHypothesis,
  bpm: number,
): TempoCandidate[] {
  // In a track whose tempo moves the mean, by which hypotheses are told apart, is not the median, which is the answer.
  const sums = [{ bpm: best.bpm, weight: 0 }];
  for (const hypothesis of hypotheses) {
    const same = sums.find((candidate) => Math.abs(candidate.bpm / hypothesis.bpm - 1) < SAME_TEMPO);
    if (same) same.weight += hypothesis.probability;
    else sums.push({ bpm: hypothesis.bpm, weight: hypothesis.probability });
  }
  const share = Math.min(1, sums[0]!.weight);
  const confidence = confidenceIn(share, best.beats);
  const others = sums
    .slice(1)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_CANDIDATES - 1)
    .map((other) => ({ bpm: other.bpm, weight: (other.weight * (1 - confidence)) / Math.max(1 - share, LEAST_SHARE) }));
  return [{ bpm, weight: confidence }, ...others];
}

function confidenceIn(share: number, beats: Float64Array): number {
  const odds = Math.log((share + LEAST_SHARE) / (1 - share + LEAST_SHARE));
  const unevenness = Math.log(unevennessOf(beats) + LEAST_UNEVENNESS);
  return 1 / (1 + Math.exp(-(WEIGHTS.bias + WEIGHTS.odds * odds + WEIGHTS.unevenness * unevenness)));
}

/** Standard deviation of the intervals as a share of their mean. */
function unevennessOf(beats: Float64Array): number {
  const count = beats.length - 1;
  const mean = (beats[count]! - beats[0]!) / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((beats[i + 1]! - beats[i]!) / mean - 1) ** 2;
  return Math.sqrt(squares / count);
}
