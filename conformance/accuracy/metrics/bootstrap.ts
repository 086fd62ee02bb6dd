import { seededRandom } from '@tutti/music/set-planning';

const ROUNDS = 2000;
const SEED = 1;
const LEVEL = 0.95;

export type Interval = readonly [low: number, high: number];

/**
 * 95 % interval of a figure over files: percentiles of the figure over 2,000 drawings of as many files with replacement.
 * The generator starts from the same seed each time. Rounds in which the figure is null are left out.
 * Source: B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
 * @param figure of the items drawn
 * @returns null for fewer than two items, or when the figure is null in half of the rounds
 */
export function bootstrapInterval<T>(
  items: readonly T[],
  figure: (drawn: readonly T[]) => number | null,
): Interval | null {
  if (items.length < 2) return null;
  const random = seededRandom(SEED);
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const value = figure(items.map(() => items[Math.floor(random() * items.length)]!));
    if (value !== null) figures.push(value);
  }
  if (figures.length < ROUNDS / 2) return null;
  figures.sort((a, b) => a - b);
  const at = (share: number) => figures[Math.min(figures.length - 1, Math.floor(share * figures.length))]!;
  return [at((1 - LEVEL) / 2), at((1 + LEVEL) / 2)];
}

/** Mean of at least one value. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The middle value, or the mean of the two in the middle; null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const above = sorted[sorted.length >> 1];
  if (above === undefined) return null;
  return sorted.length % 2 === 1 ? above : (above + sorted[(sorted.length >> 1) - 1]!) / 2;
}
