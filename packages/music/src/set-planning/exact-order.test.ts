import { describe, expect, it } from 'vitest';
import { problemOf, scoreOf } from '../testing/order-problems.ts';
import { exactOrder } from './exact-order.ts';
import { type OrderProblem, pointsOf, score } from './order-problem.ts';

/** Every order of every set that the problem allows, looked at one by one. */
function bruteForce(problem: OrderProblem): number {
  let best = Number.POSITIVE_INFINITY;
  const order: number[] = [];
  const visit = (elapsed: number): void => {
    if (order.length > 0 && (problem.wantedSeconds !== undefined || order.length === problem.count))
      best = Math.min(best, score(problem, pointsOf(problem, order), order.length, elapsed));
    for (let track = 0; track < problem.count; track++) {
      if (order.includes(track)) continue;
      if (order.length === 0 && problem.first !== undefined && track !== problem.first) continue;
      order.push(track);
      visit(elapsed + problem.seconds[track]!);
      order.pop();
    }
  };
  visit(0);
  return best;
}

describe('exact search', () => {
  it.each([1, 2, 3, 5, 7, 8])('finds what looking at every order of %i tracks finds', (count) => {
    for (let seed = 1; seed <= (count > 7 ? 2 : 6); seed++) {
      const problem = problemOf(count, seed);
      const found = exactOrder(problem);
      expect(found.order.toSorted()).toEqual(Array.from({ length: count }, (_, track) => track));
      expect(found.points).toBeCloseTo(pointsOf(problem, found.order), 9);
      expect(found.points).toBeCloseTo(bruteForce(problem), 9);
    }
  });

  it('finds the best set and order for a wanted length, and keeps the first track', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const problem = problemOf(6, seed, { first: 3, wantedSeconds: 500 });
      const found = exactOrder(problem);
      expect(found.order[0]).toBe(3);
      expect(scoreOf(problem, found.order)).toBeCloseTo(bruteForce(problem), 9);
    }
  });
});
