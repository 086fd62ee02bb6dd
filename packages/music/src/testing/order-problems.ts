import { type OrderProblem, pointsOf, score } from '../set-planning/order-problem.ts';
import { seededRandom } from '../set-planning/seeded-random.ts';

/** A problem of plain numbers. */
export function problemOf(count: number, seed: number, changes: Partial<OrderProblem> = {}): OrderProblem {
  const random = seededRandom(seed);
  const pairs = Float64Array.from({ length: count * count }, () => random());
  const levels = Float64Array.from({ length: count }, () => random());
  const seconds = Float64Array.from({ length: count }, () => 60 + 240 * random());
  const total = seconds.reduce((sum, own) => sum + own, 0);
  return {
    count,
    seconds,
    pair: (from, to) => pairs[from * count + to]!,
    place: (track, middle) => Math.abs(levels[track]! - middle / total),
    first: undefined,
    wantedSeconds: undefined,
    ...changes,
  };
}

/** What the searches minimise. */
export function scoreOf(problem: OrderProblem, order: readonly number[]): number {
  const elapsed = order.reduce((sum, track) => sum + problem.seconds[track]!, 0);
  return score(problem, pointsOf(problem, order), order.length, elapsed);
}
