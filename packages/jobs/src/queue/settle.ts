import type { Statements } from '../database/queue-database.ts';
import { SCHEMA } from '../database/tables.ts';
import type { WaitingLine } from '../database/waiting-line.ts';
import type { JobFailure } from '../job-type.ts';
import { type JobRecord, jobRecords, RECORD } from './job-record.ts';

/** How a job ended. */
export type Ending =
  | { readonly state: 'done'; readonly result: unknown }
  | { readonly state: 'skipped' | 'failed'; readonly failure: JobFailure };

/** A job in the hands of a worker. */
export type Claim = Pick<JobRecord, 'id' | 'attempt'>;

/**
 * Notes how a job ended, within the transaction of `statements`, and lets go what waited for it.
 * @param claim of a worker: nothing happens when the job is not in its hands any more
 * @returns whether it was noted
 */
export async function settleJob(
  statements: Statements,
  line: WaitingLine,
  { id, attempt }: Claim,
  ending: Ending,
): Promise<boolean> {
  const ended = await endJobs(statements, line, `j.id = $1 AND j.state = 'running' AND j.attempt = $5`, id, ending, [
    attempt,
  ]);
  return ended.length > 0;
}

/** Ends a job that has not ended, whoever has it. @returns whether there was one */
export async function cancelJob(
  statements: Statements,
  line: WaitingLine,
  id: string,
  message: string,
): Promise<boolean> {
  const ending: Ending = { state: 'failed', failure: { kind: 'cancelled', message } };
  // Out of the line before its row is touched, as a worker does that takes it: in the other order each could wait for the other.
  await line.remove(statements, [id]);
  const open = `j.id = $1 AND j.state IN ('blocked', 'waiting', 'running')`;
  return (await endJobs(statements, line, open, id, ending)).length > 0;
}

async function endJobs(
  statements: Statements,
  line: WaitingLine,
  condition: string,
  which: string,
  ending: Ending,
  more: readonly unknown[] = [],
): Promise<JobRecord[]> {
  const result = ending.state === 'done' ? JSON.stringify(ending.result ?? null) : null;
  const failure = ending.state === 'done' ? null : JSON.stringify(ending.failure);
  const ended = await jobRecords(
    statements,
    `UPDATE ${SCHEMA}.job j SET state = $2, result = $3, failure = $4, ended_at = now(), not_before = NULL,
       revision = revision + 1 WHERE ${condition} RETURNING ${RECORD}`,
    [which, ending.state, result, failure, ...more],
  );
  await line.remove(
    statements,
    ended.map(({ id }) => id),
  );
  for (const { id, type } of ended) {
    await releaseDependents(statements, line, id, ending.state === 'failed');
    if (ending.state !== 'failed') continue;
    await failDependents(statements, line, id, `${type} (job ${id})`, ending.failure.message);
  }
  return ended;
}

/**
 * What waited for nothing but this job begins to wait for a worker.
 * @param failed only what waited for its end
 */
async function releaseDependents(
  statements: Statements,
  line: WaitingLine,
  id: string,
  failed: boolean,
): Promise<void> {
  // Locked before it is looked whether anything else is missing: of two that end at once, the second one sees the first.
  const blocked = await jobRecords(
    statements,
    `SELECT ${RECORD} FROM ${SCHEMA}.job j JOIN ${SCHEMA}.dependency d ON d.job_id = j.id
       WHERE d.needs_id = $1 AND j.state = 'blocked' AND (d.however OR NOT $2) ORDER BY j.id FOR UPDATE OF j`,
    [id, failed],
  );
  await statements.executeSql(
    `UPDATE ${SCHEMA}.dependency SET met = true WHERE needs_id = $1 AND (however OR NOT $2) AND NOT met`,
    [id, failed],
  );
  if (blocked.length === 0) return;
  const released = await jobRecords(
    statements,
    `UPDATE ${SCHEMA}.job j SET state = 'waiting', revision = revision + 1 WHERE j.id = ANY($1::uuid[]) AND NOT EXISTS (
       SELECT 1 FROM ${SCHEMA}.dependency d WHERE d.job_id = j.id AND NOT d.met) RETURNING ${RECORD}`,
    [blocked.map((job) => job.id)],
  );
  for (const job of released) await line.add(statements, job);
}

/** What waited for a job that failed fails as well, and what waited for that. */
async function failDependents(
  statements: Statements,
  line: WaitingLine,
  id: string,
  cause: string,
  reason: string,
): Promise<void> {
  const failure: JobFailure = { kind: 'cancelled', message: `it comes after ${cause}, which failed: ${reason}` };
  await endJobs(
    statements,
    line,
    `j.state = 'blocked' AND $1::uuid IN (SELECT needs_id FROM ${SCHEMA}.dependency d WHERE d.job_id = j.id AND NOT d.however)`,
    id,
    { state: 'failed', failure },
  );
}

/**
 * Gives a running job back to the queue, within the transaction of `statements`.
 * @param how `loss`: its worker is gone; `failure`: it waits for a while and is tried again; `stop`: its worker has to stop
 * @returns whether it was in the hands of that claim
 */
export async function putBack(
  statements: Statements,
  line: WaitingLine,
  { id, attempt }: Claim,
  how: 'loss' | 'failure' | 'stop',
  delaySeconds?: number,
): Promise<boolean> {
  const [job] = await jobRecords(
    statements,
    `UPDATE ${SCHEMA}.job j SET state = 'waiting', worker = NULL, revision = revision + 1,
       losses = losses + $3, failures = failures + $4, not_before = now() + $5::float8 * interval '1 s'
       WHERE j.id = $1 AND j.state = 'running' AND j.attempt = $2 RETURNING ${RECORD}`,
    [id, attempt, how === 'loss' ? 1 : 0, how === 'failure' ? 1 : 0, delaySeconds ?? null],
  );
  if (job === undefined) return false;
  await line.remove(statements, [id]);
  const { owner, priority } = job;
  await line.add(statements, {
    // What has lost two workers may be what ends them: the others come first.
    ...{ id, owner, priority, front: how === 'stop' || (how === 'loss' && job.losses === 1) },
    ...(delaySeconds !== undefined && { delaySeconds }),
  });
  return true;
}

/**
 * Lets a job that failed wait for a worker once more, as if it were new, with all that failed because of it.
 * @returns whether it had failed, no other of its key has been asked for since, and nothing that it comes after has failed
 */
export async function retryJob(statements: Statements, line: WaitingLine, id: string): Promise<boolean> {
  const [job] = await jobRecords(
    statements,
    `UPDATE ${SCHEMA}.job j SET failure = NULL, ended_at = NULL, losses = 0, failures = 0, revision = revision + 1,
       state = CASE WHEN EXISTS (SELECT 1 FROM ${SCHEMA}.dependency d WHERE d.job_id = j.id AND NOT d.met)
         THEN 'blocked' ELSE 'waiting' END
       WHERE j.id = $1 AND j.state = 'failed' AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.job o
         WHERE o.type = j.type AND o.key = j.key AND o.state IN ('blocked', 'waiting', 'running'))
       AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.dependency d JOIN ${SCHEMA}.job n ON n.id = d.needs_id
         WHERE d.job_id = j.id AND NOT d.met AND n.state = 'failed') RETURNING ${RECORD}`,
    [id],
  );
  if (job === undefined) return false;
  if (job.state === 'waiting') await line.add(statements, job);
  const dependents = await jobRecords(
    statements,
    `SELECT ${RECORD} FROM ${SCHEMA}.job j JOIN ${SCHEMA}.dependency d ON d.job_id = j.id
       WHERE d.needs_id = $1 AND NOT d.met AND j.state = 'failed' AND j.failure->>'kind' = 'cancelled' AND j.started_at IS NULL`,
    [id],
  );
  for (const dependent of dependents) await retryJob(statements, line, dependent.id);
  return true;
}
