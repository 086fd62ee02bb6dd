import { keyOf } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { STYLES } from '../styles/style-table.ts';
import { parseChord } from './chord.ts';
import { scaleOf, scaleOver } from './scale.ts';

const C_MAJOR = keyOf(0, 'major');
const A_MINOR = keyOf(9, 'minor');

describe('parseChord', () => {
  it.each([
    ['I', C_MAJOR, [0, 4, 7]],
    ['ii7', C_MAJOR, [2, 5, 9, 0]],
    ['V7', C_MAJOR, [7, 11, 2, 5]],
    ['bVII', C_MAJOR, [10, 2, 5]],
    ['iv6', C_MAJOR, [5, 8, 0, 2]],
    ['V7/vi', C_MAJOR, [4, 8, 11, 2]],
    ['Imaj9', C_MAJOR, [0, 4, 7, 11, 2]],
    ['i', A_MINOR, [9, 0, 4]],
    ['VImaj7', A_MINOR, [5, 9, 0, 4]],
    ['V', A_MINOR, [4, 8, 11]],
    ['iim7b5', A_MINOR, [11, 2, 5, 9]],
    ['bII', A_MINOR, [10, 2, 5]],
  ] as const)('%s of %o', (symbol, key, tones) => {
    expect(parseChord(symbol, key).tones).toEqual(tones);
  });

  it('moves with the key', () => {
    expect(parseChord('V7/vi', keyOf(5, 'major')).tones).toEqual([9, 1, 4, 7]);
  });

  it.each(['', 'H', 'Vmaj', 'IIII', 'V/x'])('refuses %j', (symbol) => {
    expect(() => parseChord(symbol, C_MAJOR)).toThrow(/no chord/);
  });

  it('knows every chord of every style', () => {
    for (const { progressions } of Object.values(STYLES)) {
      for (const mode of ['major', 'minor'] as const) {
        for (const progression of Object.values(progressions[mode]).flat()) {
          for (const symbol of progression.split(/[|\s]+/))
            expect(() => parseChord(symbol, keyOf(3, mode))).not.toThrow();
        }
      }
    }
  });
});

describe('scaleOver', () => {
  it('is the key itself over its own chords', () => {
    expect(scaleOver(C_MAJOR, parseChord('ii7', C_MAJOR).tones)).toEqual(scaleOf(C_MAJOR));
  });

  it('raises the seventh degree over the dominant of a minor key', () => {
    expect(scaleOver(A_MINOR, parseChord('V', A_MINOR).tones)).toEqual([9, 11, 0, 2, 4, 5, 8]);
  });

  it('lowers the sixth degree over the borrowed subdominant', () => {
    expect(scaleOver(C_MAJOR, parseChord('iv', C_MAJOR).tones)).toEqual([0, 2, 4, 5, 7, 8, 11]);
  });
});
