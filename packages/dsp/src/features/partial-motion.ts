import { requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Which partials are followed, and what counts as a move. */
export interface PartialSearch {
  /** Bins that are looked at, from `first` to before `end`; there have to be `around` more on each side. */
  readonly first: number;
  readonly end: number;
  /** A partial stands out from this many bins to each side (with its own), 1 or more, ... */
  readonly around: number;
  /** ... by this factor over their mean, on the fourth root of amplitude. */
  readonly prominence: number;
  /** Share of the largest amplitude of all frames under which there is none. */
  readonly faintest: number;
  /** Bins: what is nearer in the next frame is held, what is further away is another partial. */
  readonly heldBins: number;
  readonly sameBins: number;
}

/** Weights of partials, a value for each frame: how far each stands out, as a share of the mean around it. */
export interface PartialMotion {
  readonly all: Float64Array;
  /** Of those that lie elsewhere in the next frame; 0 for the last frame. */
  readonly moved: Float64Array;
}

/**
 * How much of what stands out of a spectrum moves a little from frame to frame.
 * Stages: fourth root -> prominent local maxima, placed by a parabola -> the nearest one in the next frame.
 * @param kernels lend memory for the time of the call
 * @param frames [rows][bins] amplitudes, at least 0
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function partialMotion(
  kernels: Kernels,
  frames: Float32Array,
  bins: number,
  { first, end, around, prominence, faintest, heldBins, sameBins }: PartialSearch,
): PartialMotion {
  const rows = Math.floor(frames.length / bins);
  requireInRange('faintest', faintest, 0, 1);
  requireInteger('around', around, 1, bins);
  requireInteger('first', first, around, bins);
  requireInteger('end', end, first, bins - around);
  const mark = kernels.mark();
  try {
    const input = kernels.allocateFloats(rows * bins);
    const scratch = kernels.allocate(kernels.wasm.partialMotionRoom(bins));
    const moved = kernels.allocate(8 * rows);
    const all = kernels.allocate(8 * rows);
    kernels.floats(input, rows * bins).set(frames.subarray(0, rows * bins));
    const loudest = kernels.wasm.samplePeak(input, rows * bins);
    const floor = Math.sqrt(Math.sqrt(faintest * loudest));
    const search = [first, end, around, prominence, floor, heldBins, sameBins] as const;
    if (rows > 0) kernels.wasm.partialMotion(input, rows, bins, ...search, scratch, moved, all);
    return { all: kernels.doubles(all, rows).slice(), moved: kernels.doubles(moved, rows).slice() };
  } finally {
    kernels.release(mark);
  }
}
