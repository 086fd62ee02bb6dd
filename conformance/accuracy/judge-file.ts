import type { Answer } from './answers.ts';
import type { Truth } from './corpus.ts';
import type { MetricName } from './metric-list.ts';
import { boundariesOf, boundaryF } from './metrics/boundaries.ts';
import { continuity } from './metrics/continuity.ts';
import { fMeasure } from './metrics/event-matching.ts';
import { KEY_WEIGHTS, keyRelation } from './metrics/key-metrics.ts';
import { FIELD_TOLERANCE, isTempoRight, METRICAL_LEVELS, MIXING_TOLERANCE } from './metrics/tempo-metrics.ts';

/** What a program answers at all: what it never says is not held against it. */
export interface Supplied {
  readonly tempo: boolean;
  readonly beats: boolean;
  readonly downbeats: boolean;
  readonly key: boolean;
  readonly sections: boolean;
}

/** Of a program that answers everything, as the analysers do. */
export const EVERYTHING: Supplied = { tempo: true, beats: true, downbeats: true, key: true, sections: true };

export type FileScores = Readonly<Partial<Record<MetricName, number>>>;

/** Beats before this are left out, as mir_eval does: listeners need a while to settle. */
const FIRST_BEAT_SECONDS = 5;
const BEAT_WINDOW_SECONDS = 0.07;

export function suppliedBy(answers: Iterable<Answer>): Supplied {
  const all = [...answers];
  return {
    tempo: all.some(({ bpm }) => bpm !== null),
    beats: all.some(({ beats }) => (beats?.length ?? 0) > 0),
    downbeats: all.some(({ downbeats }) => (downbeats?.length ?? 0) > 0),
    key: all.some(({ key }) => key !== null),
    sections: all.some(({ sections }) => (sections?.length ?? 0) > 0),
  };
}

/**
 * Compares an answer with the truth. Only what the truth knows and the program answers at all is measured; where it
 * does and this answer is missing, it is wrong.
 */
export function judgeFile(truth: Truth, answer: Answer | undefined, supplied: Supplied): FileScores {
  const scores: Partial<Record<MetricName, number>> = {};
  if (supplied.tempo && truth.bpms) judgeTempo(scores, truth.bpms, answer);
  const beats = settled(truth.beats);
  if (supplied.beats && beats.length > 1) {
    const heard = settled(answer?.beats);
    scores.beatF = fMeasure(beats, heard, BEAT_WINDOW_SECONDS);
    Object.assign(scores, continuity(beats, heard));
  }
  const downbeats = settled(truth.downbeats);
  if (supplied.downbeats && downbeats.length > 1) {
    scores.downbeatF = fMeasure(downbeats, settled(answer?.downbeats), BEAT_WINDOW_SECONDS);
  }
  if (supplied.key && truth.key) {
    const relation = keyRelation(truth.key, answer?.key ?? null);
    scores.keyWeighted = KEY_WEIGHTS[relation];
    scores.keyExact = relation === 'exact' ? 1 : 0;
    scores.keyBothFifths = relation === 'fifth below' ? KEY_WEIGHTS['fifth above'] : KEY_WEIGHTS[relation];
  }
  const boundaries = boundariesOf(truth.sections ?? []);
  if (supplied.sections && boundaries.length > 2) {
    const heard = boundariesOf(answer?.sections ?? []);
    scores.boundary05 = boundaryF(boundaries, heard, 0.5);
    scores.boundary3 = boundaryF(boundaries, heard, 3);
    scores.boundary05Trim = boundaryF(boundaries, heard, 0.5, true);
    scores.boundary3Trim = boundaryF(boundaries, heard, 3, true);
  }
  judgeLoudness(scores, truth.loudness ?? {}, answer);
  return scores;
}

function judgeTempo(
  scores: Partial<Record<MetricName, number>>,
  truths: readonly number[],
  answer: Answer | undefined,
): void {
  const bpm = answer?.bpm ?? null;
  if (truths.length === 0) {
    scores.noTempo = answer && !answer.failed && bpm === null ? 1 : 0;
    return;
  }
  const score = (right: boolean) => (right ? 1 : 0);
  scores.acc1 = score(isTempoRight(bpm, truths, FIELD_TOLERANCE));
  scores.acc2 = score(isTempoRight(bpm, truths, FIELD_TOLERANCE, METRICAL_LEVELS));
  scores.acc1Within1 = score(isTempoRight(bpm, truths, MIXING_TOLERANCE));
}

function judgeLoudness(
  scores: Partial<Record<MetricName, number>>,
  truth: NonNullable<Truth['loudness']>,
  answer: Answer | undefined,
): void {
  const figures = [
    ['loudnessError', 'integratedLufs'],
    ['truePeakError', 'truePeakDb'],
    ['rangeError', 'rangeLu'],
  ] as const;
  for (const [metric, name] of figures) {
    const expected = truth[name];
    const measured = answer?.[name] ?? null;
    if (expected !== undefined && measured !== null) scores[metric] = Math.abs(measured - expected);
  }
}

function settled(times: readonly number[] | null | undefined): number[] {
  return (times ?? []).filter((time) => time >= FIRST_BEAT_SECONDS);
}
