import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { JobError, reasonOf } from '../errors.ts';
import { PRIORITY_CLASSES, type PriorityClass } from '../job-type.ts';
import type { QueueDatabase, Statements } from './queue-database.ts';
import { QUEUE_SCHEMA } from './tables.ts';

/** The queue of pg-boss that all jobs wait in: one, so that priorities hold across the types. */
const LINE = 'jobs';
/** Where its schedules put what is due. */
const DUE = 'due';

/** Numbers of pg-boss that a class has; the higher half is for jobs that come back after the loss of a worker. */
const NUMBERS_PER_CLASS = 10;

/**
 * When a job may begin unless it has to wait: long ago, so that a clock that jumps back holds up nobody. pg-boss throws away
 * what waits longer than it is told, so it is told 63 years.
 */
const LONG_AGO = '2000-01-01T00:00:00Z';
const KEPT_SECONDS = 2_000_000_000;

export interface InLine {
  readonly id: string;
  readonly owner: string;
  readonly priority: PriorityClass;
  /** Before the others of its class: it had begun already. */
  readonly front?: boolean;
  readonly delaySeconds?: number;
}

/** What became due of a schedule. */
export interface DueJob {
  readonly id: string;
  readonly data: unknown;
}

/**
 * The jobs that wait for a worker, in pg-boss. All that is kept of a job there is its id: what it is stands in our own table,
 * which is written in the same transactions.
 */
export class WaitingLine {
  readonly #boss: PgBoss;

  constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  async add(statements: Statements, { id, owner, priority, front, delaySeconds }: InLine): Promise<void> {
    const base = PRIORITY_CLASSES.indexOf(priority) * NUMBERS_PER_CLASS;
    const sent = await this.#boss.send(LINE, null, {
      id,
      db: executorOf(statements),
      priority: front ? base + NUMBERS_PER_CLASS / 2 : base,
      group: { id: owner },
      startAfter: delaySeconds === undefined ? LONG_AGO : Math.ceil(delaySeconds),
      retentionSeconds: KEPT_SECONDS,
      retryLimit: 0,
    });
    if (sent === null) throw new JobError('internal', `job ${id} waits already`);
  }

  /** Takes the next job of a class out of the waiting ones; undefined when there is none. @param without owners to pass over */
  async take(statements: Statements, priority: PriorityClass, without: readonly string[]): Promise<string | undefined> {
    const base = PRIORITY_CLASSES.indexOf(priority) * NUMBERS_PER_CLASS;
    const [job] = await this.#boss.fetch(LINE, {
      db: executorOf(statements),
      minPriority: base,
      maxPriority: base + NUMBERS_PER_CLASS - 1,
      ignoreGroups: [...without],
    });
    return job?.id;
  }

  async remove(statements: Statements, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#boss.deleteJob(LINE, [...ids], { db: executorOf(statements) });
  }

  /** Takes what schedules have made due. */
  async takeDue(statements: Statements): Promise<DueJob[]> {
    const db = executorOf(statements);
    const jobs = await this.#boss.fetch<unknown>(DUE, { db, batchSize: 100 });
    if (jobs.length > 0) {
      await this.#boss.deleteJob(
        DUE,
        jobs.map(({ id }) => id),
        { db },
      );
    }
    return jobs.map(({ id, data }) => ({ id, data }));
  }

  /** One that was missed (nothing ran at its time) is made up for once. */
  async schedule(name: string, when: string, timeZone: string, data: object): Promise<void> {
    try {
      await this.#boss.schedule(DUE, when, data, { key: name, tz: timeZone, missed: 'once' });
    } catch (error) {
      throw new JobError('unsupported', `"${when}" in ${timeZone} is no time to repeat at: ${reasonOf(error)}`, error);
    }
  }

  async unschedule(name: string): Promise<void> {
    await this.#boss.unschedule(DUE, name);
  }

  async schedules(): Promise<{ name: string; when: string; timeZone: string; data: unknown }[]> {
    const all = await this.#boss.getSchedules(DUE);
    return all.map(({ key, cron, timezone, data }) => ({ name: key, when: cron, timeZone: timezone, data }));
  }

  close(): Promise<void> {
    return this.#boss.stop({ close: false, graceful: false });
  }
}

/** Opens pg-boss on a database and makes its tables where they are not there. */
export async function openWaitingLine(database: QueueDatabase, say: (what: string) => void): Promise<WaitingLine> {
  const boss = await startBoss(database, { migrate: true, schedule: false }, say);
  await boss.createQueue(LINE);
  await boss.createQueue(DUE);
  // pg-boss looks a queue up when it first needs it, which must not be within a transaction on an only connection.
  for (const queue of [LINE, DUE]) await boss.findJobs(queue, { id: '00000000-0000-0000-0000-000000000000' });
  return new WaitingLine(boss);
}

/** Lets schedules become due while this runs. @returns ends it */
export async function keepTime(database: QueueDatabase, say: (what: string) => void): Promise<() => Promise<void>> {
  // Noted by a clock that has been put right since: until that day nothing would become due.
  await database.executeSql(
    `UPDATE ${QUEUE_SCHEMA}.version SET cron_on = NULL WHERE cron_on > now() + interval '1 minute'`,
  );
  const boss = await startBoss(database, { migrate: false, schedule: true }, say);
  return () => boss.stop({ close: false, graceful: false });
}

async function startBoss(
  database: QueueDatabase,
  options: { readonly migrate: boolean; readonly schedule: boolean },
  say: (what: string) => void,
): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    db: executorOf(database),
    schema: QUEUE_SCHEMA,
    backend: database.engine === 'embedded' ? 'pglite' : 'postgres',
    supervise: false,
    clock: STEADY_CLOCK,
    ...options,
  });
  // Of its own timers; what it is asked for rejects by itself.
  boss.on('error', (error) => say(`the queue: ${reasonOf(error)}`));
  await boss.start();
  return boss;
}

/** A timer of Node for what is further away than 25 days rings at once, again and again. */
const LONGEST_MILLISECONDS = 3_600_000;

/**
 * The time of day as it was when this process started, and from there on by the clock that does not leap: after a leap back of
 * the system's clock pg-boss would wait for the day to come again. What is due is told by the database's clock; who is woken
 * before it is time waits on.
 */
const STEADY_CLOCK = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (work: () => void, milliseconds: number) =>
    setTimeout(work, Math.min(milliseconds, LONGEST_MILLISECONDS)),
  clearTimeout,
  setInterval: (work: () => void, milliseconds: number) => setInterval(work, milliseconds),
  clearInterval,
};

const anyRows = z.array(z.any());

function executorOf(statements: Statements) {
  return {
    async executeSql(sql: string, values?: unknown[]) {
      const { rows } = await statements.executeSql(sql, values);
      return { rows: anyRows.parse(rows) };
    },
  };
}
