import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';

/** What a file was found to decode to. */
export interface FileSound {
  readonly id: number;
  readonly revision: number;
  /** 64 hexadecimal digits. */
  readonly audioHash: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly seconds: number;
  readonly container: string;
  readonly codec: string;
  readonly lossless: boolean;
  readonly bitsPerSample: number | null;
}

/** Notes the sounds of files, and forgets that they could not be read. */
export async function storeSounds(queries: Queries, found: readonly FileSound[]): Promise<void> {
  const rows = JSON.stringify(found);
  await queries.run(
    `INSERT INTO sound (audio_hash, sample_rate, channels, seconds)
     SELECT DISTINCT ON (1) decode(r."audioHash", 'hex'), r."sampleRate", r.channels, r.seconds
     FROM json_to_recordset($1::json) AS r("audioHash" text, "sampleRate" integer, channels smallint, seconds float8)
     ON CONFLICT (audio_hash) DO NOTHING`,
    [rows],
  );
  await queries.run(
    `UPDATE file f SET sound_id = s.id, sound_revision = r.revision, container = r.container, codec = r.codec,
       lossless = r.lossless, bits_per_sample = r."bitsPerSample"
     FROM json_to_recordset($1::json) AS r(id bigint, revision integer, "audioHash" text, container text, codec text,
       lossless boolean, "bitsPerSample" smallint)
     JOIN sound s ON s.audio_hash = decode(r."audioHash", 'hex') WHERE f.id = r.id`,
    [rows],
  );
  await queries.run(
    `DELETE FROM failure WHERE step = 'sound' AND file_id IN
       (SELECT r.id FROM json_to_recordset($1::json) AS r(id bigint))`,
    [rows],
  );
}

const pairRow = z.object({ now: wholeColumn, before: wholeColumn });

/**
 * Recognises moves: a file that is new to the library and has the sound of one that is missing is that one, at another
 * place. What is known of it stays with it.
 * @returns how many there were
 */
export async function settleMoves(queries: Queries, scan: number): Promise<number> {
  // Where several are missing or new, those of the same name belong together, else in the order in which they came.
  const candidates = await queries.rows(
    pairRow,
    `SELECT f.id AS now, m.id AS before FROM file f
       JOIN file m ON m.sound_id = f.sound_id AND m.missing_since IS NOT NULL
       JOIN root r ON r.id = m.root_id AND r.offline_since IS NULL
     WHERE f.scan_id = $1 AND f.change = 'added' AND f.missing_since IS NULL AND f.sound_revision = f.revision
     ORDER BY (regexp_replace(f.path_shown, '^.*[/\\\\]', '') = regexp_replace(m.path_shown, '^.*[/\\\\]', '')) DESC, f.path, m.path`,
    [scan],
  );
  const taken = new Set<number>();
  const pairs = candidates.filter(({ now, before }) => {
    if (taken.has(now) || taken.has(before)) return false;
    taken.add(now).add(before);
    return true;
  });
  for (const { now, before } of pairs) await move(queries, scan, now, before);
  return pairs.length;
}

const placeRow = z.object({ place: z.string() });

async function move(queries: Queries, scan: number, now: number, before: number): Promise<void> {
  await queries.run('UPDATE playlist_entry SET file_id = $2 WHERE file_id = $1', [now, before]);
  await queries.run('UPDATE play SET file_id = $2 WHERE file_id = $1', [now, before]);
  await queries.run(
    `INSERT INTO rating (file_id, stars, rated_at) SELECT $2, stars, rated_at FROM rating WHERE file_id = $1
     ON CONFLICT (file_id) DO UPDATE SET stars = excluded.stars, rated_at = excluded.rated_at
       WHERE excluded.rated_at > rating.rated_at`,
    [now, before],
  );
  // The new row gives its place up before the old one takes it: a place belongs to one.
  const [taken] = await queries.rows(
    placeRow,
    'DELETE FROM file WHERE id = $1 RETURNING row_to_json(file)::text AS place',
    [now],
  );
  await queries.run(
    `UPDATE file f SET root_id = n.root_id, path = n.path, path_shown = n.path_shown, size = n.size,
       modified_us = n.modified_us, container = n.container, codec = n.codec, lossless = n.lossless,
       bits_per_sample = n.bits_per_sample, pictures = n.pictures, revision = f.revision + 1, sound_revision = f.revision + 1,
       missing_since = NULL, scan_id = $3, change = 'moved'
     FROM json_populate_record(NULL::file, $2::json) n WHERE f.id = $1`,
    [before, taken!.place, scan],
  );
}
