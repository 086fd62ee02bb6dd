import { describe, expect, it } from 'vitest';
import { problemOf } from '../../testing/order-problems.ts';
import { seededRandom } from '../seeded-random.ts';
import { exactOrder } from './exact-order.ts';
import { GroupCounts } from './group-counts.ts';
import { judge, type OrderProblem } from './order-problem.ts';
import { searchSet } from './search-set.ts';

/** Every order of every set that the problem allows, looked at one by one. */
function bruteForce(problem: OrderProblem): number {
  let best = Number.POSITIVE_INFINITY;
  const order: number[] = [];
  const allows = (): boolean =>
    order.length > 0 &&
    (problem.first === undefined || order[0] === problem.first) &&
    (problem.last === undefined || order.at(-1) === problem.last) &&
    problem.required.every((needed, unit) => !needed || order.includes(unit)) &&
    order.every((unit, at) => problem.earlier[unit]! < 0 || order.slice(0, at).includes(problem.earlier[unit]!));
  const visit = (): void => {
    if (allows()) best = Math.min(best, judge(problem, order).score);
    for (let unit = 0; unit < problem.count; unit++) {
      if (order.includes(unit)) continue;
      order.push(unit);
      visit();
      order.pop();
    }
  };
  visit();
  return best;
}

/** First, last, one that is required, one after another one, and three by one artist of which two are one unit. */
function constrained(count: number, seed: number, wantedSeconds: number | undefined = undefined): OrderProblem {
  const required = new Uint8Array(count).fill(wantedSeconds === undefined ? 1 : 0);
  for (const unit of [0, 1, 2, 4]) required[unit] = 1;
  const earlier = new Int32Array(count).fill(-1);
  earlier[4] = 2;
  const sizes = Uint8Array.from({ length: count }, (_, unit) => (unit === 5 ? 2 : 1));
  const groups = Array.from({ length: count }, (_, unit) => (unit === 5 ? [0, 0] : unit === 3 ? [0] : [1 + unit]));
  return problemOf(count, seed, {
    first: 0,
    last: 1,
    required,
    earlier,
    sizes,
    groups: new GroupCounts(groups, count + 1, 0.4),
    wantedSeconds,
  });
}

describe('exact search', () => {
  it.each([1, 2, 3, 5, 7])('finds what looking at every order of %i tracks finds', (count) => {
    for (let seed = 1; seed <= (count > 6 ? 2 : 6); seed++) {
      const problem = problemOf(count, seed);
      const found = exactOrder(problem);
      expect(found.order.toSorted()).toEqual(Array.from({ length: count }, (_, track) => track));
      expect(found.score).toBeCloseTo(bruteForce(problem), 9);
    }
  });

  it('finds the best set and order for a wanted length, with everything that is asked for', () => {
    for (let seed = 1; seed <= 8; seed++) {
      for (const problem of [
        problemOf(6, seed, { first: 3, wantedSeconds: 500 }),
        constrained(7, seed, 900),
        constrained(7, seed),
      ]) {
        const found = exactOrder(problem);
        expect(found.score).toBeCloseTo(bruteForce(problem), 9);
        expect(found.score).toBeCloseTo(judge(problem, found.order).score, 9);
      }
    }
  });
});

describe('search', () => {
  it('finds the proven best of 12 tracks in most cases, and is never far off', () => {
    const gaps: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      for (const problem of [
        problemOf(12, seed),
        problemOf(12, seed, { wantedSeconds: 1200 }),
        constrained(12, seed, 1500),
      ]) {
        const exact = exactOrder(problem).score;
        const found = searchSet(problem, seededRandom(seed), false).score;
        expect(found).toBeGreaterThan(exact - 1e-9);
        gaps.push(found / exact - 1);
      }
    }
    expect(gaps.filter((gap) => gap < 1e-9).length / gaps.length).toBeGreaterThan(0.8);
    expect(gaps.reduce((a, b) => a + b, 0) / gaps.length).toBeLessThan(0.01);
    expect(Math.max(...gaps)).toBeLessThan(0.15);
  });
});
