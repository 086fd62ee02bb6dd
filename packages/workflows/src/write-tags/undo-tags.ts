import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { TAG_EDIT_SCHEMA, type TagUndo } from '@tutti/contract';
import { spliceFile } from '@tutti/media';
import { failureOf, WorkflowError } from '../failure.ts';
import type { EditJournal } from './edit-journal.ts';

/**
 * Takes back the last change of a file's tags: it is then byte for byte what it was. May be done again for the change before.
 * @throws WorkflowError 'missing' when the file is not as a change here left it; it stays as it is
 */
export async function undoTags(path: string, journal: EditJournal): Promise<TagUndo> {
  const record = await journal.find(await digestOf(path));
  if (!record)
    throw new WorkflowError(
      'missing',
      `${path}: there is no change of tags to take back, or the file was written to since; it is left as it is`,
    );
  const undo = record.undo.map((splice) => ({ ...splice, inserted: Buffer.from(splice.inserted, 'base64') }));
  await spliceFile(path, undo, async (_, { after }) => {
    if (after !== record.before)
      throw new WorkflowError('corrupt', `${path} would not become what it was; it is left as it is`);
  });
  return { schema: TAG_EDIT_SCHEMA, path, undone: record.writtenAt };
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256');
  try {
    for await (const bytes of createReadStream(path)) digest.update(bytes as Buffer);
  } catch (error) {
    throw new WorkflowError('missing', `${path} cannot be read: ${failureOf(error).message}`, error);
  }
  return digest.digest('hex');
}
