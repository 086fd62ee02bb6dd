/** Ordering tracks as plain numbers: what the searches know. Tracks are 0 to `count` - 1; ties go to lower numbers. */
export interface OrderProblem {
  readonly count: number;
  /** Seconds that each track adds to the set. */
  readonly seconds: Float64Array;
  /** Points for going from one track to another. */
  readonly pair: (from: number, to: number) => number;
  /** Points for a track whose middle lies `middleSeconds` into the set. */
  readonly place: (track: number, middleSeconds: number) => number;
  /** The track to open with. */
  readonly first: number | undefined;
  /** The length to choose tracks for; undefined when every track is to be used. */
  readonly wantedSeconds: number | undefined;
}

export interface FoundOrder {
  readonly order: readonly number[];
  /** Sum of the points of pairs and places. */
  readonly points: number;
}

/** A set that misses the wanted length by a tenth is as bad as a point more at every track. */
const LENGTH_WEIGHT = 10;

/**
 * How sets of different length compare when a length is wanted: points per track, and what missing the length costs.
 * With every track used, it is the points alone.
 */
export function score(problem: OrderProblem, points: number, tracks: number, seconds: number): number {
  const { wantedSeconds } = problem;
  if (wantedSeconds === undefined) return points;
  return points / tracks + LENGTH_WEIGHT * Math.abs(seconds / wantedSeconds - 1);
}

/** Points of an order, summed from the first track on. */
export function pointsOf(problem: OrderProblem, order: readonly number[]): number {
  let points = 0;
  let elapsed = 0;
  for (let i = 0; i < order.length; i++) {
    const track = order[i]!;
    const seconds = problem.seconds[track]!;
    if (i > 0) points += problem.pair(order[i - 1]!, track);
    points += problem.place(track, elapsed + seconds / 2);
    elapsed += seconds;
  }
  return points;
}
