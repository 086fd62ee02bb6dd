import {
  type Colour,
  openSeratoField,
  parseSeratoBeatGrid,
  parseSeratoFirstMarkers,
  parseSeratoMarkers,
  type SeratoGridMark,
  type SeratoMarkers,
} from '@tutti/exchange';
import type { TaggedCue, TaggedMarks } from '@tutti/library';
import type { ForeignMarks, TaggedChapter } from '@tutti/media';
import { failureOf } from '../failure.ts';

/** What programs left in the tags of a file, each as a source of its own; of what holds nothing there is none. */
export function marksInTags({ chapters, objects, fields }: ForeignMarks): TaggedMarks[] {
  const { markers, grid, remarks } = seratoTags({ objects, fields });
  const serato: TaggedMarks = { source: 'serato', cues: markers ? cuesOf(markers) : [], grid, remarks };
  return [serato, chapterMarks(chapters)].filter(
    (marks) => marks.cues.length + marks.grid.length + marks.remarks.length > 0,
  );
}

function chapterMarks(chapters: readonly TaggedChapter[]): TaggedMarks {
  const cues = chapters.map(
    ({ title, ...at }): TaggedCue => ({ kind: 'chapter', name: title, ...at, pad: null, colour: null }),
  );
  return { source: 'chapters', cues: cues.toSorted((a, b) => a.seconds - b.seconds), grid: [], remarks: [] };
}

/** What Serato left in the tags of a file. */
export interface SeratoTags {
  /** null where there are none that can be read */
  readonly markers: SeratoMarkers | null;
  readonly grid: readonly SeratoGridMark[];
  /** What is damaged is told and left out. */
  readonly remarks: readonly string[];
}

export function seratoTags({ objects, fields }: Pick<ForeignMarks, 'objects' | 'fields'>): SeratoTags {
  const remarks: string[] = [];
  const found = new Map<string, Uint8Array>();
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
  const markers = whole?.markers ?? parsed('Serato Markers_', parseSeratoFirstMarkers) ?? null;
  return { markers, grid: parsed('Serato BeatGrid', parseSeratoBeatGrid) ?? [], remarks };
}

function cuesOf({ cues, loops }: SeratoMarkers): TaggedCue[] {
  return [
    ...cues.map((cue) => ({ kind: 'cue' as const, ...cue, endSeconds: null })),
    ...loops.map(({ locked: _, ...loop }) => ({ kind: 'loop' as const, ...loop })),
  ].map(({ index, colour, ...cue }) => ({ ...cue, pad: index, colour: hexOf(colour) }));
}

/** As #rrggbb. */
export function hexOf({ red, green, blue }: Colour): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
