/** Mean of the middle half of the intervals between ascending times: as little moved by a wrong one as the median, and steadier. */
export function usualInterval(times: readonly number[]): number {
  const intervals = times.slice(1).map((time, i) => time - times[i]!);
  intervals.sort((a, b) => a - b);
  const quarter = intervals.length >> 2;
  const middle = intervals.slice(quarter, intervals.length - quarter);
  return middle.reduce((sum, interval) => sum + interval, 0) / middle.length;
}
