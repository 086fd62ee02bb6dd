import { type Key, keyOf, tonicOf } from '@tutti/music/theory';

/**
 * VALUE of MUSICAL_KEY: 0 to 11 are C to B major, 12 to 23 C to B minor.
 * Source: collections of Traktor 3.11, as read by open programs that were checked against tracks with both key texts and values.
 */
export function musicalKeyOf(key: Key): number {
  return tonicOf(key) + (key.mode === 'minor' ? 12 : 0);
}

/** @param value a whole number from 0 to 23 */
export function keyOfMusicalKey(value: number): Key {
  return keyOf(value % 12, value < 12 ? 'major' : 'minor');
}
