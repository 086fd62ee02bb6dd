import type { PlaylistEntryLine } from '@tutti/contract';
import { UsageError } from '../exit-code.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { shownTrack } from './list.ts';

/** Positions of a list, as a person types them. @throws UsageError */
export function positionsIn(words: readonly string[]): number[] {
  return words.map((word) => {
    const position = Number(word);
    if (!/^\d+$/.test(word) || position < 1) throw new UsageError(`"${word}" is no position: they count from 1`);
    return position;
  });
}

/** What is in a list; what is not in the library now is said. */
export function showEntries(
  entries: readonly PlaylistEntryLine[],
  json: boolean | undefined,
  terminal: Terminal,
): void {
  for (const entry of entries) {
    if (json) {
      terminal.result(JSON.stringify(entry));
      continue;
    }
    const { position, track, title, artist, path } = entry;
    const name = [artist, title ?? path].filter((part) => part !== null).join(' - ');
    const shown = track === null ? `${' '.repeat(24)}${shownName(name)}  (not in the library)` : shownTrack(track);
    terminal.result(`${String(position).padStart(5)} ${shown}`);
  }
}
