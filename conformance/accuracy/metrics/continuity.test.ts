import { describe, expect, it } from 'vitest';
import { continuity } from './continuity.ts';

const row = (first: number, step: number, count: number) => Array.from({ length: count }, (_, i) => first + i * step);
const truth = row(5, 0.5, 20);

describe('continuity', () => {
  it('is 1 for the truth, and for beats that are all 17 % late', () => {
    expect(continuity(truth, truth)).toEqual({ cmlT: 1, amlT: 1 });
    expect(continuity(truth, row(5.085, 0.5, 20))).toEqual({ cmlT: 1, amlT: 1 });
    expect(continuity(truth, row(5.088, 0.5, 20)).cmlT).toBe(0);
  });

  it('takes off-beats and half tempo at other levels only', () => {
    // Midpoints: 19 true ones for 19 heard.
    expect(continuity(truth, row(5.25, 0.5, 19))).toEqual({ cmlT: 0, amlT: 1 });
    expect(continuity(truth, row(5, 1, 10))).toEqual({ cmlT: 0, amlT: 1 });
    expect(continuity(truth, row(5.5, 1, 10))).toEqual({ cmlT: 0, amlT: 1 });
  });

  it('takes double tempo at other levels only', () => {
    const heard = row(5, 0.25, 39);
    const { cmlT, amlT } = continuity(truth, heard);
    expect(amlT).toBe(1);
    // Every interval is half of the true one.
    expect(cmlT).toBe(0);
  });

  it('counts the beat after a gap as wrong and the others as right', () => {
    // One missing of 20: the next has an interval of two. 18 right of the longer row, 20.
    const gap = truth.toSpliced(10, 1);
    expect(continuity(truth, gap).cmlT).toBeCloseTo(18 / 20, 12);
  });

  it('lets a true beat be taken once', () => {
    // The doublet at 7.0 and 7.02: the second finds it taken; the one after it is 0.48 from its predecessor, in tolerance.
    const heard = [...truth, 7.02].sort((a, b) => a - b);
    expect(continuity(truth, heard).cmlT).toBeCloseTo(20 / 21, 12);
  });

  it('is 0 for fewer than two beats', () => {
    expect(continuity([1], [1])).toEqual({ cmlT: 0, amlT: 0 });
    expect(continuity(truth, [])).toEqual({ cmlT: 0, amlT: 0 });
  });
});
