import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { bytesColumn, wholeColumn } from '../database/values.ts';

/** A file of the library, and where it is. */
export interface FilePlace {
  readonly id: number;
  readonly root: Buffer;
  /** Below the root. */
  readonly path: Buffer;
  /** The whole path, readable. */
  readonly name: string;
  readonly pictures: string | null;
}

const placeRow: z.ZodType<FilePlace> = z.object({
  id: wholeColumn,
  root: bytesColumn,
  path: bytesColumn,
  name: z.string(),
  pictures: z.string().nullable(),
});

/** Of a root `r` the file `f` at the absolute path $1, as SQL. */
export const FILE_AT = `root r JOIN file f ON f.root_id = r.id
  AND f.path_digest = sha256(substr($1::bytea, length(r.path) + CASE WHEN right(encode(r.path, 'hex'), 2) = '2f' THEN 1 ELSE 2 END))
  AND substr($1::bytea, 1, length(r.path)) = r.path`;
const PLACE = 'f.id, r.path AS root, f.path, f.path_shown AS name, f.pictures';

/** A file by its number; undefined when the library has none of it, or it is missing. */
export async function fileById(queries: Queries, id: number): Promise<FilePlace | undefined> {
  const [file] = await queries.rows(
    placeRow,
    `SELECT ${PLACE} FROM file f JOIN root r ON r.id = f.root_id WHERE f.id = $1 AND f.missing_since IS NULL`,
    [id],
  );
  return file;
}

/** The file at an absolute path, as the system spells it; undefined when the library has none there. */
export async function fileAt(queries: Queries, path: Buffer): Promise<FilePlace | undefined> {
  const [file] = await queries.rows(placeRow, `SELECT ${PLACE} FROM ${FILE_AT}`, [path]);
  return file;
}
