import type { Queries } from '../database/database.ts';
import { type Fields, trackOf } from './track-of.ts';

/** What the tags of a file say, and of which revision of it. */
export interface FileTags {
  readonly id: number;
  readonly revision: number;
  readonly fields: Fields;
}

const COLUMNS = `title text, artist text, title_sort text, artist_sort text, album text, album_artist text, disc smallint,
  discs smallint, number smallint, numbers smallint, year smallint, released text, compilation boolean, comment text,
  tagged_bpm float8, tagged_key text, replay_gain_db real, replay_peak real, album_replay_gain_db real,
  album_replay_peak real`;
const SHOWN = `title, artist, title_sort, artist_sort, disc, discs, number, numbers, year, released, compilation, comment,
  tagged_bpm, tagged_key, replay_gain_db, replay_peak, album_replay_gain_db, album_replay_peak`;

/** Notes what tags say of files, and makes their tracks, artists, albums and genres of it. Other sources are left alone. */
export async function storeTags(queries: Queries, tags: readonly FileTags[]): Promise<void> {
  if (tags.length === 0) return;
  const rows = JSON.stringify(tags.map(({ id, revision, fields }) => ({ id, revision, fields, ...trackOf(fields) })));
  const claims = 'json_to_recordset($1::json) AS r(id bigint, revision integer, fields jsonb)';
  await queries.run(
    `INSERT INTO claim (file_id, source, fields, claimed_at) SELECT r.id, 'file', r.fields, now() FROM ${claims}
     ON CONFLICT (file_id, source) DO UPDATE SET fields = excluded.fields, claimed_at = excluded.claimed_at`,
    [rows],
  );
  await putNames(queries, rows);
  await queries.run(`DELETE FROM track WHERE file_id IN (SELECT r.id FROM ${claims})`, [rows]);
  await queries.run(
    `INSERT INTO track (file_id, album_id, ${SHOWN})
     SELECT r.id, a.id, ${SHOWN.replaceAll(/(\w+)/g, 'r.$1')} FROM json_to_recordset($1::json) AS r(id bigint, ${COLUMNS})
     LEFT JOIN album a ON a.title = r.album AND a.artist = coalesce(r.album_artist, '')`,
    [rows],
  );
  await queries.run(
    `INSERT INTO track_artist (file_id, role, position, artist_id)
     SELECT r.id, l.role, n.position - 1, a.id FROM json_to_recordset($1::json) AS r(id bigint, artists json),
       json_to_recordset(r.artists) AS l(role text, names json),
       json_array_elements_text(l.names) WITH ORDINALITY AS n(name, position)
     JOIN artist a ON a.name = n.name`,
    [rows],
  );
  await queries.run(
    `INSERT INTO track_genre (file_id, position, genre_id)
     SELECT r.id, n.position - 1, g.id FROM json_to_recordset($1::json) AS r(id bigint, genres json),
       json_array_elements_text(r.genres) WITH ORDINALITY AS n(name, position)
     JOIN genre g ON g.name = n.name`,
    [rows],
  );
  await queries.run(`UPDATE file f SET tags_revision = r.revision FROM ${claims} WHERE f.id = r.id`, [rows]);
  await queries.run(`DELETE FROM failure WHERE step = 'tags' AND file_id IN (SELECT r.id FROM ${claims})`, [rows]);
}

/** Artists, albums and genres that are not known yet. */
async function putNames(queries: Queries, rows: string): Promise<void> {
  await queries.run(
    `INSERT INTO artist (name, sort_name)
     SELECT n.name, min(CASE WHEN l.role = 'artist' AND json_array_length(l.names) = 1 THEN r.artist_sort END)
     FROM json_to_recordset($1::json) AS r(artist_sort text, artists json),
       json_to_recordset(r.artists) AS l(role text, names json), json_array_elements_text(l.names) AS n(name)
     GROUP BY n.name ORDER BY n.name
     ON CONFLICT (name) DO UPDATE SET sort_name = excluded.sort_name
       WHERE artist.sort_name IS NULL AND excluded.sort_name IS NOT NULL`,
    [rows],
  );
  await queries.run(
    `INSERT INTO album (title, artist)
     SELECT DISTINCT r.album, coalesce(r.album_artist, '') FROM json_to_recordset($1::json) AS r(album text, album_artist text)
     WHERE r.album IS NOT NULL ORDER BY 1, 2 ON CONFLICT (title, artist) DO NOTHING`,
    [rows],
  );
  await queries.run(
    `INSERT INTO genre (name)
     SELECT DISTINCT n.name FROM json_to_recordset($1::json) AS r(genres json), json_array_elements_text(r.genres) AS n(name)
     ORDER BY 1 ON CONFLICT (name) DO NOTHING`,
    [rows],
  );
}
