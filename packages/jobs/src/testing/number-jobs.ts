import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { QueueDatabase } from '../database/queue-database.ts';
import { QUEUE_SCHEMA, SCHEMA } from '../database/tables.ts';
import { type AnyJobType, type HandledType, handle, type JobFailure, type JobType, Skipped } from '../job-type.ts';

/** What `double` may be told beside its number. */
const doubleInput = z.object({
  n: z.number(),
  /** Takes so long, in hundredths. */
  milliseconds: z.number().optional(),
  fail: z.enum(['passing', 'lasting']).optional(),
  skip: z.boolean().optional(),
  key: z.string().optional(),
});
export type DoubleInput = z.infer<typeof doubleInput>;

/** A failure of a kind. */
export class KindOfError extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

export const failureOf = (error: unknown): JobFailure => ({
  kind: error instanceof KindOfError ? error.kind : 'internal',
  message: error instanceof Error ? error.message : String(error),
});

/** Doubles a number. */
export const double: JobType<DoubleInput, { share: number }, { twice: number }> = {
  name: 'double',
  input: (value) => doubleInput.parse(value),
  progress: (value) => z.object({ share: z.number() }).parse(value),
  result: (value) => z.object({ twice: z.number() }).parse(value),
  priority: 'usual',
  cost: { cores: 1, memoryBytes: 1 },
  retries: { limit: 2, delaySeconds: 0.01, helps: ({ kind }) => kind === 'passing' },
  key: ({ n, key }) => key ?? String(n),
};

/** Does what the input says, and notes whom it did it for. */
export function doubling(seen: number[] = []): HandledType {
  return handle(double, async ({ n, milliseconds = 0, fail, skip }, { signal, progress, attempt }) => {
    seen.push(n);
    for (let waited = 0; waited < milliseconds; waited += 10) {
      await sleep(10, undefined, { signal });
      progress({ share: waited / milliseconds });
    }
    if (fail !== undefined) throw new KindOfError(fail, `${n} failed (${attempt})`);
    if (skip) return new Skipped(`${n} is doubled already`);
    return { twice: 2 * n };
  });
}

export const TYPES: readonly AnyJobType[] = [double];

/** Takes the queue out of a database. */
export async function withoutQueue(database: QueueDatabase): Promise<QueueDatabase> {
  await database.executeSql(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE; DROP SCHEMA IF EXISTS ${QUEUE_SCHEMA} CASCADE`);
  return database;
}
