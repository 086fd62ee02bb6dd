import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../../testing/listening-signals.ts';
import { estimateBehind } from './estimate.ts';

const levels = whiteNoise(2000, 9).map((value) => 0.01 * 10 ** value);
const before = Float64Array.from(levels);
/** A gain that depends on the level, as a compressor's, and a little on chance. */
const chance = whiteNoise(2000, 4);
const behind = before.map((energy, i) => energy * (0.01 / energy) ** 0.3 * (1 + 0.1 * chance[i]!));
const part = (start: number, length: number, skip = 0) => ({
  start,
  values: behind.slice(start, start + length),
  skipStart: skip,
  skipEnd: skip,
});
const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe('estimateBehind', () => {
  it('is exact when everything was tried', () => {
    expect(estimateBehind(before, [part(0, 2000)])).toEqual(behind);
  });

  it('is near when a quarter was tried', () => {
    const parts = Array.from({ length: 10 }, (_, i) => part(200 * i + 30, 50));
    const estimated = total(estimateBehind(before, parts));
    expect(Math.abs(10 * Math.log10(estimated / total(behind)))).toBeLessThan(0.05);
    // And not because nothing happened.
    expect(Math.abs(10 * Math.log10(total(before) / total(behind)))).toBeGreaterThan(0.2);
  });

  it('does not look at the ends that are to be skipped', () => {
    const wrong = part(100, 400, 20);
    wrong.values.fill(1e9, 0, 20);
    wrong.values.fill(1e9, 380);
    expect(Math.max(...estimateBehind(before, [wrong]))).toBeLessThan(10);
  });

  it('leaves silence, and what was not tried at all', () => {
    expect(estimateBehind(new Float64Array(10), [])).toEqual(new Float64Array(10));
    expect(estimateBehind(before, [])).toEqual(before);
  });
});
