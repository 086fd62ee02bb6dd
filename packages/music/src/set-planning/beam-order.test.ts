import { describe, expect, it } from 'vitest';
import { problemOf, scoreOf } from '../testing/order-problems.ts';
import { beamOrder } from './beam-order.ts';
import { exactOrder } from './exact-order.ts';
import { improveOrder } from './improve-order.ts';
import { type OrderProblem, pointsOf } from './order-problem.ts';
import { seededRandom, shuffledIndices } from './seeded-random.ts';

/** What a patient person does: always the cheapest next track. */
function greedy(problem: OrderProblem, start: number): number[] {
  const order = [start];
  while (order.length < problem.count) {
    const left = Array.from({ length: problem.count }, (_, track) => track).filter((track) => !order.includes(track));
    const costs = left.map((track) => pointsOf(problem, [...order, track]));
    order.push(left[costs.indexOf(Math.min(...costs))]!);
  }
  return order;
}

describe('beam search', () => {
  it('comes within 2 % of the exact order on average of 30 problems of 10 tracks', () => {
    let gap = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const problem = problemOf(10, seed);
      const exact = exactOrder(problem).points;
      const beam = improveOrder(problem, beamOrder(problem)).points;
      expect(beam).toBeGreaterThan(exact - 1e-9);
      gap += (beam / exact - 1) / 30;
    }
    expect(gap).toBeLessThan(0.02);
  });

  it('comes within 5 % of the exact score when choosing for a length', () => {
    let gap = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const problem = problemOf(9, seed, { wantedSeconds: 700 });
      gap += (scoreOf(problem, beamOrder(problem).order) / scoreOf(problem, exactOrder(problem).order) - 1) / 20;
    }
    expect(gap).toBeLessThan(0.05);
  });

  it('is far cheaper than chance and never dearer than the best greedy order', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const problem = problemOf(40, seed);
      const { points } = improveOrder(problem, beamOrder(problem));
      const random = seededRandom(seed);
      const chance = Array.from({ length: 50 }, () => pointsOf(problem, shuffledIndices(40, random)));
      expect(points).toBeLessThan(0.5 * Math.min(...chance));
      for (let start = 0; start < 40; start++)
        expect(points).toBeLessThanOrEqual(pointsOf(problem, greedy(problem, start)));
    }
  });

  it('keeps its points true to the order, improved or not', () => {
    const problem = problemOf(30, 5, { first: 7 });
    for (const { order, points } of [beamOrder(problem), improveOrder(problem, beamOrder(problem))]) {
      expect(order[0]).toBe(7);
      expect(points).toBeCloseTo(pointsOf(problem, order), 9);
    }
  });
});
