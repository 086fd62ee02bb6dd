import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { LISTING_RULES, type ListingRow, listingRow } from './listing-row.ts';
import { FACTS, factsRow } from './track-facts.ts';

/** Files whose rows are made in one transaction. */
const AT_ONCE = 500;
/** What somebody who wants to read waits for, at most; the rest is made the next time. */
const MOST_FOR_A_READER = 5000;

const COLUMNS = {
  file_id: 'bigint',
  digest: 'text',
  sound_id: 'bigint',
  title_key: 'text',
  artist_key: 'text',
  album_key: 'text',
  genre_key: 'text',
  path_key: 'text',
  album_place: 'integer',
  key_place: 'smallint',
  title: 'text',
  artist: 'text',
  albumartist: 'text',
  album: 'text',
  genre: 'text',
  label: 'text',
  comment: 'text',
  path: 'text',
  format: 'text',
  words: 'text[]',
  genre_ids: 'integer[]',
  artist_ids: 'integer[]',
  camelot: 'text',
  bpm: 'float8',
  energy: 'float8',
  loudness: 'float8',
  rating: 'float8',
  plays: 'float8',
  bitrate: 'float8',
  year: 'float8',
  length: 'float8',
  added: 'timestamptz',
  played: 'timestamptz',
} as const satisfies Record<keyof ListingRow, string>;
const NAMES = Object.keys(COLUMNS);

/** How the lists stand: numbers that only grow. */
export interface ListState {
  /** Grows with every change. */
  readonly change: number;
  /** The change with which something was last taken out. */
  readonly removal: number;
}

const stateRow = z.object({ change: wholeColumn, removal: wholeColumn, rules: z.int(), due: z.boolean() });
const fileRow = z.object({ file: wholeColumn });

const STATE = `SELECT change, removal, rules, EXISTS (SELECT FROM listing_due) AS due FROM listing_state`;

/**
 * Brings the lists up to what the other tables say. Every question about lists begins with it: where nothing changed it
 * costs one small statement.
 * @param most files whose rows are made now
 */
export async function refreshLists(
  database: Database,
  { most = MOST_FOR_A_READER, onProgress }: { most?: number; onProgress?: (made: number) => void } = {},
): Promise<ListState> {
  let [state] = await database.rows(stateRow, STATE);
  for (let made = 0; (state!.due || state!.rules !== LISTING_RULES) && made < most; made += AT_ONCE) {
    await database.transaction(refreshSome);
    onProgress?.(made + AT_ONCE);
    [state] = await database.rows(stateRow, STATE);
  }
  return { change: state!.change, removal: state!.removal };
}

/** Whether there are so many rows to be made that somebody should be told. */
export async function manyListsDue(database: Database): Promise<boolean> {
  const [state] = await database.rows(stateRow, STATE);
  const table = state!.rules === LISTING_RULES ? 'listing_due' : 'file';
  const [due] = await database.rows(
    z.object({ many: z.boolean() }),
    `SELECT count(*) > ${MOST_FOR_A_READER} AS many FROM (SELECT FROM ${table} LIMIT ${MOST_FOR_A_READER + 1}) d`,
  );
  return due!.many;
}

async function refreshSome(queries: Queries): Promise<void> {
  // Whoever refreshes waits here for whoever does: the number of the change is seen with all that it stands for.
  const [state] = await queries.rows(stateRow, `${STATE} FOR UPDATE`);
  if (state!.rules !== LISTING_RULES) {
    await queries.run('INSERT INTO listing_due (file_id) SELECT id FROM file UNION SELECT file_id FROM listing');
    await queries.run('UPDATE listing_state SET rules = $1', [LISTING_RULES]);
  }
  const due = await queries.rows(
    fileRow,
    `DELETE FROM listing_due WHERE id IN (SELECT id FROM listing_due ORDER BY id LIMIT ${AT_ONCE}) RETURNING file_id AS file`,
  );
  const files = JSON.stringify([...new Set(due.map(({ file }) => file))]);
  const rows = (await queries.rows(factsRow, FACTS, [files])).map(listingRow);
  const change = state!.change + 1;
  const written = await writeRows(queries, rows, change);
  const there = JSON.stringify(rows.map(({ file_id }) => file_id));
  const removed = await queries.run(
    `DELETE FROM listing WHERE file_id IN (SELECT value::bigint FROM json_array_elements_text($1::json))
       AND file_id NOT IN (SELECT value::bigint FROM json_array_elements_text($2::json))`,
    [files, there],
  );
  if (written + removed === 0) return;
  await queries.run(`UPDATE listing_state SET change = $1${removed > 0 ? ', removal = $1' : ''}`, [change]);
}

/** @returns how many are other than they were */
async function writeRows(queries: Queries, rows: readonly ListingRow[], change: number): Promise<number> {
  if (rows.length === 0) return 0;
  const values = NAMES.map((name) => (name === 'words' ? 'array_to_tsvector(r.words)' : `r.${name}`));
  const json = JSON.stringify(rows);
  const written = await queries.run(
    `INSERT INTO listing (change, ${NAMES.join(', ')})
     SELECT $2, ${values.join(', ')} FROM json_to_recordset($1::json)
       AS r(${Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`)})
     ON CONFLICT (file_id) DO UPDATE SET change = excluded.change, ${NAMES.map((name) => `${name} = excluded.${name}`)}
       WHERE listing.digest <> excluded.digest`,
    [json, change],
  );
  const words = new Set(rows.flatMap((row) => row.words.filter((word) => !word.startsWith('.'))));
  await queries.run(
    `INSERT INTO listed_word (word) SELECT value FROM json_array_elements_text($1::json)
     WHERE NOT EXISTS (SELECT FROM listed_word w WHERE w.word = value COLLATE "C")
     ORDER BY value COLLATE "C" ON CONFLICT (word) DO NOTHING`,
    [JSON.stringify([...words])],
  );
  return written;
}
