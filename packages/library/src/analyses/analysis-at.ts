import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { FILE_AT } from '../files/file-at.ts';
import { PENDING_COLUMNS, type PendingFile, pendingRow } from '../files/pending-files.ts';

/** A file of the library with what is known of how it sounds. */
export interface HeardFile extends PendingFile {
  /** One JSON document, of whatever file of this sound was listened to; null when there is none of the version, or the file changed since. */
  readonly line: string | null;
  /** What this file is. */
  readonly container: string | null;
  readonly codec: string | null;
  readonly lossless: boolean | null;
  readonly bitsPerSample: number | null;
}

const heardRow: z.ZodType<HeardFile> = z.intersection(
  pendingRow,
  z.object({
    line: z.string().nullable(),
    container: z.string().nullable(),
    codec: z.string().nullable(),
    lossless: z.boolean().nullable(),
    bitsPerSample: z.int().nullable(),
  }),
);

/**
 * The file at an absolute path, as the system spells it, with the analysis of its sound; undefined when the library has none there.
 * @param analyser version of the analysis that is wanted
 */
export async function analysisAt(queries: Queries, path: Buffer, analyser: string): Promise<HeardFile | undefined> {
  const [file] = await queries.rows(
    heardRow,
    `SELECT ${PENDING_COLUMNS}, f.container, f.codec, f.lossless, f.bits_per_sample AS "bitsPerSample", a.line::text AS line
     FROM ${FILE_AT} LEFT JOIN analysis a ON a.sound_id = f.sound_id AND f.sound_revision = f.revision AND a.analyser = $2
     WHERE f.missing_since IS NULL`,
    [path, analyser],
  );
  return file;
}
