import { describe, expect, it } from 'vitest';
import { type Claim, calibrationBins, calibrationError, rankingArea } from './calibration.ts';

const claims = (...pairs: [number, 0 | 1][]): Claim[] =>
  pairs.map(([confidence, right]) => ({ confidence, right: right === 1 }));

describe('calibrationError', () => {
  it('weighs the bins by their size', () => {
    // 0.95 of which 3 of 4 are right: off by 0.2; 0.25 of which none of 1 is: off by 0.25.
    const all = claims([0.95, 1], [0.95, 1], [0.95, 1], [0.95, 0], [0.25, 0]);
    expect(calibrationError(all)).toBeCloseTo(0.8 * 0.2 + 0.2 * 0.25, 12);
    expect(calibrationBins(all).map(({ from, count }) => [from, count])).toEqual([
      [0.2, 1],
      [0.9, 4],
    ]);
  });

  it('is 0 when confidence is the share of right ones, and unknown without claims', () => {
    expect(calibrationError(claims([0.5, 1], [0.5, 0]))).toBe(0);
    expect(calibrationError([])).toBeNull();
  });

  it('puts 1 and what is beyond into the last bin', () => {
    expect(calibrationBins(claims([1, 1], [1.2, 0])).map(({ from }) => from)).toEqual([0.9]);
  });
});

describe('rankingArea', () => {
  it('counts pairs, equal ones half', () => {
    expect(rankingArea(claims([0.9, 1], [0.8, 0], [0.7, 1], [0.1, 0]))).toBe(3 / 4);
    expect(rankingArea(claims([0.5, 1], [0.5, 0]))).toBe(0.5);
    expect(rankingArea(claims([0.5, 1], [0.5, 0], [0.9, 1], [0.9, 0]))).toBe(0.5);
    expect(rankingArea(claims([0.1, 1], [0.9, 0]))).toBe(0);
  });

  it('is unknown when all are right', () => {
    expect(rankingArea(claims([0.5, 1], [0.9, 1]))).toBeNull();
  });
});
