/** Intervals this near to the median, as a share of it, are of the same tempo. */
const SAME_TEMPO = 0.04;

/**
 * Tempo of a row of beats: from the first to the last of an even one, that of the usual interval of any other.
 * @param times seconds, ascending, at least two
 */
export function beatsPerMinute(times: readonly number[], isEven: boolean): number {
  return 60 / (isEven ? (times.at(-1)! - times[0]!) / (times.length - 1) : usualInterval(times));
}

/**
 * The usual interval between neighbours: mean of those that are within 4 % of the median. A tempo that steps has two usual
 * intervals, and this is one of them, not one in between; and it is steadier than the median itself.
 * @param times ascending, at least two
 */
export function usualInterval(times: readonly number[]): number {
  const intervals = times.slice(1).map((time, i) => time - times[i]!);
  intervals.sort((a, b) => a - b);
  const median = intervals[intervals.length >> 1]!;
  const near = intervals.filter((interval) => Math.abs(interval / median - 1) <= SAME_TEMPO);
  return near.reduce((sum, interval) => sum + interval, 0) / near.length;
}
