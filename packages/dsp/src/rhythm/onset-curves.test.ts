import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { accentsOf, blockPhases, levelledRises } from './onset-curves.ts';
import { accentsTwin, blockPhasesTwin, levelledRisesTwin } from './onset-curves.twin.ts';

const kernels = new Kernels();
const onsets = (count: number) => noise(count, 12).map((value, i) => Math.abs(value) ** 4 * (i % 17 === 0 ? 8 : 1));

describe('levelledRises', () => {
  it('brings a quiet passage to the level of a loud one, and leaves the background away', () => {
    const curve = Float32Array.from({ length: 400 }, (_, i) => (i % 10 === 5 ? (i < 200 ? 4 : 1) : 0) + 3);
    const levelled = levelledRises(kernels, curve, { background: 20, around: 50, floor: 0.01 });
    expect(levelled[105]! / levelled[305]!).toBeCloseTo(1, 1);
    expect(levelled[101]).toBe(0);
    const curbed = levelledRises(kernels, curve, { background: 20, around: 50, floor: 1 });
    expect(curbed[105]! / curbed[305]!).toBeGreaterThan(1.5);
  });

  it.each([
    [5, 40, 0.2],
    [0, 3, 0.01],
    [500, 500, 1],
  ])('is its twin with %i and %i values to each side and a floor of %d', (background, around, floor) => {
    const curve = onsets(301);
    const levelled = levelledRises(kernels, curve, { background, around, floor });
    expect(levelled).toHaveLength(301);
    levelledRisesTwin(curve, { background, around, floor }).forEach((value, i) => {
      expect(levelled[i]).toBeCloseTo(value, 4);
    });
  });

  it('is 0 for what does not move, and nothing for nothing', () => {
    const options = { background: 5, around: 40, floor: 0.2 };
    expect(Math.max(...levelledRises(kernels, new Float32Array(100).fill(7), options))).toBe(0);
    expect(levelledRises(kernels, new Float32Array(0), options)).toHaveLength(0);
    expect(() => levelledRises(kernels, onsets(10), { ...options, floor: 0 })).toThrow(/floor is 0/);
    expect(() => levelledRises(kernels, onsets(10), { ...options, around: 0.5 })).toThrow(/around is 0.5/);
  });
});

describe('accentsOf', () => {
  it('holds each onset to both sides, in units of the mean', () => {
    const { strength, compressed } = accentsOf(kernels, Float32Array.of(0, 0, 0, 6, 0, 0, 0, 0, 0, 3), 2);
    [0, 6, 6, 6, 6, 6, 0, 3, 3, 3].forEach((value, i) => {
      expect(strength[i]).toBeCloseTo(value / 0.9, 6);
      expect(compressed[i]).toBeCloseTo(Math.log(1 + value / 0.9), 6);
    });
  });

  it.each([0, 1, 5])('is its twin with %i values to each side', (reach) => {
    const curve = onsets(203);
    const { strength, compressed } = accentsOf(kernels, curve, reach);
    expect(strength).toHaveLength(203);
    accentsTwin(curve, reach).forEach((value, i) => {
      expect(strength[i]! / value).toBeCloseTo(1, 5);
      expect(Math.abs(compressed[i]! - Math.log(1 + value))).toBeLessThan(3e-7 * Math.max(1, Math.log(1 + value)));
    });
  });

  it('is 0 where there is none', () => {
    expect(Math.max(...accentsOf(kernels, new Float32Array(7), 2).strength)).toBe(0);
    expect(accentsOf(kernels, new Float32Array(0), 2).compressed).toHaveLength(0);
    expect(() => accentsOf(kernels, onsets(3), -1)).toThrow(/reach is -1/);
  });
});

describe('blockPhases', () => {
  it('has the phase of a pulse, the same in every block', () => {
    const curve = Float32Array.from({ length: 1200 }, (_, t) => (t % 25 === 7 ? 1 : 0));
    const phases = blockPhases(kernels, curve, 300, 25);
    expect(phases).toHaveLength(8);
    for (let i = 0; i < 8; i += 2) {
      expect(Math.hypot(phases[i]!, phases[i + 1]!)).toBeCloseTo(12, 9);
      expect(Math.atan2(phases[i + 1]!, phases[i]!)).toBeCloseTo((2 * Math.PI * 7) / 25, 9);
    }
  });

  it.each([
    [1, 10.5],
    [300, 43.217],
    [5000, 99.9],
  ])('is its twin in blocks of %i at a period of %d', (block, period) => {
    const curve = onsets(1003);
    const phases = blockPhases(kernels, curve, block, period);
    blockPhasesTwin(curve, block, period).forEach((value, i) => {
      expect(phases[i]).toBeCloseTo(value, 8);
    });
  });

  it('leaves the memory as it was, and refuses what has no period', () => {
    const mark = kernels.mark();
    expect(blockPhases(kernels, new Float32Array(0), 10, 5)).toHaveLength(0);
    expect(() => blockPhases(kernels, onsets(3), 10, 0)).toThrow(/period is 0/);
    expect(() => blockPhases(kernels, onsets(3), 0, 5)).toThrow(/block is 0/);
    accentsOf(kernels, onsets(9), 2);
    levelledRises(kernels, onsets(9), { background: 5, around: 40, floor: 0.2 });
    expect(kernels.mark()).toBe(mark);
  });
});
