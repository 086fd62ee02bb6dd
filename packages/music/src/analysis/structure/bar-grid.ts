import { type SoundPower, soundingFrames } from '../sounding-frames.ts';
import type { TempoAnalysis } from '../track-analysis.ts';

/** Fewer downbeats make no bars. */
const FEWEST_DOWNBEATS = 5;
/** Bars of a track without beats, in seconds. */
const BARLESS_SECONDS = 2;
/** A bar this far below the median bar is silent. */
const SILENT_BAR_DB = 40;
/** A bar at an end may lack this share of its length. */
const MISSING_SHARE = 0.1;

/** The bars that a track's parts are made of. */
export interface BarGrid {
  /** Start of each bar and end of the last, in seconds, ascending. */
  readonly starts: readonly number[];
  /** False for a track without beats, which is cut into spans of equal length. */
  readonly musical: boolean;
  /** Where the first sound begins and the last one ends, in seconds. */
  readonly soundStart: number;
  readonly soundEnd: number;
}

/**
 * Lays bars over the whole sound of a track: the downbeats heard, carried on at the length of the bars at the ends as long
 * as there is sound, without bars that are silent.
 */
export function barGridOf(features: SoundPower, tempo: TempoAnalysis): BarGrid {
  const seconds = features.frames / features.frameRate;
  const { from, to } = soundingFrames(features);
  const ends = { soundStart: from / features.frameRate, soundEnd: to / features.frameRate };
  if (tempo.downbeats.length < FEWEST_DOWNBEATS) {
    const count = Math.floor((ends.soundEnd - ends.soundStart) / BARLESS_SECONDS);
    const starts = Array.from({ length: count + 1 }, (_, i) => ends.soundStart + i * BARLESS_SECONDS);
    return { starts, musical: false, ...ends };
  }
  const running = runningPower(features);
  const levelOf = (from: number, to: number) => {
    const first = Math.max(0, Math.min(features.frames - 1, Math.round(from * features.frameRate)));
    const end = Math.max(first + 1, Math.min(features.frames, Math.round(to * features.frameRate)));
    return (running[end]! - running[first]!) / (end - first);
  };
  return { starts: carryOn(tempo.downbeats, seconds, levelOf), musical: true, ...ends };
}

function carryOn(
  downbeats: readonly number[],
  seconds: number,
  levelOf: (from: number, to: number) => number,
): number[] {
  const starts = [...downbeats];
  const levels = starts.slice(1).map((end, i) => levelOf(starts[i]!, end));
  levels.sort((a, b) => a - b);
  const silent = levels[levels.length >> 1]! * 10 ** (-SILENT_BAR_DB / 10);
  const firstBar = starts[1]! - starts[0]!;
  const lastBar = starts.at(-1)! - starts.at(-2)!;
  for (;;) {
    const from = starts.at(-1)!;
    const to = Math.min(seconds, from + lastBar);
    if (to - from < (1 - MISSING_SHARE) * lastBar || levelOf(from, to) <= silent) break;
    starts.push(to);
  }
  const before: number[] = [];
  for (;;) {
    const to = before.at(-1) ?? starts[0]!;
    const from = Math.max(0, to - firstBar);
    if (to - from < (1 - MISSING_SHARE) * firstBar || levelOf(from, to) <= silent) break;
    before.push(from);
  }
  const all = [...before.reverse(), ...starts];
  while (all.length > FEWEST_DOWNBEATS && levelOf(all.at(-2)!, all.at(-1)!) <= silent) all.pop();
  while (all.length > FEWEST_DOWNBEATS && levelOf(all[0]!, all[1]!) <= silent) all.shift();
  return all;
}

/** [frames + 1] running sum of the mean square of each frame. */
function runningPower({ frames, bandEnergies: { low, mid, high } }: SoundPower): Float64Array {
  const sums = new Float64Array(frames + 1);
  for (let i = 0; i < frames; i++) sums[i + 1] = sums[i]! + low[i]! + mid[i]! + high[i]!;
  return sums;
}
