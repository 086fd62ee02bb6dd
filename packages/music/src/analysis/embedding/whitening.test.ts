import { describe, expect, it } from 'vitest';
import { WHITENING } from './whitening.data.ts';
import { type Whitening, whiten } from './whitening.ts';

const whitening: Whitening = {
  rhythm: { mean: [1, 2, 3, 4], deviation: [1, 1, 1, 0.5] },
  timbre: { mean: [10], deviation: [2] },
  harmony: { mean: [0], deviation: [1] },
};

describe('whiten', () => {
  it('gives deviations from the mean, each kind over the root of its number', () => {
    const values = whiten({ rhythm: [1.1, 2, 3, 4.05], timbre: [10.2], harmony: [-0.1] }, whitening);
    [0.05, 0, 0, 0.05, 0.1, -0.1].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 3);
    });
  });

  it('puts what is not known at the mean', () => {
    expect(whiten({ rhythm: [null, null, null, null], timbre: [null], harmony: [null] }, whitening)).toEqual(
      new Array(6).fill(0),
    );
  });

  it('limits what is far out to four deviations', () => {
    const values = whiten({ rhythm: [1, 2, 3, 4], timbre: [1e9], harmony: [-1e9] }, whitening);
    expect(values.slice(4)).toEqual([4, -4]);
  });
});

describe('the constants', () => {
  it('are finite, with a deviation for every mean, at most 128 in all', () => {
    let count = 0;
    for (const { mean, deviation } of Object.values(WHITENING)) {
      expect(deviation.length).toBe(mean.length);
      expect([...mean, ...deviation].every(Number.isFinite)).toBe(true);
      expect(Math.min(...deviation)).toBeGreaterThan(0);
      count += mean.length;
    }
    expect(count).toBeLessThanOrEqual(128);
  });
});
