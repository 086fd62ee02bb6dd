import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fMeasure, matchEvents } from './event-matching.ts';

describe('matchEvents', () => {
  it('gives every moment one partner at most', () => {
    expect([...matchEvents([1, 2, 3], [0.95, 1.05, 2.07, 3.08], 0.07)]).toEqual([0, 2, -1]);
  });

  it('leaves the near one to who needs it: pairing each with its nearest would make one pair here, not two', () => {
    expect([...matchEvents([1, 1.06], [0.97, 1.02], 0.05)]).toEqual([0, 1]);
  });

  it('counts a difference of the window itself', () => {
    expect([...matchEvents([1], [1.07], 0.07)]).toEqual([0]);
    expect([...matchEvents([1], [1.0701], 0.07)]).toEqual([-1]);
  });

  it('makes as many pairs as any matching could', () => {
    const times = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 7 });
    fc.assert(
      fc.property(times, times, (a, b) => {
        const truth = a.map((value) => value / 10).sort((x, y) => x - y);
        const heard = b.map((value) => value / 10).sort((x, y) => x - y);
        const pairs = matchEvents(truth, heard, 0.2).filter((partner) => partner >= 0).length;
        expect(pairs).toBe(largestMatching(truth, heard, 0.2));
      }),
      { numRuns: 300 },
    );
  });
});

/** Tries every way: each true moment with each free partner, or with none. */
function largestMatching(truth: readonly number[], heard: readonly number[], window: number): number {
  const [first, ...rest] = truth;
  if (first === undefined) return 0;
  let most = largestMatching(rest, heard, window);
  heard.forEach((time, i) => {
    if (Math.abs(time - first) <= window + 1e-9) {
      most = Math.max(most, 1 + largestMatching(rest, heard.toSpliced(i, 1), window));
    }
  });
  return most;
}

describe('fMeasure', () => {
  it('is the harmonic mean of precision 2/4 and recall 2/3', () => {
    expect(fMeasure([1, 2, 3], [1, 2.05, 2.5, 3.5], 0.07)).toBeCloseTo((2 * 0.5 * (2 / 3)) / (0.5 + 2 / 3), 12);
  });

  it('is 1 for the truth itself and 0 where there is nothing', () => {
    expect([fMeasure([1, 2], [1, 2], 0.07), fMeasure([], [1], 0.07), fMeasure([1], [], 0.07)]).toEqual([1, 0, 0]);
  });
});
