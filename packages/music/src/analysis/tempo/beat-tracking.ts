import { type Kernels, tickChain } from '@tutti/dsp';
import { WINDOW_HOPS } from './tempogram.ts';

/** What it costs to leave the local period: times the square of the logarithm of the ratio. */
const TIGHTNESS = 150;
const SHORTEST_RATIO = 0.7;
const LONGEST_RATIO = 1.4;

/**
 * The sequence of ticks that meets the most onset strength at intervals near the local period.
 * A window of the tempogram sees a step of tempo from half its length before to half its length behind, and the path through
 * the windows crosses it gradually; so any period of the path as far as that to either side may hold at a tick, and the
 * onsets tell where the step is.
 * A cost of the change from one interval to the next, instead of from the path, follows strong rubato in simulated
 * performances better, in real ones no better, and the beats that are then chosen are no more often right.
 * @param kernels lend memory for the time of the call
 * @param pulse onset strength, about 1 in the mean square
 * @param path [columns] local period in frames, one every `hopFrames`
 * @returns frames, ascending
 */
export function trackTicks(kernels: Kernels, pulse: Float32Array, path: Float32Array, hopFrames: number): Int32Array {
  return tickChain(kernels, pulse, path, {
    hop: hopFrames,
    around: WINDOW_HOPS / 2,
    tightness: TIGHTNESS,
    shortest: SHORTEST_RATIO,
    longest: LONGEST_RATIO,
  });
}
