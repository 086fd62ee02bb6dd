import { requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Lags that the kernel works on together. */
const LAGS_TOGETHER = 8;

/**
 * How alike a curve is to itself some values later, not normalised: for each lag the sum over i of
 * values[i] * values[i - lag], in double precision.
 * @param kernels lend memory for the time of the call
 * @param values finite
 * @param lags from 0 to before this; 1 to 65536
 * @returns [lags]; 0 where the lag is longer than the curve
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function laggedProducts(kernels: Kernels, values: Float32Array, lags: number): Float64Array<ArrayBuffer> {
  requireInteger('lags', lags, 1, 65_536);
  const mark = kernels.mark();
  try {
    const room = Math.ceil(lags / LAGS_TOGETHER) * LAGS_TOGETHER;
    // Silence behind a short curve adds nothing to any sum.
    const count = Math.max(values.length, room);
    const input = kernels.allocateFloats(count);
    const output = kernels.allocate(8 * room);
    kernels.floats(input, values.length).set(values);
    kernels.wasm.laggedProducts(input, count, output, room);
    return kernels.doubles(output, lags).slice();
  } finally {
    kernels.release(mark);
  }
}
