import { type Key, tonicOf } from '@tutti/music/theory';
import { degreeSemitones } from './scale.ts';

/** A chord as pitch classes, root first, then upwards in thirds as it was spelt. */
export interface Chord {
  readonly symbol: string;
  readonly root: number;
  readonly tones: readonly number[];
}

const NUMERALS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'];

/** Semitones above the root for each suffix: after an upper-case numeral, after a lower-case one. */
const QUALITIES: Readonly<Record<string, readonly [readonly number[], readonly number[]]>> = {
  '': [
    [0, 4, 7],
    [0, 3, 7],
  ],
  '6': [
    [0, 4, 7, 9],
    [0, 3, 7, 9],
  ],
  '7': [
    [0, 4, 7, 10],
    [0, 3, 7, 10],
  ],
  maj7: [
    [0, 4, 7, 11],
    [0, 3, 7, 11],
  ],
  '9': [
    [0, 4, 7, 10, 2],
    [0, 3, 7, 10, 2],
  ],
  maj9: [
    [0, 4, 7, 11, 2],
    [0, 3, 7, 11, 2],
  ],
  add9: [
    [0, 4, 7, 2],
    [0, 3, 7, 2],
  ],
  sus2: [
    [0, 2, 7],
    [0, 2, 7],
  ],
  sus4: [
    [0, 5, 7],
    [0, 5, 7],
  ],
  '7sus4': [
    [0, 5, 7, 10],
    [0, 5, 7, 10],
  ],
  dim: [
    [0, 3, 6],
    [0, 3, 6],
  ],
  dim7: [
    [0, 3, 6, 9],
    [0, 3, 6, 9],
  ],
  m7b5: [
    [0, 3, 6, 10],
    [0, 3, 6, 10],
  ],
};

/**
 * A chord in Roman numerals: upper case major, lower case minor, `b` or `#` before the numeral, a suffix of the table
 * above, and `/` with the degree it leads to for applied chords: `ii7`, `bVII`, `V7/vi`. Degrees are those of the key's
 * own scale, natural minor in minor keys.
 * @throws RangeError for a symbol that is no such chord: the tables of the styles are at fault, not the caller
 */
export function parseChord(symbol: string, key: Key): Chord {
  const [, accidental, numeral, suffix, target] = /^([b#]?)([IViv]+)([a-z0-9]*)(?:\/([IViv]+))?$/.exec(symbol) ?? [];
  const quality = QUALITIES[suffix ?? 'none'];
  const degree = NUMERALS.indexOf(numeral?.toUpperCase() ?? '');
  if (degree < 0 || quality === undefined) throw new RangeError(`"${symbol}" is no chord in Roman numerals`);
  const isLower = numeral === numeral!.toLowerCase();
  const alteration = accidental === 'b' ? -1 : accidental === '#' ? 1 : 0;
  const base = target === undefined ? 0 : degreeSemitones(key.mode, NUMERALS.indexOf(target.toUpperCase()));
  const scaleMode = target === undefined ? key.mode : 'major';
  const root = (tonicOf(key) + base + degreeSemitones(scaleMode, degree) + alteration + 12) % 12;
  return { symbol, root, tones: quality[isLower ? 1 : 0].map((semitones) => (root + semitones) % 12) };
}
