import type { BarDirections } from './likeness.ts';

/** How alike all bars of a track are, or all groups of a few bars. */
export interface BarLikeness {
  readonly rows: number;
  /** Start of each row in seconds, and the end of the last. */
  readonly starts: readonly number[];
  /** [rows][rows] -1 to 1, mean over the bars of both groups */
  readonly likeness: Float32Array;
  /** Bars in a row; the last may have fewer. */
  readonly barsPerRow: number;
}

/**
 * The whole self-similarity matrix of a track.
 * @param starts start of each bar in seconds, and the end of the last
 * @param mostRows bars are averaged in groups so that there are no more than this
 */
export function barLikeness(directions: BarDirections, starts: readonly number[], mostRows: number): BarLikeness {
  const { bars, dimensions } = directions;
  const barsPerRow = Math.ceil(bars / mostRows);
  const rows = Math.ceil(bars / barsPerRow);
  const means = groupMeans(directions, rows, barsPerRow);
  const likeness = new Float32Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += means[i * dimensions + d]! * means[j * dimensions + d]!;
      likeness[i * rows + j] = sum;
      likeness[j * rows + i] = sum;
    }
  }
  const edges = Array.from({ length: rows }, (_, row) => starts[row * barsPerRow]!);
  return { rows, starts: [...edges, starts[bars]!], likeness, barsPerRow };
}

function groupMeans({ bars, dimensions, values }: BarDirections, rows: number, barsPerRow: number): Float32Array {
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
