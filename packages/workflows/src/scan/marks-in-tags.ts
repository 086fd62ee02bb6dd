import {
  type Colour,
  openSeratoField,
  parseSeratoBeatGrid,
  parseSeratoFirstMarkers,
  parseSeratoMarkers,
  type SeratoField,
  type SeratoGridMark,
  type SeratoMarkers,
} from '@tutti/exchange';
import type { TaggedCue, TaggedMarks } from '@tutti/library';
import type { ForeignMarks, TaggedChapter } from '@tutti/media';
import { failureOf } from '../failure.ts';

/** What programs left in the tags of a file, each as a source of its own; of what holds nothing there is none. */
export function marksInTags({ chapters, objects, fields }: ForeignMarks): TaggedMarks[] {
  return [seratoMarks(objects, fields), chapterMarks(chapters)].filter(
    ({ cues, grid, remarks }) => cues.length + grid.length + remarks.length > 0,
  );
}

function chapterMarks(chapters: readonly TaggedChapter[]): TaggedMarks {
  const cues = chapters.map(
    ({ title, ...at }): TaggedCue => ({ kind: 'chapter', name: title, ...at, pad: null, colour: null }),
  );
  return { source: 'chapters', cues: cues.toSorted((a, b) => a.seconds - b.seconds), grid: [], remarks: [] };
}

function seratoMarks(objects: readonly SeratoField[], fields: readonly string[]): TaggedMarks {
  const remarks: string[] = [];
  const found = new Map<string, Uint8Array>();
  /** What is damaged is told and left out. */
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      remarks.push(failureOf(error).message);
      return undefined;
    }
  };
  for (const { name, data } of objects) found.set(name, data);
  for (const text of fields) {
    const field = attempt(() => openSeratoField(text));
    if (field) found.set(field.name, field.data);
  }
  const parsed = <Value>(name: string, parse: (bytes: Uint8Array) => Value): Value | undefined => {
    const bytes = found.get(name);
    // A frame that is there and empty says nothing.
    return bytes === undefined || bytes.length === 0 ? undefined : attempt(() => parse(bytes));
  };
  const whole = parsed('Serato Markers2', parseSeratoMarkers);
  remarks.push(...(whole?.remarks ?? []));
  const markers = whole?.markers ?? parsed('Serato Markers_', parseSeratoFirstMarkers);
  const grid: SeratoGridMark[] = parsed('Serato BeatGrid', parseSeratoBeatGrid) ?? [];
  return { source: 'serato', cues: markers ? cuesOf(markers) : [], grid, remarks };
}

function cuesOf({ cues, loops }: SeratoMarkers): TaggedCue[] {
  return [
    ...cues.map((cue) => ({ kind: 'cue' as const, ...cue, endSeconds: null })),
    ...loops.map(({ locked: _, ...loop }) => ({ kind: 'loop' as const, ...loop })),
  ].map(({ index, colour, ...cue }) => ({ ...cue, pad: index, colour: hexOf(colour) }));
}

function hexOf({ red, green, blue }: Colour): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
