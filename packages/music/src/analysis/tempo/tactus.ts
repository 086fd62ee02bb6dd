import type { AccentCurves } from './accent-curves.ts';
import { type BeatEvidence, beatEvidence } from './beat-evidence.ts';
import type { TickRow } from './tick-row.ts';

/** Ticks that may make up a beat: duple, triple and compound subdivisions. */
const GROUPS = [1, 2, 3, 4, 6, 8] as const;
const SLOWEST_BPM = 28;
const FASTEST_BPM = 300;
/** Fewer beats than this are no beat. */
const FEWEST_BEATS = 4;

/**
 * Weights of a conditional logit model: the probability that a row is the beat is proportional to e to the sum of weight
 * times evidence. Fitted by maximum likelihood (ridge 0.3) to 98 annotated pieces of ten sources and, at half weight, to
 * 80 composed songs; in five-fold cross-validation 68 % of the former (69 % with all in the fit) and all songs
 * at their style's usual tempo come out at the annotated level.
 * Tempo alone would prefer fast beats; slow rows gather stronger onsets, and both meet near what people tap.
 */
const WEIGHTS = {
  /** Per octave above 110 a minute, and per octave squared. */
  tempo: 2.7,
  tempoSquared: -1.2,
  contrast: 5.2,
  clutter: -0.8,
  steady: 3.2,
  repetition: 5.6,
  alternation: 2.4,
} as const;

/** A row of possible beats and how probable it is that people would tap it. */
export interface BeatHypothesis {
  /** Frames, ascending. */
  readonly beats: Float64Array;
  readonly bpm: number;
  readonly probability: number;
  readonly row: TickRow;
  /** Ticks of the row in a beat. */
  readonly group: number;
}

/**
 * All ways to count the ticks of several pulses in ones, twos, threes, ..., from each starting tick, with the
 * probability of each; most probable first.
 */
export function beatHypotheses(rows: readonly TickRow[], accents: AccentCurves): BeatHypothesis[] {
  const found: (Omit<BeatHypothesis, 'probability'> & { score: number })[] = [];
  for (const row of rows) {
    const ticks = row.frames.length;
    if (ticks < FEWEST_BEATS) continue;
    const tickBpm = (60 * accents.frameRate * (ticks - 1)) / (row.frames[ticks - 1]! - row.frames[0]!);
    for (const group of GROUPS) {
      if (tickBpm / group < SLOWEST_BPM || tickBpm / group > FASTEST_BPM) continue;
      for (let first = 0; first < group; first++) {
        const beats = everyNth(row.frames, group, first);
        if (beats.length < FEWEST_BEATS) continue;
        const evidence = beatEvidence(beats, accents);
        found.push({ beats, bpm: evidence.bpm, row, group, score: scoreOf(evidence, row.steady !== null) });
      }
    }
  }
  const top = found.reduce((best, { score }) => Math.max(best, score), Number.NEGATIVE_INFINITY);
  const total = found.reduce((sum, { score }) => sum + Math.exp(score - top), 0);
  return found
    .map(({ score, ...hypothesis }) => ({ ...hypothesis, probability: Math.exp(score - top) / total }))
    .sort((a, b) => b.probability - a.probability);
}

function scoreOf({ bpm, contrast, clutter, repetition, alternation }: BeatEvidence, steady: boolean): number {
  const octaves = Math.log2(bpm / 110);
  return (
    WEIGHTS.tempo * octaves +
    WEIGHTS.tempoSquared * octaves * octaves +
    WEIGHTS.contrast * contrast +
    WEIGHTS.clutter * clutter +
    WEIGHTS.steady * (steady ? 1 : 0) +
    WEIGHTS.repetition * repetition +
    WEIGHTS.alternation * alternation
  );
}

function everyNth(values: Float64Array, n: number, first: number): Float64Array {
  const count = Math.max(0, Math.ceil((values.length - first) / n));
  return Float64Array.from({ length: count }, (_, i) => values[first + i * n]!);
}
