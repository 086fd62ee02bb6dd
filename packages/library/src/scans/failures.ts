import { z } from 'zod';
import type { Queries } from '../database/database.ts';

/** The steps of a scan, in their order. */
export const SCAN_STEPS = ['walk', 'sound', 'tags', 'artwork', 'analysis'] as const;
export type ScanStep = (typeof SCAN_STEPS)[number];

/** Why something could not be done. */
export interface Reason {
  readonly kind: string;
  readonly message: string;
  /** The program that would have made it work. */
  readonly needs?: string | undefined;
}

export interface ScanFailure {
  readonly step: ScanStep;
  /** The file or folder, readable. */
  readonly path: string;
  readonly error: Reason;
}

/** A step that a file failed. */
export interface FailedFile {
  readonly id: number;
  readonly revision: number;
  readonly name: string;
  readonly reason: Reason;
}

/**
 * Kinds of failures that lie in the bytes of a file: there is no use in trying again before it changes. Others are tried
 * with every scan, and so is what a program that is missing would make work.
 */
const IN_THE_FILE = "'unsupported', 'corrupt', 'empty', 'limit'";

/** SQL that is true of a file `f` unless the step failed for good. */
export function worthTrying(step: ScanStep): string {
  return `NOT EXISTS (SELECT 1 FROM failure x WHERE x.file_id = f.id AND x.step = '${step}' AND x.revision = f.revision
    AND x.needs IS NULL AND x.kind IN (${IN_THE_FILE}))`;
}

/** Notes what failed; the last reason counts. A file that is gone meanwhile has no failure. */
export async function noteFailures(queries: Queries, step: ScanStep, failed: readonly FailedFile[]): Promise<void> {
  if (failed.length === 0) return;
  const rows = failed.map(({ id, revision, name, reason }) => ({ id, revision, name, ...storable(reason) }));
  await queries.run(
    `INSERT INTO failure (file_id, step, place, kind, message, needs, revision, failed_at)
     SELECT r.id, $1, r.name, r.kind, r.message, r.needs, r.revision, now()
     FROM json_to_recordset($2::json) AS r(id bigint, revision integer, name text, kind text, message text, needs text)
     WHERE EXISTS (SELECT 1 FROM file f WHERE f.id = r.id)
     ON CONFLICT (file_id, step) DO UPDATE SET place = excluded.place, kind = excluded.kind, message = excluded.message,
       needs = excluded.needs, revision = excluded.revision, failed_at = excluded.failed_at`,
    [step, JSON.stringify(rows)],
  );
}

/** What other programs and files say may hold what the database takes for no text. */
function storable({ message, ...reason }: Reason): Reason {
  return { ...reason, message: message.toWellFormed().replaceAll('\0', '') };
}

/** Takes back that a step failed. */
export async function forgetFailures(queries: Queries, step: ScanStep, files: readonly number[]): Promise<void> {
  await queries.run(
    'DELETE FROM failure WHERE step = $1 AND file_id IN (SELECT value::bigint FROM json_array_elements_text($2::json))',
    [step, JSON.stringify(files)],
  );
}

/** Takes back that pictures failed: those in the files themselves, or those beside them. */
export async function forgetPictureFailures(
  queries: Queries,
  source: 'embedded' | 'folder',
  files: readonly number[],
): Promise<void> {
  await queries.run(
    `DELETE FROM failure x USING file f WHERE x.step = 'artwork' AND f.id = x.file_id
       AND (x.place = f.path_shown) = ($1 = 'embedded')
       AND f.id IN (SELECT value::bigint FROM json_array_elements_text($2::json))`,
    [source, JSON.stringify(files)],
  );
}

/** Notes the places of a root that could not be looked into, instead of those of the walk before. */
export async function noteUnreadable(
  queries: Queries,
  root: number,
  places: readonly { readonly name: string; readonly reason: Reason }[],
): Promise<void> {
  await queries.run("DELETE FROM failure WHERE root_id = $1 AND step = 'walk'", [root]);
  await queries.run(
    `INSERT INTO failure (root_id, step, place, kind, message, needs, failed_at)
     SELECT $1, 'walk', r.name, r.kind, r.message, r.needs, now()
     FROM json_to_recordset($2::json) AS r(name text, kind text, message text, needs text)`,
    [root, JSON.stringify(places.map(({ name, reason }) => ({ name, ...storable(reason) })))],
  );
}

const failureRow = z.object({
  step: z.enum(SCAN_STEPS),
  place: z.string(),
  kind: z.string(),
  message: z.string(),
  needs: z.string().nullable(),
});

/** Whose failure `x` is: a picture in a folder is one place, however many files are beside it. */
export const FAILED_FILE = "CASE WHEN x.step <> 'artwork' THEN x.file_id END";

/** What is failed now, by place, each reason once; files that are not there are not among them. */
export async function listFailures(queries: Queries): Promise<ScanFailure[]> {
  const rows = await queries.rows(
    failureRow,
    `SELECT DISTINCT ON (x.place, ${FAILED_FILE}, x.kind, x.message) x.step, x.place, x.kind, x.message, x.needs
     FROM failure x LEFT JOIN file f ON f.id = x.file_id WHERE f.missing_since IS NULL
     ORDER BY x.place, ${FAILED_FILE}, x.kind, x.message, array_position(ARRAY['${SCAN_STEPS.join("', '")}'], x.step)`,
  );
  return rows.map(({ step, place, kind, message, needs }) => ({
    step,
    path: place,
    error: { kind, message, ...(needs !== null && { needs }) },
  }));
}
