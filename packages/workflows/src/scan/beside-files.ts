import {
  type Database,
  type FileBesidePictures,
  filesBesidePictures,
  forgetPictureFailures,
  noteFailures,
  setPicturesRead,
  storeArtwork,
} from '@tutti/library';
import { besidePictures } from '../artwork/beside-pictures.ts';
import { type GatheredPictures, isSettled, type PictureGatherer } from '../artwork/gather-pictures.ts';
import { inOrder } from '../in-order.ts';
import type { StepOptions } from './scan-options.ts';

/** Files whose pictures are noted at once. */
const BATCH = 250;
const AT_ONCE = 8;

/** Reads the pictures in folders where the walk saw others than were read before. */
export async function readPicturesBeside(
  library: Database,
  gatherer: PictureGatherer,
  { signal, onProgress }: StepOptions,
): Promise<void> {
  let done = 0;
  let last = 0;
  for (;;) {
    const files = await filesBesidePictures(library, last, BATCH);
    if (files.length === 0) return;
    last = files.at(-1)!.id;
    const read: (FileBesidePictures & { readonly gathered: GatheredPictures })[] = [];
    const gather = async (file: FileBesidePictures) => {
      return { ...file, gathered: await gatherer.beside(besidePictures(file.pictures), file.root) };
    };
    for await (const file of inOrder(files, AT_ONCE, gather)) {
      signal?.throwIfAborted();
      read.push(file);
      done += 1;
      onProgress?.({ step: 'artwork', done, total: null, name: file.name });
    }
    await library.transaction(async (queries) => {
      await storeArtwork(
        queries,
        'folder',
        read.map(({ id, gathered: { pictures } }) => ({ id, pictures })),
      );
      await setPicturesRead(
        queries,
        read.filter(({ gathered }) => isSettled(gathered)).map(({ id, pictures }) => ({ id, pictures })),
      );
      await forgetPictureFailures(
        queries,
        'folder',
        read.map(({ id }) => id),
      );
      await noteFailures(queries, 'artwork', read.flatMap(failuresOf));
    });
  }
}

/** What was wrong with the pictures of a file. The database keeps one reason for each file and step. */
export function failuresOf({
  id,
  revision,
  gathered: { failed },
}: {
  readonly id: number;
  readonly revision: number;
  readonly gathered: GatheredPictures;
}) {
  return failed.slice(0, 1).map(({ place, reason }) => ({ id, revision, name: place, reason }));
}
