/** A beat may be this share of the true interval off, in place and in length. */
const TOLERANCE = 0.175;

export interface Continuity {
  /** Share of beats that are right in place and in length at the annotated level. */
  readonly cmlT: number;
  /** The same at the best of the annotated level, off-beats, double and half tempo. */
  readonly amlT: number;
}

/**
 * Total continuity scores of a row of beats, as mir_eval's `beat.continuity` defines CMLt and AMLt: a beat is right when
 * it is near a true beat that no earlier one has taken and its interval is near that of the true beat; shares are of the
 * longer of the two rows.
 * Source: M. Davies, N. Degara, M. Plumbley, "Evaluation methods for musical audio beat tracking algorithms", 2009.
 * @param truth seconds, ascending
 * @param heard seconds, ascending
 * @returns zeros when either has fewer than two beats
 */
export function continuity(truth: readonly number[], heard: readonly number[]): Continuity {
  if (truth.length < 2 || heard.length < 2) return { cmlT: 0, amlT: 0 };
  const midpoints = truth.slice(1).map((time, i) => (time + truth[i]!) / 2);
  const double = truth.flatMap((time, i) => (i < midpoints.length ? [time, midpoints[i]!] : [time]));
  const cmlT = continuousShare(truth, heard);
  const others = [midpoints, double, truth.filter((_, i) => i % 2 === 0), truth.filter((_, i) => i % 2 === 1)];
  return { cmlT, amlT: Math.max(cmlT, ...others.map((variation) => continuousShare(variation, heard))) };
}

function continuousShare(truth: readonly number[], heard: readonly number[]): number {
  const taken = new Set<number>();
  heard.forEach((time, i) => {
    const nearest = nearestIndex(truth, time);
    if (taken.has(nearest)) return;
    // The first beats have none before them: they are judged by the interval that follows.
    const ahead = i === 0 || nearest === 0;
    const interval = intervalAt(truth, nearest, ahead);
    const own = intervalAt(heard, i, ahead);
    if (ratio(Math.abs(time - truth[nearest]!), interval) >= TOLERANCE) return;
    if (Math.abs(1 - ratio(own, interval, 1)) >= TOLERANCE) return;
    taken.add(nearest);
  });
  return taken.size / Math.max(truth.length, heard.length);
}

/** The interval that ends at a beat, or the one that begins there where `ahead` and there is one. */
function intervalAt(times: readonly number[], index: number, ahead: boolean): number {
  const next = times[index + 1];
  if (ahead && next !== undefined) return next - times[index]!;
  const before = times[index - 1];
  return before === undefined ? 0 : times[index]! - before;
}

/** A quotient; nothing over nothing (two beats at one place) is `ofNothing`. */
function ratio(value: number, by: number, ofNothing = 0): number {
  if (by !== 0) return value / by;
  return value === 0 ? ofNothing : Number.POSITIVE_INFINITY;
}

/** The earlier one where two are equally near. */
function nearestIndex(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  const above = Math.min(low, times.length - 1);
  const isBelowNearer = above > 0 && time - times[above - 1]! <= Math.abs(times[above]! - time);
  let nearest = isBelowNearer ? above - 1 : above;
  while (nearest > 0 && times[nearest - 1] === times[nearest]) nearest -= 1;
  return nearest;
}
