import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { type PendingFile, pendingRow, pendingSql } from '../files/pending-files.ts';

/** A file whose folder has other pictures than those that were read. */
export interface FileBesidePictures extends PendingFile {
  /** As the walk noted them; null where there are none. */
  readonly pictures: string | null;
}

const besideRow: z.ZodType<FileBesidePictures> = z.intersection(
  pendingRow,
  z.object({ pictures: z.string().nullable() }),
);
const CHANGED = 'f.pictures IS DISTINCT FROM f.pictures_read';

/**
 * The next files whose folders' pictures are to be read, in the order of their numbers.
 * @param after the number of the last one that was given
 */
export function filesBesidePictures(queries: Queries, after: number, limit: number): Promise<FileBesidePictures[]> {
  return queries.rows(besideRow, pendingSql('f.pictures', CHANGED), [after, limit]);
}

type Beside = { readonly id: number; readonly pictures: string | null };

/** Notes which pictures a walk saw beside files. */
export function setPictures(queries: Queries, files: readonly Beside[]): Promise<void> {
  return notePictures(queries, 'pictures', files);
}

/** Notes that these pictures beside files were read. */
export function setPicturesRead(queries: Queries, files: readonly Beside[]): Promise<void> {
  return notePictures(queries, 'pictures_read', files);
}

async function notePictures(
  queries: Queries,
  column: 'pictures' | 'pictures_read',
  files: readonly Beside[],
): Promise<void> {
  await queries.run(
    `UPDATE file f SET ${column} = r.pictures
     FROM json_to_recordset($1::json) AS r(id bigint, pictures text) WHERE f.id = r.id`,
    [JSON.stringify(files)],
  );
}

/** Notes that the pictures in files of these revisions were read. */
export async function setArtworkRead(
  queries: Queries,
  files: readonly { readonly id: number; readonly revision: number }[],
): Promise<void> {
  await queries.run(
    `UPDATE file f SET artwork_revision = r.revision
     FROM json_to_recordset($1::json) AS r(id bigint, revision integer) WHERE f.id = r.id`,
    [JSON.stringify(files.map(({ id, revision }) => ({ id, revision })))],
  );
}
