import { type AnalysisLine, TAG_EDIT_SCHEMA, type TagEdit, type TagField } from '@tutti/contract';
import {
  planTagEdit,
  readTagFields,
  type SplicedFile,
  spliceFile,
  type TagFields,
  type WritableText,
} from '@tutti/media';
import { WorkflowError } from '../failure.ts';
import type { HashAudio } from '../scan/hash-crew.ts';
import type { EditJournal } from './edit-journal.ts';
import { type TagRequest, wantedTexts } from './wanted-texts.ts';

/** Under which name the media floor writes a field, and under which it reads it. */
const FIELD_NAMES: Readonly<Record<TagField, { readonly write: WritableText; readonly read: string }>> = {
  bpm: { write: 'bpm', read: 'bpm' },
  key: { write: 'key', read: 'key' },
  gain: { write: 'replayGain', read: 'replayGainDb' },
  peak: { write: 'replayPeak', read: 'replayPeak' },
  comment: { write: 'comment', read: 'comment' },
};

/** Nothing is written without the two. */
export interface TagWriting {
  readonly journal: EditJournal;
  readonly hashAudio: HashAudio;
  /** When it happens. */
  readonly now: () => Date;
}

/**
 * What the tags of a file would say by its analysis, and says it where `writing` is given: the file is written beside itself, its
 * sound heard and its other tags read, the way back noted, and only then does it take the old one's place.
 * @throws WorkflowError or MediaError when the file cannot be written; it is then as it was
 */
export async function writeTags(line: AnalysisLine, request: TagRequest, writing: TagWriting | null): Promise<TagEdit> {
  const { path, audioHash } = line;
  const before = await readTagFields(path);
  const changes: TagEdit['changes'][number][] = [];
  for (const [field, after] of wantedTexts(line, request)) {
    const { write, read } = FIELD_NAMES[field];
    const splices = await planTagEdit(path, { texts: { [write]: after }, objects: {} });
    if (splices.length > 0) changes.push({ field, before: before[read]?.join('; ') ?? null, after });
  }
  const edit: TagEdit = { schema: TAG_EDIT_SCHEMA, path, audioHash, changes, written: false };
  if (writing === null || changes.length === 0) return edit;
  const texts = Object.fromEntries(changes.map(({ field, after }) => [FIELD_NAMES[field].write, after]));
  const check = async (temporary: string, spliced: SplicedFile) => {
    requireSameFields(path, before, await readTagFields(temporary), changes);
    const heard = await writing.hashAudio(temporary);
    if (heard !== audioHash)
      throw new WorkflowError(
        'corrupt',
        `${path} does not sound as it did when it was analysed, or would not with other tags; it is left as it is`,
      );
    await writing.journal.note(spliced, writing.now());
  };
  await spliceFile(path, await planTagEdit(path, { texts, objects: {} }), check);
  return { ...edit, written: true };
}

/** What the change is not about has to be read as before. */
function requireSameFields(path: string, before: TagFields, after: TagFields, changes: TagEdit['changes']): void {
  const changed = new Set(changes.map(({ field }) => FIELD_NAMES[field].read));
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names) {
    if (changed.has(name) || before[name]?.join('\0') === after[name]?.join('\0')) continue;
    throw new WorkflowError('internal', `${path}: ${name} would be lost from its tags; it is left as it is`);
  }
}
