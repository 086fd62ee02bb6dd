import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';

/** A file that is there, by what other programs may know it by. */
export interface NamedFile {
  readonly id: number;
  readonly path: string;
  readonly title: string | null;
  readonly artist: string | null;
  readonly seconds: number | null;
  /** The same for the same sound. */
  readonly sound: number | null;
}

const fileRow: z.ZodType<NamedFile> = z.object({
  id: wholeColumn,
  path: z.string(),
  title: z.string().nullable(),
  artist: z.string().nullable(),
  seconds: z.number().nullable(),
  sound: wholeColumn.nullable(),
});

/** All files that are there, in the order of their numbers. */
export function namedFiles(queries: Queries): Promise<NamedFile[]> {
  return queries.rows(
    fileRow,
    `SELECT f.id, f.path_shown AS path, t.title, t.artist, s.seconds, f.sound_id AS sound
     FROM file f LEFT JOIN track t ON t.file_id = f.id LEFT JOIN sound s ON s.id = f.sound_id
     WHERE f.missing_since IS NULL ORDER BY f.id`,
  );
}
