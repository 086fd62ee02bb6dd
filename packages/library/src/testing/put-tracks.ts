import { createHash } from 'node:crypto';
import { z } from 'zod';
import { storeAnalyses } from '../analyses/analyses.ts';
import type { Database } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { addFiles } from '../files/walked-files.ts';
import { addRoot, listRoots } from '../roots/roots.ts';
import { beginScan } from '../scans/scans.ts';
import { storeSounds } from '../sounds/sounds.ts';
import { storeTags } from '../tracks/store-tags.ts';
import type { Fields } from '../tracks/track-of.ts';

/** A track as a test wants it in the library. */
export interface PutTrack {
  /** Below the root `/m`; all different. */
  readonly path: string;
  readonly size?: number;
  readonly fields?: Fields;
  /** Null where the sound was not read. */
  readonly sound?: {
    readonly seconds: number;
    readonly codec: string;
    readonly container: string;
    readonly analysis?: {
      readonly bpm: number | null;
      readonly camelot: string | null;
      readonly energy: number | null;
      readonly loudness: number | null;
      readonly embedding?: readonly number[];
    };
  } | null;
  readonly rating?: number | null;
  readonly played?: readonly Date[];
  readonly added?: Date;
}

const idRow = z.object({ id: wholeColumn, path: z.string() });

/** Puts tracks into a library, by the same doors as a scan does. @returns the numbers of their files, in the order of `tracks` */
export async function putTracks(library: Database, tracks: readonly PutTrack[]): Promise<number[]> {
  await addRoot(library, Buffer.from('/m'), '/m');
  const root = (await listRoots(library))[0]!.id;
  const { id: scan } = await beginScan(library);
  await addFiles(
    library,
    root,
    scan,
    tracks.map(({ path, size = 1 }) => ({ path: Buffer.from(path), name: `/m/${path}`, size, modifiedUs: 1 })),
  );
  const ids = new Map(
    (await library.rows(idRow, "SELECT id, convert_from(path, 'UTF8') AS path FROM file")).map(({ id, path }) => [
      path,
      id,
    ]),
  );
  const numbers = tracks.map(({ path }) => ids.get(path)!);
  const heard = tracks.flatMap(({ path, sound }, i) =>
    sound ? [{ id: numbers[i]!, hash: createHash('sha256').update(path).digest('hex'), sound }] : [],
  );
  await storeSounds(
    library,
    heard.map(({ id, hash, sound: { seconds, codec, container } }) => ({
      ...{ id, revision: 1, audioHash: hash, sampleRate: 44_100, channels: 2, seconds },
      ...{ container, codec, lossless: false, bitsPerSample: null },
    })),
  );
  await storeAnalyses(
    library,
    heard.flatMap(({ hash, sound: { analysis } }) =>
      analysis === undefined
        ? []
        : [
            {
              ...{ audioHash: hash, analyser: '1', kernels: '1', bpm: analysis.bpm, bpmConfidence: null, meter: null },
              ...{ keyTonic: null, keyMode: null, camelot: analysis.camelot, keyConfidence: null },
              ...{ energy: analysis.energy, integratedLufs: analysis.loudness, truePeakDb: null, danceability: null },
              ...{ embedding: analysis.embedding ? { model: 'm', values: analysis.embedding } : null, line: '{}' },
            },
          ],
    ),
  );
  await storeTags(
    library,
    tracks.flatMap(({ fields }, i) => (fields === undefined ? [] : [{ id: numbers[i]!, revision: 1, fields }])),
  );
  const rest = tracks.map(({ rating = null, played = [], added = null }, i) => ({
    id: numbers[i]!,
    rating,
    played,
    added,
  }));
  const json = JSON.stringify(rest);
  await library.run(
    `INSERT INTO rating SELECT id, rating, now() FROM json_to_recordset($1::json) AS r(id bigint, rating smallint)
     WHERE rating IS NOT NULL`,
    [json],
  );
  await library.run(
    `INSERT INTO play (file_id, played_at) SELECT r.id, p::timestamptz FROM json_to_recordset($1::json) AS r(id bigint, played json),
       json_array_elements_text(r.played) AS p`,
    [json],
  );
  await library.run(
    `UPDATE file f SET added_at = r.added FROM json_to_recordset($1::json) AS r(id bigint, added timestamptz)
     WHERE f.id = r.id AND r.added IS NOT NULL`,
    [json],
  );
  return numbers;
}
