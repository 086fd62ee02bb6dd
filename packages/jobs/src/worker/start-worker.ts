import { randomUUID } from 'node:crypto';
import { availableParallelism, hostname, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueDatabase } from '../database/queue-database.ts';
import type { WaitingLine } from '../database/waiting-line.ts';
import { JobError, reasonOf } from '../errors.ts';
import { type HandledType, type JobFailure, Skipped } from '../job-type.ts';
import type { JobRecord } from '../queue/job-record.ts';
import { type Ending, putBack, settleJob } from '../queue/settle.ts';
import { inTraceOf } from '../trace.ts';
import { claimNext } from './claim.ts';
import { beat, type HeldJob, lookAfter } from './held-jobs.ts';
import { LostJobs } from './lost-jobs.ts';
import { isRefusal, Patience } from './patience.ts';
import { type Capacity, Room } from './room.ts';
import { Turns } from './turns.ts';

export interface WorkerOptions {
  /** All cores and three quarters of the memory when absent. */
  readonly capacity?: Partial<Capacity> | undefined;
  /** What an error means; decides as well whether another try may help. */
  readonly failureOf: (error: unknown) => JobFailure;
  /** Told what a person should know: the database went away, a job was taken from a worker that ended. */
  readonly say?: ((what: string) => void) | undefined;
  /** How long the beat of another worker has to stand still until its jobs are taken from it: ten of its beats when absent. */
  readonly lostAfterMilliseconds?: number | undefined;
  /** Told each job that ended here, and how long it was worked on. */
  readonly onEnd?: ((job: JobRecord, ending: Ending, seconds: number) => void) | undefined;
}

export interface Worker {
  readonly name: string;
  /** Jobs that run now. */
  readonly running: number;
  /** Looks for jobs at once rather than at its next look. */
  wake(): void;
  /** Stops the job here at once, if it is here. */
  cancel(id: string): void;
  /** Resolves when nothing waits that could begin now, and nothing runs. */
  idle(): Promise<void>;
  /**
   * Takes no more jobs, and waits for those that run; after the time they are stopped and given back to the queue.
   * @param graceMilliseconds 0: at once
   */
  stop(graceMilliseconds: number): Promise<void>;
}

/** Between looks for new jobs, where nobody tells of them. */
const LOOK_MILLISECONDS = 1000;
/** Between looks whether a job was cancelled; every second one writes the beat. */
const CARE_MILLISECONDS = 500;
/** Between looks for lost jobs and due schedules. */
const TEND_MILLISECONDS = 2000;
const LOST_AFTER_MILLISECONDS = 10_000;
/** Given to jobs that are told to stop; those that do not are found lost by other workers. */
const STOP_MILLISECONDS = 3000;

/**
 * Works on the jobs of the queue until it is stopped. Whatever becomes of this process, a job is done once and noted once:
 * it is taken, and its end is noted, in one transaction each, and only by the claim (`attempt`) that holds it.
 * @param tend is called every few seconds, for what is to be done beside
 */
export async function startWorker(
  database: QueueDatabase,
  line: WaitingLine,
  types: ReadonlyMap<string, HandledType>,
  { capacity, failureOf, say = () => {}, lostAfterMilliseconds = LOST_AFTER_MILLISECONDS, onEnd }: WorkerOptions,
  tend: () => Promise<void>,
): Promise<Worker> {
  const name = `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`;
  const room = new Room({
    cores: capacity?.cores ?? availableParallelism(),
    memoryBytes: capacity?.memoryBytes ?? totalmem() * 0.75,
  });
  const turns = new Turns();
  const patience = new Patience(database.place, say);
  const lost = new LostJobs(database, line, lostAfterMilliseconds);
  const held = new Map<string, HeldJob>();
  const stopping = new AbortController();
  const closing = new AbortController();
  let waking = Promise.withResolvers<void>();
  let looked = Promise.withResolvers<void>();

  if (database.engine === 'embedded') {
    // This process alone has the database: whatever runs in it has lost its worker.
    await new LostJobs(database, line, 0).giveBack(name);
  }

  const wake = () => {
    waking.resolve();
    waking = Promise.withResolvers();
  };

  /** Does what has to be done in the database, whenever that answers. */
  async function persist<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        const done = await work();
        if (patience.answered()) lost.forget();
        return done;
      } catch (error) {
        if (isRefusal(error)) throw error;
        await patience.wait(error, closing.signal);
      }
    }
  }

  async function endOf({ record, abort }: HeldJob): Promise<Ending | 'again' | 'stop'> {
    const { type, input, id, owner, attempt } = record;
    const job = held.get(id)!;
    // Stopped or cancelled before there was room for it.
    if (abort.signal.aborted) return 'stop';
    try {
      const handled = types.get(type);
      if (handled === undefined) {
        throw new JobError('unsupported', `no handler for jobs of type ${type} is in this program`);
      }
      const context = { id, owner, attempt, signal: abort.signal };
      const progress = (said: unknown) => {
        job.said = JSON.stringify(said);
      };
      const done = await inTraceOf(record, () => handled.run(input, { ...context, progress }));
      if (done instanceof Skipped) {
        return { state: 'skipped', failure: { kind: 'skipped', message: done.reason } };
      }
      return { state: 'done', result: done };
    } catch (error) {
      if (abort.signal.aborted) return 'stop';
      const failure = error instanceof JobError ? { kind: error.kind, message: error.message } : failureOf(error);
      const retries = types.get(type)?.type.retries;
      if (retries !== undefined && record.failures < retries.limit && retries.helps(failure)) {
        say(`${type} ${id} failed (${failure.message}); it is tried again`);
        return 'again';
      }
      return { state: 'failed', failure };
    }
  }

  async function note(record: JobRecord, ending: Ending, seconds: number): Promise<void> {
    const settle = () => database.transaction((statements) => settleJob(statements, line, record, ending));
    try {
      if (await persist(settle)) onEnd?.(record, ending, seconds);
    } catch (error) {
      if (closing.signal.aborted || ending.state === 'failed') throw error;
      const message = `its result cannot be kept: ${reasonOf(error)}`;
      await note(record, { state: 'failed', failure: { kind: 'internal', message } }, seconds);
    }
  }

  async function run(job: HeldJob, leave: () => void): Promise<void> {
    const { record } = job;
    try {
      const start = performance.now();
      const ending = await endOf(job);
      const seconds = (performance.now() - start) / 1000;
      // The next one can begin while this one's end is noted.
      leave();
      wake();
      if (typeof ending === 'object') await note(record, ending, seconds);
      else {
        const delay = (types.get(record.type)?.type.retries?.delaySeconds ?? 0) * 5 ** record.failures;
        await persist(() =>
          database.transaction((statements) =>
            ending === 'again'
              ? putBack(statements, line, record, 'failure', delay)
              : putBack(statements, line, record, 'stop'),
          ),
        );
      }
    } catch (error) {
      // Only when the worker closes while the database is away: another worker finds the job lost.
      if (!closing.signal.aborted) throw error;
    } finally {
      leave();
      held.delete(record.id);
      wake();
    }
  }

  /** Begins a job that was claimed, when there is room for it; what is of a higher class may come before meanwhile. */
  async function begin(job: HeldJob): Promise<void> {
    const cost = types.get(job.record.type)?.type.cost ?? { cores: 1, memoryBytes: 0 };
    for (;;) {
      if (job.abort.signal.aborted || stopping.signal.aborted) return run(job, () => {});
      const leave = room.take(cost);
      if (leave !== undefined) {
        void run(job, leave);
        return;
      }
      const next = waking.promise;
      const urgent = room.some
        ? await persist(() => claimNext(database, line, name, turns, job.record.priority))
        : undefined;
      if (urgent !== undefined) await begin(hold(urgent));
      else await Promise.race([next, sleep(LOOK_MILLISECONDS)]);
    }
  }

  function hold(record: JobRecord): HeldJob {
    const job: HeldJob = { record, abort: new AbortController(), said: undefined };
    held.set(record.id, job);
    if (stopping.signal.aborted) job.abort.abort();
    return job;
  }

  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      const next = waking.promise;
      const claimed = room.some ? await persist(() => claimNext(database, line, name, turns)) : undefined;
      if (claimed !== undefined) {
        await begin(hold(claimed));
        continue;
      }
      looked.resolve();
      looked = Promise.withResolvers();
      await Promise.race([next, sleep(LOOK_MILLISECONDS)]);
    }
    looked.resolve();
  }

  async function care(): Promise<void> {
    for (let round = 0; !closing.signal.aborted; round++) {
      await sleep(CARE_MILLISECONDS, undefined, { signal: closing.signal });
      const mine = [...held.values()];
      if (mine.length === 0) continue;
      const gone = await persist(() => (round % 2 === 0 ? beat(database, mine) : lookAfter(database, mine)));
      for (const { record, abort } of gone) if (held.has(record.id)) abort.abort();
    }
  }

  async function tendAll(): Promise<void> {
    while (!closing.signal.aborted) {
      const count = await persist(async () => {
        await tend();
        return lost.giveBack(name);
      });
      if (count > 0) {
        say(`${count} jobs were taken back from a process that ended`);
        wake();
      }
      await sleep(TEND_MILLISECONDS, undefined, { signal: closing.signal });
    }
  }

  const untilClosed = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      if (!closing.signal.aborted) throw error;
    });
  const loops = [untilClosed(look()), untilClosed(care()), untilClosed(tendAll())];

  return {
    name,
    get running() {
      return held.size;
    },
    wake,
    cancel: (id) => held.get(id)?.abort.abort(),
    async idle() {
      // The look that goes on may have begun before what is meant was in the queue: the next one counts.
      for (let quiet = 0; quiet < 2 && !stopping.signal.aborted; ) {
        if (held.size > 0) {
          quiet = 0;
          await waking.promise;
        } else {
          wake();
          await looked.promise;
          quiet += 1;
        }
      }
    },
    async stop(graceMilliseconds) {
      stopping.abort();
      wake();
      const end = performance.now() + graceMilliseconds;
      while (held.size > 0 && performance.now() < end) await Promise.race([waking.promise, sleep(50)]);
      for (const { abort } of held.values()) abort.abort();
      while (held.size > 0 && performance.now() < end + STOP_MILLISECONDS) await sleep(20);
      closing.abort();
      await Promise.all(loops);
    },
  };
}
