import type { Colour } from '@tutti/exchange';

/**
 * Colours of hot cues by what they mark; the others have the program's own.
 * Source of the values: what rekordbox 7 writes for five colours of its palette into POSITION_MARK.
 */
export const CUE_COLOURS: Readonly<Record<string, Colour>> = {
  'mix-in': { red: 40, green: 226, blue: 20 },
  'mix-out': { red: 230, green: 40, blue: 40 },
  drop: { red: 224, green: 100, blue: 27 },
  break: { red: 80, green: 180, blue: 255 },
  'intro-end': { red: 48, green: 90, blue: 255 },
  'outro-start': { red: 48, green: 90, blue: 255 },
};
