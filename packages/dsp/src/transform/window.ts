import { requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

const KINDS = { hann: 0, hamming: 1, 'blackman-harris': 2, 'root-hann': 3 } as const;

export type WindowKind = keyof typeof KINDS;

/**
 * A window function, computed in float64.
 * @param kind Blackman-Harris is the four-term window with side lobes below -92 dB; root-Hann is the square root of Hann
 * @param length 1 to 2^20
 * @param form periodic (for spectra and overlapping frames) or symmetric (for filter design), whose last value equals
 *   its first
 * Source: F. J. Harris, "On the use of windows for harmonic analysis with the discrete Fourier transform", 1978.
 */
export function windowFunction(
  kernels: Kernels,
  kind: WindowKind,
  length: number,
  form: 'periodic' | 'symmetric' = 'periodic',
): Float32Array {
  requireInteger('length', length, 1, 2 ** 20);
  const mark = kernels.mark();
  const pointer = kernels.allocateFloats(length);
  kernels.wasm.windowFill(pointer, length, KINDS[kind], form === 'symmetric');
  const values = kernels.floats(pointer, length).slice();
  kernels.release(mark);
  return values;
}
