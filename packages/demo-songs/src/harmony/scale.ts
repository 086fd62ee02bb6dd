import { type Key, tonicOf } from '@tutti/music/theory';

/** Semitones above the tonic of the seven degrees: major, and natural minor. */
const DEGREES = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 10] } as const;

/** Semitones above the tonic of a degree counted from 0. */
export function degreeSemitones(mode: Key['mode'], degree: number): number {
  return DEGREES[mode][degree]!;
}

/** The seven pitch classes of a key in the order of its degrees. */
export function scaleOf(key: Key): number[] {
  return DEGREES[key.mode].map((semitones) => (tonicOf(key) + semitones) % 12);
}

/**
 * The scale to play over a chord: the key's own, with the degrees that the chord alters replaced by its version of them.
 * A major third that is not in the key is a degree raised (leading notes, secondary dominants); any other tone that is
 * not in it is a degree lowered (borrowed chords).
 * @param tones pitch classes of the chord, root first, then its third
 */
export function scaleOver(key: Key, tones: readonly number[]): number[] {
  const scale = scaleOf(key);
  const hasMajorThird = (tones[1]! - tones[0]! + 12) % 12 === 4;
  for (const [index, tone] of tones.entries()) {
    if (scale.includes(tone)) continue;
    const isRaised = index === 1 && hasMajorThird;
    const neighbours = isRaised ? [tone + 11, tone + 1] : [tone + 1, tone + 11];
    const replaced = neighbours.map((near) => near % 12).find((near) => scale.includes(near) && !tones.includes(near));
    if (replaced !== undefined) scale[scale.indexOf(replaced)] = tone;
  }
  return scale;
}
