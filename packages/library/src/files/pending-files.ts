import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { bytesColumn, wholeColumn } from '../database/values.ts';
import { worthTrying } from '../scans/failures.ts';

/** A file of which something is to be read. */
export interface PendingFile {
  readonly id: number;
  /** What is read is noted for this revision, whatever becomes of the file meanwhile. */
  readonly revision: number;
  readonly root: Buffer;
  /** Below the root. */
  readonly path: Buffer;
  /** The whole path, readable. */
  readonly name: string;
  readonly size: number;
  readonly modifiedUs: number;
}

export const pendingRow: z.ZodType<PendingFile> = z.object({
  id: wholeColumn,
  revision: wholeColumn,
  root: bytesColumn,
  path: bytesColumn,
  name: z.string(),
  size: wholeColumn,
  modifiedUs: wholeColumn,
});

/** Of a file `f` in a root `r`, as SQL. */
export const PENDING_COLUMNS = `f.id, f.revision, r.path AS root, f.path, f.path_shown AS name, f.size, f.modified_us AS "modifiedUs"`;
const THERE = 'FROM file f JOIN root r ON r.id = f.root_id AND r.offline_since IS NULL WHERE f.missing_since IS NULL';

/** The statement for files of which a condition over a file `f` is true: $1 the number of the last one, $2 how many. */
export function pendingSql(columns: string, condition: string): string {
  const more = columns === '' ? '' : `, ${columns}`;
  return `SELECT ${PENDING_COLUMNS}${more} ${THERE} AND f.id > $1 AND ${condition} ORDER BY f.id LIMIT $2`;
}

/** Which files a step has to do with, as SQL over a file `f`. */
const PENDING = {
  tags: `f.tags_revision < f.revision AND ${worthTrying('tags')}`,
  // Both are read in one go.
  'tags-and-pictures': `(f.tags_revision < f.revision OR f.artwork_revision < f.revision) AND ${worthTrying('tags')}`,
  sound: `f.sound_revision < f.revision AND ${worthTrying('sound')}`,
  // As large as another file: one may be a copy of the other.
  'sound-of-copies': `f.sound_revision < f.revision AND ${worthTrying('sound')} AND f.size IN
    (SELECT o.size FROM file o WHERE o.missing_since IS NULL GROUP BY o.size HAVING count(*) > 1)`,
} as const;
/** What a step reads. */
export type Pending = keyof typeof PENDING;

/** Of a file whose sound is not known: knowing it could save an analysis, because the file may be one that moved or was retagged. */
const MAY_BE_KNOWN = '(f.sound_id IS NOT NULL OR EXISTS (SELECT 1 FROM file m WHERE m.missing_since IS NOT NULL))';

/**
 * The next files whose tags or sound are to be read, in the order of their numbers.
 * @param after the number of the last one that was given
 */
export function pendingFiles(queries: Queries, what: Pending, after: number, limit: number): Promise<PendingFile[]> {
  return queries.rows(pendingRow, pendingSql('', PENDING[what]), [after, limit]);
}

export async function countPending(queries: Queries, what: Pending): Promise<number> {
  return countOf(queries, `SELECT count(*) AS count ${THERE} AND ${PENDING[what]}`, []);
}

/** Whether hashing files before they are analysed can save an analysis. */
export async function hashingMayHelp(queries: Queries): Promise<boolean> {
  return (await countOf(queries, `SELECT count(*) AS count ${THERE} AND ${PENDING.sound} AND ${MAY_BE_KNOWN}`, [])) > 0;
}

/** A file for each sound without an analysis of a version, and files whose sound is not known. */
const UNANALYSED = `${worthTrying('analysis')} AND ${worthTrying('sound')} AND (
  f.sound_revision < f.revision OR (
    NOT EXISTS (SELECT 1 FROM analysis a WHERE a.sound_id = f.sound_id AND a.analyser = $1)
    AND NOT EXISTS (SELECT 1 FROM file o JOIN root p ON p.id = o.root_id AND p.offline_since IS NULL
      WHERE o.sound_id = f.sound_id AND o.missing_since IS NULL AND o.sound_revision = o.revision AND o.id < f.id)))`;

/** @param analyser the version of the analysis that is wanted */
export function unanalysedFiles(
  queries: Queries,
  analyser: string,
  after: number,
  limit: number,
): Promise<PendingFile[]> {
  return queries.rows(
    pendingRow,
    `SELECT ${PENDING_COLUMNS} ${THERE} AND f.id > $2 AND ${UNANALYSED} ORDER BY f.id LIMIT $3`,
    [analyser, after, limit],
  );
}

export function countUnanalysed(queries: Queries, analyser: string): Promise<number> {
  return countOf(queries, `SELECT count(*) AS count ${THERE} AND ${UNANALYSED}`, [analyser]);
}

async function countOf(queries: Queries, sql: string, values: readonly string[]): Promise<number> {
  const [row] = await queries.rows(z.object({ count: wholeColumn }), sql, values);
  return row!.count;
}
