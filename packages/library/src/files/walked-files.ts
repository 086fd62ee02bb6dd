import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { bytesColumn, wholeColumn } from '../database/values.ts';

/** A file as a walk comes across it. */
export interface WalkedFile {
  /** Below its root, as the system spells it. */
  readonly path: Buffer;
  /** The whole path, readable. */
  readonly name: string;
  readonly size: number;
  /** Microseconds since 1970. */
  readonly modifiedUs: number;
  /** The pictures beside it, as `file.pictures` has them; absent where nobody looked. */
  readonly pictures?: string | null | undefined;
}

/** A file as the library knows it. */
export interface KnownFile {
  readonly id: number;
  readonly path: Buffer;
  readonly size: number;
  readonly modifiedUs: number;
  readonly missing: boolean;
  readonly pictures: string | null;
}

const knownRow: z.ZodType<KnownFile> = z.object({
  id: wholeColumn,
  path: bytesColumn,
  size: wholeColumn,
  modifiedUs: wholeColumn,
  missing: z.boolean(),
  pictures: z.string().nullable(),
});

/** All files of a root, also those that are missing. */
export function knownFiles(queries: Queries, root: number): Promise<KnownFile[]> {
  return queries.rows(
    knownRow,
    'SELECT id, path, size, modified_us AS "modifiedUs", missing_since IS NOT NULL AS missing, pictures FROM file WHERE root_id = $1',
    [root],
  );
}

/** Puts in files that the library has not known. */
export async function addFiles(
  queries: Queries,
  root: number,
  scan: number,
  files: readonly WalkedFile[],
): Promise<void> {
  const rows = files.map(({ path, ...file }) => ({ path: path.toString('hex'), ...file }));
  await queries.run(
    `INSERT INTO file (root_id, path, path_shown, size, modified_us, pictures, added_at, scan_id, change)
     SELECT $1, decode(r.path, 'hex'), r.name, r.size, r."modifiedUs", r.pictures, now(), $2, 'added'
     FROM json_to_recordset($3::json) AS r(path text, name text, size bigint, "modifiedUs" bigint, pictures text)
     ON CONFLICT (root_id, path_digest) DO NOTHING`,
    [root, scan, JSON.stringify(rows)],
  );
}

/** Notes that files have another size or time than before: what was read of them is to be read again. */
export async function changeFiles(
  queries: Queries,
  scan: number,
  files: readonly { readonly id: number; readonly size: number; readonly modifiedUs: number }[],
): Promise<void> {
  await queries.run(
    `UPDATE file f SET size = r.size, modified_us = r."modifiedUs", revision = f.revision + 1, missing_since = NULL,
       change = CASE WHEN f.scan_id = $1 THEN f.change ELSE 'changed' END, scan_id = $1
     FROM json_to_recordset($2::json) AS r(id bigint, size bigint, "modifiedUs" bigint) WHERE f.id = r.id`,
    [scan, JSON.stringify(files)],
  );
}

/** Notes whether files are where they were. */
export async function setMissing(queries: Queries, files: readonly number[], missing: boolean): Promise<void> {
  await queries.run(
    `UPDATE file SET missing_since = ${missing ? 'now()' : 'NULL'}
     WHERE id IN (SELECT value::bigint FROM json_array_elements_text($1::json))`,
    [JSON.stringify(files)],
  );
}
