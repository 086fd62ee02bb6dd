import type { AnalysisLine } from '@tutti/contract';
import {
  clockTime,
  NO_SERATO_MARKERS,
  type SeratoCue,
  sealSeratoField,
  writeSeratoBeatGrid,
  writeSeratoFirstMarkers,
  writeSeratoMarkers,
} from '@tutti/exchange';
import type { TagChanges } from '@tutti/media';
import { beatGridOf } from '@tutti/music/mixing';
import { gridMarks } from '../export-set/grid-marks.ts';
import { hotCues } from '../export-set/track-cues.ts';
import type { SeratoTags } from '../scan/marks-in-tags.ts';

/** Pads that Serato shows. */
const PADS = 8;
/** A cue this near to one that is there says nothing new. */
const NEAR_SECONDS = 0.05;
/** Serato's first colour, where a cue has none of its own. */
const PLAIN = { red: 0xcc, green: 0, blue: 0 };
/** Of the tempo of a grid; it is kept as a 32-bit float. */
const GRID = { decimals: 4, onlyOnBars: false };

/** A change in words, and in what is written. */
export interface SeratoChange {
  readonly before: string | null;
  readonly after: string;
  readonly objects: TagChanges['objects'];
}

function objectOf(name: string, bytes: Uint8Array) {
  return { bytes, text: sealSeratoField({ name, data: bytes }) };
}

/** The cues of an analysis on the pads that are free; what is there stays. Null when there is nothing to add. */
export function cueChange({ tempo, structure, format }: AnalysisLine, { markers }: SeratoTags): SeratoChange | null {
  if (!tempo || !structure) return null;
  const there = markers ?? NO_SERATO_MARKERS;
  const heard = hotCues(structure.cues, beatGridOf({ tempo, structure }, format.seconds));
  const fresh = heard.filter(
    ({ seconds }) => !there.cues.some((cue) => Math.abs(cue.seconds - seconds) < NEAR_SECONDS),
  );
  const free = Array.from({ length: PADS }, (_, pad) => pad).filter(
    (pad) => !there.cues.some(({ index }) => index === pad),
  );
  const added = fresh.slice(0, free.length).map(({ name, seconds, colour }, i): SeratoCue => {
    return { index: free[i]!, name, seconds, colour: colour ?? PLAIN };
  });
  if (added.length === 0) return null;
  const cues = [...there.cues, ...added].sort((a, b) => a.index - b.index);
  const all = { ...there, cues };
  return {
    before: there.cues.length > 0 ? countOf(there.cues) : null,
    after: `${countOf(cues)}, new: ${added.map(({ name, seconds }) => `${name} ${clockTime(seconds)}`).join(', ')}`,
    objects: {
      seratoMarkers: objectOf('Serato Markers2', writeSeratoMarkers(all)),
      // Serato believes this one where both are there.
      seratoFirstMarkers: objectOf('Serato Markers_', writeSeratoFirstMarkers(all)),
    },
  };
}

function countOf({ length }: readonly SeratoCue[]): string {
  return `${length} cue${length === 1 ? '' : 's'}`;
}

/** The grid of an analysis in the place of what is there; null where no grid is known. */
export function gridChange({ tempo, structure, format }: AnalysisLine, { grid }: SeratoTags): SeratoChange | null {
  const heard = tempo && structure ? beatGridOf({ tempo, structure }, format.seconds) : null;
  if (!heard) return null;
  const marks = gridMarks(heard, format.seconds, GRID);
  const words = (all: readonly { readonly seconds: number; readonly bpm: number }[]) =>
    all.length === 0
      ? null
      : `${all[0]!.bpm.toFixed(2)} BPM from ${all[0]!.seconds.toFixed(3)} s${all.length > 1 ? `, ${all.length} marks` : ''}`;
  const after = words(marks);
  if (after === null) return null;
  return {
    before: words(grid),
    after,
    objects: { seratoBeatGrid: objectOf('Serato BeatGrid', writeSeratoBeatGrid(marks)) },
  };
}
