import { cascadeResponseDb, type FilterBand } from '@tutti/dsp';
import type { BandDeviation } from './balance.ts';

/** Filters that corrections are made of: an octave or more wide, so that no curve of theirs is steep. */
const FILTERS = [
  { shape: 'low-shelf', frequencyHz: 90, q: 0.7 },
  { shape: 'peak', frequencyHz: 180, q: 0.9 },
  { shape: 'peak', frequencyHz: 400, q: 0.9 },
  { shape: 'peak', frequencyHz: 900, q: 0.9 },
  { shape: 'peak', frequencyHz: 2000, q: 0.9 },
  { shape: 'peak', frequencyHz: 4500, q: 0.9 },
  { shape: 'high-shelf', frequencyHz: 9000, q: 0.7 },
] as const;
/** A filter is used up to this share of the sample rate. */
const HIGHEST_SHARE = 0.35;
/** A filter with less gain is left out, dB. */
const LEAST_DB = 0.3;
/** What a gain of 1 dB costs against a mean excess of 1 dB: keeps neighbours from working against each other. */
const RIDGE = 0.005;
/** The same for the level: where it is free, only what keeps it where no band says anything; where it is kept, all. */
const LEVEL_RIDGE = { free: 5e-6, kept: 1e9 };
/** Steps of the solution; it takes a handful. They are halved down to a share, and end where less is won by one. */
const MOST_STEPS = 40;
const LEAST_SHARE = 1e-3;
const SETTLED = 1e-9;

/** A third octave, and what is wanted of it. */
export interface AimedBand extends BandDeviation {
  /** It may be this far from where it is wanted, dB; from further away it is led to there. */
  readonly toleranceDb: number;
  /** It is to be raised by this whatever its deviation is, dB. */
  readonly toneDb: number;
}

type Filter = (typeof FILTERS)[number];

/**
 * The smallest gains of few wide filters, beside those of a tone, that lead a balance to within a tolerance of the wanted one.
 * What lies inside is not moved for its own sake, and what was led to the edge lies inside it: the same again asks for next to
 * nothing.
 * Stages: gains of the tone by least squares -> least squares of what bands exceed their tolerance by, over the gains and the
 * level at which the curves are laid over each other, by Newton's method (the function is convex, and quadratic in pieces) ->
 * filters that would do next to nothing are left out, and the others fitted again -> all gains scaled where a frequency would
 * be moved too far.
 * @param mostDb no frequency is raised or lowered by more
 * @param level whether deviations are up to a constant, as those of a balance are, or what they say
 * @returns bands with gains in tenths of a dB; none when nothing is to be done
 * Source: the loss is the squared epsilon-insensitive one of V. Vapnik, "The Nature of Statistical Learning Theory" (1995).
 */
export function fitEqualiser(
  aimed: readonly AimedBand[],
  sampleRate: number,
  mostDb: number,
  level: keyof typeof LEVEL_RIDGE = 'free',
): Required<FilterBand>[] {
  // No band asks for more than may be done to it.
  const bands = aimed.map((band) => ({
    ...band,
    toleranceDb: Math.max(band.toleranceDb, Math.abs(band.deviationDb + band.toneDb) - mostDb),
  }));
  let filters: readonly Filter[] = FILTERS.filter(({ frequencyHz }) => frequencyHz <= HIGHEST_SHARE * sampleRate);
  for (;;) {
    const gains = leastExcess(bands, filters, sampleRate, LEVEL_RIDGE[level]);
    const least = Math.min(...gains.map(Math.abs));
    if (filters.length === 0 || least >= LEAST_DB) return bounded(filters, gains, sampleRate, mostDb);
    filters = filters.filter((_, i) => Math.abs(gains[i]!) > least);
  }
}

/** Gains of filters behind which the bands exceed their tolerance least. */
function leastExcess(
  bands: readonly AimedBand[],
  filters: readonly Filter[],
  sampleRate: number,
  levelRidge: number,
): number[] {
  const responses = filters.map((filter) => cascadeResponseDb([{ ...filter, gainDb: 1 }], sampleRate));
  // The last column is the level.
  const rows = bands.map(({ frequencyHz }) => [...responses.map((response) => response(frequencyHz)), 1]);
  const weights = bands.map(({ weight }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return filters.map(() => 0);
  const ridge = [...filters.map(() => RIDGE * total), levelRidge * total];
  const tone = bands.map(({ toneDb }) => toneDb);
  const start = tone.every((value) => value === 0)
    ? ridge.map(() => 0)
    : newtonStep(
        rows,
        weights,
        tone.map((value) => -value),
        ridge,
        ridge.map(() => 0),
      );
  const excessAt = (x: readonly number[]) =>
    bands.map(({ deviationDb, toleranceDb }, band) => {
      const now = deviationDb + dot(rows[band]!, x);
      return Math.sign(now) * Math.max(0, Math.abs(now) - toleranceDb);
    });
  const costAt = (x: readonly number[], excess: readonly number[]) =>
    excess.reduce((sum, value, band) => sum + weights[band]! * value * value, 0) +
    x.reduce((sum, value, i) => sum + ridge[i]! * (value - start[i]!) ** 2, 0);

  let x = start;
  let excess = excessAt(x);
  for (let step = 0; step < MOST_STEPS; step++) {
    const active = weights.map((weight, band) => (excess[band] === 0 ? 0 : weight));
    const away = x.map((value, i) => value - start[i]!);
    const move = newtonStep(rows, active, excess, ridge, away);
    const before = costAt(x, excess);
    const from = x;
    let share = 1;
    do {
      x = from.map((value, i) => value + share * move[i]!);
      excess = excessAt(x);
      share /= 2;
    } while (costAt(x, excess) > before && share > LEAST_SHARE);
    if (before - costAt(x, excess) <= SETTLED * (1 + before)) break;
  }
  return x.slice(0, -1);
}

/** The step to where weighted squares of what is left, and of how far each gain is away, are least. */
function newtonStep(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  left: readonly number[],
  ridge: readonly number[],
  away: readonly number[],
): number[] {
  const sum = (value: (row: readonly number[], band: number) => number) =>
    rows.reduce((total, row, band) => total + weights[band]! * value(row, band), 0);
  const matrix = ridge.map((cost, i) => ridge.map((_, j) => sum((row) => row[i]! * row[j]!) + (i === j ? cost : 0)));
  const slope = ridge.map((cost, i) => -sum((row, band) => row[i]! * left[band]!) - cost * away[i]!);
  return solve(matrix, slope);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Solves a symmetric positive definite system by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((pivot, i) => {
    for (const row of rows.slice(i + 1)) {
      const factor = row[i]! / pivot[i]!;
      for (let k = i; k < row.length; k++) row[k] = row[k]! - factor * pivot[k]!;
    }
  });
  const solution = right.map(() => 0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const known = solution.reduce((sum, value, j) => (j > i ? sum + rows[i]![j]! * value : sum), 0);
    solution[i] = (rows[i]!.at(-1)! - known) / rows[i]![i]!;
  }
  return solution;
}

/** Scales the gains so that the response stays within the bound. */
function bounded(
  filters: readonly Filter[],
  gains: readonly number[],
  sampleRate: number,
  mostDb: number,
): Required<FilterBand>[] {
  const bands = (scale: number) =>
    filters.map((filter, i) => ({ ...filter, gainDb: Math.round(10 * scale * gains[i]!) / 10 }));
  const largest = largestGainDb(bands(1), sampleRate);
  const scaled = largest > mostDb ? bands(mostDb / largest) : bands(1);
  return scaled.filter(({ gainDb }) => gainDb !== 0);
}

/** The most that a response raises or lowers any frequency from 20 Hz to 20 kHz, dB. */
export function largestGainDb(bands: readonly FilterBand[], sampleRate: number): number {
  const response = cascadeResponseDb(bands, sampleRate);
  let largest = 0;
  for (let hertz = 20; hertz < Math.min(20_000, sampleRate / 2); hertz *= 2 ** (1 / 12)) {
    largest = Math.max(largest, Math.abs(response(hertz)));
  }
  return largest;
}
