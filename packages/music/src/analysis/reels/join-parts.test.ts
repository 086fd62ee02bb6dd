import { describe, expect, it } from 'vitest';
import { joinParts } from './join-parts.ts';

/** Sections of 10 s each from a time on, by the letters of their parts. */
const sections = (from: number, letters: string) =>
  [...letters].map((part, i) => ({ start: from + 10 * i, end: from + 10 * (i + 1), part }));

describe('joinParts', () => {
  it('numbers the parts of one reel in order of appearance', () => {
    expect(joinParts([sections(0, 'BACAB')])).toEqual([[0, 1, 2, 1, 0]]);
  });

  it('knows a part again by what both reels have heard', () => {
    // The second begins with the last two sections of the first, which it calls by other names.
    expect(joinParts([sections(0, 'ABAB'), sections(20, 'XYXZ')])).toEqual([
      [0, 1, 0, 1],
      [0, 1, 0, 2],
    ]);
  });

  it('calls new what was not heard in common, and never makes one part of two', () => {
    const [first, second, third] = joinParts([sections(0, 'AAB'), sections(20, 'CDA'), sections(40, 'AB')]);
    expect(first).toEqual([0, 0, 1]);
    expect(second).toEqual([1, 2, 3]);
    expect(third).toEqual([3, 4]);
    const [, merged] = joinParts([sections(0, 'AA'), [...sections(0, 'XY'), ...sections(20, 'XY')]]);
    expect(new Set(merged).size).toBe(2);
  });

  it('does not take parts for one that share less than half of their time', () => {
    const later = [
      { start: 16, end: 26, part: 'X' },
      { start: 26, end: 36, part: 'Y' },
    ];
    expect(joinParts([[...sections(0, 'AB'), { start: 20, end: 36, part: 'C' }], later])).toEqual([
      [0, 1, 2],
      [3, 2],
    ]);
  });

  it('does with reels that have no sections', () => {
    expect(joinParts([sections(0, 'A'), [], sections(50, 'A')])).toEqual([[0], [], [1]]);
  });
});
