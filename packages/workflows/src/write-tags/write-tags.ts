import { type AnalysisLine, TAG_EDIT_SCHEMA, type TagEdit, type TagField } from '@tutti/contract';
import {
  type FileTagging,
  MediaError,
  planTagEdit,
  readTagFields,
  readTagging,
  type SplicedFile,
  spliceFile,
  type TagChanges,
  type TagFields,
  type WritableText,
} from '@tutti/media';
import { WorkflowError } from '../failure.ts';
import type { HashAudio } from '../scan/hash-crew.ts';
import { seratoTags } from '../scan/marks-in-tags.ts';
import type { EditJournal } from './edit-journal.ts';
import { cueChange, gridChange, type SeratoChange } from './serato-changes.ts';
import { type TagRequest, type TextField, wantedTexts } from './wanted-texts.ts';

/** Under which name the media floor writes a text, and under which it reads it. */
const TEXT_FIELDS: Readonly<Record<TextField, { readonly write: WritableText; readonly read: string }>> = {
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

/** A field that is to say something else. */
interface FieldChange extends Readonly<TagEdit['changes'][number]> {
  readonly changes: TagChanges;
}

/**
 * What the tags of a file would say by its analysis, and says it where `writing` is given: the file is written beside itself, its
 * sound heard and its other tags read, the way back noted, and only then does it take the old one's place.
 * @throws WorkflowError or MediaError when the file cannot be written; it is then as it was
 */
export async function writeTags(line: AnalysisLine, request: TagRequest, writing: TagWriting | null): Promise<TagEdit> {
  const { path, audioHash } = line;
  const tagging = await readTagging(path);
  const found: FieldChange[] = [];
  const remarks: string[] = [];
  for (const change of wantedChanges(line, request, tagging)) {
    const splices = await planTagEdit(path, change.changes).catch((error: unknown) => {
      const isMarks = change.field === 'cues' || change.field === 'grid';
      if (!isMarks || !(error instanceof MediaError) || error.kind !== 'unsupported') throw error;
      remarks.push(`${change.field}: ${error.message}`);
      return [];
    });
    if (splices.length > 0) found.push(change);
  }
  const changes = found.map(({ field, before, after }) => ({ field, before, after }));
  const edit: TagEdit = { schema: TAG_EDIT_SCHEMA, path, audioHash, changes, remarks, written: false };
  if (writing === null || changes.length === 0) return edit;
  const check = async (temporary: string, spliced: SplicedFile) => {
    requireSameFields(path, tagging.fields, await readTagFields(temporary), found);
    if ((await writing.hashAudio(temporary)) !== audioHash)
      throw new WorkflowError(
        'corrupt',
        `${path} does not sound as it did when it was analysed, or would not with other tags; it is left as it is`,
      );
    await writing.journal.note(spliced, writing.now());
  };
  await spliceFile(path, await planTagEdit(path, together(found)), check);
  return { ...edit, written: true };
}

/** What each field that is asked for and known is to say. */
function wantedChanges(line: AnalysisLine, request: TagRequest, { fields, marks }: FileTagging): FieldChange[] {
  const texts = [...wantedTexts(line, request)].map(([field, after]): FieldChange => {
    const { write, read } = TEXT_FIELDS[field];
    return {
      field,
      before: fields[read]?.join('; ') ?? null,
      after,
      changes: { texts: { [write]: after }, objects: {} },
    };
  });
  const serato = seratoTags(marks);
  const marked = (field: TagField, change: SeratoChange | null): FieldChange[] => {
    if (!change || !request.fields.includes(field)) return [];
    const { before, after, objects } = change;
    return [{ field, before, after, changes: { texts: {}, objects } }];
  };
  return [...texts, ...marked('cues', cueChange(line, serato)), ...marked('grid', gridChange(line, serato))];
}

function together(found: readonly FieldChange[]): TagChanges {
  return {
    texts: Object.assign({}, ...found.map(({ changes }) => changes.texts)) as TagChanges['texts'],
    objects: Object.assign({}, ...found.map(({ changes }) => changes.objects)) as TagChanges['objects'],
  };
}

/** What the change is not about has to be read as before. */
function requireSameFields(path: string, before: TagFields, after: TagFields, found: readonly FieldChange[]): void {
  const changed = new Set(
    found.flatMap(({ field }) => (field === 'cues' || field === 'grid' ? [] : [TEXT_FIELDS[field].read])),
  );
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names) {
    if (changed.has(name) || before[name]?.join('\0') === after[name]?.join('\0')) continue;
    throw new WorkflowError('internal', `${path}: ${name} would be lost from its tags; it is left as it is`);
  }
}
