import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { LibraryError } from '../errors.ts';
import { MOST_ENTRIES } from './playlist-rule.ts';

/** What is put into a list: a file of the library, or one that it does not know. */
export interface NewEntry {
  readonly file: number | null;
  readonly path: string;
  readonly title: string | null;
  readonly artist: string | null;
  readonly seconds: number | null;
}

/** What is in one place of a list. */
export interface StoredEntry extends NewEntry {
  /** From 1 on. */
  readonly position: number;
  /** The file that holds the track now: the one that was put in, another one of the same sound, or one that came to its path. */
  readonly file: number | null;
}

const entryRow = z.object({
  position: wholeColumn,
  /** Its file has left the library, or was never in it. */
  left: z.boolean(),
  file: wholeColumn.nullable(),
  path: z.string(),
  title: z.string().nullable(),
  artist: z.string().nullable(),
  seconds: z.number().nullable(),
});

/**
 * Places of a list, each with its file. Of several files of its sound that in a folder that is there comes first, then the one
 * where it was.
 */
const ENTRIES = `
  SELECT e.position, e.title, e.artist, e.seconds, coalesce(f.path_shown, e.path) AS path,
    e.file_id IS NULL AS "left", coalesce(CASE WHEN f.missing_since IS NULL THEN f.id END, s.id) AS file
  FROM playlist_entry e
  LEFT JOIN file f ON f.id = e.file_id
  LEFT JOIN LATERAL (
    SELECT o.id FROM file o JOIN root r ON r.id = o.root_id
    WHERE (f.id IS NULL OR f.missing_since IS NOT NULL) AND o.sound_id = coalesce(f.sound_id, e.sound_id) AND o.missing_since IS NULL
    ORDER BY r.offline_since IS NOT NULL, o.path_shown <> coalesce(f.path_shown, e.path), o.id LIMIT 1) s ON true
  WHERE e.playlist_id = $1`;

/**
 * What is in a list that is kept by hand, in its order.
 * @param after the position before the first that is given
 */
export async function storedEntries(
  queries: Queries,
  list: number,
  after = 0,
  most: number = MOST_ENTRIES,
): Promise<StoredEntry[]> {
  const sql = `${ENTRIES} AND e.position > $2 ORDER BY e.position LIMIT $3`;
  const rows = await queries.rows(entryRow, sql, [list, after, most]);
  const lost = rows.filter(({ left, file }) => left && file === null).map(({ path }) => path);
  const come = lost.length === 0 ? new Map<string, number>() : await filesAtPaths(queries, lost);
  return rows.map(({ left, file, ...row }) => ({
    ...row,
    file: file ?? (left ? (come.get(row.path) ?? null) : null),
  }));
}

const placeRow = z.object({ path: z.string(), file: wholeColumn });

/** Files that are at paths now. Asked by itself: within a larger statement the planner compares each path with each. */
async function filesAtPaths(queries: Queries, paths: readonly string[]): Promise<Map<string, number>> {
  const rows = await queries.rows(
    placeRow,
    `SELECT path_shown AS path, min(id) AS file FROM file WHERE missing_since IS NULL
       AND path_shown IN (SELECT value FROM json_array_elements_text($1::json)) GROUP BY path_shown`,
    [JSON.stringify([...new Set(paths)])],
  );
  return new Map(rows.map(({ path, file }) => [path, file]));
}

const countRow = z.object({ count: wholeColumn });

/** Whoever changes a list waits for whoever does. @returns how many entries it has */
async function lockList(queries: Queries, list: number): Promise<number> {
  await queries.run('UPDATE playlist SET changed_at = now() WHERE id = $1', [list]);
  const [row] = await queries.rows(countRow, 'SELECT count(*) AS count FROM playlist_entry WHERE playlist_id = $1', [
    list,
  ]);
  return row!.count;
}

/**
 * Puts entries into a list, within a transaction.
 * @param at the position that the first of them gets; behind all others when absent
 * @throws LibraryError 'limit' when the list would be too long, 'unsupported' for a position that it has not
 */
export async function addEntries(
  queries: Queries,
  list: number,
  entries: readonly NewEntry[],
  at?: number,
): Promise<void> {
  const count = await lockList(queries, list);
  if (count + entries.length > MOST_ENTRIES)
    throw new LibraryError('limit', `a list has at most ${MOST_ENTRIES} entries, not ${count + entries.length}`);
  const first = at ?? count + 1;
  if (first < 1 || first > count + 1) throw noPosition(first, count + 1);
  await queries.run('UPDATE playlist_entry SET position = position + $3 WHERE playlist_id = $1 AND position >= $2', [
    list,
    first,
    entries.length,
  ]);
  await queries.run(
    `INSERT INTO playlist_entry (playlist_id, position, file_id, sound_id, path, title, artist, seconds, added_at)
     SELECT $1, $2 + r.number, f.id, f.sound_id, coalesce(f.path_shown, r.path), r.title, r.artist, r.seconds, now()
     FROM json_to_recordset($3::json) AS r(number integer, file bigint, path text, title text, artist text, seconds float8)
     LEFT JOIN file f ON f.id = r.file`,
    [list, first, JSON.stringify(entries.map((entry, number) => ({ number, ...entry })))],
  );
}

/** Takes entries out of a list by their positions, within a transaction. @throws LibraryError 'unsupported' */
export async function removeEntries(queries: Queries, list: number, positions: readonly number[]): Promise<void> {
  const count = await lockList(queries, list);
  for (const position of positions) if (position < 1 || position > count) throw noPosition(position, count);
  await queries.run(
    `DELETE FROM playlist_entry WHERE playlist_id = $1
       AND position IN (SELECT value::integer FROM json_array_elements_text($2::json))`,
    [list, JSON.stringify(positions)],
  );
  await closeGaps(queries, list);
}

/** Takes everything out of a list, within a transaction. @returns how much it was */
export async function clearEntries(queries: Queries, list: number): Promise<number> {
  await lockList(queries, list);
  return queries.run('DELETE FROM playlist_entry WHERE playlist_id = $1', [list]);
}

function closeGaps(queries: Queries, list: number): Promise<number> {
  return queries.run(
    `UPDATE playlist_entry e SET position = n.position FROM (
       SELECT id, row_number() OVER (ORDER BY position) AS position FROM playlist_entry WHERE playlist_id = $1) n
     WHERE e.id = n.id AND e.position <> n.position`,
    [list],
  );
}

/** Moves one entry to another position, within a transaction; those between give way. @throws LibraryError 'unsupported' */
export async function moveEntry(queries: Queries, list: number, from: number, to: number): Promise<void> {
  const count = await lockList(queries, list);
  for (const position of [from, to]) if (position < 1 || position > count) throw noPosition(position, count);
  await queries.run(
    `UPDATE playlist_entry SET position = CASE WHEN position = $2 THEN $3 ELSE position + $4 END
     WHERE playlist_id = $1 AND position BETWEEN $5 AND $6`,
    [list, from, to, from < to ? -1 : 1, Math.min(from, to), Math.max(from, to)],
  );
}

function noPosition(position: number, last: number): LibraryError {
  const there = last === 0 ? 'the list is empty' : `it must be from 1 to ${last}`;
  return new LibraryError('unsupported', `${position} is no position in the list: ${there}`);
}
