import { type FoundOrder, type OrderProblem, score } from './order-problem.ts';

/** The most tracks for which every set and every last track is looked at: 4,096 sets, 590,000 steps. */
export const MAXIMUM_EXACT_TRACKS = 12;

/**
 * The best order there is, by dynamic programming over sets of tracks: the cheapest way through a set that ends at a
 * given track is the cheapest way through the set without it, plus one step. A place's points depend on the time that
 * the set before it takes, which is the same for every order of that set.
 * Source: Held & Karp, "A dynamic programming approach to sequencing problems", J. SIAM 10(1), 1962.
 * @param problem of 1 to `MAXIMUM_EXACT_TRACKS` tracks
 */
export function exactOrder(problem: OrderProblem): FoundOrder {
  const { count, seconds, first } = problem;
  const sets = 1 << count;
  const points = new Float64Array(sets * count).fill(Number.POSITIVE_INFINITY);
  const before = new Int8Array(sets * count).fill(-1);
  const elapsed = new Float64Array(sets);
  for (let set = 1; set < sets; set++) {
    const lowest = 31 - Math.clz32(set & -set);
    elapsed[set] = elapsed[set & (set - 1)]! + seconds[lowest]!;
  }
  for (let track = 0; track < count; track++) {
    if (first === undefined || first === track)
      points[(1 << track) * count + track] = problem.place(track, seconds[track]! / 2);
  }
  for (let set = 1; set < sets; set++) {
    for (let next = 0; next < count; next++) {
      if (set & (1 << next)) continue;
      const target = (set | (1 << next)) * count + next;
      const place = problem.place(next, elapsed[set]! + seconds[next]! / 2);
      for (let last = 0; last < count; last++) {
        const soFar = points[set * count + last]!;
        if (soFar === Number.POSITIVE_INFINITY) continue;
        const sum = soFar + problem.pair(last, next) + place;
        if (sum < points[target]!) {
          points[target] = sum;
          before[target] = last;
        }
      }
    }
  }
  return trace(problem, points, before, elapsed);
}

/** Picks the best end state and walks back from it. */
function trace(problem: OrderProblem, points: Float64Array, before: Int8Array, elapsed: Float64Array): FoundOrder {
  const { count } = problem;
  const all = (1 << count) - 1;
  let best = { set: all, last: -1, score: Number.POSITIVE_INFINITY };
  for (let set = problem.wantedSeconds === undefined ? all : 1; set <= all; set++) {
    const tracks = bits(set);
    for (let last = 0; last < count; last++) {
      const sum = points[set * count + last]!;
      if (sum === Number.POSITIVE_INFINITY) continue;
      const value = score(problem, sum, tracks, elapsed[set]!);
      if (value < best.score) best = { set, last, score: value };
    }
  }
  const order: number[] = [];
  for (let { set, last } = best; last >= 0; ) {
    order.push(last);
    const previous = before[set * count + last]!;
    set &= ~(1 << last);
    last = previous;
  }
  return { order: order.reverse(), points: points[best.set * count + best.last]! };
}

function bits(set: number): number {
  let left = set;
  let ones = 0;
  for (; left !== 0; left &= left - 1) ones += 1;
  return ones;
}
