import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What ticks may be, beside the local period. */
export interface TickChainOptions {
  /** Values from one local period to the next. */
  readonly hop: number;
  /** How many hops before and behind that of a tick its period may be taken from: how little is known when periods hold. */
  readonly around: number;
  /** What an interval costs: times the square of the logarithm of its ratio to the nearest of these periods. */
  readonly tightness: number;
  /** The shortest and the longest interval, as ratios to such a period. */
  readonly shortest: number;
  readonly longest: number;
}

/**
 * The chain of ticks that meets the most onset strength at intervals near the local period, by dynamic programming.
 * Source: D. P. W. Ellis, "Beat tracking by dynamic programming", Journal of New Music Research 36(1), 2007; here the
 * period moves along a path, which need not be exact about when it does.
 * @param kernels lend memory for the time of the call
 * @param pulse onset strength
 * @param path local period in values, 2 or more, for each hop begun
 * @returns places of the ticks, ascending
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function tickChain(
  kernels: Kernels,
  pulse: Float32Array,
  path: Float32Array,
  { hop, around, tightness, shortest, longest }: TickChainOptions,
): Int32Array {
  const count = pulse.length;
  requireInteger('hop', hop, 1, 2 ** 30);
  requireInteger('around', around, 0, 1024);
  requireInRange('tightness', tightness, 0, 1e6);
  requireInRange('shortest', shortest, 0.25, 1);
  requireInRange('longest', longest, 1, 4);
  const hops = Math.ceil(count / hop);
  if (path.length < hops) {
    throw new DspError('invalid-parameter', `path has ${path.length} periods; ${count} values need ${hops}`);
  }
  let largest = 2;
  for (let i = 0; i < hops; i++) {
    requireInRange('a period', path[i]!, 2, 2 ** 20);
    largest = Math.max(largest, path[i]!);
  }
  return kernels.lend(() => {
    const costs = kernels.allocateFloats(Math.ceil(largest * longest) + 2);
    const scores = kernels.allocateFloats(count);
    const origins = kernels.allocate(4 * count);
    const ticks = kernels.allocate(4 * count);
    const input = [kernels.place(pulse), count, kernels.place(path), hop, around] as const;
    const found = kernels.wasm.tickChain(...input, tightness, shortest, longest, costs, scores, origins, ticks);
    return kernels.integers(ticks, found).slice();
  });
}
