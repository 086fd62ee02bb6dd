import { z } from 'zod';

/** Every way in which an item can fail. Exit codes and HTTP statuses are made from these in the apps, nowhere else. */
export const ERROR_KINDS = [
  'unsupported',
  'corrupt',
  'empty',
  'limit',
  'missing',
  'denied',
  'cancelled',
  'internal',
] as const;

export const errorKindSchema = z.enum(ERROR_KINDS);
export type ErrorKind = z.infer<typeof errorKindSchema>;

/** What failed and why, as a sentence with the offending value and what would be right. */
export const failureSchema = z.strictObject({
  kind: errorKindSchema,
  message: z.string().min(1),
  needs: z.string().optional().describe('the program that is missing, where that is the reason'),
});
export type Failure = z.infer<typeof failureSchema>;
