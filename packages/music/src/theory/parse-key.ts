import { type Key, keyOf, type Mode, pitchClassOf } from './key.ts';

const LETTERS = /^([A-G](?:#|b)?) ?(|maj|major|dur|m|min|minor|moll)$/i;
const MINOR_WORDS = ['min', 'minor', 'moll'];
/** Hour and ring of the Camelot wheel, or of Open Key. */
const CODE = /^(1[0-2]|0?[1-9])([ABdm])$/i;
/** Pitch class of 8B, the major key on hour 8, and of 1d. */
const CAMELOT_HOUR_OF_C = 8;
const OPEN_KEY_HOUR_OF_C = 1;

function modeOf(word: string): Mode {
  // A lone M or m tells the modes apart by its case alone.
  return word === 'm' || MINOR_WORDS.includes(word.toLowerCase()) ? 'minor' : 'major';
}

/**
 * The key that a text names, as tags and DJ software write it: names of notes ("Am", "F# minor", "Dbmaj", "e moll"),
 * Camelot ("8A", "08A") and Open Key ("1m"). Upper and lower case are one, but for a lone letter m.
 * @returns undefined when it names none; "o", which some programs write for "no key", is one of those
 */
export function parseKey(text: string): Key | undefined {
  const plain = text.trim().replace(/♯/g, '#').replace(/♭/g, 'b').replace(/\s+/g, ' ');
  const code = CODE.exec(plain);
  if (code) {
    const ring = code[2]!.toLowerCase();
    const isOpenKey = ring === 'd' || ring === 'm';
    const fifths = Number(code[1]) - (isOpenKey ? OPEN_KEY_HOUR_OF_C : CAMELOT_HOUR_OF_C);
    const isMinor = ring === 'a' || ring === 'm';
    return keyOf(fifths * 7 + (isMinor ? 9 : 0), isMinor ? 'minor' : 'major');
  }
  const letters = LETTERS.exec(plain);
  if (!letters) return undefined;
  const [, note, word] = letters;
  const pitchClass = pitchClassOf(note!.charAt(0).toUpperCase() + note!.slice(1).toLowerCase());
  return pitchClass === undefined ? undefined : keyOf(pitchClass, modeOf(word!));
}
