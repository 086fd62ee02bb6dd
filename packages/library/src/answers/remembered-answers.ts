import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { bytesColumn } from '../database/values.ts';

/** A request that may be sent again: whose it is, what it is for, and the key that its sender gave it. */
export interface RepeatableRequest {
  readonly owner: string;
  readonly operation: string;
  readonly key: string;
}

/** What was answered to one. */
interface RememberedAnswer {
  /** SHA-256 of what was asked. */
  readonly asked: Buffer;
  readonly answer: unknown;
}

const answerRow: z.ZodType<RememberedAnswer> = z.object({ asked: bytesColumn, answer: z.unknown() });

export async function rememberedAnswer(
  queries: Queries,
  { owner, operation, key }: RepeatableRequest,
): Promise<RememberedAnswer | undefined> {
  const [found] = await queries.rows(
    answerRow,
    'SELECT asked, answer FROM remembered_answer WHERE owner = $1 AND operation = $2 AND key = $3',
    [owner, operation, key],
  );
  return found;
}

/** Keeps an answer; where another process was quicker, its answer stays. */
export async function rememberAnswer(
  queries: Queries,
  { owner, operation, key }: RepeatableRequest,
  { asked, answer }: RememberedAnswer,
): Promise<void> {
  await queries.run(
    `INSERT INTO remembered_answer (owner, operation, key, asked, answer) VALUES ($1, $2, $3, $4, $5::json)
     ON CONFLICT DO NOTHING`,
    [owner, operation, key, asked, JSON.stringify(answer)],
  );
}

/** Forgets what was answered longer ago than a day. @returns how many answers */
export function forgetOldAnswers(queries: Queries): Promise<number> {
  return queries.run(`DELETE FROM remembered_answer WHERE answered_at < now() - interval '1 day'`);
}
