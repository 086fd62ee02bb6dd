import { requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Sums that `melPowerSums` makes of each row. */
export const POWER_SUMS = 4;
/** The kernel works on four bands at a time. */
const LANES = 4;

/** Largest of all mel levels in dB; -Infinity of none. @param kernels lend memory for the time of the call */
export function loudestLevel(kernels: Kernels, melFrames: Float32Array): number {
  if (melFrames.length === 0) return Number.NEGATIVE_INFINITY;
  return kernels.lend(() => kernels.wasm.largestOf(kernels.place(melFrames), melFrames.length));
}

/**
 * How much mel bands rise to each frame from the one before, in dB, mean over the bands; 0 for the first.
 * @param kernels lend memory for the time of the call
 * @param melFrames [frames][bands] levels in dB
 * @param least dB; what is softer counts as this
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function melRises(kernels: Kernels, melFrames: Float32Array, bands: number, least: number): Float64Array {
  requireInteger('bands', bands, 1, 4096);
  const frames = Math.floor(melFrames.length / bands);
  return kernels.lend(() => {
    const target = kernels.allocate(8 * frames);
    kernels.wasm.melRises(kernels.place(melFrames), frames, bands, least, target);
    return kernels.doubles(target, frames).slice();
  });
}

/**
 * Weighted sums of the powers of the bands of each frame: of weight * 10^(level / 10).
 * @param kernels lend memory for the time of the call
 * @param melFrames [frames][bands] levels in dB, -300 to 300
 * @param weights [bands][POWER_SUMS]
 * @returns [frames][POWER_SUMS], within 1e-5 of each
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function melPowerSums(kernels: Kernels, melFrames: Float32Array, weights: Float32Array): Float32Array {
  const bands = weights.length / POWER_SUMS;
  requireInteger('bands / 4', bands / LANES, 1, 1024);
  for (const weight of weights) requireInRange('weight', weight, -1e6, 1e6);
  const frames = Math.floor(melFrames.length / bands);
  return kernels.lend(() => {
    const target = kernels.allocateFloats(POWER_SUMS * frames);
    const powers = kernels.allocateFloats(bands);
    kernels.wasm.melPowerSums(kernels.place(melFrames), frames, bands, kernels.place(weights), powers, target);
    return kernels.floats(target, POWER_SUMS * frames).slice();
  });
}
