import { requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

const BINS_PER_SEMITONE = 3;
/** The kernel works on four semitones at a time. */
const LANES = 4;

/**
 * Running sums of the compressed levels of semitones: ln(1 + compression * amplitude / level of all), where the amplitude
 * of a semitone is the root of the squares of its middle bin and the two beside it, and the level of all is the mean of
 * the root mean square of the frames, each weighted by its own. Silence has a level of 0.
 * @param kernels lend memory for the time of the call
 * @param frames [count][bins] amplitudes, at least 0, three bins a semitone, from the middle of one on
 * @param bins a multiple of 12
 * @returns [count + 1][bins / 3]: what frames before each add up to
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function semitoneLevelSums(
  kernels: Kernels,
  frames: Float32Array,
  bins: number,
  compression: number,
): Float64Array<ArrayBuffer> {
  requireInteger('bins / 12', bins / (BINS_PER_SEMITONE * LANES), 1, 1024);
  requireInRange('compression', compression, 0, 1e9);
  const semitones = bins / BINS_PER_SEMITONE;
  const count = Math.floor(frames.length / bins);
  const values = (count + 1) * semitones;
  return kernels.lend(() => {
    const rows = kernels.place(frames);
    const levels = kernels.allocateFloats(semitones);
    const sums = kernels.allocate(8 * values);
    const level = kernels.wasm.levelOfRows(rows, count, bins);
    kernels.wasm.semitoneSums(rows, count, semitones, level > 0 ? compression / level : 0, levels, sums);
    return kernels.doubles(sums, values).slice();
  });
}
