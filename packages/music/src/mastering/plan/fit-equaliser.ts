import { cascadeResponseDb, type FilterBand } from '@tutti/dsp';

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
/** What a gain of 1 dB costs against a mean deviation of 1 dB: keeps neighbours from working against each other. */
const RIDGE = 0.01;

export interface WantedGain {
  readonly frequencyHz: number;
  readonly gainDb: number;
  /** 0 or more */
  readonly weight: number;
}

/**
 * The filters whose response comes nearest to wanted gains, by weighted least squares: a filter's response in dB is nearly
 * its gain times that of 1 dB. Filters that would do next to nothing are left out, and the others fitted again.
 * @param mostDb no frequency is raised or lowered by more
 * @returns few bands with gains in tenths of a dB; none when nothing is to be done
 */
export function fitEqualiser(
  wanted: readonly WantedGain[],
  sampleRate: number,
  mostDb: number,
): Required<FilterBand>[] {
  let filters: readonly (typeof FILTERS)[number][] = FILTERS.filter(
    ({ frequencyHz }) => frequencyHz <= HIGHEST_SHARE * sampleRate,
  );
  for (;;) {
    const gains = leastSquares(wanted, filters, sampleRate);
    const least = Math.min(...gains.map(Math.abs));
    if (filters.length === 0 || least >= LEAST_DB) return bounded(filters, gains, sampleRate, mostDb);
    filters = filters.filter((_, i) => Math.abs(gains[i]!) > least);
  }
}

function leastSquares(
  wanted: readonly WantedGain[],
  filters: readonly (typeof FILTERS)[number][],
  sampleRate: number,
): number[] {
  const responses = filters.map((filter) => cascadeResponseDb([{ ...filter, gainDb: 1 }], sampleRate));
  const rows = wanted.map(({ frequencyHz }) => responses.map((response) => response(frequencyHz)));
  const total = wanted.reduce((sum, { weight }) => sum + weight, 0);
  const matrix = filters.map((_, i) =>
    filters.map((_, j) =>
      rows.reduce((sum, row, band) => sum + wanted[band]!.weight * row[i]! * row[j]!, i === j ? RIDGE * total : 0),
    ),
  );
  const right = filters.map((_, i) =>
    rows.reduce((sum, row, band) => sum + wanted[band]!.weight * row[i]! * wanted[band]!.gainDb, 0),
  );
  return total > 0 ? solve(matrix, right) : right;
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
  filters: readonly (typeof FILTERS)[number][],
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
