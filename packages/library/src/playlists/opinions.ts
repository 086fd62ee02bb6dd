import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { timeColumn, wholeColumn } from '../database/values.ts';
import { LibraryError } from '../errors.ts';
import { type ListedTrack, listedTracks } from '../lists/listed-track.ts';

const MOST_STARS = 5;

/** Gives tracks stars, or with null takes them back. @throws LibraryError 'unsupported' for other than whole numbers from 0 to 5 */
export async function rateTracks(queries: Queries, files: readonly number[], stars: number | null): Promise<void> {
  const given = JSON.stringify(files);
  if (stars === null) {
    await queries.run(
      'DELETE FROM rating WHERE file_id IN (SELECT value::bigint FROM json_array_elements_text($1::json))',
      [given],
    );
    return;
  }
  if (!Number.isInteger(stars) || stars < 0 || stars > MOST_STARS)
    throw new LibraryError('unsupported', `a rating is a whole number from 0 to ${MOST_STARS}, not ${stars}`);
  await queries.run(
    `INSERT INTO rating (file_id, stars, rated_at)
     SELECT f.id, $2, now() FROM file f WHERE f.id IN (SELECT value::bigint FROM json_array_elements_text($1::json))
     ON CONFLICT (file_id) DO UPDATE SET stars = excluded.stars, rated_at = excluded.rated_at`,
    [given, stars],
  );
}

/** Notes that a track was played. */
export async function notePlay(queries: Queries, file: number, at: Date): Promise<void> {
  await queries.run('INSERT INTO play (file_id, played_at) SELECT id, $2 FROM file WHERE id = $1', [file, at]);
}

/** One time that a track was played. */
export interface Play {
  readonly id: number;
  readonly at: Date;
  /** Null while its file is missing. */
  readonly track: ListedTrack | null;
  readonly path: string;
}

const playRow = z.object({ id: wholeColumn, file: wholeColumn, at: timeColumn, path: z.string() });

/**
 * What was played, the latest first.
 * @param before the number of the play after the first that is given
 */
export async function listPlays(queries: Queries, limit: number, before: number | null): Promise<Play[]> {
  const rows = await queries.rows(
    playRow,
    `SELECT p.id, p.file_id AS file, p.played_at AS at, f.path_shown AS path FROM play p JOIN file f ON f.id = p.file_id
     WHERE $2::bigint IS NULL OR (p.played_at, p.id) < (SELECT b.played_at, b.id FROM play b WHERE b.id = $2::bigint)
     ORDER BY p.played_at DESC, p.id DESC LIMIT $1`,
    [limit, before],
  );
  const tracks = await listedTracks(queries, [...new Set(rows.map(({ file }) => file))]);
  const byFile = new Map(tracks.map((track) => [track.id, track]));
  return rows.map(({ id, file, at, path }) => ({ id, at, path, track: byFile.get(file) ?? null }));
}
