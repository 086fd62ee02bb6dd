import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { bytesColumn, timeColumn, wholeColumn } from '../database/values.ts';
import { LibraryError } from '../errors.ts';

/** A folder that is in the library with all that lies in it. */
export interface Root {
  readonly id: number;
  /** As the system spells it, absolute. */
  readonly path: Buffer;
  /** The path, readable. */
  readonly name: string;
  /** Since when it has not been there; null while it is. */
  readonly offlineSince: Date | null;
  /** Files that are there, or were when it was last there. */
  readonly files: number;
}

const rootRow = z
  .object({ id: wholeColumn, path: bytesColumn, name: z.string(), offline: timeColumn.nullable(), files: wholeColumn })
  .transform(({ offline, ...root }): Root => ({ ...root, offlineSince: offline }));

/** The roots, by their paths. */
export function listRoots(queries: Queries): Promise<Root[]> {
  return queries.rows(
    rootRow,
    `SELECT r.id, r.path, r.path_shown AS name, r.offline_since AS offline,
       (SELECT count(*) FROM file f WHERE f.root_id = r.id AND f.missing_since IS NULL) AS files
     FROM root r ORDER BY r.path`,
  );
}

const SLASH = '/'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);

/** Whether a path is that of a folder, or of something in it; both as the system spells them, absolute. */
export function liesWithin(inner: Buffer, outer: Buffer): boolean {
  if (!inner.subarray(0, outer.length).equals(outer)) return false;
  const next = inner[outer.length];
  return next === undefined || next === SLASH || next === BACKSLASH || outer.at(-1) === SLASH;
}

/**
 * Takes a folder into the library.
 * @returns whether it is new
 * @throws LibraryError 'denied' when it lies in a root, or a root in it: each file belongs to one
 */
export async function addRoot(queries: Queries, path: Buffer, name: string): Promise<boolean> {
  for (const root of await listRoots(queries)) {
    if (root.path.equals(path)) return false;
    if (liesWithin(path, root.path)) {
      throw new LibraryError('denied', `${name} lies in ${root.name}, which is in the library with all that is in it`);
    }
    if (liesWithin(root.path, path)) {
      throw new LibraryError(
        'denied',
        `${root.name} is in the library and lies in ${name}: take it out first (its analyses are kept)`,
      );
    }
  }
  await queries.run('INSERT INTO root (path, path_shown, added_at) VALUES ($1, $2, now())', [path, name]);
  return true;
}

/** Takes a folder and what is known of its files out of the library; analyses stay, and nothing on disk is touched. */
export async function removeRoot(queries: Queries, id: number): Promise<void> {
  await queries.run('DELETE FROM root WHERE id = $1', [id]);
}

/** Notes whether a root is there. */
export async function setRootThere(queries: Queries, id: number, there: boolean): Promise<void> {
  await queries.run(
    `UPDATE root SET offline_since = ${there ? 'NULL' : 'now()'} WHERE id = $1 AND (offline_since IS NULL) <> $2`,
    [id, there],
  );
}
