import type { PreparedTrack } from '../mix-track.ts';

/** Nearer than this a moment is on a border: less than the shortest beat, more than the error of a grid. */
const ON_BORDER_SECONDS = 0.05;

/** Worked out once for a track: every bar of it is asked about. */
const known = new WeakMap<PreparedTrack, readonly number[] | null>();

/**
 * Whether a moment of a track lies on a border of its phrases, the end of the last one and of the sound among them.
 * @returns null when its phrases are not known
 */
export function isOnPhraseBorder(prepared: PreparedTrack, seconds: number): boolean | null {
  let borders = known.get(prepared);
  if (borders === undefined) {
    borders = bordersOf(prepared);
    known.set(prepared, borders);
  }
  return borders === null ? null : borders.some((border) => Math.abs(border - seconds) <= ON_BORDER_SECONDS);
}

function bordersOf({ grid, track, soundEnd }: PreparedTrack): readonly number[] | null {
  if (grid === null || track.analysis.structure.phrases.length === 0) return null;
  const { beats, phraseStarts } = grid;
  const starts = phraseStarts.map((beat) => beats[beat]!);
  const last = starts.at(-1)!;
  const usual = starts
    .slice(1)
    .map((start, i) => start - starts[i]!)
    .sort((a, b) => a - b)[(starts.length - 1) >> 1];
  return [...starts, ...(usual === undefined ? [] : [last + usual]), soundEnd];
}
