import { z } from 'zod';
import { ERROR_KINDS } from './error-kinds.ts';

export const errorKindSchema = z.enum(ERROR_KINDS);

/** What failed and why, as a sentence with the offending value and what would be right. */
export const failureSchema = z.strictObject({
  kind: errorKindSchema,
  message: z.string().min(1),
  needs: z.string().optional().describe('the program that is missing, where that is the reason'),
});
export type Failure = z.infer<typeof failureSchema>;
