/** Mean and standard deviation of a descriptor over the frames of a track that count. */
export interface Statistic {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Mean and standard deviation of one column of a matrix over some of its rows.
 * @param values [rows][width]
 * @returns null when no row counts
 */
export function columnStatistic(
  values: Float32Array,
  width: number,
  column: number,
  rows: readonly number[],
): Statistic | null {
  if (rows.length === 0) return null;
  let sum = 0;
  for (const row of rows) sum += values[row * width + column]!;
  const mean = sum / rows.length;
  let squares = 0;
  for (const row of rows) squares += (values[row * width + column]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / rows.length) };
}
