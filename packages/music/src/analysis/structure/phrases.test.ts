import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phraseStarts } from './phrases.ts';

/** Novelty that is 1 everywhere but at some bars. */
function noveltyAt(bars: number, peaks: readonly number[], height = 4): Float64Array {
  const novelty = new Float64Array(bars).fill(1);
  for (const bar of peaks) novelty[bar] = height;
  return novelty;
}

describe('phraseStarts', () => {
  it('counts in eights from where something new begins', () => {
    expect(phraseStarts(noveltyAt(48, [8, 24, 40]))).toEqual([0, 8, 16, 24, 32, 40]);
    expect(phraseStarts(noveltyAt(48, [11, 19, 35]))).toEqual([3, 11, 19, 27, 35, 43]);
  });

  it('lets an opening of four bars be a phrase', () => {
    expect(phraseStarts(noveltyAt(44, [4, 12, 20, 36]))).toEqual([0, 4, 12, 20, 28, 36]);
  });

  it('takes up the count again after a break of four bars', () => {
    expect(phraseStarts(noveltyAt(60, [8, 16, 20, 28, 36, 44, 52]))).toEqual([0, 8, 16, 20, 28, 36, 44, 52]);
  });

  it('counts short tracks in fours', () => {
    expect(phraseStarts(noveltyAt(16, [4, 12]))).toEqual([0, 4, 8, 12]);
  });

  it('counts in eights from the start when nothing is ever new', () => {
    expect(phraseStarts(new Float64Array(32))).toEqual([0, 8, 16, 24]);
    expect(phraseStarts(new Float64Array(0))).toEqual([]);
  });

  it('gives ascending bars of the track, the first of them among the first eight', () => {
    fc.assert(
      fc.property(fc.float64Array({ minLength: 1, maxLength: 120, min: 0, max: 2, noNaN: true }), (novelty) => {
        const starts = phraseStarts(novelty);
        expect(starts.every((bar, i) => bar >= 0 && bar < novelty.length && bar > (starts[i - 1] ?? -1))).toBe(true);
        expect(starts[0]).toBeLessThan(8);
        expect(novelty.length - starts.at(-1)!).toBeLessThanOrEqual(8);
      }),
    );
  });
});
