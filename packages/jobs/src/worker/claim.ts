import type { QueueDatabase } from '../database/queue-database.ts';
import { SCHEMA } from '../database/tables.ts';
import type { WaitingLine } from '../database/waiting-line.ts';
import { PRIORITY_CLASSES, type PriorityClass } from '../job-type.ts';
import { type JobRecord, jobRecords, RECORD } from '../queue/job-record.ts';
import type { Turns } from './turns.ts';

/**
 * Takes the job that is next for `worker`: of the highest class, of an owner whose turn it is, the oldest.
 * @param above only of classes above this one
 * @returns undefined when there is none
 */
export async function claimNext(
  database: QueueDatabase,
  line: WaitingLine,
  worker: string,
  turns: Turns,
  above?: PriorityClass,
): Promise<JobRecord | undefined> {
  if (!(await somethingWaits(database))) return undefined;
  const lowest = above === undefined ? 0 : PRIORITY_CLASSES.indexOf(above) + 1;
  for (const priority of PRIORITY_CLASSES.slice(lowest).reverse()) {
    const claimed =
      (await claimOne(database, line, worker, priority, turns.served)) ??
      (turns.served.length > 0 ? await claimOne(database, line, worker, priority, []) : undefined);
    if (claimed === undefined) continue;
    if (turns.served.includes(claimed.owner)) turns.newRound();
    turns.had(claimed.owner);
    return claimed;
  }
  return undefined;
}

async function somethingWaits(database: QueueDatabase): Promise<boolean> {
  const { rows } = await database.executeSql(`SELECT 1 FROM ${SCHEMA}.job WHERE state = 'waiting' LIMIT 1`);
  return rows.length > 0;
}

/** Out of the line and into the hands of the worker in one transaction. */
function claimOne(
  database: QueueDatabase,
  line: WaitingLine,
  worker: string,
  priority: PriorityClass,
  served: readonly string[],
): Promise<JobRecord | undefined> {
  return database.transaction(async (statements) => {
    const id = await line.take(statements, priority, served);
    if (id === undefined) return undefined;
    const [job] = await jobRecords(
      statements,
      `UPDATE ${SCHEMA}.job j SET state = 'running', attempt = attempt + 1, beat = beat + 1, worker = $2, progress = NULL,
         started_at = now(), not_before = NULL, revision = revision + 1
         WHERE j.id = $1 AND j.state = 'waiting' RETURNING ${RECORD}`,
      [id, worker],
    );
    if (job === undefined) await line.remove(statements, [id]);
    return job;
  });
}
