import { clockTime } from '../text/clock-time.ts';
import { oneLine } from '../text/one-line.ts';
import { fullTitle, type SetTrack } from './set-track.ts';

const SHORTEST_SECONDS = 10;
const FEWEST = 3;
const MOST_BYTES = 5000;

export interface Chapters {
  readonly text: string;
  /** What a video platform will not do with them. */
  readonly remarks: readonly string[];
}

/**
 * Chapters as they are written into the description of a video: a line each with time and name, the first at 0:00,
 * ascending, each at least 10 s long. A track that would have less shares the chapter before it, or that after it at
 * the very beginning.
 * Source: YouTube Help, "Video chapters" (first at 00:00, at least three, ascending, 10 s at least); YouTube Data API,
 * `snippet.description` (5000 bytes, no angle brackets, which become the single guillemets).
 * @param tracks by time, at least one
 * @param seconds length of the mix
 */
export function writeChapters(tracks: readonly SetTrack[], seconds: number): Chapters {
  const chapters: { readonly at: number; name: string }[] = [];
  for (const track of tracks) {
    const at = chapters.length === 0 ? 0 : Math.floor(track.seconds);
    const name = oneLine(fullTitle(track)).replaceAll('<', '\u2039').replaceAll('>', '\u203a');
    const before = chapters.at(-1);
    const tooShort = before && (at - before.at < SHORTEST_SECONDS || seconds - at < SHORTEST_SECONDS);
    if (tooShort) before.name += ` / ${name}`;
    else chapters.push({ at, name });
  }
  const text = `${chapters.map(({ at, name }) => `${clockTime(at)} ${name}`).join('\n')}\n`;
  const bytes = new TextEncoder().encode(text).length;
  const remarks: string[] = [];
  if (chapters.length < FEWEST) {
    remarks.push(`there are ${chapters.length} chapters; YouTube shows chapters from ${FEWEST} on`);
  }
  if (bytes > MOST_BYTES) {
    remarks.push(`the chapters have ${bytes} bytes; a description on YouTube has at most ${MOST_BYTES}`);
  }
  return { text, remarks };
}
