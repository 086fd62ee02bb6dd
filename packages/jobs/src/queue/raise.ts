import { z } from 'zod';
import { checkedRows } from '../database/checked-rows.ts';
import type { Statements } from '../database/queue-database.ts';
import { SCHEMA } from '../database/tables.ts';
import type { WaitingLine } from '../database/waiting-line.ts';
import { PRIORITY_CLASSES, type PriorityClass } from '../job-type.ts';

const idRow = z.object({ id: z.string() });
const raisedRow = z.object({ id: z.string(), owner: z.string(), state: z.string(), delay: z.number().nullable() });

/**
 * Raises a job, and what it waits for, to a class: somebody who is of that class waits for them now. What runs or is of that
 * class already stays as it is. Within the transaction of `statements`.
 */
export async function raiseTo(
  statements: Statements,
  line: WaitingLine,
  id: string,
  priority: PriorityClass,
): Promise<void> {
  const lower = await checkedRows(
    statements,
    idRow,
    `WITH RECURSIVE wanted AS (SELECT $1::uuid AS id
         UNION SELECT d.needs_id FROM ${SCHEMA}.dependency d JOIN wanted w ON d.job_id = w.id WHERE NOT d.met)
       SELECT j.id FROM ${SCHEMA}.job j JOIN wanted w ON w.id = j.id
         WHERE j.priority < $2 AND j.state IN ('blocked', 'waiting') ORDER BY j.id`,
    [id, PRIORITY_CLASSES.indexOf(priority)],
  );
  if (lower.length === 0) return;
  const ids = lower.map((job) => job.id);
  // Out of the line before its row is touched, as a worker does that takes it: in the other order each could wait for the other.
  await line.remove(statements, ids);
  const raised = await checkedRows(
    statements,
    raisedRow,
    `UPDATE ${SCHEMA}.job j SET priority = $2, revision = revision + 1
       WHERE j.id = ANY($1::uuid[]) AND j.state IN ('blocked', 'waiting')
       RETURNING id, owner, state, extract(epoch FROM not_before - now())::float8 AS delay`,
    [ids, PRIORITY_CLASSES.indexOf(priority)],
  );
  for (const { state, delay, ...job } of raised) {
    if (state !== 'waiting') continue;
    await line.add(statements, { ...job, priority, ...(delay !== null && delay > 0 && { delaySeconds: delay }) });
  }
}
