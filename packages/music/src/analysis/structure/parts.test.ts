import { describe, expect, it } from 'vitest';
import { partsOf } from './parts.ts';

const DIMENSIONS = 8;

/** Parts of sections whose bars are letters, equal letters alike and different ones at right angles. */
function partsIn(...sections: readonly string[]): number[] {
  const letters = sections.join('');
  const values = new Float32Array(letters.length * DIMENSIONS);
  [...letters].forEach((letter, bar) => {
    values[bar * DIMENSIONS + letter.charCodeAt(0) - 65] = 1;
  });
  let firstBar = 0;
  const spans = sections.map(({ length }) => {
    firstBar += length;
    return { firstBar: firstBar - length, endBar: firstBar };
  });
  return partsOf({ bars: letters.length, dimensions: DIMENSIONS, values }, spans);
}

describe('partsOf', () => {
  it('gives the same number to the same music', () => {
    expect(partsIn('AAAA', 'BBBB', 'AAAA', 'CCCC', 'BBBB')).toEqual([0, 1, 0, 2, 1]);
  });

  it('tells the same chords in another order apart', () => {
    expect(partsIn('ABCD', 'BCDA', 'ABCD')).toEqual([0, 1, 0]);
  });

  it('knows a part that is cut short, at its start or at its end', () => {
    expect(partsIn('ABCDEFGH', 'ABCDE', 'DEFGH')).toEqual([0, 0, 0]);
    expect(partsIn('ABCDEFGH', 'ABC')).toEqual([0, 1]);
  });

  it('takes the part that is most alike', () => {
    expect(partsIn('AAAABBBB', 'AABBBBBB', 'AAABBBBB', 'AABBBBBB')).toEqual([0, 0, 0, 0]);
    expect(partsIn('AAAACCCC', 'AAABBBBB', 'AABBBBBB')).toEqual([0, 1, 1]);
  });
});
