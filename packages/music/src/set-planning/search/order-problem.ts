import type { GroupPoints } from './group-counts.ts';
import type { SlotIndex } from './slot-index.ts';

/**
 * Choosing and ordering as plain numbers: what the searches know. A unit is a track, or several that follow each other in any
 * case. Units are 0 to `count` - 1; ties go to lower numbers.
 */
export interface OrderProblem {
  readonly count: number;
  /** Tracks of each unit. */
  readonly sizes: ArrayLike<number>;
  /** Seconds that each unit adds to the set, and how many more when it is the last, which is heard to its end. */
  readonly seconds: Float64Array;
  readonly tails: Float64Array;
  /** Points for going from one unit to another; `leastPair` is never more, and cheaper to tell. */
  readonly pair: (from: number, to: number) => number;
  readonly leastPair: (from: number, to: number) => number;
  /** Points for a unit that begins `startSeconds` into the set, with what is between its own tracks. */
  readonly place: (unit: number, startSeconds: number) => number;
  /** Units that cost when they are in one set, wherever; undefined when none do. */
  readonly groups?: GroupPoints;
  /** The units to open and to end with. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** 1 for each unit that must be in the set. When every track is to be used, all are. */
  readonly required: Uint8Array;
  /** A unit that must come earlier, somewhere, for each; -1 for none. Both are required. */
  readonly earlier: Int32Array;
  /** The length to choose for; undefined when every unit is to be used. */
  readonly wantedSeconds: number | undefined;
  /**
   * A kind of each unit (its region of tempo, say) that sets tend to stay in: those that open with one kind are searched apart, since
   * how well a kind goes on shows late.
   */
  readonly kinds?: ArrayLike<number>;
  /** Leads to units that are cheap to go to; without it all are looked at. */
  readonly index?: SlotIndex;
}

export interface FoundOrder {
  readonly order: readonly number[];
  /** Sum of the points of pairs, places and groups. */
  readonly points: number;
  /** What the searches minimise, see `score`. */
  readonly score: number;
}

/** A set may be this share of the wanted length shorter or longer. */
export const LENGTH_TOLERANCE = 0.05;
/** A set at the limit of that is as bad as a tenth of a point more at every track. */
const POINTS_AT_TOLERANCE = 0.1;
/** Beyond the tolerance nothing makes up for the length: more than any mean of points. */
export const BEYOND_TOLERANCE_POINTS = 100;

/** How much a length is missed by, in points a track. */
export function lengthPoints(seconds: number, wantedSeconds: number): number {
  const tolerances = Math.abs(seconds / wantedSeconds - 1) / LENGTH_TOLERANCE;
  // Lengths are sums: one at the limit must not fall beyond it by rounding.
  return tolerances <= 1 + 1e-9 ? tolerances * POINTS_AT_TOLERANCE : BEYOND_TOLERANCE_POINTS + tolerances;
}

/**
 * How sets of different length compare when a length is wanted: points per track, and what missing the length costs.
 * With every track used, it is the points alone.
 * @param seconds of the whole set, its last track heard to the end
 */
export function score({ wantedSeconds }: OrderProblem, points: number, tracks: number, seconds: number): number {
  return wantedSeconds === undefined ? points : points / tracks + lengthPoints(seconds, wantedSeconds);
}

/** What an order costs, summed from the first unit on. */
export function judge(problem: OrderProblem, order: ArrayLike<number>): FoundOrder & { readonly seconds: number } {
  const { groups } = problem;
  let points = 0;
  let elapsed = 0;
  let tracks = 0;
  for (let i = 0; i < order.length; i++) {
    const unit = order[i]!;
    if (i > 0) points += problem.pair(order[i - 1]!, unit);
    points += problem.place(unit, elapsed);
    if (groups) points += groups.enter(unit);
    elapsed += problem.seconds[unit]!;
    tracks += problem.sizes[unit]!;
  }
  if (groups) for (let i = 0; i < order.length; i++) groups.leave(order[i]!);
  const seconds = order.length === 0 ? 0 : elapsed + problem.tails[order[order.length - 1]!]!;
  return { order: Array.from(order), points, seconds, score: score(problem, points, tracks, seconds) };
}
