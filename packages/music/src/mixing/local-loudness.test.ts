import { describe, expect, it } from 'vitest';
import { analysisOf } from '../testing/analysis-of.ts';
import { localLoudnessOf } from './local-loudness.ts';
import { EVEN_OCTAVES } from './loud-tones.ts';

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

  it('tells the mean power of a stretch, to the tenth of a second where that was measured', () => {
    const [loud, soft] = [10 ** -1.4, 10 ** -2];
    const coarse = loudnessOf([-14, -20]);
    expect(coarse.meanPower(0, 0.5)).toBeCloseTo(loud, 9);
    expect(coarse.meanPower(0.4, 0.6)).toBeCloseTo((loud + soft) / 2, 9);
    const analysed = analysisOf({ lufs: -14, halfSecondLufs: [-14, -14] }).loudness;
    const step = { seconds: 0.1, lufs: [-14, -20, null, null, null, -14, -20, null, null, null] };
    const fine = localLoudnessOf({ ...analysed, curve: { ...analysed.curve!, step } }, 1)!;
    expect(fine.meanPower(0, 0.1)).toBeCloseTo(loud, 9);
    expect(fine.meanPower(0.05, 0.2)).toBeCloseTo((0.5 * loud + soft) / 1.5, 9);
    expect(fine.meanPower(0, 1)).toBeCloseTo((loud + soft) / 5, 9);
    expect(fine.meanPower(0.7, 1.4)).toBe(0);
  });

  it('tells the octaves of a moment, evenly filled ones where they are not known', () => {
    expect(loudnessOf([-14, -14]).octavesAt(0.3)).toBe(EVEN_OCTAVES);
    const analysed = analysisOf({ lufs: -14, halfSecondLufs: Array<number>(10).fill(-14) }).loudness;
    const shares = [
      [1, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0.5, 0.5, 0, 0, 0],
    ];
    const known = { ...analysed, curve: { ...analysed.curve!, spectrum: { hopSeconds: 2, shares } } };
    const loudness = localLoudnessOf(known, 5)!;
    expect([-1, 0, 1.9, 4.1, 99].map((at) => loudness.octavesAt(at))).toEqual(
      [0, 0, 0, 2, 2].map((place) => shares[place]),
    );
    expect(loudness.octavesAt(3)).toBe(EVEN_OCTAVES);
    expect(EVEN_OCTAVES.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
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
