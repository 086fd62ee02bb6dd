import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { QueueDatabase, Statements } from './database/queue-database.ts';
import { installTables, SCHEMA } from './database/tables.ts';
import { keepTime, openWaitingLine } from './database/waiting-line.ts';
import { JobError } from './errors.ts';
import type { AnyJobType, HandledType, JobType } from './job-type.ts';
import {
  countJobs,
  countOpen,
  findJob,
  type JobFilter,
  type JobRecord,
  type JobState,
  latestDone,
  listJobs,
  type Mention,
  mentionsIn,
  type OpenJobs,
} from './queue/job-record.ts';
import { cancelJob, retryJob } from './queue/settle.ts';
import { type SubmitOptions, type Submitted, submitJob } from './queue/submit.ts';
import { startWorker, type Worker, type WorkerOptions } from './worker/start-worker.ts';

/** A job that is asked for again and again. */
export interface Schedule {
  readonly name: string;
  /** Five fields as cron has them, or a rule of RFC 5545 (`FREQ=WEEKLY;BYDAY=MO;BYHOUR=4`). */
  readonly when: string;
  readonly timeZone: string;
  readonly type: string;
  readonly input: unknown;
}

export interface JobQueue {
  /** Asks for a job. @throws JobError 'unsupported' when the type refuses the input */
  submit<Input>(type: JobType<Input, unknown, unknown>, input: Input, options?: SubmitOptions): Promise<Submitted>;
  /** As `submit`, in a transaction of the caller on the same database: the job is asked for when that is. `wake` after it. */
  submitWithin<Input>(
    statements: Statements,
    type: JobType<Input, unknown, unknown>,
    input: Input,
    options?: SubmitOptions,
  ): Promise<Submitted>;
  /** Lets the workers of this process look at once for what was asked for. */
  wake(): void;
  /** Undefined when there is none, or when it ended weeks ago. */
  find(id: string): Promise<JobRecord | undefined>;
  /** The last job that is done of those that asked for the same (by the key of the type). */
  latest<Input>(type: JobType<Input, unknown, unknown>, input: Input): Promise<JobRecord | undefined>;
  /** The latest first, page by page. */
  list(filter?: JobFilter): Promise<JobRecord[]>;
  /** What matches the group of a regular expression of PostgreSQL in the inputs and results of all jobs, each text once. */
  mentions(pattern: string): Promise<Mention[]>;
  /** What has not ended: how deep the queue is, and how old. */
  open(): Promise<OpenJobs[]>;
  counts(): Promise<{ type: string; state: JobState; count: number }[]>;
  /** The job as it stands, then whenever that changes, until it has ended. @throws JobError 'missing'; AbortError */
  follow(id: string, signal?: AbortSignal): AsyncGenerator<JobRecord>;
  /** Ends a job that has not ended: it fails as `cancelled`, and what comes after it. @returns whether there was one */
  cancel(id: string, message?: string): Promise<boolean>;
  /** Asks once more for a job that failed, and for what failed because of it. @returns whether it had, and may be */
  retry(id: string): Promise<boolean>;
  /** Sets a schedule, or sets it anew. */
  schedule<Input>(
    name: string,
    when: string,
    timeZone: string,
    type: JobType<Input, unknown, unknown>,
    input: Input,
  ): Promise<void>;
  unschedule(name: string): Promise<void>;
  schedules(): Promise<Schedule[]>;
  /**
   * Lets this process work on the jobs.
   * @throws JobError 'unsupported' when a type of the queue, or of a job that waits in it, has no handler
   */
  work(handlers: readonly HandledType[], options: WorkerOptions): Promise<Worker>;
  /** Stop the worker first. The database stays open: it is the caller's. */
  close(): Promise<void>;
}

/** How long jobs are kept after their end. */
const KEPT_DAYS = 30;
const FOLLOW_MILLISECONDS = 300;
const TIDY_MILLISECONDS = 3_600_000;

const dueSchema = z.object({ type: z.string(), input: z.unknown() });

/**
 * Opens the queue in a database, and makes its tables where they are not there.
 * @param types all there are, by different names
 * @param say told what goes wrong beside the work
 */
export async function openJobQueue(
  database: QueueDatabase,
  types: readonly AnyJobType[],
  say: (what: string) => void = () => {},
): Promise<JobQueue> {
  await installTables(database);
  const line = await openWaitingLine(database, say);
  const byName = new Map(types.map((type) => [type.name, type]));
  const workers = new Set<Worker>();
  const wake = () => {
    for (const worker of workers) worker.wake();
  };
  const within = <Result>(work: (statements: Statements) => Promise<Result>) => database.transaction(work);

  async function submitDue(): Promise<void> {
    await within(async (statements) => {
      for (const { data } of await line.takeDue(statements)) {
        const { type: name, input } = dueSchema.parse(data);
        const type = byName.get(name);
        if (type === undefined) say(`a schedule asks for ${name}, which this program does not know`);
        else await submitJob(statements, line, type, input, { owner: 'schedule' });
      }
    });
  }

  return {
    async submit(type, input, options = {}) {
      const submitted = await within((statements) => submitJob(statements, line, type, input, options));
      wake();
      return submitted;
    },
    submitWithin: (statements, type, input, options = {}) => submitJob(statements, line, type, input, options),
    wake,
    find: (id) => findJob(database, id),
    async latest(type, input) {
      const key = type.key?.(type.input(input));
      return key === undefined ? undefined : latestDone(database, type.name, key);
    },
    list: (filter = {}) => listJobs(database, filter),
    mentions: (pattern) => mentionsIn(database, pattern),
    open: () => countOpen(database),
    counts: () => countJobs(database),
    async *follow(id, signal) {
      let revision = -1;
      for (;;) {
        signal?.throwIfAborted();
        const job = await findJob(database, id);
        if (job === undefined) throw new JobError('missing', `there is no job ${id}`);
        if (job.revision !== revision) yield job;
        revision = job.revision;
        if (job.endedAt !== null) return;
        await sleep(FOLLOW_MILLISECONDS, undefined, { signal });
      }
    },
    async cancel(id, message = 'it was cancelled') {
      if ((await findJob(database, id)) === undefined) return false;
      const cancelled = await within((statements) => cancelJob(statements, line, id, message));
      for (const worker of workers) worker.cancel(id);
      return cancelled;
    },
    async retry(id) {
      if ((await findJob(database, id)) === undefined) return false;
      const retried = await within((statements) => retryJob(statements, line, id));
      wake();
      return retried;
    },
    schedule: (name, when, timeZone, type, input) =>
      line.schedule(name, when, timeZone, { type: type.name, input: type.input(input) }),
    unschedule: (name) => line.unschedule(name),
    async schedules() {
      const all = await line.schedules();
      return all.map(({ data, ...schedule }) => ({ ...schedule, ...dueSchema.parse(data) }));
    },
    async work(handlers, options) {
      const handled = new Map(handlers.map((each) => [each.type.name, each]));
      await requireHandlers(database, byName, handled);
      const stopTime = await keepTime(database, options.say ?? say);
      let tidied = Number.NEGATIVE_INFINITY;
      const worker = await startWorker(database, line, handled, options, async () => {
        await submitDue();
        if (performance.now() - tidied < TIDY_MILLISECONDS) return;
        tidied = performance.now();
        await tidy(database);
      });
      workers.add(worker);
      return {
        ...worker,
        get running() {
          return worker.running;
        },
        async stop(graceMilliseconds) {
          workers.delete(worker);
          await stopTime();
          await worker.stop(graceMilliseconds);
        },
      };
    },
    close: () => line.close(),
  };
}

/** A job that nobody could do must not wait in silence. */
async function requireHandlers(
  database: QueueDatabase,
  types: ReadonlyMap<string, AnyJobType>,
  handled: ReadonlyMap<string, HandledType>,
): Promise<void> {
  const without = [...types.keys()].filter((name) => !handled.has(name));
  if (without.length > 0) throw new JobError('unsupported', `no handler for jobs of type ${without.join(', ')}`);
  const waiting = (await countJobs(database)).filter(
    ({ type, state }) => !handled.has(type) && ['blocked', 'waiting', 'running'].includes(state),
  );
  if (waiting.length > 0) {
    const which = waiting.map(({ type, count }) => `${count} of type ${type}`).join(', ');
    throw new JobError(
      'unsupported',
      `jobs wait that this program does not know (${which}): start the version that asked for them, or cancel them`,
    );
  }
}

/** Jobs that ended long ago go, unless something waits for them. */
async function tidy(database: QueueDatabase): Promise<void> {
  await database.executeSql(
    `DELETE FROM ${SCHEMA}.job j WHERE j.ended_at < now() - $1::float8 * interval '1 day' AND NOT EXISTS (
       SELECT 1 FROM ${SCHEMA}.dependency d JOIN ${SCHEMA}.job o ON o.id = d.job_id
         WHERE d.needs_id = j.id AND o.ended_at IS NULL)`,
    [KEPT_DAYS],
  );
}
