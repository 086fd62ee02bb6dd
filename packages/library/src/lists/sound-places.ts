import type { Filter } from '@tutti/music/filter';
import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { bytesColumn, wholeColumn } from '../database/values.ts';
import { type Asked, filterSql } from './filter-sql.ts';
import { Parameters } from './parameters.ts';

/** Where a track lies among sounds, and by what it may be left out of an answer. */
export interface SoundPlace {
  readonly file: number;
  readonly values: Float32Array;
  readonly bpm: number | null;
  readonly camelot: string | null;
  /** Their numbers in the library. */
  readonly artists: readonly number[];
}

const placeRow = z.object({
  file: wholeColumn,
  vector: bytesColumn,
  bpm: z.number().nullable(),
  camelot: z.string().nullable(),
  artists: z.array(z.int()),
});
const filesRow = z.object({ files: z.array(z.int()).nullable() });

/**
 * Tracks that changed, page by page, in the order of their files.
 * @param model of their embeddings
 * @param since the number of a change: those after it
 * @param after the last file of the page before
 */
export async function changedSoundPlaces(
  queries: Queries,
  model: string,
  since: number,
  after: number,
  limit: number,
): Promise<SoundPlace[]> {
  const rows = await queries.rows(
    placeRow,
    `SELECT l.file_id AS file, e.vector, l.bpm, l.camelot, to_json(l.artist_ids) AS artists
     FROM listing l JOIN embedding e ON e.sound_id = l.sound_id AND e.model = $1
     WHERE l.change > $2 AND l.file_id > $3 ORDER BY l.file_id LIMIT $4`,
    [model, since, after, limit],
  );
  return rows.map(({ vector, ...row }) => ({ ...row, values: floatsOf(vector) }));
}

/** Little-endian 32-bit floats. */
function floatsOf(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

/** The files of all tracks that lie somewhere among sounds. */
export async function filesWithSoundPlace(queries: Queries, model: string): Promise<number[]> {
  const [row] = await queries.rows(
    filesRow,
    `SELECT json_agg(l.file_id) AS files FROM listing l JOIN embedding e ON e.sound_id = l.sound_id AND e.model = $1`,
    [model],
  );
  return row!.files ?? [];
}

/** The files of all tracks that a filter means. The lists are taken as they are. */
export async function meantFiles(queries: Queries, filter: Filter, asked: Asked): Promise<number[]> {
  const parameters = new Parameters();
  const [row] = await queries.rows(
    filesRow,
    `SELECT json_agg(file_id) AS files FROM listing WHERE ${filterSql(filter, asked, parameters)}`,
    parameters.values,
  );
  return row!.files ?? [];
}
