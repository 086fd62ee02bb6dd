import { z } from 'zod';

export const DUPLICATES_SCHEMA = 'tutti.duplicates/1';

/** Files that hold one recording: a line of `tutti duplicates --json`. */
export const duplicatesSchema = z.strictObject({
  schema: z.literal(DUPLICATES_SCHEMA),
  keep: z.string().describe('path of the file that is suggested to be kept; nothing is deleted'),
  reason: z.string(),
  files: z
    .array(
      z.strictObject({
        path: z.string(),
        audioHash: z.string(),
        title: z.string(),
        relation: z
          .enum(['kept', 'same sound', 'same recording', 'edit'])
          .describe(
            'to the file that is kept; same sound: every sample is equal; edit: one has most of the other in it',
          ),
        offsetSeconds: z
          .number()
          .nullable()
          .describe('where its sound begins in that of the kept file; null where the two were not compared'),
        errorRate: z.number().min(0).max(1).nullable().describe('share of bits of the fingerprints that differ'),
        seconds: z.number().min(0),
        codec: z.string(),
        lossless: z.boolean(),
      }),
    )
    .min(2),
});
export type Duplicates = z.infer<typeof duplicatesSchema>;
