import { clockTime } from '../text/clock-time.ts';
import { oneLine } from '../text/one-line.ts';
import { fullTitle, type SetTrack } from './set-track.ts';

/** A list for people: the name of the set, then number, time and name of each track. */
export function writeTracklist(tracks: readonly SetTrack[], title: string): string {
  const rows = tracks.map((track) => [clockTime(Math.floor(track.seconds)), oneLine(fullTitle(track))] as const);
  const digits = String(rows.length).length;
  const width = Math.max(...rows.map(([time]) => time.length));
  const lines = rows.map(([time, name], i) => `${String(i + 1).padStart(digits)}. ${time.padStart(width)}  ${name}`);
  return `${[oneLine(title), '', ...lines].join('\n')}\n`;
}
