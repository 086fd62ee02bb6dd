import type { Answer, Answers } from './answers.ts';
import type { CorpusFile } from './corpus.ts';
import { type FileScores, judgeFile, type Supplied, suppliedBy } from './judge-file.ts';
import { METRIC_NAMES, type MetricName } from './metric-list.ts';
import { bootstrapInterval, type Interval, meanOf, medianOf } from './metrics/bootstrap.ts';
import {
  type CalibrationBin,
  type Claim,
  calibrationBins,
  calibrationError,
  rankingArea,
} from './metrics/calibration.ts';
import { keyRelation } from './metrics/key-metrics.ts';
import { type Lattice, worstLattice } from './metrics/lattice.ts';
import { tempoRatio } from './metrics/tempo-metrics.ts';

/** A mean over files and its 95 % interval. */
export interface Score {
  readonly count: number;
  readonly value: number;
  readonly interval: Interval | null;
}

export type Scores = Readonly<Partial<Record<MetricName, Score>>>;

export interface Calibration {
  readonly count: number;
  readonly bins: readonly CalibrationBin[];
  readonly error: number | null;
  readonly errorInterval: Interval | null;
  readonly area: number | null;
  readonly areaInterval: Interval | null;
}

/** How often something occurs. */
export interface Tally {
  readonly name: string;
  readonly count: number;
}

/** How right one program is on a corpus. */
export interface Evaluation {
  readonly program: string;
  readonly files: number;
  /** Files without any answer, and files that failed. */
  readonly missing: number;
  readonly failed: number;
  readonly scores: Scores;
  readonly kinds: readonly { readonly kind: string; readonly files: number; readonly scores: Scores }[];
  /** By file id. */
  readonly perFile: Readonly<Record<string, FileScores>>;
  /** How often the tempo stands in which ratio to the true one, and the key in which relation. */
  readonly tempoRatios: readonly Tally[];
  readonly keyRelations: readonly Tally[];
  /** Median relative error of the tempi that are right; null when none is. */
  readonly tempoError: number | null;
  /** Confidence of the tempo against Acc1; null when the program names none. */
  readonly calibration: Calibration | null;
  readonly lattice: Lattice | null;
  /** Seconds of audio per second of CPU; null when that is not known. */
  readonly realTimeFactor: number | null;
}

/**
 * Scores the answers of one program. Every file counts: a missing answer is a wrong one.
 * @param supplied what the program answers at all; told by its answers when absent
 */
export function evaluate(
  program: string,
  corpus: readonly CorpusFile[],
  answers: Answers,
  supplied: Supplied = suppliedBy(answers.values()),
): Evaluation {
  const all = [...answers.values()];
  const perFile = Object.fromEntries(
    corpus.map(({ id, truth }) => [id, judgeFile(truth, answers.get(id), supplied)] as const),
  );
  const kinds = [...new Set(corpus.map(({ kind }) => kind))].sort();
  const ofKind = (kind: string) => corpus.filter((file) => file.kind === kind);
  return {
    program,
    files: corpus.length,
    missing: corpus.filter(({ id }) => !answers.has(id)).length,
    failed: all.filter(({ failed }) => failed).length,
    scores: scoresOf(corpus, perFile),
    kinds: kinds.map((kind) => ({ kind, files: ofKind(kind).length, scores: scoresOf(ofKind(kind), perFile) })),
    perFile,
    ...confusions(corpus, answers, supplied),
    calibration: calibrationOf(corpus, answers, perFile),
    lattice: worstLattice(all.flatMap(({ bpm }) => bpm ?? [])),
    realTimeFactor: speedOf(all),
  };
}

function scoresOf(files: readonly CorpusFile[], perFile: Readonly<Record<string, FileScores>>): Scores {
  const scores: Partial<Record<MetricName, Score>> = {};
  for (const metric of METRIC_NAMES) {
    const values = files.flatMap(({ id }) => perFile[id]?.[metric] ?? []);
    if (values.length > 0) {
      scores[metric] = { count: values.length, value: meanOf(values), interval: bootstrapInterval(values, meanOf) };
    }
  }
  return scores;
}

function confusions(
  corpus: readonly CorpusFile[],
  answers: Answers,
  supplied: Supplied,
): Pick<Evaluation, 'tempoRatios' | 'keyRelations' | 'tempoError'> {
  const ratios: string[] = [];
  const relations: string[] = [];
  const errors: number[] = [];
  for (const { id, truth } of corpus) {
    const answer = answers.get(id);
    const bpm = answer?.bpm ?? null;
    const expected = truth.bpms?.[0];
    if (supplied.tempo && expected !== undefined) {
      const ratio = tempoRatio(bpm, expected);
      ratios.push(ratio);
      if (ratio === '1') errors.push(Math.abs(bpm! / expected - 1));
    }
    if (supplied.key && truth.key) relations.push(keyRelation(truth.key, answer?.key ?? null));
  }
  return { tempoRatios: tally(ratios), keyRelations: tally(relations), tempoError: medianOf(errors) };
}

/** How often each name occurs, the most frequent first. */
function tally(names: readonly string[]): Tally[] {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, equals]) => ({ name, count: equals.length }))
    .sort((a, b) => b.count - a.count);
}

function calibrationOf(
  corpus: readonly CorpusFile[],
  answers: Answers,
  perFile: Readonly<Record<string, FileScores>>,
): Calibration | null {
  const claims = corpus.flatMap(({ id, truth }): Claim[] => {
    const answer = answers.get(id);
    if (!truth.bpms || !answer || answer.bpm === null || answer.confidence === null) return [];
    return [{ confidence: answer.confidence, right: perFile[id]?.acc1 === 1 }];
  });
  if (claims.length === 0) return null;
  return {
    count: claims.length,
    bins: calibrationBins(claims),
    error: calibrationError(claims),
    errorInterval: bootstrapInterval(claims, calibrationError),
    area: rankingArea(claims),
    areaInterval: bootstrapInterval(claims, rankingArea),
  };
}

function speedOf(answers: readonly Answer[]): number | null {
  let audio = 0;
  let cpu = 0;
  for (const { audioSeconds, cpuSeconds } of answers) {
    if (!audioSeconds || !cpuSeconds) continue;
    audio += audioSeconds;
    cpu += cpuSeconds;
  }
  return cpu > 0 ? audio / cpu : null;
}
