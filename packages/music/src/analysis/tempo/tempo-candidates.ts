import type { AccentCurves } from './accent-curves.ts';
import { metricalHierarchy } from './metrical-hierarchy.ts';
import type { BeatHypothesis } from './tactus.ts';
import { TEMPO_MODEL } from './tempo-model.data.ts';
import { CONFIDENCE_EVIDENCE, type ConfidenceEvidence, type ConfidenceModel } from './tempo-model.ts';

/** Tempi this near count as the same answer. */
export const SAME_TEMPO = 0.04;
export const MOST_CANDIDATES = 5;

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
  accents: AccentCurves,
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
  const confidence = confidenceIn(confidenceEvidence(hypotheses, best, accents), TEMPO_MODEL.confidence);
  const others = sums
    .slice(1)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_CANDIDATES - 1)
    .map((other) => ({ bpm: other.bpm, weight: (other.weight * (1 - confidence)) / Math.max(1 - share, LEAST_SHARE) }));
  return [{ bpm, weight: confidence }, ...others];
}

/** Probability that an answer is right. */
export function confidenceIn(evidence: ConfidenceEvidence, weights: ConfidenceModel): number {
  const odds = CONFIDENCE_EVIDENCE.reduce((sum, name) => sum + weights[name] * evidence[name], weights.bias);
  return 1 / (1 + Math.exp(-odds));
}

/**
 * What the answer's being right is judged by: a logistic regression on this is the confidence.
 * @param hypotheses all, with their probabilities
 * @param best the one that the answer was made of
 */
export function confidenceEvidence(
  hypotheses: readonly BeatHypothesis[],
  best: BeatHypothesis,
  accents: AccentCurves,
): ConfidenceEvidence {
  const share = hypotheses.reduce(
    (sum, { bpm, probability }) => sum + (Math.abs(best.bpm / bpm - 1) < SAME_TEMPO ? probability : 0),
    0,
  );
  return {
    odds: Math.log((share + LEAST_SHARE) / (1 - share + LEAST_SHARE)),
    unevenness: Math.log(unevennessOf(best.beats) + LEAST_UNEVENNESS),
    ...metricalHierarchy(best, accents),
  };
}

/** Standard deviation of the intervals as a share of their mean. */
function unevennessOf(beats: Float64Array): number {
  const count = beats.length - 1;
  const mean = (beats[count]! - beats[0]!) / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((beats[i + 1]! - beats[i]!) / mean - 1) ** 2;
  return Math.sqrt(squares / count);
}
