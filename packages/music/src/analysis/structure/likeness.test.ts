import { describe, expect, it } from 'vitest';
import type { BarFeatures } from './bar-features.ts';
import { barDirections, likeness } from './likeness.ts';

/** Bars that are known by the given views alone. */
function barsOf(...views: readonly (readonly (readonly number[])[])[]): BarFeatures {
  const bars = views[0]!.length;
  const nothing = new Float64Array(bars);
  return {
    bars,
    views: views.map((rows) => ({ dimensions: rows[0]!.length, values: Float32Array.from(rows.flat()) })),
    power: nothing,
    lowPower: nothing,
    fullness: nothing,
    activity: nothing,
  };
}

describe('barDirections', () => {
  it('makes likeness the mean correlation over the views', () => {
    const bars = barsOf(
      [
        [2, 0],
        [1, 1],
        [-3, 0],
      ],
      [[1], [5], [2]],
    );
    const directions = barDirections(bars, Number.POSITIVE_INFINITY);
    expect(likeness(directions, 0, 0)).toBeCloseTo(1, 6);
    expect(likeness(directions, 0, 1)).toBeCloseTo((Math.SQRT1_2 + 1) / 2, 6);
    expect(likeness(directions, 0, 2)).toBeCloseTo((-1 + 1) / 2, 6);
  });

  it('compares a bar with the mean of those around it', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
    const { values: signs } = barDirections(barsOf(values.map((value) => [value])), 2);
    values.forEach((value, bar) => {
      const around = values.slice(Math.max(0, bar - 2), bar + 3);
      const mean = around.reduce((sum, other) => sum + other, 0) / around.length;
      expect(signs[bar]).toBe(Math.sign(value - mean));
    });
  });

  it('has no direction for what never changes', () => {
    const { values } = barDirections(barsOf(Array.from({ length: 20 }, () => [0.1, 0.7])), 3);
    expect(values.every((value) => value === 0)).toBe(true);
  });
});
