import type { TimedRows } from './span-means.ts';

/** The definition, plainly: mean of one column from one moment to another, as an integral of what stands still in a row. */
export function spanMeanTwin(rows: TimedRows, column: number, from: number, to: number): number {
  const { values, stride, least = Number.NEGATIVE_INFINITY } = rows;
  let sum = 0;
  for (let row = 0; row < values.length / stride; row++) {
    const covered = Math.min(to, row + 1) - Math.max(from, row);
    if (covered > 0) sum += covered * Math.max(least, values[row * stride + column]!);
  }
  return sum / (to - from);
}
