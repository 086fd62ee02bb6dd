import type { BarFeatures } from './bar-features.ts';

/** How alike all bars of a track are, or all groups of a few bars. */
export interface BarLikeness {
  readonly rows: number;
  /** Start of each row in seconds, and the end of the last. */
  readonly starts: readonly number[];
  /** [rows][rows] e to minus the distance over the mean distance: 1 for the same sound, about 0.37 for unrelated ones. */
  readonly likeness: Float32Array;
  /** Bars in a row; the last may have fewer. */
  readonly barsPerRow: number;
}

/**
 * The whole self-similarity matrix of a track.
 * @param starts start of each bar in seconds, and the end of the last
 * @param mostRows bars are averaged in groups so that there are no more than this
 */
export function barLikeness(features: BarFeatures, starts: readonly number[], mostRows: number): BarLikeness {
  const { bars, dimensions } = features;
  const barsPerRow = Math.ceil(bars / mostRows);
  const rows = Math.ceil(bars / barsPerRow);
  const means = groupMeans(features, rows, barsPerRow);
  const likeness = new Float32Array(rows * rows);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += (means[i * dimensions + d]! - means[j * dimensions + d]!) ** 2;
      const distance = Math.sqrt(sum);
      likeness[i * rows + j] = distance;
      likeness[j * rows + i] = distance;
      total += 2 * distance;
    }
  }
  const mean = total / Math.max(1, rows * (rows - 1));
  for (let i = 0; i < likeness.length; i++) likeness[i] = mean > 0 ? Math.exp(-likeness[i]! / mean) : 1;
  const edges = Array.from({ length: rows }, (_, row) => starts[row * barsPerRow]!);
  return { rows, starts: [...edges, starts[bars]!], likeness, barsPerRow };
}

function groupMeans({ bars, dimensions, values }: BarFeatures, rows: number, barsPerRow: number): Float32Array {
  const means = new Float32Array(rows * dimensions);
  for (let bar = 0; bar < bars; bar++) {
    const row = Math.floor(bar / barsPerRow);
    const size = Math.min(barsPerRow, bars - row * barsPerRow);
    for (let d = 0; d < dimensions; d++) {
      const slot = row * dimensions + d;
      means[slot] = means[slot]! + values[bar * dimensions + d]! / size;
    }
  }
  return means;
}
