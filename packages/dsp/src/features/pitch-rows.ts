import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import type { FilterBank } from '../transform/filter-bank.ts';

/** The kernels work on four bins at a time. */
const LANES = 4;

/**
 * Means of rows in blocks, of what is left in the last one.
 * @param kernels lend memory for the time of the call
 * @param rows [count][width], `width` a multiple of 4
 * @returns `means` [ceil(count / perBlock)][width], and the mean square of all of them, 0 of none
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function meanRows(
  kernels: Kernels,
  rows: Float32Array,
  width: number,
  perBlock: number,
): { readonly means: Float32Array; readonly meanSquare: number } {
  requireInteger('width / 4', width / LANES, 1, 16_384);
  requireInteger('perBlock', perBlock, 1, 65_536);
  const count = Math.floor(rows.length / width);
  const values = Math.ceil(count / perBlock) * width;
  return kernels.lend(() => {
    const target = kernels.allocateFloats(values);
    kernels.wasm.meanRows(kernels.place(rows), count, width, perBlock, target);
    const meanSquare = kernels.wasm.sumOfSquares(target, values) / Math.max(1, values);
    return { means: kernels.floats(target, values).slice(), meanSquare };
  });
}

/** How levels are compressed, and beside what a bin stands out. */
export interface StandOutOptions {
  /** Levels are ln(1 + gain * amplitude). */
  readonly gain: number;
  /** Bins to each side whose mean level is taken away, at least 1. */
  readonly around: number;
}

/**
 * A filter bank over what stands out of each row: noise and drums, which are flat over some bins, do not.
 * Stages: ln(1 + gain * amplitude) -> minus the mean over `around` bins to each side, at least 0 -> bank.
 * @param kernels those of the bank; lend memory for the time of the call
 * @param rows [count][bins of the bank, a multiple of 4] amplitudes, at least 0
 * @returns [count][bands of the bank]
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function standingOut(
  kernels: Kernels,
  bank: FilterBank,
  rows: Float32Array,
  { gain, around }: StandOutOptions,
): Float32Array {
  const { bands, bins } = bank;
  requireInRange('gain', gain, 0, Number.MAX_VALUE);
  requireInteger('around', around, 1, bins);
  if (bins % LANES !== 0)
    throw new DspError('invalid-parameter', `the bank has ${bins} bins; a multiple of 4 is needed`);
  const count = Math.floor(rows.length / bins);
  return kernels.lend(() => {
    const input = kernels.place(rows);
    const levels = kernels.allocateFloats(bins);
    const risen = kernels.allocateFloats(bins);
    const target = kernels.allocateFloats(count * bands);
    kernels.wasm.standOut(bank.address, bands, input, count, bins, gain, around, levels, risen, target);
    return kernels.floats(target, count * bands).slice();
  });
}
