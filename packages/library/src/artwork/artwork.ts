import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { bytesColumn, wholeColumn } from '../database/values.ts';

/** A picture by its bytes. */
export interface StoredPicture {
  /** SHA-256 of its bytes. */
  readonly digest: Buffer;
  readonly mediaType: string;
  /** Pixels. */
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number;
}

/** Where a picture of a file is. */
export type ArtworkSource = 'embedded' | 'folder';

/** A picture of a file. */
export interface FileArtwork extends StoredPicture {
  readonly source: ArtworkSource;
  /** What it shows: 'front', 'back', 'media', 'artist', 'other'. */
  readonly kind: string;
}

/** Pictures in the folder come after those in the file. */
const FIRST_POSITION: Readonly<Record<ArtworkSource, number>> = { embedded: 0, folder: 1000 };

/** Puts the pictures that a source has of files in the place of those that it had. */
export async function storeArtwork(
  queries: Queries,
  source: ArtworkSource,
  files: readonly { readonly id: number; readonly pictures: readonly Omit<FileArtwork, 'source'>[] }[],
): Promise<void> {
  if (files.length === 0) return;
  await queries.run(
    `DELETE FROM file_artwork WHERE source = $1
       AND file_id IN (SELECT value::bigint FROM json_array_elements_text($2::json))`,
    [source, JSON.stringify(files.map(({ id }) => id))],
  );
  const rows = files.flatMap(({ id, pictures }) =>
    pictures.map(({ digest, mediaType, ...picture }, i) => {
      return { id, position: FIRST_POSITION[source] + i, digest: digest.toString('hex'), type: mediaType, ...picture };
    }),
  );
  if (rows.length === 0) return;
  const given = `json_to_recordset($1::json) AS r(id bigint, position smallint, digest text, type text, kind text,
    width integer, height integer, bytes integer)`;
  await queries.run(
    `INSERT INTO artwork (digest, media_type, width, height, bytes)
     SELECT DISTINCT decode(r.digest, 'hex'), r.type, r.width, r.height, r.bytes FROM ${given} ORDER BY 1
     ON CONFLICT (digest) DO NOTHING`,
    [JSON.stringify(rows)],
  );
  await queries.run(
    `INSERT INTO file_artwork (file_id, position, source, kind, artwork_id)
     SELECT r.id, r.position, $2, r.kind, a.id FROM ${given} JOIN artwork a ON a.digest = decode(r.digest, 'hex')
     WHERE EXISTS (SELECT 1 FROM file f WHERE f.id = r.id)`,
    [JSON.stringify(rows), source],
  );
}

const artworkRow: z.ZodType<FileArtwork> = z.object({
  digest: bytesColumn,
  mediaType: z.string(),
  width: wholeColumn.nullable(),
  height: wholeColumn.nullable(),
  bytes: wholeColumn,
  source: z.enum(['embedded', 'folder']),
  kind: z.string(),
});

/** The pictures of a file, the best first: the front before others, its own before those in the folder. */
export function artworkOf(queries: Queries, file: number): Promise<FileArtwork[]> {
  return queries.rows(
    artworkRow,
    `SELECT a.digest, a.media_type AS "mediaType", a.width, a.height, a.bytes, fa.source, fa.kind
     FROM file_artwork fa JOIN artwork a ON a.id = fa.artwork_id WHERE fa.file_id = $1
     ORDER BY fa.kind <> 'front', fa.position`,
    [file],
  );
}
