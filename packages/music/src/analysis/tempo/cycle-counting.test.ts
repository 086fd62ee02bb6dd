import { describe, expect, it } from 'vitest';
import { countCycles } from './cycle-counting.ts';

const costs = (count: number, cost: number) => new Float64Array(count).fill(cost);

/** Odds of -1, and of 1 where a cycle begins. */
const marked = (count: number, starts: readonly number[]) =>
  Float64Array.from({ length: count }, (_, i) => (starts.includes(i) ? 1 : -1));

describe('countCycles', () => {
  it.each([2, 3, 4, 5, 7])('counts in %i from wherever the first is', (length) => {
    for (let first = 0; first < length; first++) {
      const starts = Array.from({ length: 8 }, (_, k) => first + k * length);
      const counted = countCycles(marked(8 * length, starts), length, costs(8 * length, 10));
      expect(counted).toEqual({ score: 8, starts });
    }
  });

  it('goes over a wrong mark when a slip costs more', () => {
    const odds = marked(16, [0, 4, 9, 12]);
    expect(countCycles(odds, 4, costs(16, 10)).starts).toEqual([0, 4, 8, 12]);
  });

  it('breaks off a cycle where what follows is worth it, at the cost', () => {
    const starts = [0, 4, 8, 10, 14, 18, 22, 26];
    const counted = countCycles(marked(30, starts), 4, costs(30, 3));
    expect(counted).toEqual({ score: 8 - 3, starts });
  });

  it('counts a moment twice where one came in between', () => {
    const starts = [0, 4, 8, 13, 17, 21, 25];
    expect(countCycles(marked(29, starts), 4, costs(29, 3)).starts).toEqual(starts);
  });

  it('slips only where it may', () => {
    const starts = [0, 4, 8, 13, 17, 21, 25];
    const never = countCycles(marked(29, starts), 4, costs(29, Number.POSITIVE_INFINITY));
    expect(new Set(never.starts.slice(1).map((start, i) => start - never.starts[i]!))).toEqual(new Set([4]));
    const here = costs(29, Number.POSITIVE_INFINITY);
    here[11] = 3;
    expect(countCycles(marked(29, starts), 4, here).starts).toEqual(starts);
  });
});
