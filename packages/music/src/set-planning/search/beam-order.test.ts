import { describe, expect, it } from 'vitest';
import { makeCrate } from '../../testing/crates.ts';
import { problemOf } from '../../testing/order-problems.ts';
import { unitsOf } from '../constraints/units.ts';
import { energyCurve } from '../energy-curve.ts';
import { seededRandom, shuffledIndices } from '../seeded-random.ts';
import { setProblem } from '../set-problem.ts';
import { beamOrder } from './beam-order.ts';
import { exactOrder } from './exact-order.ts';
import { judge, type OrderProblem } from './order-problem.ts';
import { rearrange } from './rearrange.ts';
import { searchSet } from './search-set.ts';

/** What a patient person does: always the cheapest next track. */
function greedy(problem: OrderProblem, start: number): number[] {
  const order = [start];
  while (order.length < problem.count) {
    const left = Array.from({ length: problem.count }, (_, track) => track).filter((track) => !order.includes(track));
    const costs = left.map((track) => judge(problem, [...order, track]).points);
    order.push(left[costs.indexOf(Math.min(...costs))]!);
  }
  return order;
}

const better = (problem: OrderProblem) =>
  judge(problem, rearrange(problem, beamOrder(problem).order, { left: Number.POSITIVE_INFINITY }));

describe('beam search', () => {
  it('comes within 2 % of the exact order on average of 30 problems of 10 tracks', () => {
    let gap = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const problem = problemOf(10, seed);
      const exact = exactOrder(problem).points;
      const beam = better(problem).points;
      expect(beam).toBeGreaterThan(exact - 1e-9);
      gap += (beam / exact - 1) / 30;
    }
    expect(gap).toBeLessThan(0.02);
  });

  it('comes within 5 % of the exact score when choosing for a length', () => {
    let gap = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const problem = problemOf(9, seed, { wantedSeconds: 700 });
      gap += (beamOrder(problem).score / exactOrder(problem).score - 1) / 20;
    }
    expect(gap).toBeLessThan(0.05);
  });

  it('is far cheaper than chance and never dearer than the best greedy order', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const problem = problemOf(40, seed);
      const { points } = better(problem);
      const random = seededRandom(seed);
      const chance = Array.from({ length: 50 }, () => judge(problem, shuffledIndices(40, random)).points);
      expect(points).toBeLessThan(0.5 * Math.min(...chance));
      for (let start = 0; start < 40; start++)
        expect(points).toBeLessThanOrEqual(judge(problem, greedy(problem, start)).points);
    }
  });

  it('holds what has to be first, last, in it and earlier, bettered or not', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const required = new Uint8Array(40);
      for (const unit of [3, 7, 11, 12, 30]) required[unit] = 1;
      const earlier = new Int32Array(40).fill(-1);
      earlier[12] = 30;
      earlier[3] = 12;
      const problem = problemOf(40, seed, { first: 7, last: 11, wantedSeconds: 2000, required, earlier });
      for (const { order } of [beamOrder(problem), searchSet(problem, seededRandom(1), true)]) {
        expect(order[0]).toBe(7);
        expect(order.at(-1)).toBe(11);
        expect([30, 12, 3].map((unit) => order.indexOf(unit))).toEqual(
          [30, 12, 3].map((unit) => order.indexOf(unit)).toSorted((a, b) => a - b),
        );
        expect(order).toEqual(expect.arrayContaining([3, 7, 11, 12, 30]));
        expect(new Set(order).size).toBe(order.length);
      }
    }
  });
});

describe('the index of slots', () => {
  it('leads to the same sets as looking at every track', () => {
    for (const energy of ['wave', undefined] as const) {
      const tracks = makeCrate(400, 3);
      const units = unitsOf(tracks, { seed: 1, lengthSeconds: 2400 });
      const course = {
        energy: energy && energyCurve(energy, tracks),
        tempo: undefined,
        totalSeconds: 2400,
        wantedSeconds: 2400,
      };
      const { index, ...without } = setProblem(tracks, units, course).problem;
      expect(index).toBeDefined();
      const led = beamOrder({ ...without, index: index! }, { width: 12 });
      // Equal sets may be met in another order; what they cost is the same.
      expect(led.score).toBeCloseTo(beamOrder(without, { width: 12 }).score, 9);
      const budget = { left: 1e6 };
      beamOrder({ ...without, index: index! }, { width: 12, budget });
      const all = { left: 1e6 };
      beamOrder(without, { width: 12, budget: all });
      expect(1e6 - budget.left).toBeLessThan(0.5 * (1e6 - all.left));
    }
  });
});
