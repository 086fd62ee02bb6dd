import type { IAudioMetadata } from 'music-metadata';
import { cleanText } from './parse-tags.ts';
import { MARKS_OF_PROGRAMS } from './tag-map.data.ts';

/** A part of a file that somebody gave a name to. */
export interface TaggedChapter {
  /** From the start of the file, as whoever wrote it counts. */
  readonly seconds: number;
  /** null where it goes on to the next one. */
  readonly endSeconds: number | null;
  /** Empty when it has none. */
  readonly title: string;
}

/** What other programs left in the tags of a file about places in it. */
export interface ForeignMarks {
  readonly chapters: readonly TaggedChapter[];
  /** Objects in ID3v2 tags (GEOB) by their names. */
  readonly objects: readonly { readonly name: string; readonly data: Uint8Array }[];
  /** The text of fields that hold such objects in other kinds of tags. */
  readonly fields: readonly string[];
}

type Native = Pick<IAudioMetadata, 'native'>;
const MOST_CHAPTERS = 1000;
const MOST_OBJECTS = 20;
const MOST_MILLISECONDS = 2 ** 32 - 1;

/**
 * Chapters (ID3v2 CHAP; Vorbis comments CHAPTERxxx), and what `MARKS_OF_PROGRAMS` names. What is none is left out.
 * Sources: ID3v2 Chapter Frame Addendum 1.0; Xiph wiki, "Chapter Extension".
 */
export function foreignMarks({ native }: Native): ForeignMarks {
  const tags = Object.values(native).flat();
  const objects = tags.flatMap(({ id, value }) => {
    if (!/^GEOB?$/.test(id) || !isRecord(value)) return [];
    const { description: name, data } = value;
    return MARKS_OF_PROGRAMS.object.test(String(name)) && data instanceof Uint8Array
      ? [{ name: String(name), data }]
      : [];
  });
  const fields = tags.flatMap(({ id, value }) =>
    MARKS_OF_PROGRAMS.field.test(id) && typeof value === 'string' ? [value] : [],
  );
  return {
    chapters: [...chapterFrames(tags), ...chapterComments(tags)].slice(0, MOST_CHAPTERS),
    objects: objects.slice(0, MOST_OBJECTS),
    fields: fields.slice(0, MOST_OBJECTS),
  };
}

type Tags = Native['native'][string];

function chapterFrames(tags: Tags): TaggedChapter[] {
  return tags.flatMap(({ id, value }) => {
    if (id !== 'CHAP' || !isRecord(value) || !isRecord(value['info'])) return [];
    const [start, end] = [value['info']['startTime'], value['info']['endTime']];
    if (typeof start !== 'number' || start >= MOST_MILLISECONDS) return [];
    const ends = typeof end === 'number' && end > start && end < MOST_MILLISECONDS;
    const title = value['frames'] instanceof Map ? cleanText(value['frames'].get('TIT2')) : null;
    return [{ seconds: start / 1000, endSeconds: ends ? end / 1000 : null, title: title ?? '' }];
  });
}

const CHAPTER = /^CHAPTER(\d{3})$/i;
const CLOCK = /^(\d{1,3}):([0-5]\d):([0-5]\d(?:\.\d{1,9})?)$/;

function chapterComments(tags: Tags): TaggedChapter[] {
  return tags.flatMap(({ id, value }) => {
    const number = CHAPTER.exec(id)?.[1];
    const clock = number !== undefined && typeof value === 'string' ? CLOCK.exec(value.trim()) : null;
    if (!clock) return [];
    const name = tags.find((other) => other.id.toUpperCase() === `CHAPTER${number}NAME`)?.value;
    const [hours, minutes, seconds] = clock.slice(1).map(Number);
    return [{ seconds: hours! * 3600 + minutes! * 60 + seconds!, endSeconds: null, title: cleanText(name) ?? '' }];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
