import {
  countPending,
  type Database,
  type FailedFile,
  type FileTags,
  noteFailures,
  type PendingFile,
  pendingFiles,
  storeTags,
} from '@tutti/library';
import { readTagFields } from '@tutti/media';
import { failureOf } from '../failure.ts';
import { inOrder } from '../in-order.ts';
import { fullPath, requireUnchanged, type StepOptions } from './scan-options.ts';

/** Files whose tags are noted at once: what a process that is killed has read in vain, at most. */
const BATCH = 250;
/** Files that are read from at once. */
const AT_ONCE = 8;

/** Reads the tags of all files that are new or changed. */
export async function tagFiles(library: Database, { signal, onProgress }: StepOptions): Promise<void> {
  const total = await countPending(library, 'tags');
  let done = 0;
  let last = 0;
  for (;;) {
    const files = await pendingFiles(library, 'tags', last, BATCH);
    if (files.length === 0) return;
    last = files.at(-1)!.id;
    const read: FileTags[] = [];
    const failed: FailedFile[] = [];
    for await (const result of inOrder(files, AT_ONCE, readTagsOf)) {
      signal?.throwIfAborted();
      if ('reason' in result) failed.push(result);
      else read.push(result);
      done += 1;
      onProgress?.({ step: 'tags', done, total, name: files[(done - 1) % BATCH]!.name });
    }
    await library.transaction(async (queries) => {
      await storeTags(queries, read);
      await noteFailures(queries, 'tags', failed);
    });
  }
}

async function readTagsOf(file: PendingFile): Promise<FileTags | FailedFile> {
  const { id, revision, name } = file;
  try {
    const fields = await readTagFields(fullPath(file.root, file.path));
    await requireUnchanged(file);
    return { id, revision, fields };
  } catch (error) {
    return { id, revision, name, reason: failureOf(error) };
  }
}
