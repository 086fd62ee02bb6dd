import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SplicedFile } from '@tutti/media';
import { z } from 'zod';
import { failureOf, WorkflowError } from '../failure.ts';
import { writeWhole } from '../write-whole.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** How a change of tags is taken back: by the digests of the whole file, so that it holds wherever the file is. */
const recordSchema = z.strictObject({
  schema: z.literal('tutti.tag-undo/1'),
  writtenAt: z.iso.datetime(),
  before: sha256,
  after: sha256,
  undo: z.array(z.strictObject({ position: z.int().min(0), removed: z.int().min(0), inserted: z.base64() })),
});
export type TagEditRecord = z.infer<typeof recordSchema>;

/** Where changes of tags are kept so that they can be taken back. Files that were alike share one: it stays. */
export class EditJournal {
  readonly #folder: string;

  /** @param userFolder where a person's own things are */
  constructor(userFolder: string) {
    this.#folder = join(userFolder, 'tag-edits');
  }

  /** @throws WorkflowError 'denied' */
  async note({ before, after, undo }: SplicedFile, writtenAt: Date): Promise<void> {
    const record: TagEditRecord = {
      schema: 'tutti.tag-undo/1',
      writtenAt: writtenAt.toISOString(),
      before,
      after,
      undo: undo.map((splice) => ({ ...splice, inserted: Buffer.from(splice.inserted).toString('base64') })),
    };
    await mkdir(this.#folder, { recursive: true }).catch((error: unknown) => {
      throw new WorkflowError('denied', `${this.#folder} cannot be made: ${failureOf(error).message}`, error);
    });
    await writeWhole(this.#path(after), `${JSON.stringify(record)}\n`);
  }

  /** How the change is taken back that made the file with this digest; undefined when none here did. */
  async find(after: string): Promise<TagEditRecord | undefined> {
    const path = this.#path(after);
    try {
      return recordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new WorkflowError('corrupt', `${path} is no change of tags: ${failureOf(error).message}`, error);
    }
  }

  #path(after: string): string {
    return join(this.#folder, `${after}.json`);
  }
}
