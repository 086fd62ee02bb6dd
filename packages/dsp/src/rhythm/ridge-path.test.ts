import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { ridgePath } from './ridge-path.ts';
import { bestPathTwin, pathWorth } from './ridge-path.twin.ts';

const kernels = new Kernels();
const OPTIONS = { columns: 30, lags: 60, multiples: 3, reach: 2, cost: 0.02 };
const PERIODS = Float32Array.from({ length: 21 }, (_, i) => 12 + i / 2);

/** A picture with a ridge at a period that moves, and at its multiples. */
function picture(periodOf: (column: number) => number): Float32Array {
  return Float32Array.from({ length: OPTIONS.columns * OPTIONS.lags }, (_, i) => {
    const [lag, period] = [i % OPTIONS.lags, periodOf(Math.floor(i / OPTIONS.lags))];
    return Math.exp(-((lag - period * Math.max(1, Math.round(lag / period))) ** 2));
  });
}

describe('ridgePath', () => {
  it('stays on a ridge that stands, and follows one that moves', () => {
    const still = ridgePath(
      kernels,
      picture(() => 15),
      PERIODS,
      OPTIONS,
    );
    expect([...still.path]).toEqual(new Array(30).fill(15));
    expect(still.score).toBeCloseTo(30, 1);
    const moving = ridgePath(
      kernels,
      picture((column) => 13 + column / 5),
      PERIODS,
      OPTIONS,
    );
    moving.path.forEach((period, column) => {
      expect(Math.abs(period - 13 - column / 5)).toBeLessThanOrEqual(1);
    });
  });

  it('moves no further at once than it may, and not where it costs more than it gains', () => {
    const jumping = picture((column) => (column < 15 ? 13 : 19));
    const { path } = ridgePath(kernels, jumping, PERIODS, OPTIONS);
    for (let i = 1; i < 30; i++) expect(Math.abs(path[i]! - path[i - 1]!)).toBeLessThanOrEqual(1);
    expect(path[29]! - path[0]!).toBeCloseTo(6, 6);
    expect(new Set(ridgePath(kernels, jumping, PERIODS, { ...OPTIONS, cost: 100 }).path).size).toBe(1);
  });

  it.each([
    [1, 0, 1],
    [4, 2, 0.05],
    [2, 20, 0.001],
  ])('is worth as much as any path: %i multiples, reach %i, cost %d', (multiples, reach, cost) => {
    const options = { ...OPTIONS, multiples, reach, cost };
    const values = noise(OPTIONS.columns * OPTIONS.lags, 7);
    const { path, score } = ridgePath(kernels, values, PERIODS, options);
    const states = Array.from(path, (period) => PERIODS.indexOf(period));
    expect(score).toBeCloseTo(bestPathTwin(values, PERIODS, options), 4);
    expect(pathWorth(values, PERIODS, states, options)).toBeCloseTo(score, 4);
  });

  it('leaves the memory as it was, and refuses other sizes', () => {
    const mark = kernels.mark();
    const values = new Float32Array(OPTIONS.columns * OPTIONS.lags);
    expect(() => ridgePath(kernels, values, Float32Array.of(60), OPTIONS)).toThrow(/a period is 60/);
    expect(() => ridgePath(kernels, values.subarray(1), PERIODS, OPTIONS)).toThrow(/1799 values/);
    expect(() => ridgePath(kernels, values, new Float32Array(0), OPTIONS)).toThrow(/number of periods is 0/);
    expect(kernels.mark()).toBe(mark);
  });
});
