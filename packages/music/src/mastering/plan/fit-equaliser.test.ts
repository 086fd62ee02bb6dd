import { cascadeResponseDb } from '@tutti/dsp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceAgainst, balanceDistanceDb } from './balance.ts';
import { type AimedBand, fitEqualiser, largestGainDb } from './fit-equaliser.ts';

const octaves = Array.from({ length: 27 }, (_, i) => 40 * 2 ** (i / 3)).filter((hertz) => hertz < 16_000);
const aimed = (deviation: (hertz: number) => number, more: Partial<AimedBand> = {}): AimedBand[] =>
  octaves.map((frequencyHz) => ({
    ...{ frequencyHz, deviationDb: deviation(frequencyHz), weight: 1, toleranceDb: 0, toneDb: 0 },
    ...more,
  }));
const TRUTH = [
  { shape: 'peak', frequencyHz: 400, q: 0.9, gainDb: -2 },
  { shape: 'high-shelf', frequencyHz: 9000, q: 0.7, gainDb: 2.5 },
] as const;

describe('fitEqualiser', () => {
  it('finds the filters that undo a curve', () => {
    const curve = cascadeResponseDb(TRUTH, 44_100);
    const found = cascadeResponseDb(
      fitEqualiser(
        aimed((hertz) => -curve(hertz)),
        44_100,
        6,
      ),
      44_100,
    );
    const errors = octaves.map((hertz) => found(hertz) - curve(hertz));
    const level = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    for (const error of errors) expect(Math.abs(error - level)).toBeLessThan(0.5);
  });

  it('finds those of a tone, beside a balance that is right', () => {
    const curve = cascadeResponseDb(TRUTH, 44_100);
    const bands = aimed(() => 0, { toleranceDb: 5 }).map((band) => ({ ...band, toneDb: curve(band.frequencyHz) }));
    const found = cascadeResponseDb(fitEqualiser(bands, 44_100, 6), 44_100);
    const errors = octaves.map((hertz) => found(hertz) - curve(hertz));
    for (const error of errors) expect(Math.abs(error - errors[10]!)).toBeLessThan(0.6);
  });

  it('leaves what only the level of both is apart by, unless levels are to be kept', () => {
    const louder = aimed(() => 3);
    expect(fitEqualiser(louder, 44_100, 6)).toEqual([]);
    const found = cascadeResponseDb(fitEqualiser(louder, 44_100, 6, 'kept'), 44_100);
    for (const hertz of octaves.slice(4, -4)) expect(Math.abs(found(hertz) + 3)).toBeLessThan(1);
  });

  it('does nothing within the tolerance, or where nothing counts', () => {
    expect(
      fitEqualiser(
        aimed(() => 0),
        44_100,
        3,
      ),
    ).toEqual([]);
    expect(
      fitEqualiser(
        aimed((hertz) => 4 * Math.sin(hertz), { toleranceDb: 4 }),
        44_100,
        3,
      ),
    ).toEqual([]);
    expect(
      fitEqualiser(
        aimed((hertz) => 9 * Math.sin(hertz), { weight: 0 }),
        44_100,
        3,
      ),
    ).toEqual([]);
    expect(fitEqualiser([], 44_100, 3)).toEqual([]);
  });

  it('leads what stands out to the edge and no further, so that the same again asks for next to nothing', () => {
    const shapes = fc.record({
      middle: fc.double({ min: 5.5, max: 13.5, noNaN: true }),
      width: fc.double({ min: 0.8, max: 3, noNaN: true }),
      height: fc.double({ min: -2.8, max: 2.8, noNaN: true }),
    });
    fc.assert(
      fc.property(shapes, ({ middle, width, height }) => {
        const toleranceDb = 4;
        // A hill that stands out of a balance at the edge of the tolerance, on one side or the other.
        const hill = (hertz: number) =>
          (toleranceDb + Math.abs(height)) *
          Math.exp(-(((Math.log2(hertz) - middle) / width) ** 2)) *
          Math.sign(height);
        const once = fitEqualiser(aimed(hill, { toleranceDb }), 44_100, 3);
        const first = cascadeResponseDb(once, 44_100);
        const twice = fitEqualiser(
          aimed((hertz) => hill(hertz) + first(hertz), { toleranceDb }),
          44_100,
          3,
        );
        expect(largestGainDb(twice, 44_100)).toBeLessThanOrEqual(0.5);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('stays within its bound, at any rate', () => {
    for (const sampleRate of [8000, 44_100, 192_000]) {
      const bands = fitEqualiser(
        aimed((hertz) => -6 * Math.sign(Math.sin(3 * Math.log2(hertz)))),
        sampleRate,
        2,
      );
      expect(bands.length).toBeGreaterThan(0);
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
