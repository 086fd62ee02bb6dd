import { z } from 'zod';
import { failureSchema } from './failure.ts';

export const TAG_EDIT_SCHEMA = 'tutti.tag-edit/1';

/** What can be written into the tags of a file. */
export const TAG_FIELDS = ['bpm', 'key', 'gain', 'peak', 'comment', 'cues', 'grid'] as const;
export type TagField = (typeof TAG_FIELDS)[number];

/** What is, or would be, written into a file: a line of `tutti tags --json`. */
export const tagEditSchema = z.strictObject({
  schema: z.literal(TAG_EDIT_SCHEMA),
  path: z.string(),
  audioHash: z.string().describe('of the sound, which stays as it is'),
  changes: z
    .array(
      z.strictObject({
        field: z.enum(TAG_FIELDS),
        before: z.string().nullable().describe('null where the tags did not say it'),
        after: z.string(),
      }),
    )
    .readonly(),
  remarks: z.array(z.string()).readonly().describe('what cannot be written into such a file'),
  written: z.boolean().describe('false for a preview, and where there is nothing to change'),
});
export type TagEdit = z.infer<typeof tagEditSchema>;

/** What was taken back in a file: a line of `tutti tags --undo --json`. */
export const tagUndoSchema = z.strictObject({
  schema: z.literal(TAG_EDIT_SCHEMA),
  path: z.string(),
  undone: z.string().describe('when it was written, ISO 8601'),
});
export type TagUndo = z.infer<typeof tagUndoSchema>;

/** A file whose tags could not be written, or the writing not be taken back: a line of `tutti tags --json`. */
export const tagFailureSchema = z.strictObject({
  schema: z.literal(TAG_EDIT_SCHEMA),
  path: z.string(),
  error: failureSchema,
});
