import { z } from 'zod';
import { errorKindSchema } from '../failure.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** Why the service did not do what it was asked to (RFC 9457). */
export const problemSchema = z.strictObject({
  type: z.string().describe('urn:tutti:problem: and the kind, or `request` for what is asked wrongly'),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().describe('a sentence: what, where, and what would be right'),
  instance: z.string().describe('the number of the request, also in the header `x-request-id` and in the log'),
  kind: errorKindSchema.optional(),
  needs: z.string().optional().describe('the program that is missing, where that is the reason'),
  fields: z
    .array(
      z.strictObject({
        field: z.string().describe('where: `body.path`, `query.limit`'),
        message: z.string().describe('what would be right'),
        allowed: z.string().optional().describe('all that may stand there, where it can be said in words'),
        at: z.int().min(0).optional().describe('where in the text, in UTF-16 units from 0'),
        length: z.int().min(0).optional().describe('how many of them are meant'),
      }),
    )
    .readonly()
    .optional(),
});
export type Problem = z.infer<typeof problemSchema>;
