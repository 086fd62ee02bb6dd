import { describe, expect, it } from 'vitest';
import { leadSpectrum, spectrumDistanceDb, sumOf } from './lead-spectrum.ts';

const bandsHz = Array.from({ length: 27 }, (_, i) => 40 * 2 ** (i / 3));
const bump = (middle: number) => Float64Array.from(bandsHz, (_, i) => Math.exp(-(((i - middle) / 5) ** 2)));
const flat = { levelDb: () => 0, mostLu: 6, looseDb: 0.5 };

describe('leadSpectrum', () => {
  it('brings the sum nearer to the spectrum, within the bound', () => {
    const stems = [bump(4), bump(13).map((power) => 4 * power), bump(22)];
    const moves = leadSpectrum(stems, bandsHz, flat);
    expect(moves[1]).toBeLessThan(moves[0]!);
    expect(moves[1]).toBeLessThan(moves[2]!);
    for (const move of moves) expect(Math.abs(move)).toBeLessThanOrEqual(6);
    const distance = (gains: readonly number[]) => spectrumDistanceDb(sumOf(stems, gains), bandsHz, flat.levelDb);
    expect(distance(moves)).toBeLessThan(distance([0, 0, 0]) - 0.5);
  });

  it('moves nothing where the sum is right, nor a stem that is alone', () => {
    const even = [bandsHz.map(() => 1), bandsHz.map(() => 2)].map((values) => Float64Array.from(values));
    expect(leadSpectrum(even, bandsHz, flat)).toEqual([0, 0]);
    expect(leadSpectrum([bump(5)], bandsHz, flat)).toEqual([0]);
  });

  it('moves less the less the spectrum counts', () => {
    const stems = [bump(4), bump(13).map((power) => 4 * power), bump(22)];
    const size = (looseDb: number) =>
      leadSpectrum(stems, bandsHz, { ...flat, looseDb }).reduce((sum, move) => sum + Math.abs(move), 0);
    expect(size(4)).toBeLessThan(size(0.5));
  });
});
