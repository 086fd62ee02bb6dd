import { fMeasure } from './event-matching.ts';

export interface Section {
  readonly start: number;
  readonly end: number;
}

/** Where sections begin and end: distinct times, ascending. */
export function boundariesOf(sections: readonly Section[]): number[] {
  return [...new Set(sections.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
}

/**
 * F-measure of section boundaries within a window (`hit rate` of MIREX), as mir_eval's `segment.evaluate` prepares them:
 * the truth is made to begin at 0; what was heard is cropped to the end of the truth and made to begin and end with it.
 * @param truth boundaries in seconds, ascending
 * @param heard as `truth`
 * @param trim leaves out the first and the last boundary of both, which everybody gets right
 * @returns 0 when either is empty
 */
export function boundaryF(
  truth: readonly number[],
  heard: readonly number[],
  windowSeconds: number,
  trim = false,
): number {
  const end = truth.at(-1);
  if (end === undefined || heard.length === 0) return 0;
  const inside = (times: readonly number[]) => times.filter((time) => time > 0 && time < end);
  const ends = (times: readonly number[]) => (trim ? times : [0, ...times, end]);
  return fMeasure(ends(inside(truth)), ends(inside(heard)), windowSeconds);
}
