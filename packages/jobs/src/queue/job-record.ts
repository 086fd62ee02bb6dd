import { z } from 'zod';
import { checkedRows } from '../database/checked-rows.ts';
import type { Statements } from '../database/queue-database.ts';
import { SCHEMA } from '../database/tables.ts';
import { type JobFailure, PRIORITY_CLASSES } from '../job-type.ts';

/** `blocked`: waits for other jobs. The last three are ends. */
export const JOB_STATES = ['blocked', 'waiting', 'running', 'done', 'skipped', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

const failure: z.ZodType<JobFailure> = z.object({
  kind: z.string(),
  message: z.string(),
  needs: z.string().optional(),
});

export const jobRecordSchema = z.object({
  id: z.uuid(),
  /** Grows from job to job. */
  number: z.coerce.number(),
  type: z.string(),
  owner: z.string(),
  key: z.string().nullable(),
  priority: z.int().transform((index) => PRIORITY_CLASSES[index] ?? 'usual'),
  input: z.unknown(),
  state: z.enum(JOB_STATES),
  /** The last one said; of the attempt that runs, or ran last. */
  progress: z.unknown(),
  /** Where it is done. */
  result: z.unknown(),
  /** Where it failed: why; where it was skipped: the same, with the kind `skipped`. */
  failure: failure.nullable(),
  /** How often it was begun. */
  attempt: z.int(),
  /** How often the process that worked on it ended under it. */
  losses: z.int(),
  /** How often it failed in a way that another try might mend. */
  failures: z.int(),
  worker: z.string().nullable(),
  /** The trace that it was asked for in (`traceparent` of W3C Trace Context). */
  trace: z.string().nullable(),
  /** Grows with every change of what is here. */
  revision: z.coerce.number(),
  createdAt: z.date(),
  /** It waits until then after a failure. */
  notBefore: z.date().nullable(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
/** A job as it stands. */
export type JobRecord = z.infer<typeof jobRecordSchema>;

/** Of table `job`, or an alias of it named `j`. */
export const RECORD = `j.id, j.number, j.type, j.owner, j.key, j.priority, j.input, j.state, j.progress, j.result, j.failure,
  j.attempt, j.losses, j.failures, j.worker, j.trace, j.revision, j.created_at AS "createdAt", j.not_before AS "notBefore",
  j.started_at AS "startedAt", j.ended_at AS "endedAt"`;

/** Rows of the table as records; the statement selects or returns `RECORD`. */
export function jobRecords(statements: Statements, sql: string, values: readonly unknown[] = []): Promise<JobRecord[]> {
  return checkedRows(statements, jobRecordSchema, sql, values);
}

export async function findJob(statements: Statements, id: string): Promise<JobRecord | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const [found] = await jobRecords(statements, `SELECT ${RECORD} FROM ${SCHEMA}.job j WHERE j.id = $1`, [id]);
  return found;
}

/** The last job of a type and key that is done. */
export async function latestDone(statements: Statements, type: string, key: string): Promise<JobRecord | undefined> {
  const [found] = await jobRecords(
    statements,
    `SELECT ${RECORD} FROM ${SCHEMA}.job j WHERE j.type = $1 AND j.key = $2 AND j.state = 'done' ORDER BY j.number DESC LIMIT 1`,
    [type, key],
  );
  return found;
}

/** What the inputs and results of jobs mention, and until when. */
export interface Mention {
  readonly text: string;
  /** When the last job ended that mentions it; null while one has not. */
  readonly endedAt: Date | null;
}

/** @param pattern a regular expression of PostgreSQL with one group, which is given */
export function mentionsIn(statements: Statements, pattern: string): Promise<Mention[]> {
  return checkedRows(
    statements,
    z.object({ text: z.string(), endedAt: z.date().nullable() }),
    `SELECT m.text, CASE WHEN bool_and(j.ended_at IS NOT NULL) THEN max(j.ended_at) END AS "endedAt"
       FROM ${SCHEMA}.job j CROSS JOIN LATERAL (
         SELECT (regexp_matches(j.input::text || ' ' || coalesce(j.result::text, ''), $1, 'g'))[1] AS text) m GROUP BY m.text`,
    [pattern],
  );
}

export interface JobFilter {
  readonly states?: readonly JobState[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly owner?: string | undefined;
  /** The `number` of the last job of the page before. */
  readonly before?: number | undefined;
  /** At most; 50 when absent. */
  readonly limit?: number | undefined;
}

/** Jobs that a filter leaves, the latest first. */
export function listJobs(statements: Statements, filter: JobFilter): Promise<JobRecord[]> {
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  const wanted = ['true'];
  if (filter.states !== undefined) wanted.push(`j.state = ANY(${place(filter.states)}::text[])`);
  if (filter.types !== undefined) wanted.push(`j.type = ANY(${place(filter.types)}::text[])`);
  if (filter.owner !== undefined) wanted.push(`j.owner = ${place(filter.owner)}`);
  if (filter.before !== undefined) wanted.push(`j.number < ${place(filter.before)}`);
  return jobRecords(
    statements,
    `SELECT ${RECORD} FROM ${SCHEMA}.job j WHERE ${wanted.join(' AND ')} ORDER BY j.number DESC LIMIT ${place(filter.limit ?? 50)}`,
    values,
  );
}

/** Jobs that have not ended, of a type and in a state. */
export interface OpenJobs {
  readonly type: string;
  readonly state: JobState;
  readonly count: number;
  /** Since the oldest of them was asked for. */
  readonly oldestSeconds: number;
}

export function countOpen(statements: Statements): Promise<OpenJobs[]> {
  return checkedRows(
    statements,
    z.object({
      type: z.string(),
      state: z.enum(JOB_STATES),
      count: z.coerce.number(),
      oldestSeconds: z.number(),
    }),
    `SELECT type, state, count(*) AS count, greatest(0, extract(epoch FROM now() - min(created_at)))::float8 AS "oldestSeconds"
       FROM ${SCHEMA}.job WHERE state IN ('blocked', 'waiting', 'running') GROUP BY type, state ORDER BY type, state`,
  );
}

/** How many jobs there are in each state, of each type. */
export function countJobs(statements: Statements): Promise<{ type: string; state: JobState; count: number }[]> {
  return checkedRows(
    statements,
    z.object({ type: z.string(), state: z.enum(JOB_STATES), count: z.coerce.number() }),
    `SELECT type, state, count(*) AS count FROM ${SCHEMA}.job GROUP BY type, state ORDER BY type, state`,
  );
}
