import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { checkedRows } from '../database/checked-rows.ts';
import type { Statements } from '../database/queue-database.ts';
import { SCHEMA } from '../database/tables.ts';
import type { WaitingLine } from '../database/waiting-line.ts';
import { JobError, reasonOf } from '../errors.ts';
import { type JobType, PRIORITY_CLASSES, type PriorityClass } from '../job-type.ts';
import { traceNow } from '../trace.ts';
import { raiseTo } from './raise.ts';

export interface SubmitOptions {
  /** Whose job it is; owners take turns. `local` when absent. */
  readonly owner?: string | undefined;
  /** That of the type when absent. */
  readonly priority?: PriorityClass | undefined;
  /** Jobs that have to be done, or skipped, before it begins; when one fails, it fails as well. */
  readonly after?: readonly string[] | undefined;
  /** Jobs that have to have ended before it begins, whatever became of them. */
  readonly afterEnd?: readonly string[] | undefined;
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
  { owner = 'local', priority = type.priority, after = [], afterEnd = [] }: SubmitOptions,
): Promise<Submitted> {
  const checked = checkedInput(type, input);
  const key = type.key?.(checked) ?? null;
  const id = randomUUID();
  for (let tries = 0; tries < TRIES; tries++) {
    const needs = [...(await openNeeds(statements, after, false)), ...(await openNeeds(statements, afterEnd, true))];
    const state = needs.length > 0 ? 'blocked' : 'waiting';
    const [made] = await checkedRows(
      statements,
      idRow,
      `INSERT INTO ${SCHEMA}.job (id, type, owner, key, priority, input, state, trace)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (type, key) WHERE key IS NOT NULL AND state IN ('blocked', 'waiting', 'running') DO NOTHING RETURNING id`,
      [id, type.name, owner, key, PRIORITY_CLASSES.indexOf(priority), JSON.stringify(checked), state, traceNow()],
    );
    if (made !== undefined) {
      if (state === 'waiting') await line.add(statements, { id, owner, priority });
      else {
        await dependOn(statements, id, needs);
        await raiseTo(statements, line, id, priority);
      }
      return { id, isNew: true };
    }
    const [there] = await checkedRows(
      statements,
      idRow,
      `SELECT id FROM ${SCHEMA}.job WHERE type = $1 AND key = $2 AND state IN ('blocked', 'waiting', 'running')`,
      [type.name, key],
    );
    if (there !== undefined) {
      await raiseTo(statements, line, there.id, priority);
      return { id: there.id, isNew: false };
    }
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

interface Need {
  readonly id: string;
  /** Its end is enough. */
  readonly however: boolean;
}

/** Those that are to be waited for; none of them can end before this transaction does. */
async function openNeeds(statements: Statements, ids: readonly string[], however: boolean): Promise<Need[]> {
  if (ids.length === 0) return [];
  const found = await checkedRows(
    statements,
    z.object({ id: z.string(), state: z.string() }),
    `SELECT id, state FROM ${SCHEMA}.job WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE`,
    [ids],
  );
  const states = new Map(found.map(({ id, state }) => [id, state]));
  for (const id of ids) {
    const state = states.get(id);
    if (state === undefined) throw new JobError('missing', `there is no job ${id} to come after`);
    if (state === 'failed' && !however) {
      throw new JobError('missing', `job ${id}, after which it is to come, has failed`);
    }
  }
  return found.flatMap(({ id, state }) => (['done', 'skipped', 'failed'].includes(state) ? [] : [{ id, however }]));
}

async function dependOn(statements: Statements, id: string, needs: readonly Need[]): Promise<void> {
  await statements.executeSql(
    `INSERT INTO ${SCHEMA}.dependency (job_id, needs_id, however)
       SELECT $1::uuid, n.id, bool_and(n.however) FROM json_to_recordset($2::json) AS n(id uuid, however boolean) GROUP BY n.id`,
    [id, JSON.stringify(needs)],
  );
}
