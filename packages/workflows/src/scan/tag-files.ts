import {
  countPending,
  type Database,
  type FailedFile,
  type FileTags,
  noteFailures,
  type PendingFile,
  pendingFiles,
  storeTaggedMarks,
  storeTags,
  type TaggedMarks,
} from '@tutti/library';
import { readTagging } from '@tutti/media';
import { failureOf } from '../failure.ts';
import { inOrder } from '../in-order.ts';
import { marksInTags } from './marks-in-tags.ts';
import { fullPath, requireUnchanged, type StepOptions } from './scan-options.ts';

/** Files whose tags are noted at once: what a process that is killed has read in vain, at most. */
const BATCH = 250;
/** Files that are read from at once. */
const AT_ONCE = 8;

type ReadFile = FileTags & { readonly marks: readonly TaggedMarks[] };

/** Reads the tags of all files that are new or changed. */
export async function tagFiles(library: Database, { signal, onProgress }: StepOptions): Promise<void> {
  const total = await countPending(library, 'tags');
  let done = 0;
  let last = 0;
  for (;;) {
    const files = await pendingFiles(library, 'tags', last, BATCH);
    if (files.length === 0) return;
    last = files.at(-1)!.id;
    const read: ReadFile[] = [];
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
      await storeTaggedMarks(queries, read);
      await noteFailures(queries, 'tags', failed);
    });
  }
}

async function readTagsOf(file: PendingFile): Promise<ReadFile | FailedFile> {
  const { id, revision, name } = file;
  try {
    const { fields, marks } = await readTagging(fullPath(file.root, file.path));
    await requireUnchanged(file);
    return { id, revision, fields, marks: marksInTags(marks) };
  } catch (error) {
    return { id, revision, name, reason: failureOf(error) };
  }
}
