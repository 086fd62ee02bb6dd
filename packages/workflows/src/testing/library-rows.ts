import type { Database } from '@tutti/library';
import { z } from 'zod';

/** A file with all that the library knows of it, without the numbers and moments that differ from one scan to another. */
export interface LibraryRow {
  readonly path: string;
  readonly missing: boolean;
  readonly sound: string | null;
  readonly title: string | null;
  readonly artists: readonly string[];
  readonly bpm: number | null;
  readonly analysed: number;
  readonly failed: readonly string[];
}

const row: z.ZodType<LibraryRow> = z.object({
  path: z.string(),
  missing: z.boolean(),
  sound: z.string().nullable(),
  title: z.string().nullable(),
  artists: z.array(z.string()),
  bpm: z.number().nullable(),
  analysed: z.int(),
  failed: z.array(z.string()),
});

/** All files, by their paths. */
export function libraryRows(library: Database): Promise<LibraryRow[]> {
  return library.rows(
    row,
    `SELECT f.path_shown AS path, f.missing_since IS NOT NULL AS missing, encode(s.audio_hash, 'hex') AS sound, t.title,
       coalesce((SELECT json_agg(a.name ORDER BY ta.position) FROM track_artist ta JOIN artist a ON a.id = ta.artist_id
         WHERE ta.file_id = f.id AND ta.role = 'artist'), '[]') AS artists,
       (SELECT max(a.bpm) FROM analysis a WHERE a.sound_id = f.sound_id) AS bpm,
       (SELECT count(*) FROM analysis a WHERE a.sound_id = f.sound_id)::integer AS analysed,
       coalesce((SELECT json_agg(x.step || ' ' || x.kind ORDER BY x.step) FROM failure x WHERE x.file_id = f.id), '[]') AS failed
     FROM file f LEFT JOIN sound s ON s.id = f.sound_id LEFT JOIN track t ON t.file_id = f.id ORDER BY f.path_shown, f.path`,
  );
}
