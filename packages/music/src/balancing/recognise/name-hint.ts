import type { StemKind } from '../stem-kinds.ts';
import { WORDS_OF_KINDS } from './stem-names.data.ts';

/** Words of up to so many letters are found within longer ones by chance. */
const SHORT_LETTERS = 3;

/**
 * The kind that the name of a file speaks of: `02 LeadGuitar DI.wav` is harmonic.
 * @returns null when it says nothing
 */
export function kindByName(name: string): StemKind | null {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => [word, ...(word.match(/\p{L}+|\p{N}+/gu) ?? [])]);
  const says = (known: string) =>
    words.some((word) => (known.length <= SHORT_LETTERS ? word === known : word.includes(known)));
  return WORDS_OF_KINDS.find(([, known]) => known.some(says))?.[0] ?? null;
}
