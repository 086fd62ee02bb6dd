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
 * The scale to play over a chord: the key's own, with the degrees that the chord alters (a leading note in minor, the
 * third of a secondary dominant) replaced by the chord's version of them.
 */
export function scaleOver(key: Key, tones: readonly number[]): number[] {
  const scale = scaleOf(key);
  for (const tone of tones) {
    if (scale.includes(tone)) continue;
    const altered = [11, 1]
      .map((step) => (tone + step) % 12)
      .find((near) => scale.includes(near) && !tones.includes(near));
    if (altered !== undefined) scale[scale.indexOf(altered)] = tone;
  }
  return scale;
}
