import type { Kernels } from '@tutti/dsp';
import type { AccentCurves } from './accent-curves.ts';
import { type BeatEvidence, beatEvidence } from './beat-evidence.ts';
import type { TickRow } from './tick-row.ts';

/** Ticks that may make up a beat: duple, triple and compound subdivisions. */
const GROUPS = [1, 2, 3, 4, 6, 8] as const;
const SLOWEST_BPM = 28;
const FASTEST_BPM = 300;
/** Fewer beats than this are no beat. */
const FEWEST_BEATS = 4;
/** Keeps the logarithm of onsets in a beat within reason. */
const FEWEST_ONSETS = 0.2;

/**
 * What speaks for a row of moments being the beats: the weights of these are a conditional logit model, in which the
 * probability of a row is proportional to e to the sum of weight times evidence. They are data, made by
 * `conformance/tempo/fit.ts`. Sources left out, nothing is added to this by harmony that changes at the beats, by how alike
 * neighbouring beats are, by how much of all onsets one rhythm of the beat explains, or by how ticks differ within a beat.
 * Tempo alone would prefer fast beats; slow rows gather stronger onsets, and both meet near what people tap.
 */
export const TACTUS_EVIDENCE = [
  /** Octaves above 110 a minute, and their square. */
  'tempo',
  'tempoSquared',
  /** Octaves of onsets in a beat above one, and their square. */
  'density',
  'densitySquared',
  'bassContrast',
  'midContrast',
  'clutter',
  /** 1 when the row keeps one tempo. */
  'steady',
  'repetition',
  'alternation',
  /** 1 when three or six ticks make up a beat: compound time is the rarer one. */
  'triple',
] as const;
export type TactusEvidence = Readonly<Record<(typeof TACTUS_EVIDENCE)[number], number>>;

/** A row of possible beats. */
export interface BeatCandidate {
  /** Frames, ascending. */
  readonly beats: Float64Array;
  readonly bpm: number;
  readonly row: TickRow;
  /** Ticks of the row in a beat. */
  readonly group: number;
  readonly evidence: TactusEvidence;
}

/** A row of possible beats and how probable it is that people would tap it. */
export interface BeatHypothesis extends BeatCandidate {
  readonly probability: number;
}

/**
 * All ways to count the ticks of several pulses in ones, twos, threes, ..., from each starting tick.
 * @param kernels lend memory for the time of the call
 * @param onsetsPerSecond in the mean over the track
 */
export function beatCandidates(
  kernels: Kernels,
  rows: readonly TickRow[],
  accents: AccentCurves,
  onsetsPerSecond: number,
): BeatCandidate[] {
  const found: BeatCandidate[] = [];
  for (const row of rows) {
    const ticks = row.frames.length;
    if (ticks < FEWEST_BEATS) continue;
    const tickBpm = (60 * accents.frameRate * (ticks - 1)) / (row.frames[ticks - 1]! - row.frames[0]!);
    for (const group of GROUPS) {
      if (tickBpm / group < SLOWEST_BPM || tickBpm / group > FASTEST_BPM) continue;
      for (let first = 0; first < group; first++) {
        const beats = everyNth(row.frames, group, first);
        if (beats.length < FEWEST_BEATS) continue;
        const heard = beatEvidence(kernels, beats, accents);
        found.push({ beats, bpm: heard.bpm, row, group, evidence: tactusEvidence(heard, onsetsPerSecond, row, group) });
      }
    }
  }
  return found;
}

/** The candidates with the probability of each under a model; most probable first. */
export function beatHypotheses(candidates: readonly BeatCandidate[], weights: TactusEvidence): BeatHypothesis[] {
  const scores = candidates.map(({ evidence }) =>
    TACTUS_EVIDENCE.reduce((sum, name) => sum + weights[name] * evidence[name], 0),
  );
  const top = scores.reduce((best, score) => Math.max(best, score), Number.NEGATIVE_INFINITY);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - top), 0);
  return candidates
    .map((candidate, i) => ({ ...candidate, probability: Math.exp(scores[i]! - top) / total }))
    .sort((a, b) => b.probability - a.probability);
}

function tactusEvidence(heard: BeatEvidence, onsetsPerSecond: number, row: TickRow, group: number): TactusEvidence {
  const tempo = Math.log2(heard.bpm / 110);
  const density = Math.log2((60 * onsetsPerSecond) / heard.bpm + FEWEST_ONSETS);
  const { bassContrast, midContrast, clutter, repetition, alternation } = heard;
  return {
    tempo,
    tempoSquared: tempo * tempo,
    density,
    densitySquared: density * density,
    bassContrast,
    midContrast,
    clutter,
    steady: row.steady === null ? 0 : 1,
    repetition,
    alternation,
    triple: group % 3 === 0 ? 1 : 0,
  };
}

function everyNth(values: Float64Array, n: number, first: number): Float64Array {
  const count = Math.max(0, Math.ceil((values.length - first) / n));
  return Float64Array.from({ length: count }, (_, i) => values[first + i * n]!);
}
