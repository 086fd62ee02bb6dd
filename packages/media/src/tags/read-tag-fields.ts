import { type EmbeddedPicture, embeddedPictures } from '../artwork/embedded-pictures.ts';
import type { AudioPath } from '../decode/file-bytes.ts';
import { displayPath } from '../display-path.ts';
import { MediaError, toMediaError } from '../errors.ts';
import { type ForeignMarks, foreignMarks } from './foreign-marks.ts';
import { nativeTag, taggedTempo } from './native-tags.ts';
import { cleanText, parseTags } from './parse-tags.ts';
import { TAG_MAP } from './tag-map.data.ts';

/** What tags say, by the names of the tag map: each field has at least one value, each value is one line of text. */
export type TagFields = Readonly<Record<string, readonly string[]>>;

const MAXIMUM_VALUES = 50;

/** How each shape of value becomes text; what is none becomes nothing. */
const TO_TEXT: Readonly<Record<(typeof TAG_MAP)[number]['shape'], (value: unknown) => unknown>> = {
  text: (value) => value,
  number: (value) => (typeof value === 'number' ? String(value) : null),
  flag: (value) => (value === true ? 'true' : null),
  decibels: (value) => numberIn(value, 'dB'),
  ratio: (value) => numberIn(value, 'ratio'),
  'first-of-pair': (value) => numberIn(value, 'no'),
  'second-of-pair': (value) => numberIn(value, 'of'),
  comment: (value) => (typeof value === 'object' && value !== null && 'text' in value ? value.text : value),
};

function numberIn(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null || !(name in value)) return null;
  const found = (value as Readonly<Record<string, unknown>>)[name];
  return typeof found === 'number' && Number.isFinite(found) ? String(found) : null;
}

/** All that is used of the tags of a file. */
export interface FileTagging {
  readonly fields: TagFields;
  readonly marks: ForeignMarks;
  /** Empty where they were not asked for. */
  readonly pictures: readonly EmbeddedPicture[];
}

/**
 * Reads every field of the tag map, and `bpm`, with all its values. What is in no tag is absent.
 * @throws MediaError 'missing', 'denied', 'corrupt' when the parser gives up
 */
export async function readTagFields(path: AudioPath): Promise<TagFields> {
  return (await readTagging(path)).fields;
}

/**
 * Reads as `readTagFields`, and in the same go what other programs left about places in the sound, and pictures.
 * @param pictures whether to read those
 * @throws MediaError as `readTagFields`
 */
export async function readTagging(path: AudioPath, pictures = false): Promise<FileTagging> {
  const name = displayPath(path);
  const metadata = await parseTags(path, pictures).catch((error: unknown) => {
    if (error instanceof Error && 'syscall' in error) throw toMediaError(error, name, 'read the tags of');
    const reason = error instanceof Error ? error.message : String(error);
    throw new MediaError('corrupt', `the tags of ${name} cannot be read: ${cleanText(reason) ?? ''}`, {
      path: name,
      cause: error,
    });
  });
  const fields: Record<string, string[]> = {};
  for (const { field, from, shape } of TAG_MAP) {
    const found = metadata.common[from];
    const values = (Array.isArray(found) ? found : [found])
      .slice(0, MAXIMUM_VALUES)
      .map((value) => cleanText(TO_TEXT[shape](value)))
      .filter((value) => value !== null);
    if (values.length > 0) fields[field] = [...new Set(values)];
  }
  for (const field of ['key', 'comment'] as const) {
    const written = cleanText(nativeTag(metadata, field));
    if (written !== null) fields[field] ??= [written];
  }
  const bpm = taggedTempo(metadata);
  if (bpm !== null) fields['bpm'] = [String(bpm)];
  return { fields, marks: foreignMarks(metadata), pictures: embeddedPictures(metadata) };
}
