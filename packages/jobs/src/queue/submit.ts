import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { checkedRows } from '../database/checked-rows.ts';
import type { Statements } from '../database/queue-database.ts';
import { SCHEMA } from '../database/tables.ts';
import type { WaitingLine } from '../database/waiting-line.ts';
import { JobError, reasonOf } from '../errors.ts';
import { type JobType, PRIORITY_CLASSES, type PriorityClass } from '../job-type.ts';

export interface SubmitOptions {
  /** Whose job it is; owners take turns. `local` when absent. */
  readonly owner?: string | undefined;
  /** That of the type when absent. */
  readonly priority?: PriorityClass | undefined;
  /** Jobs that have to be done, or skipped, before it begins; when one fails, it fails as well. */
  readonly after?: readonly string[] | undefined;
}

export interface Submitted {
  readonly id: string;
  /** False where a job of the same key had not ended: `id` is that one's. */
  readonly isNew: boolean;
}

/** A job of the key may end between the look for it and the try to be one; twice in a row is no chance. */
const TRIES = 5;

const idRow = z.object({ id: z.string() });

/**
 * Puts a job into the queue, within the transaction of `statements`.
 * @throws JobError 'unsupported' when the type refuses the input, 'missing' when a job of `after` is not there or has failed
 */
export async function submitJob<Input>(
  statements: Statements,
  line: WaitingLine,
  type: JobType<Input, unknown, unknown>,
  input: unknown,
  { owner = 'local', priority = type.priority, after = [] }: SubmitOptions,
): Promise<Submitted> {
  const checked = checkedInput(type, input);
  const key = type.key?.(checked) ?? null;
  const id = randomUUID();
  for (let tries = 0; tries < TRIES; tries++) {
    const unfinished = await unfinishedOf(statements, after);
    const state = unfinished.length > 0 ? 'blocked' : 'waiting';
    const [made] = await checkedRows(
      statements,
      idRow,
      `INSERT INTO ${SCHEMA}.job (id, type, owner, key, priority, input, state) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (type, key) WHERE key IS NOT NULL AND state IN ('blocked', 'waiting', 'running') DO NOTHING RETURNING id`,
      [id, type.name, owner, key, PRIORITY_CLASSES.indexOf(priority), JSON.stringify(checked), state],
    );
    if (made !== undefined) {
      if (state === 'waiting') await line.add(statements, { id, owner, priority });
      else await dependOn(statements, id, after);
      return { id, isNew: true };
    }
    const [there] = await checkedRows(
      statements,
      idRow,
      `SELECT id FROM ${SCHEMA}.job WHERE type = $1 AND key = $2 AND state IN ('blocked', 'waiting', 'running')`,
      [type.name, key],
    );
    if (there !== undefined) return { id: there.id, isNew: false };
  }
  throw new JobError('internal', `job ${type.name} (${key}) could not be put into the queue in ${TRIES} tries`);
}

function checkedInput<Input>(type: JobType<Input, unknown, unknown>, input: unknown): Input {
  try {
    return type.input(input);
  } catch (error) {
    throw new JobError('unsupported', `${type.name} cannot be asked for like this: ${reasonOf(error)}`, error);
  }
}

/** Those that have not ended; none of them can end before this transaction does. */
async function unfinishedOf(statements: Statements, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await checkedRows(
    statements,
    z.object({ id: z.string(), state: z.string() }),
    `SELECT id, state FROM ${SCHEMA}.job WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE`,
    [ids],
  );
  for (const id of ids) {
    const state = found.find((job) => job.id === id)?.state;
    if (state === undefined) throw new JobError('missing', `there is no job ${id} to come after`);
    if (state === 'failed') throw new JobError('missing', `job ${id}, after which it is to come, has failed`);
  }
  return found.filter(({ state }) => state !== 'done' && state !== 'skipped').map((job) => job.id);
}

async function dependOn(statements: Statements, id: string, after: readonly string[]): Promise<void> {
  await statements.executeSql(
    `INSERT INTO ${SCHEMA}.dependency (job_id, needs_id) SELECT DISTINCT $1::uuid, unnest($2::uuid[])`,
    [id, after],
  );
}
