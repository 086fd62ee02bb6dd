import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { columnStatistics } from './column-statistics.ts';
import { columnTwin } from './column-statistics.twin.ts';

const kernels = new Kernels();

describe('columnStatistics', () => {
  it('has the mean and the deviation of the rows that count', () => {
    const values = Float32Array.from([1, 10, 100, 1000, 3, 10, 7, -10]);
    const { means, deviations } = columnStatistics(kernels, values, 2, Int32Array.of(0, 2, 3))!;
    expect([...means]).toEqual([11 / 3, 10 / 3]);
    expect(deviations[0]).toBeCloseTo(Math.sqrt((64 + 4 + 100) / 27), 12);
    expect(deviations[1]).toBeCloseTo(Math.sqrt(800 / 9), 12);
  });

  it('is exact where a column hardly differs from a large value', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => 2 ** 20 + (i % 2));
    const { means, deviations } = columnStatistics(kernels, values, 1, Int32Array.from(values.keys()))!;
    expect(means[0]).toBe(2 ** 20 + 0.5);
    expect(deviations[0]).toBe(0.5);
  });

  it.each([1, 2, 13])('is its twin, of %i columns', (width) => {
    const values = noise(200 * width, 3);
    const rows = Int32Array.from({ length: 90 }, (_, i) => 7 + 2 * i);
    const { means, deviations } = columnStatistics(kernels, values, width, rows)!;
    for (let column = 0; column < width; column++) {
      const { mean, deviation } = columnTwin(values, width, column, rows);
      expect(means[column]).toBeCloseTo(mean, 12);
      expect(deviations[column]).toBeCloseTo(deviation, 12);
    }
  });

  it('is nothing of no rows, leaves the memory as it was, and refuses rows that are not there', () => {
    const mark = kernels.mark();
    expect(columnStatistics(kernels, new Float32Array(4), 2, new Int32Array(0))).toBeNull();
    expect(() => columnStatistics(kernels, new Float32Array(4), 2, Int32Array.of(0, 2))).toThrow(/last row is 2/);
    expect(() => columnStatistics(kernels, new Float32Array(4), 2, Int32Array.of(-1, 1))).toThrow(/first row is -1/);
    expect(kernels.mark()).toBe(mark);
  });
});
