import { describe, expect, it } from 'vitest';
import { bootstrapInterval, meanOf, medianOf } from './bootstrap.ts';

describe('bootstrapInterval', () => {
  it('is that of the binomial distribution for shares', () => {
    // 60 of 100: the mean of 100 drawings has a deviation of sqrt(0.6 * 0.4 / 100) = 0.049, so +-1.96 of it is 0.096.
    const items = Array.from({ length: 100 }, (_, i) => (i < 60 ? 1 : 0));
    const [low, high] = bootstrapInterval(items, meanOf)!;
    expect(low).toBeGreaterThan(0.49);
    expect(low).toBeLessThan(0.52);
    expect(high).toBeGreaterThan(0.68);
    expect(high).toBeLessThan(0.71);
  });

  it('is the same each time, a point for equal values, and unknown for one', () => {
    const items = [0.1, 0.9, 0.4, 0.7];
    expect(bootstrapInterval(items, meanOf)).toEqual(bootstrapInterval(items, meanOf));
    expect(bootstrapInterval([3, 3, 3], meanOf)).toEqual([3, 3]);
    expect(bootstrapInterval([3], meanOf)).toBeNull();
  });
});

describe('medianOf', () => {
  it('takes the middle', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3]), medianOf([])]).toEqual([2, 2.5, null]);
  });
});
