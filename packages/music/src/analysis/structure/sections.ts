import type { BarFeatures } from './bar-features.ts';

/** Sections are at least this many bars long. */
const SHORTEST_BARS = 4;
/** Sections whose mean bars are nearer than this share of the distance of two unrelated bars are the same part. */
const SAME_PART = 0.3;

/** A part of a track, in bars. */
export interface BarSection {
  readonly firstBar: number;
  /** One past the last. */
  readonly endBar: number;
  /** Same number, same music. */
  readonly part: number;
  /** Mean square. */
  readonly power: number;
  /** dB, see `BarFeatures`. */
  readonly fullness: number;
}

/**
 * Cuts a track at those phrase starts that are newer than the average bar, and finds out which of the parts are alike.
 * @param phrases first bar of each phrase, ascending
 */
export function sectionsOf(features: BarFeatures, novelty: Float64Array, phrases: readonly number[]): BarSection[] {
  const { bars } = features;
  if (bars === 0) return [];
  const usual = novelty.reduce((sum, value) => sum + value, 0) / bars;
  const borders = [0];
  const byNovelty = phrases.filter((bar) => novelty[bar]! > usual);
  byNovelty.sort((a, b) => novelty[b]! - novelty[a]!);
  for (const bar of byNovelty) {
    if (bars - bar >= SHORTEST_BARS && borders.every((other) => Math.abs(other - bar) >= SHORTEST_BARS)) {
      borders.push(bar);
    }
  }
  borders.sort((a, b) => a - b);
  const spans = borders.map((firstBar, i) => ({ firstBar, endBar: borders[i + 1] ?? bars }));
  const parts = partsOf(features, spans);
  return spans.map(({ firstBar, endBar }, i) => {
    const mean = (values: Float64Array) =>
      values.subarray(firstBar, endBar).reduce((sum, value) => sum + value, 0) / (endBar - firstBar);
    return { firstBar, endBar, part: parts[i]!, power: mean(features.power), fullness: mean(features.fullness) };
  });
}

/** Gives each span the number of the first earlier span that it is like, or a new one. */
function partsOf(
  { values, dimensions }: BarFeatures,
  spans: readonly { firstBar: number; endBar: number }[],
): number[] {
  const means = spans.map(({ firstBar, endBar }) => {
    const mean = new Float64Array(dimensions);
    for (let bar = firstBar; bar < endBar; bar++) {
      for (let d = 0; d < dimensions; d++) mean[d] = mean[d]! + values[bar * dimensions + d]! / (endBar - firstBar);
    }
    return mean;
  });
  const distance = (a: Float64Array, b: Float64Array) =>
    Math.sqrt(a.reduce((sum, value, d) => sum + (value - b[d]!) ** 2, 0));
  // Two bars of a track that has no parts are sqrt(2 x dimensions) apart, as every dimension has a deviation of 1.
  const limit = SAME_PART * Math.sqrt(2 * dimensions);
  const parts: number[] = [];
  const first: number[] = [];
  means.forEach((mean, i) => {
    const alike = first.findIndex((j) => distance(means[j]!, mean) < limit);
    if (alike < 0) first.push(i);
    parts.push(alike < 0 ? first.length - 1 : alike);
  });
  return parts;
}
