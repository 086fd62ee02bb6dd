import type { EmbeddingStatistics } from './embedding-statistics.ts';

/** Deviations from the mean at which a value stops to grow: one odd statistic must not decide alone. */
const LARGEST_DEVIATIONS = 4;
const DIGITS = 1e4;

/** Mean and standard deviation of each statistic over the songs of the set. */
export type Whitening = Readonly<
  Record<keyof EmbeddingStatistics, { readonly mean: readonly number[]; readonly deviation: readonly number[] }>
>;

/** The vector that statistics make. */
export function whiten(statistics: EmbeddingStatistics, whitening: Whitening): number[] {
  return (['rhythm', 'timbre', 'harmony'] as const).flatMap((kind) => {
    const { mean, deviation } = whitening[kind];
    return statistics[kind].map((value, i) => {
      if (value === null) return 0;
      const deviations = (value - mean[i]!) / deviation[i]!;
      const limited = LARGEST_DEVIATIONS * Math.tanh(deviations / LARGEST_DEVIATIONS);
      return Math.round((DIGITS * limited) / Math.sqrt(statistics[kind].length)) / DIGITS;
    });
  });
}
