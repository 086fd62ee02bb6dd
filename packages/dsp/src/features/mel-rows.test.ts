import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { loudestLevel, melPowerSums, melRises } from './mel-rows.ts';
import { melPowerSumsTwin, melRisesTwin } from './mel-rows.twin.ts';

const kernels = new Kernels();

describe('loudestLevel', () => {
  it('is the largest level, and none where there is none', () => {
    expect(loudestLevel(kernels, Float32Array.of(-90, -12.5, -40))).toBe(-12.5);
    expect(loudestLevel(kernels, new Float32Array(0))).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('melRises', () => {
  it('is the mean of what rises, from the least level on', () => {
    // From -90, counted as -60, to -50; down; not at all; and up by 4.
    const levels = Float32Array.of(-90, -20, -30, -10, -50, -40, -30, -6);
    expect([...melRises(kernels, levels, 4, -60)]).toEqual([0, (10 + 4) / 4]);
  });

  it.each([1, 7, 40])('is its twin, of %i bands', (bands) => {
    const levels = noise(80 * bands, 3).map((level) => 70 * level - 60);
    const rises = melRises(kernels, levels, bands, -80);
    expect(rises).toHaveLength(80);
    melRisesTwin(levels, bands, -80).forEach((rise, i) => {
      expect(rises[i]).toBeCloseTo(rise, 10);
    });
  });
});

describe('melPowerSums', () => {
  it('adds up powers: 10 dB are ten times as much', () => {
    const weights = Float32Array.of(1, 0, 2, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    const sums = melPowerSums(kernels, Float32Array.of(10, 0, -10, 90), weights);
    [10, 1, 20.1, 0].forEach((sum, i) => {
      expect(sums[i]).toBeCloseTo(sum, 4);
    });
  });

  it.each([4, 40])('is its twin within 1e-5, of %i bands', (bands) => {
    const weights = noise(4 * bands, 8).map(Math.abs);
    const levels = noise(50 * bands, 9).map((level) => 90 * level - 60);
    const sums = melPowerSums(kernels, levels, weights);
    expect(sums).toHaveLength(4 * 50);
    melPowerSumsTwin(levels, weights).forEach((sum, i) => {
      expect(Math.abs(sums[i]! / sum - 1)).toBeLessThan(1e-5);
    });
  });

  it('is nothing of no frames, leaves the memory as it was, and refuses odd bands', () => {
    const mark = kernels.mark();
    expect(melPowerSums(kernels, new Float32Array(0), new Float32Array(16))).toHaveLength(0);
    expect(melRises(kernels, new Float32Array(0), 40, -100)).toHaveLength(0);
    expect(() => melPowerSums(kernels, new Float32Array(6), new Float32Array(24))).toThrow(/bands \/ 4 is 1.5/);
    expect(() => melPowerSums(kernels, new Float32Array(4), new Float32Array(16).fill(1e9))).toThrow(/weight is/);
    expect(() => melRises(kernels, new Float32Array(4), 0, -100)).toThrow(/bands is 0/);
    expect(kernels.mark()).toBe(mark);
  });
});
