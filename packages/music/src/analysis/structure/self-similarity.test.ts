import { describe, expect, it } from 'vitest';
import type { BarFeatures } from './bar-features.ts';
import { barLikeness } from './self-similarity.ts';

/** Bars of one dimension. */
function featuresOf(levels: readonly number[]): BarFeatures {
  const bars = levels.length;
  const zeros = new Float64Array(bars);
  return { bars, dimensions: 1, values: Float32Array.from(levels), power: zeros, fullness: zeros };
}
const startsOf = (bars: number) => Array.from({ length: bars + 1 }, (_, i) => 2 * i);

describe('barLikeness', () => {
  it('is 1 for the same sound and e to minus the distance over the mean for others', () => {
    // Distances 0, 2, 2 between bars 0-1, 0-2, 1-2: 4/3 in the mean.
    const { rows, likeness, starts } = barLikeness(featuresOf([0, 0, 2]), startsOf(3), 256);
    const far = Math.exp(-2 / (4 / 3));
    expect(rows).toBe(3);
    [1, 1, far, 1, 1, far, far, far, 1].forEach((value, i) => {
      expect(likeness[i]).toBeCloseTo(value, 6);
    });
    expect(starts).toEqual([0, 2, 4, 6]);
  });

  it('puts bars together where there are too many', () => {
    const { rows, barsPerRow, starts, likeness } = barLikeness(featuresOf([0, 2, 1, 1, 5]), startsOf(5), 3);
    expect([rows, barsPerRow]).toEqual([3, 2]);
    expect(starts).toEqual([0, 4, 8, 10]);
    // The first two groups have the same mean.
    expect(likeness[1]).toBe(1);
    expect(likeness[2]).toBeLessThan(1);
  });

  it('finds everything alike in one long tone', () => {
    expect([...barLikeness(featuresOf([3, 3]), startsOf(2), 256).likeness]).toEqual([1, 1, 1, 1]);
  });
});
