import { z } from 'zod';
import { failureSchema } from './failure.ts';

export const IMPORT_SCHEMA = 'tutti.import/1';

/** What became of a file of another program: a line of `tutti import --json`. */
export const importReportSchema = z.strictObject({
  schema: z.literal(IMPORT_SCHEMA),
  path: z.string(),
  format: z.enum(['m3u8', 'rekordbox', 'nml', 'serato']),
  preview: z.boolean().describe('nothing was changed'),
  tracks: z.int().min(0).describe('that the file names'),
  matched: z.strictObject({
    path: z.int().min(0).describe('found where they are'),
    name: z.int().min(0).describe('found by artist, title and length'),
  }),
  marks: z.int().min(0).describe('files of the library whose grids and cues are kept'),
  playlists: z
    .array(
      z.strictObject({
        folders: z.array(z.string()),
        name: z.string().describe('what it is called in the library'),
        entries: z.int().min(0),
        unmatched: z.int().min(0),
      }),
    )
    .readonly(),
  unmatched: z
    .array(
      z.strictObject({
        path: z.string().describe('as the file has it'),
        sought: z.string().describe('where it was looked for, after --relocate'),
        title: z.string().nullable(),
        artist: z.string().nullable(),
        seconds: z.number().nullable(),
        reason: z.enum(['nothing', 'several']).describe('no file is it, or several sounds may be'),
      }),
    )
    .readonly(),
  remarks: z.array(z.string()).readonly().describe('what of the file could not be used'),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** Why a file could not be imported. */
export const importFailureSchema = z.strictObject({
  schema: z.literal(IMPORT_SCHEMA),
  path: z.string(),
  error: failureSchema,
});
export type ImportFailure = z.infer<typeof importFailureSchema>;
