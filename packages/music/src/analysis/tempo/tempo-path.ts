import { type Kernels, ridgePath } from '@tutti/dsp';
import type { Tempogram } from './tempogram.ts';

const STATES_PER_OCTAVE = 48;
/** Multiples of a period at which a passage is compared with itself. */
export const PATH_MULTIPLES = 4;
/** How far the local period may move away from the global one, in octaves to each side: rubato, ritardando. */
const RUBATO_OCTAVES = 0.25;
/** The same for tempi that step or ramp. What is further away is nearer at another level: that of twice or half as many ticks. */
const CHANGE_OCTAVES = 0.5;
/** Correlation per column that a path must gain to be believed to have left the narrow range: 4 : 3 and 3 : 2 are near. */
const CHANGE_GAIN = 0.04;
/** Most states the period may move from one column to the next. */
const REACH = 6;
/** What a move of one state costs, in units of correlation. */
const MOVE_COST = 0.005;

/**
 * How the period of a pulse moves through a track: the path through the tempogram that has the highest correlation at
 * the period and its first multiples, less a cost for each change (Viterbi). It stays near the global period, unless a
 * path that goes further away is clearly better.
 * @param kernels lend memory for the time of the call
 * @returns [columns] period in frames
 */
export function tempoPath(kernels: Kernels, tempogram: Tempogram, periodFrames: number): Float32Array {
  const near = bestPath(kernels, tempogram, periodFrames, RUBATO_OCTAVES);
  const far = bestPath(kernels, tempogram, periodFrames, CHANGE_OCTAVES);
  return far.score > near.score + CHANGE_GAIN * tempogram.columns ? far.path : near.path;
}

function bestPath(kernels: Kernels, { columns, lags, values }: Tempogram, periodFrames: number, rangeOctaves: number) {
  const radius = Math.round(rangeOctaves * STATES_PER_OCTAVE);
  const periods = Float32Array.from(
    { length: 2 * radius + 1 },
    (_, s) => periodFrames * 2 ** ((s - radius) / STATES_PER_OCTAVE),
  );
  return ridgePath(kernels, values, periods, {
    ...{ columns, lags, multiples: PATH_MULTIPLES, reach: REACH, cost: MOVE_COST },
  });
}
