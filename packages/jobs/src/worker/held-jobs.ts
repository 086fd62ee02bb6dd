import { z } from 'zod';
import { checkedRows } from '../database/checked-rows.ts';
import type { Statements } from '../database/queue-database.ts';
import { SCHEMA } from '../database/tables.ts';
import type { JobRecord } from '../queue/job-record.ts';

/** A job in the hands of this worker. */
export interface HeldJob {
  readonly record: JobRecord;
  readonly abort: AbortController;
  /** Said and not yet written, as JSON. */
  said: string | undefined;
}

const idRow = z.object({ id: z.string() });

/**
 * Writes what the jobs said last, and that this worker lives.
 * @returns those that are not in its hands any more: cancelled, or given to another
 */
export async function beat(statements: Statements, held: readonly HeldJob[]): Promise<HeldJob[]> {
  const words = held.map(({ record, said }) => ({ id: record.id, attempt: record.attempt, said: said ?? null }));
  const kept = await checkedRows(
    statements,
    idRow,
    `UPDATE ${SCHEMA}.job j SET beat = beat + 1, progress = coalesce(h.said::json, j.progress),
       revision = j.revision + (h.said IS NOT NULL)::integer
       FROM json_to_recordset($1::text::json) AS h (id uuid, attempt integer, said text)
       WHERE j.id = h.id AND j.attempt = h.attempt AND j.state = 'running' RETURNING j.id`,
    [JSON.stringify(words)],
  );
  for (const [index, job] of held.entries()) {
    // What was said while this was written stays to be written.
    if (job.said === words[index]!.said) job.said = undefined;
  }
  return without(held, kept);
}

/** As `beat`, without writing anything. */
export async function lookAfter(statements: Statements, held: readonly HeldJob[]): Promise<HeldJob[]> {
  const claims = held.map(({ record: { id, attempt } }) => ({ id, attempt }));
  const kept = await checkedRows(
    statements,
    idRow,
    `SELECT j.id FROM ${SCHEMA}.job j JOIN json_to_recordset($1::text::json) AS h (id uuid, attempt integer)
       ON j.id = h.id AND j.attempt = h.attempt WHERE j.state = 'running'`,
    [JSON.stringify(claims)],
  );
  return without(held, kept);
}

function without(held: readonly HeldJob[], kept: readonly { readonly id: string }[]): HeldJob[] {
  const ids = new Set(kept.map(({ id }) => id));
  return held.filter(({ record }) => !ids.has(record.id));
}
