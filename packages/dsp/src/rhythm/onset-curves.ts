import { requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** The kernels work on four values at a time. */
const LANES = 4;

/** Over what an onset curve is levelled, in values to each side. */
export interface Levelling {
  /** The background that is taken away. */
  readonly background: number;
  /** Where the level is measured. */
  readonly around: number;
  /** Share of the level of the whole curve below which a passage is not raised any further. */
  readonly floor: number;
}

/**
 * What of a curve stands over its background, brought to one level over time.
 * Stages: minus the moving mean -> rectify -> over the moving root of the mean square, plus a share of that of the whole.
 * @param kernels lend memory for the time of the call
 * @returns as many values, at least 0; zeros for a curve that does not move
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function levelledRises(
  kernels: Kernels,
  curve: Float32Array,
  { background, around, floor }: Levelling,
): Float32Array<ArrayBuffer> {
  requireInteger('background', background, 0, 2 ** 30);
  requireInteger('around', around, 0, 2 ** 30);
  requireInRange('floor', floor, 1e-6, 1e6);
  const count = curve.length;
  return kernels.lend(() => {
    const [squares, local, target] = [0, 1, 2].map(() => kernels.allocateFloats(count)) as [number, number, number];
    kernels.wasm.levelledRises(kernels.place(curve), count, background, around, floor, squares, local, target);
    return kernels.floats(target, count).slice();
  });
}

/** Where the accents of a curve lie. */
export interface Accents {
  /** The largest value nearby, in units of the mean of the curve. */
  readonly strength: Float32Array;
  /** ln(1 + strength), as loudness is heard. */
  readonly compressed: Float32Array;
}

/**
 * The accents of an onset curve.
 * @param kernels lend memory for the time of the call
 * @param curve at least 0
 * @param reach values to each side that count as nearby
 * @returns as many values; zeros for a curve of zeros
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function accentsOf(kernels: Kernels, curve: Float32Array, reach: number): Accents {
  requireInteger('reach', reach, 0, 1024);
  const count = curve.length;
  const room = Math.ceil(count / LANES) * LANES;
  return kernels.lend(() => {
    const strength = kernels.allocateFloats(room);
    const compressed = kernels.allocateFloats(room);
    kernels.wasm.accents(kernels.place(curve), count, reach, strength, compressed);
    return {
      strength: kernels.floats(strength, count).slice(),
      compressed: kernels.floats(compressed, count).slice(),
    };
  });
}

/**
 * Fourier coefficients of consecutive blocks of a curve at one period.
 * @param kernels lend memory for the time of the call
 * @param block values in each; the last may have fewer
 * @param period in values, over 1
 * @returns [blocks][2]: real and imaginary part of the sum of value * e^(2 pi i t / period), t counted from the start
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function blockPhases(
  kernels: Kernels,
  curve: Float32Array,
  block: number,
  period: number,
): Float64Array<ArrayBuffer> {
  requireInteger('block', block, 1, 2 ** 30);
  requireInRange('period', period, 1, 2 ** 30);
  const blocks = Math.ceil(curve.length / block);
  return kernels.lend(() => {
    const target = kernels.allocate(16 * blocks);
    kernels.wasm.blockPhases(kernels.place(curve), curve.length, block, (2 * Math.PI) / period, target);
    return kernels.doubles(target, 2 * blocks).slice();
  });
}
