import { describe, expect, it } from 'vitest';
import { analysisOf } from '../testing/analysis-of.ts';
import { localLoudnessOf } from './local-loudness.ts';

const loudnessOf = (halfSecondLufs: readonly (number | null)[], lufs = -14) =>
  localLoudnessOf(analysisOf({ lufs, halfSecondLufs, lowShare: 0.4 }).loudness, halfSecondLufs.length / 2)!;

describe('localLoudnessOf', () => {
  it('tells the loudness of the three seconds around a time', () => {
    // 10 s of -14 LUFS, 10 s of -20.
    const loudness = loudnessOf(Array.from({ length: 40 }, (_, i) => (i < 20 ? -14 : -20)));
    expect(loudness.at(5)).toBeCloseTo(-14, 6);
    expect(loudness.at(8.5)).toBeCloseTo(-14, 6);
    expect(loudness.at(10)).toBeCloseTo(10 * Math.log10((10 ** -1.4 + 10 ** -2) / 2), 6);
    expect(loudness.at(11.5)).toBeCloseTo(-20, 6);
    // Where a part of the three seconds lies outside of the track, what there is of them.
    for (const time of [-5, 0, 1]) expect(loudness.at(time)).toBeCloseTo(-14, 6);
    for (const time of [19, 20, 25]) expect(loudness.at(time)).toBeCloseTo(-20, 6);
  });

  it('tells the power of a moment, to the half second', () => {
    const loudness = loudnessOf([-14, -14, -20, -20]);
    expect(10 * Math.log10(loudness.powerAt(0.75))).toBeCloseTo(-14, 6);
    expect(10 * Math.log10(loudness.powerAt(1.25))).toBeCloseTo(-20, 6);
    expect(loudness.powerAt(1)).toBeCloseTo((10 ** -1.4 + 10 ** -2) / 2, 9);
    expect(loudness.powerAt(9)).toBe(loudness.powerAt(1.9));
    expect(loudness.lowShareAt(1)).toBeCloseTo(0.4, 9);
  });

  it('finds where the sound begins and ends', () => {
    const quiet = [null, -60, null, -35] as const;
    const loudness = loudnessOf([...quiet, -15, -14, -14, ...quiet]);
    expect([loudness.soundStart, loudness.soundEnd]).toEqual([2, 3.5]);
    const whole = loudnessOf([-14, -14, -14]);
    expect([whole.soundStart, whole.soundEnd]).toEqual([0, 1.5]);
  });

  it('is even where there is no curve, and not known without a loudness', () => {
    const even = localLoudnessOf(analysisOf({ lufs: -17 }).loudness, 60)!;
    expect([even.at(3), even.soundStart, even.soundEnd]).toEqual([-17, 0, 60]);
    expect(10 * Math.log10(even.powerAt(30))).toBeCloseTo(-17, 9);
    expect(localLoudnessOf(analysisOf({ lufs: null }).loudness, 60)).toBeNull();
  });
});
