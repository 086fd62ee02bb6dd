import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phraseStarts } from './phrases.ts';

/** Sections of so many bars, one after another. */
function sectionsOf(...lengths: readonly number[]) {
  let firstBar = 0;
  return lengths.map((bars) => {
    firstBar += bars;
    return { firstBar: firstBar - bars, endBar: firstBar };
  });
}

describe('phraseStarts', () => {
  it('counts in eights from where a section begins', () => {
    expect(phraseStarts(sectionsOf(16, 32))).toEqual([0, 8, 16, 24, 32, 40]);
    expect(phraseStarts(sectionsOf(8, 12, 16))).toEqual([0, 8, 16, 20, 28]);
  });

  it('takes what comes early in the first section for a lead-in', () => {
    expect(phraseStarts(sectionsOf(9, 16))).toEqual([0, 1, 9, 17]);
    expect(phraseStarts(sectionsOf(12, 16))).toEqual([0, 4, 12, 20]);
  });

  it('gives no phrase to a single bar that is left over', () => {
    expect(phraseStarts(sectionsOf(8, 17, 8))).toEqual([0, 8, 16, 25]);
  });

  it('counts short tracks in fours', () => {
    expect(phraseStarts(sectionsOf(4, 12))).toEqual([0, 4, 8, 12]);
    expect(phraseStarts([])).toEqual([]);
  });

  it('begins a phrase with every section, and none is longer than nine bars', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 64 }), { minLength: 1, maxLength: 20 }), (lengths) => {
        const sections = sectionsOf(...lengths);
        const starts = phraseStarts(sections);
        for (const { firstBar } of sections) expect(starts).toContain(firstBar);
        const ends = [...starts.slice(1), sections.at(-1)!.endBar];
        starts.forEach((bar, i) => {
          expect(ends[i]! - bar).toBeGreaterThan(0);
          expect(ends[i]! - bar).toBeLessThanOrEqual(9);
        });
      }),
    );
  });
});
