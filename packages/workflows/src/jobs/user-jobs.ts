import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CleanedResults } from '@tutti/contract';
import { type Capacity, type JobQueue, type JobRecord, openJobQueue, type Worker } from '@tutti/jobs';
import type { Database } from '@tutti/library';
import { folderStore, type ResultStore } from '@tutti/media';
import { RESULTS_DAYS, readConfiguration } from '../configuration/read-configuration.ts';
import { failureOf } from '../failure.ts';
import { type UserLibraryOptions, withLibrary } from '../library/user-library.ts';
import { onThreads } from '../threads.ts';
import { userFolder } from '../user-folder.ts';
import { cleanResults } from './clean-results.ts';
import { jobHandlers } from './handlers.ts';
import type { EndedJob, JobObserver } from './job-observer.ts';
import { JOB_TYPES } from './job-types.ts';
import type { ThreadDone, ThreadTask } from './thread-task.ts';

/** The user's library with its queue and its store of results. */
export interface UserJobs {
  readonly library: Database;
  readonly queue: JobQueue;
  readonly store: ResultStore;
}

/**
 * Opens the user's library with its jobs, does something with them, and closes them, whatever happens.
 * @throws LibraryError as `openLibrary`; what `work` throws
 */
export function withJobs<Result>(
  options: UserLibraryOptions,
  work: (jobs: UserJobs) => Promise<Result>,
): Promise<Result> {
  return withLibrary(options, async (library) => {
    const queue = await openJobQueue(library, Object.values(JOB_TYPES), options.say);
    try {
      return await work({ library, queue, store: folderStore(resultsFolder()) });
    } finally {
      await queue.close();
    }
  });
}

function resultsFolder(): string {
  const { results } = readConfiguration().set;
  return results === undefined ? join(userFolder(), 'results') : String(results);
}

/** Removes the results that no job needs, by the settings. */
export function cleanUserResults(user: UserJobs, dryRun: boolean, signal?: AbortSignal): Promise<CleanedResults> {
  const { resultsDays, resultsGib } = readConfiguration().set;
  return cleanResults(user, {
    ...{ dryRun, signal, now: Date.now(), days: Number(resultsDays ?? RESULTS_DAYS) },
    ...(resultsGib !== undefined && { bytes: Number(resultsGib) * 2 ** 30 }),
  });
}

const CLEAN_MILLISECONDS = 3_600_000;

/** Given to what runs when a worker is told to stop, before it is put back into the queue. */
const GRACE_MILLISECONDS = 10_000;

export interface WorkOnJobsOptions {
  readonly capacity?: Partial<Capacity> | undefined;
  readonly say: (what: string) => void;
  readonly observer?: JobObserver | undefined;
}

function endedJob({ type, createdAt, startedAt }: JobRecord, state: EndedJob['state'], seconds: number): EndedJob {
  // Both by the clock of the database, which may have leapt between them.
  const waited = startedAt === null ? 0 : (startedAt.getTime() - createdAt.getTime()) / 1000;
  return { type, state, waitSeconds: Math.max(0, waited), seconds };
}

/**
 * Works on the jobs, over the cores of this machine, while `during` goes on, and removes once an hour what no job needs.
 * @throws JobError 'unsupported' when a job waits that this program does not know
 */
export async function workOnJobs(
  user: UserJobs,
  { capacity, say, observer }: WorkOnJobsOptions,
  during: (worker: Worker) => Promise<void>,
): Promise<void> {
  const { library, queue, store } = user;
  const threads = capacity?.cores ?? availableParallelism();
  const crew = await onThreads<ThreadTask, ThreadDone>(import.meta.url, 'job-worker', 'jobTask', threads);
  try {
    const worker = await queue.work(jobHandlers({ library, queue, store, crew, threads, observer }), {
      capacity,
      failureOf,
      say,
      onEnd: (job, { state }, seconds) => observer?.jobEnded(endedJob(job, state, seconds)),
    });
    const cleaning = setInterval(() => {
      cleanUserResults(user, false).catch((error: unknown) => say(`results stay: ${failureOf(error).message}`));
    }, CLEAN_MILLISECONDS);
    try {
      await during(worker);
    } finally {
      clearInterval(cleaning);
      await worker.stop(GRACE_MILLISECONDS);
    }
  } finally {
    await crew.dismiss();
  }
}
