import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';

/** A file that is there, and the analysis of its sound. */
export interface AnalysedFile {
  readonly id: number;
  /** Readable. */
  readonly path: string;
  /** One JSON document, as it was stored; its path is that of the file that was listened to. */
  readonly line: string;
}

/** Files `f` with the analyses of version $1 that their sounds have. */
const ANALYSED = `SELECT f.id, f.path_shown AS path, a.line::text AS line
     FROM file f JOIN analysis a ON a.sound_id = f.sound_id AND a.analyser = $1`;
const fileRow: z.ZodType<AnalysedFile> = z.object({ id: wholeColumn, path: z.string(), line: z.string() });

/** The analysis of a file by a version, as one JSON document; undefined when there is none. */
export async function analysisOf(queries: Queries, analyser: string, file: number): Promise<string | undefined> {
  const [row] = await queries.rows(fileRow, `${ANALYSED} WHERE f.id = $2 AND f.missing_since IS NULL`, [
    analyser,
    file,
  ]);
  return row?.line;
}

/**
 * The next files of which there is an analysis of a version, in the order of their numbers.
 * @param after the number of the last one that was given
 */
export function analysedFiles(
  queries: Queries,
  analyser: string,
  after: number,
  limit: number,
): Promise<AnalysedFile[]> {
  return queries.rows(fileRow, `${ANALYSED} WHERE f.missing_since IS NULL AND f.id > $2 ORDER BY f.id LIMIT $3`, [
    analyser,
    after,
    limit,
  ]);
}

/** The analyses of a version that some files have, as documents, by the numbers of the files. */
export async function analysesOfFiles(
  queries: Queries,
  analyser: string,
  files: readonly number[],
): Promise<Map<number, string>> {
  const rows = await queries.rows(
    fileRow,
    `${ANALYSED} WHERE f.id IN (SELECT value::bigint FROM json_array_elements_text($2::json))`,
    [analyser, JSON.stringify(files)],
  );
  return new Map(rows.map(({ id, line }) => [id, line]));
}
