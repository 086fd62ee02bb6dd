import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Rows of values over time. */
export interface TimedRows {
  /** [rows][stride] */
  readonly values: Float32Array;
  readonly stride: number;
  /** How many columns are looked at, from the first. */
  readonly width: number;
  /** What is less counts as this; nothing does when absent. */
  readonly least?: number;
}

/**
 * Mean of each column over stretches of rows. What a stretch covers of the rows at its ends counts, so that one a little
 * later gives a little other means.
 * @param kernels lend memory for the time of the call
 * @param spans [spans][2]: from where to where, in rows, within the rows and longer than 0
 * @returns [spans][width]
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function spanMeans(kernels: Kernels, rows: TimedRows, spans: Float64Array): Float32Array {
  const { values, stride, width, least = Number.NEGATIVE_INFINITY } = rows;
  requireInteger('stride', stride, 1, 65_536);
  requireInteger('width', width, 1, stride);
  const count = Math.floor(values.length / stride);
  for (let i = 0; i < spans.length; i += 2) {
    const [from, to] = [spans[i]!, spans[i + 1]!];
    if (from >= 0 && to > from && to <= count) continue;
    throw new DspError(
      'invalid-parameter',
      `a span is ${from} to ${to}; it must be within 0 to ${count}, and not empty`,
    );
  }
  const spanCount = spans.length / 2;
  return kernels.lend(() => {
    const matrix = kernels.place(values);
    const list = kernels.allocate(8 * spans.length);
    const sums = kernels.allocate(8 * width);
    const target = kernels.allocateFloats(spanCount * width);
    kernels.doubles(list, spans.length).set(spans);
    kernels.wasm.spanMeans(matrix, stride, width, list, spanCount, least, sums, target);
    return kernels.floats(target, spanCount * width).slice();
  });
}
