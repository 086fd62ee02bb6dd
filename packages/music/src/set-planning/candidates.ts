import { BEYOND_TOLERANCE_POINTS, type FoundOrder, judge, type OrderProblem } from './search/order-problem.ts';

/** Finds a good set for a problem. */
type Search = (problem: OrderProblem) => FoundOrder;

/**
 * How different a set has to be from each one before it, see `setDifference`: half of what could differ where tracks are
 * chosen, a third where all of them are played.
 */
export const LEAST_DIFFERENCE = { chosen: 1 / 2, all: 1 / 3 } as const;

/** Points added to what an earlier candidate took, one try after the other, until the next one is different enough. */
const REPEATED_POINTS = [0.25, 0.5, 1, 2, 4, 1000] as const;

/** What an order has that another one might have as well. */
function traits({ wantedSeconds, required, count }: OrderProblem, order: readonly number[]): readonly number[] {
  if (wantedSeconds !== undefined) return order.filter((unit) => !required[unit]);
  return order.slice(1).map((unit, i) => order[i]! * count + unit);
}

/**
 * How different two sets are, 0 to 1. Where tracks are chosen: the share of the chosen tracks (those that have to be in it left
 * out) of the one with fewer of them that the other does not have. Where all are played: the share of its steps from track
 * to track that the other does not have. It is no measure of order in the first case: a shuffle of the same tracks is 0.
 */
export function setDifference(problem: OrderProblem, a: readonly number[], b: readonly number[]): number {
  const [few, many] = [traits(problem, a), traits(problem, b)].sort((one, other) => one.length - other.length);
  if (few!.length === 0) return 0;
  const known = new Set(many);
  return few!.filter((trait) => !known.has(trait)).length / few!.length;
}

export interface Candidate {
  readonly order: readonly number[];
  /** From the nearest of those before it; null for the first. */
  readonly difference: number | null;
}

/**
 * The best set and others, each different from all before it, best first.
 * @returns fewer than `wanted` when the tracks allow no more that differ enough
 */
export function findCandidates(problem: OrderProblem, wanted: number, find: Search): Candidate[] {
  const found: FoundOrder[] = [find(problem)];
  const least = problem.wantedSeconds === undefined ? LEAST_DIFFERENCE.all : LEAST_DIFFERENCE.chosen;
  while (found.length < wanted) {
    const next = differentFrom(problem, found, least, find);
    if (!next) break;
    found.push(next);
  }
  found.sort((a, b) => a.score - b.score);
  return found.map(({ order }, i) => ({
    order,
    difference:
      i === 0 ? null : Math.min(...found.slice(0, i).map((earlier) => setDifference(problem, earlier.order, order))),
  }));
}

function differentFrom(
  problem: OrderProblem,
  found: readonly FoundOrder[],
  least: number,
  find: Search,
): FoundOrder | undefined {
  const taken = new Set(found.flatMap(({ order }) => traits(problem, order)));
  for (const points of REPEATED_POINTS) {
    const { order } = find(dearer(problem, taken, points));
    if (found.some((earlier) => setDifference(problem, earlier.order, order) < least)) continue;
    const candidate = judge(problem, order);
    // Being different makes up for neither a missed length nor a track off the tempo path.
    const breaks = candidate.score >= BEYOND_TOLERANCE_POINTS && found[0]!.score < BEYOND_TOLERANCE_POINTS;
    return breaks ? undefined : candidate;
  }
  return undefined;
}

/** The problem with more points for what was taken already. */
function dearer(problem: OrderProblem, taken: ReadonlySet<number>, points: number): OrderProblem {
  const { count, pair, place, wantedSeconds } = problem;
  if (wantedSeconds === undefined)
    return { ...problem, pair: (from, to) => pair(from, to) + (taken.has(from * count + to) ? points : 0) };
  return { ...problem, place: (unit, start) => place(unit, start) + (taken.has(unit) ? points : 0) };
}
