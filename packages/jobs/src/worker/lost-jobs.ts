import { z } from 'zod';
import { checkedRows } from '../database/checked-rows.ts';
import type { QueueDatabase } from '../database/queue-database.ts';
import { SCHEMA } from '../database/tables.ts';
import type { WaitingLine } from '../database/waiting-line.ts';
import { putBack, settleJob } from '../queue/settle.ts';

/** How often a job may take its worker with it before it is left alone. */
export const MOST_LOSSES = 3;

const runningRow = z.object({
  id: z.string(),
  attempt: z.int(),
  losses: z.int(),
  beat: z.coerce.number(),
  worker: z.string().nullable(),
});
type RunningJob = z.infer<typeof runningRow>;

/**
 * Finds jobs whose worker is gone, and gives them back to the queue. A worker is gone when its beat has stood still while
 * this one watched, by the monotonic clock of this process: clocks that jump, here or on the server, take no job from anybody.
 */
export class LostJobs {
  readonly #database: QueueDatabase;
  readonly #line: WaitingLine;
  readonly #patienceMilliseconds: number;
  readonly #seen = new Map<string, { readonly beat: string; readonly since: number }>();

  constructor(database: QueueDatabase, line: WaitingLine, patienceMilliseconds: number) {
    this.#database = database;
    this.#line = line;
    this.#patienceMilliseconds = patienceMilliseconds;
  }

  /** Begins to watch anew: nobody could beat while the database was away. */
  forget(): void {
    this.#seen.clear();
  }

  /** @param mine the worker that asks: its own jobs are not lost. @returns how many were */
  async giveBack(mine: string): Promise<number> {
    const running = await checkedRows(
      this.#database,
      runningRow,
      `SELECT id, attempt, losses, beat, worker FROM ${SCHEMA}.job WHERE state = 'running' AND worker IS DISTINCT FROM $1`,
      [mine],
    );
    const now = performance.now();
    const lost = running.filter((job) => {
      const beat = `${job.attempt} ${job.beat}`;
      const seen = this.#seen.get(job.id);
      if (seen?.beat === beat) return now - seen.since >= this.#patienceMilliseconds;
      this.#seen.set(job.id, { beat, since: now });
      return this.#patienceMilliseconds === 0;
    });
    const there = new Set(running.map(({ id }) => id));
    for (const id of this.#seen.keys()) if (!there.has(id)) this.#seen.delete(id);
    let count = 0;
    for (const job of lost) if (await this.#take(job)) count += 1;
    return count;
  }

  #take(job: RunningJob): Promise<boolean> {
    return this.#database.transaction(async (statements) => {
      // It may have beaten since: then it is not lost. The row stays locked until this is done.
      const still = await checkedRows(
        statements,
        z.object({ id: z.string() }),
        `SELECT id FROM ${SCHEMA}.job WHERE id = $1 AND attempt = $2 AND beat = $3 AND state = 'running' FOR UPDATE`,
        [job.id, job.attempt, job.beat],
      );
      if (still.length === 0) return false;
      if (job.losses < MOST_LOSSES) return putBack(statements, this.#line, job, 'loss');
      const message = `the process that worked on it ended ${job.losses + 1} times (the last: ${job.worker}); it is not tried again by itself`;
      return settleJob(statements, this.#line, job, { state: 'failed', failure: { kind: 'internal', message } });
    });
  }
}
