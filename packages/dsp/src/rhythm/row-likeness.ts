import { requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/**
 * How alike rows are to those some rows later: for each lag the mean, over the rows that have one so much later, of the
 * product of both; 0 where there is none.
 * @param kernels lend memory for the time of the call
 * @param rows [count][width], `width` even
 * @param lags in rows, 0 or more
 * @param standardise first makes each row have the mean 0 and the length 1, so that products are correlations; `rows` stays
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function rowLikeness(
  kernels: Kernels,
  rows: Float32Array,
  width: number,
  lags: readonly number[],
  standardise: boolean,
): number[] {
  requireInteger('width / 2', width / 2, 1, 32_768);
  const count = Math.floor(rows.length / width);
  return kernels.lend(() => {
    const input = kernels.place(rows);
    if (standardise) kernels.wasm.standardiseRows(input, count, width);
    return lags.map((lag) => {
      requireInteger('lag', lag, 0, 2 ** 30);
      return kernels.wasm.rowLikeness(input, count, width, lag);
    });
  });
}
