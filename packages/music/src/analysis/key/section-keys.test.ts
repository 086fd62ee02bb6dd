import { describe, expect, it } from 'vitest';
import { ALL_KEYS, type Key, keyOf, tonicOf } from '../../theory/key.ts';
import { sectionKeys } from './section-keys.ts';

const C = keyOf(0, 'major');
const D = keyOf(2, 'major');
const A_MINOR = keyOf(9, 'minor');

/** Sections of 10 s, each with a key that is likelier than the others by so much. */
function track(...heard: readonly (readonly [key: Key, logOdds: number])[]) {
  const sections = heard.map((_, i) => ({ start: 10 * i, end: 10 * i + 10 }));
  return sectionKeys(sections, (start, end) =>
    ALL_KEYS.map((key) =>
      heard
        .slice(start / 10, end / 10)
        .reduce((sum, [own, odds]) => sum + (own.mode === key.mode && tonicOf(own) === tonicOf(key) ? odds : 0), 0),
    ),
  );
}

describe('sectionKeys', () => {
  it('is one stretch for a track that stays', () => {
    expect(track([C, 8], [C, 8], [C, 8])).toEqual([{ ...C, start: 0, end: 30, confidence: expect.closeTo(1, 4) }]);
  });

  it('changes where another key is heard clearly', () => {
    expect(track([C, 20], [C, 20], [D, 20], [A_MINOR, 20])).toMatchObject([
      { ...C, start: 0, end: 20 },
      { ...D, start: 20, end: 30 },
      { ...A_MINOR, start: 30, end: 40 },
    ]);
  });

  it('does not change for a section that is unclear, nor for one that says nothing', () => {
    expect(track([C, 20], [D, 5], [C, 20])).toMatchObject([{ ...C, start: 0, end: 30 }]);
    expect(track([D, 0], [C, 20], [A_MINOR, 0])).toMatchObject([{ ...C, start: 0, end: 30 }]);
  });

  it('takes several unclear sections together', () => {
    expect(track([C, 20], [D, 5], [D, 5])).toMatchObject([
      { ...C, end: 10 },
      { ...D, start: 10 },
    ]);
  });

  it('is less sure of what is heard less clearly', () => {
    const [clear] = track([C, 9]);
    const [unclear] = track([C, 2]);
    expect(clear!.confidence).toBeGreaterThan(0.99);
    expect(unclear!.confidence).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 23), 6);
  });

  it('is empty for a track without sections', () => {
    expect(track()).toEqual([]);
  });
});
