import { describe, expect, it } from 'vitest';
import { barLikeness } from './self-similarity.ts';

/** Bars that point at angles in degrees. */
function barsAt(...angles: readonly number[]) {
  const values = Float32Array.from(
    angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
  );
  return { bars: angles.length, dimensions: 2, values };
}
const startsOf = (bars: number) => Array.from({ length: bars + 1 }, (_, i) => 2 * i);

describe('barLikeness', () => {
  it('is the product of the directions of the bars', () => {
    const { rows, likeness, starts } = barLikeness(barsAt(0, 60, 180), startsOf(3), 256);
    expect(rows).toBe(3);
    [1, 0.5, -1, 0.5, 1, -0.5, -1, -0.5, 1].forEach((value, i) => {
      expect(likeness[i]).toBeCloseTo(value, 6);
    });
    expect(starts).toEqual([0, 2, 4, 6]);
  });

  it('puts bars together where there are too many', () => {
    const { rows, barsPerRow, starts, likeness } = barLikeness(barsAt(0, 60, 60, 0, 180), startsOf(5), 3);
    expect([rows, barsPerRow]).toEqual([3, 2]);
    expect(starts).toEqual([0, 4, 8, 10]);
    // Of the four pairs of bars of the first two groups, two are alike and two are 60 degrees apart.
    expect(likeness[1]).toBeCloseTo(0.75, 6);
    expect(likeness[2]).toBeCloseTo(-0.75, 6);
  });
});
