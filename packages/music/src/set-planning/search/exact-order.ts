import { type FoundOrder, judge, type OrderProblem, score } from './order-problem.ts';

/** The most units for which every set and every last unit is looked at: 16,384 sets, 3.2 million steps. */
export const MAXIMUM_EXACT_UNITS = 14;

/**
 * The best set there is, by dynamic programming over sets of units: the cheapest way through a set that ends at a given unit is
 * the cheapest way through the set without it, plus one step. A place's points depend on the time that the set before it
 * takes, and a group's on the set, which are the same for every order of that set.
 * Source: Held & Karp, "A dynamic programming approach to sequencing problems", J. SIAM 10(1), 1962.
 * @param problem of 1 to `MAXIMUM_EXACT_UNITS` units
 * @param problem of 1 to `MAXIMUM_EXACT_UNITS` units whose constraints do not contradict each other
 */
export function exactOrder(problem: OrderProblem): FoundOrder {
  const { count, seconds, first, last, earlier } = problem;
  const sets = 1 << count;
  const points = new Float64Array(sets * count).fill(Number.POSITIVE_INFINITY);
  const before = new Int8Array(sets * count).fill(-1);
  const elapsed = new Float64Array(sets);
  for (let set = 1; set < sets; set++) {
    const lowest = 31 - Math.clz32(set & -set);
    elapsed[set] = elapsed[set & (set - 1)]! + seconds[lowest]!;
  }
  const together = groupPoints(problem);
  const pairs = Float64Array.from({ length: count * count }, (_, at) =>
    at % count === Math.floor(at / count) ? 0 : problem.pair(Math.floor(at / count), at % count),
  );
  for (let unit = 0; unit < count; unit++) {
    if (first !== undefined && first !== unit) continue;
    if (earlier[unit]! < 0) points[(1 << unit) * count + unit] = problem.place(unit, 0);
  }
  for (let set = 1; set < sets; set++) {
    for (let next = 0; next < count; next++) {
      if (set & (1 << next)) continue;
      if (earlier[next]! >= 0 && !(set & (1 << earlier[next]!))) continue;
      const target = (set | (1 << next)) * count + next;
      let added = problem.place(next, elapsed[set]!);
      for (let left = together ? set : 0; left !== 0; left &= left - 1)
        added += together![next * count + (31 - Math.clz32(left & -left))]!;
      for (let from = 0; from < count; from++) {
        const soFar = points[set * count + from]!;
        // Nothing follows the unit to end with.
        if (soFar === Number.POSITIVE_INFINITY || from === last) continue;
        const sum = soFar + pairs[from * count + next]! + added;
        if (sum < points[target]!) {
          points[target] = sum;
          before[target] = from;
        }
      }
    }
  }
  return trace(problem, points, before, elapsed);
}

/** What each two units cost for being in one set, `count` x `count`; undefined when nothing does. */
function groupPoints({ count, groups }: OrderProblem): Float64Array | undefined {
  if (!groups) return undefined;
  const points = new Float64Array(count * count);
  for (let unit = 0; unit < count; unit++) {
    groups.enter(unit);
    for (let other = 0; other < count; other++) if (other !== unit) points[other * count + unit] = groups.points(other);
    groups.leave(unit);
  }
  return points;
}

/** Picks the best end state and walks back from it. */
function trace(problem: OrderProblem, points: Float64Array, before: Int8Array, elapsed: Float64Array): FoundOrder {
  const { count, last, tails, sizes, required } = problem;
  let musts = 0;
  for (let unit = 0; unit < count; unit++) if (required[unit]) musts |= 1 << unit;
  let best = { set: 0, last: -1, score: Number.POSITIVE_INFINITY };
  for (let set = 1; set < 1 << count; set++) {
    if ((set & musts) !== musts) continue;
    let tracks = 0;
    for (let left = set; left !== 0; left &= left - 1) tracks += sizes[31 - Math.clz32(left & -left)]!;
    for (let end = 0; end < count; end++) {
      const sum = points[set * count + end]!;
      if (sum === Number.POSITIVE_INFINITY || (last !== undefined && end !== last)) continue;
      const value = score(problem, sum, tracks, elapsed[set]! + tails[end]!);
      if (value < best.score) best = { set, last: end, score: value };
    }
  }
  const order: number[] = [];
  for (let { set, last: end } = best; end >= 0; ) {
    order.push(end);
    const previous = before[set * count + end]!;
    set &= ~(1 << end);
    end = previous;
  }
  return judge(problem, order.reverse());
}
