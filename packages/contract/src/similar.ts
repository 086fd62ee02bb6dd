import { z } from 'zod';
import { failureSchema } from './failure.ts';

export const SIMILAR_SCHEMA = 'tutti.similar/1';

/** A track that sounds like another: a line of `tutti similar --json` or of `tutti path --json`. */
export const similarTrackSchema = z.strictObject({
  schema: z.literal(SIMILAR_SCHEMA),
  path: z.string(),
  audioHash: z.string(),
  title: z.string(),
  distance: z
    .number()
    .min(0)
    .describe('from the track asked about, of a path from the one before; the same recording is within 0.6'),
  bpm: z.number().positive().nullable(),
  camelot: z.string().nullable(),
  energy: z.number().min(1).max(10).nullable(),
});
export type SimilarTrack = z.infer<typeof similarTrackSchema>;

/** Why there is no answer. */
export const similarFailureSchema = z.strictObject({ schema: z.literal(SIMILAR_SCHEMA), error: failureSchema });
export type SimilarFailure = z.infer<typeof similarFailureSchema>;
