import { cascadeResponseDb } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { balanceAgainst, balanceDistanceDb } from './balance.ts';
import { fitEqualiser, largestGainDb, type WantedGain } from './fit-equaliser.ts';

const octaves = Array.from({ length: 27 }, (_, i) => 40 * 2 ** (i / 3)).filter((hertz) => hertz < 16_000);
const wanted = (gain: (hertz: number) => number): WantedGain[] =>
  octaves.map((frequencyHz) => ({ frequencyHz, gainDb: gain(frequencyHz), weight: 1 }));

describe('fitEqualiser', () => {
  it('finds the filters that made a curve', () => {
    const truth = [
      { shape: 'peak', frequencyHz: 400, q: 0.9, gainDb: -2 },
      { shape: 'high-shelf', frequencyHz: 9000, q: 0.7, gainDb: 2.5 },
    ] as const;
    const curve = cascadeResponseDb(truth, 44_100);
    const found = cascadeResponseDb(fitEqualiser(wanted(curve), 44_100, 6), 44_100);
    for (const hertz of octaves) expect(Math.abs(found(hertz) - curve(hertz))).toBeLessThan(0.5);
  });

  it('does nothing where nothing is wanted, or nothing counts', () => {
    expect(
      fitEqualiser(
        wanted(() => 0),
        44_100,
        3,
      ),
    ).toEqual([]);
    expect(
      fitEqualiser(
        wanted(() => 3).map((band) => ({ ...band, weight: 0 })),
        44_100,
        3,
      ),
    ).toEqual([]);
    expect(fitEqualiser([], 44_100, 3)).toEqual([]);
  });

  it('stays within its bound, at any rate', () => {
    for (const sampleRate of [8000, 44_100, 192_000]) {
      const bands = fitEqualiser(
        wanted((hertz) => 6 * Math.sign(Math.sin(3 * Math.log2(hertz)))),
        sampleRate,
        2,
      );
      expect(largestGainDb(bands, sampleRate)).toBeLessThanOrEqual(2.1);
      for (const { frequencyHz } of bands) expect(frequencyHz).toBeLessThan(0.4 * sampleRate);
    }
  });
});

describe('balanceAgainst', () => {
  const bandsAt = (level: (hertz: number) => number | null) =>
    octaves.map((frequencyHz) => ({
      frequencyHz,
      levelDb: level(frequencyHz),
      crestDb: 0,
      width: null,
      correlation: null,
    }));

  it('does not care how loud a song is', () => {
    const curve = (hertz: number) => -2 * Math.log2(hertz);
    expect(
      balanceDistanceDb(
        balanceAgainst(
          bandsAt((hertz) => curve(hertz) - 17),
          curve,
        ),
      ),
    ).toBeCloseTo(0, 9);
  });

  it('finds the band that stands out, and leaves out what is not there', () => {
    const deviations = balanceAgainst(
      bandsAt((hertz) => (hertz === 320 ? 6 : hertz > 8000 ? -60 : hertz < 50 ? null : 0)),
      () => 0,
    );
    expect(deviations.find(({ frequencyHz }) => frequencyHz === 320)).toMatchObject({ deviationDb: 6, weight: 1 });
    for (const { frequencyHz, weight } of deviations) if (frequencyHz > 8000) expect(weight).toBe(0);
    expect(
      balanceAgainst(
        bandsAt(() => null),
        () => 0,
      ),
    ).toEqual([]);
  });
});
