import {
  countPending,
  type Database,
  type FailedFile,
  type FileTags,
  forgetPictureFailures,
  noteFailures,
  type PendingFile,
  pendingFiles,
  type Queries,
  setArtworkRead,
  storeArtwork,
  storeTaggedMarks,
  storeTags,
  type TaggedMarks,
} from '@tutti/library';
import { readTagging } from '@tutti/media';
import { type GatheredPictures, isSettled, type PictureGatherer } from '../artwork/gather-pictures.ts';
import { failureOf } from '../failure.ts';
import { inOrder } from '../in-order.ts';
import { failuresOf } from './beside-files.ts';
import { marksInTags } from './marks-in-tags.ts';
import { fullPath, requireUnchanged, type StepOptions } from './scan-options.ts';

/** Files whose tags are noted at once: what a process that is killed has read in vain, at most. */
const BATCH = 250;
/** Files that are read from at once. */
const AT_ONCE = 8;

interface ReadFile extends FileTags {
  readonly marks: readonly TaggedMarks[];
  readonly gathered: GatheredPictures;
}

/**
 * Reads the tags of all files that are new or changed.
 * @param gatherer keeps the pictures in them; without one they are left for a later scan
 */
export async function tagFiles(
  library: Database,
  gatherer: PictureGatherer | undefined,
  { signal, onProgress }: StepOptions,
): Promise<void> {
  const what = gatherer ? 'tags-and-pictures' : 'tags';
  const total = await countPending(library, what);
  let done = 0;
  let last = 0;
  for (;;) {
    const files = await pendingFiles(library, what, last, BATCH);
    if (files.length === 0) return;
    last = files.at(-1)!.id;
    const read: ReadFile[] = [];
    const failed: FailedFile[] = [];
    for await (const result of inOrder(files, AT_ONCE, (file) => readTagsOf(file, gatherer))) {
      signal?.throwIfAborted();
      if ('reason' in result) failed.push(result);
      else read.push(result);
      done += 1;
      onProgress?.({ step: 'tags', done, total, name: files[(done - 1) % BATCH]!.name });
    }
    await library.transaction(async (queries) => {
      await storeTags(queries, read);
      await storeTaggedMarks(queries, read);
      if (gatherer) await storePictures(queries, read);
      await noteFailures(queries, 'tags', failed);
    });
  }
}

async function storePictures(queries: Queries, read: readonly ReadFile[]): Promise<void> {
  await storeArtwork(
    queries,
    'embedded',
    read.map(({ id, gathered: { pictures } }) => ({ id, pictures })),
  );
  await setArtworkRead(
    queries,
    read.filter(({ gathered }) => isSettled(gathered)),
  );
  await forgetPictureFailures(
    queries,
    'embedded',
    read.map(({ id }) => id),
  );
  await noteFailures(queries, 'artwork', read.flatMap(failuresOf));
}

async function readTagsOf(file: PendingFile, gatherer: PictureGatherer | undefined): Promise<ReadFile | FailedFile> {
  const { id, revision, name } = file;
  try {
    const { fields, marks, pictures } = await readTagging(fullPath(file.root, file.path), gatherer !== undefined);
    await requireUnchanged(file);
    const gathered = gatherer ? await gatherer.embedded(pictures, name) : { pictures: [], failed: [] };
    return { id, revision, fields, marks: marksInTags(marks), gathered };
  } catch (error) {
    return { id, revision, name, reason: failureOf(error) };
  }
}
