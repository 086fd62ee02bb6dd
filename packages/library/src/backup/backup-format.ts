import { z } from 'zod';

// A backup is lines of UTF-8, compressed by gzip: a header, a line for each row (`TABLE {…}`), and an end that counts them,
// so that one that was cut off is known. It holds nothing of the engine: what the database in the user's folder wrote, a
// server reads, and the other way round.

export const BACKUP_SCHEMA = 'tutti.backup/1';

export const headerSchema = z.object({
  schema: z.literal(BACKUP_SCHEMA),
  /** Of the database's schema. */
  version: z.int().positive(),
  madeAt: z.iso.datetime(),
});
export type BackupHeader = z.infer<typeof headerSchema>;

/** Marks the last line; no table has this name. */
export const END = 'END';
export const endSchema = z.object({ rows: z.record(z.string(), z.int().min(0)) });

/** Characters of a line: an analysis of a day of sound has some millions. */
export const LONGEST_LINE = 2 ** 27;
