import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { rowLikeness } from './row-likeness.ts';
import { rowLikenessTwin, standardisedTwin } from './row-likeness.twin.ts';

const kernels = new Kernels();
const rowsOf = (values: Float32Array, width: number) =>
  Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);

describe('rowLikeness', () => {
  it('is 1 where rows repeat themselves, whatever their level', () => {
    const pattern = [1, 5, 2, 2, 9, 0, 4, 4, 7, 7, 1, 3];
    const rows = Float32Array.from({ length: 12 * 20 }, (_, i) => pattern[i % 12]! * (1 + (i >> 2)));
    const [three, one] = rowLikeness(kernels, rows, 4, [3, 1], true);
    expect(three).toBeCloseTo(1, 6);
    expect(one).toBeLessThan(0.9);
    expect(rowLikeness(kernels, rows, 4, [3], false)[0]).toBeGreaterThan(100);
  });

  it.each([2, 12, 36])('is its twin, of rows of %i', (width) => {
    const values = noise(50 * width, 5);
    const rows = rowsOf(values, width);
    const lags = [0, 1, 4, 49, 50, 77];
    const before = values.slice();
    const plain = rowLikeness(kernels, values, width, lags, false);
    const standardised = rowLikeness(kernels, values, width, lags, true);
    expect(values).toEqual(before);
    lags.forEach((lag, i) => {
      expect(plain[i]).toBeCloseTo(rowLikenessTwin(rows, lag), 9);
      expect(standardised[i]).toBeCloseTo(rowLikenessTwin(rows.map(standardisedTwin), lag), 6);
    });
  });

  it('is 0 of even rows, leaves the memory as it was, and refuses odd widths', () => {
    const mark = kernels.mark();
    expect(rowLikeness(kernels, new Float32Array(8).fill(3), 4, [0, 1], true)).toEqual([0, 0]);
    expect(rowLikeness(kernels, new Float32Array(0), 4, [1], false)).toEqual([0]);
    expect(() => rowLikeness(kernels, new Float32Array(9), 3, [1], false)).toThrow(/width \/ 2 is 1.5/);
    expect(() => rowLikeness(kernels, new Float32Array(8), 4, [-1], false)).toThrow(/lag is -1/);
    expect(kernels.mark()).toBe(mark);
  });
});
