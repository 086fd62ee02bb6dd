import { describe, expect, it } from 'vitest';
import { usualInterval } from './usual-interval.ts';

function timesOf(intervals: readonly number[]): number[] {
  const times = [0];
  for (const interval of intervals) times.push(times.at(-1)! + interval);
  return times;
}

describe('usualInterval', () => {
  it('is the interval of a steady row, whatever a wrong beat does', () => {
    expect(usualInterval(timesOf([0.5, 0.5, 0.5, 1, 0.5, 0.25, 0.25, 0.5]))).toBeCloseTo(0.5, 12);
  });

  it('is the mean of what wavers around it', () => {
    expect(usualInterval(timesOf([0.49, 0.5, 0.51, 0.505]))).toBeCloseTo(0.50125, 12);
  });

  it('is one of two tempi, not one in between', () => {
    expect(usualInterval(timesOf([...Array(10).fill(0.5), ...Array(9).fill(0.4)]))).toBeCloseTo(0.5, 12);
  });

  it('is that of two beats', () => {
    expect(usualInterval([3, 3.75])).toBe(0.75);
  });
});
