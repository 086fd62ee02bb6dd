/** The interval between neighbours that half of the others do not exceed. @param times ascending, at least two */
export function medianInterval(times: readonly number[]): number {
  const intervals = times.slice(1).map((time, i) => time - times[i]!);
  return intervals.sort((a, b) => a - b)[intervals.length >> 1]!;
}
