import { requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** One value for each column. */
export interface ColumnStatistics {
  readonly means: Float64Array;
  /** Standard deviations. */
  readonly deviations: Float64Array;
}

/**
 * Mean and standard deviation of each column of a matrix over some of its rows.
 * @param kernels lend memory for the time of the call
 * @param values [rows][width]
 * @param rows which rows count, ascending
 * @returns null when no row counts
 * @throws DspError 'invalid-parameter' when a row is not there, 'out-of-memory'
 */
export function columnStatistics(
  kernels: Kernels,
  values: Float32Array,
  width: number,
  rows: Int32Array,
): ColumnStatistics | null {
  requireInteger('width', width, 1, 65_536);
  if (rows.length === 0) return null;
  const most = Math.floor(values.length / width) - 1;
  requireInteger('the first row', rows[0]!, 0, most);
  requireInteger('the last row', rows.at(-1)!, 0, most);
  return kernels.lend(() => {
    const matrix = kernels.place(values);
    const list = kernels.allocate(4 * rows.length);
    const means = kernels.allocate(8 * width);
    const deviations = kernels.allocate(8 * width);
    kernels.integers(list, rows.length).set(rows);
    kernels.wasm.columnStatistics(matrix, width, list, rows.length, means, deviations);
    return { means: kernels.doubles(means, width).slice(), deviations: kernels.doubles(deviations, width).slice() };
  });
}
