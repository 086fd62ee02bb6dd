import { MessageChannel } from 'node:worker_threads';
import type { JobProgress } from '@tutti/contract';
import { type JobContext, JobError, type JobQueue } from '@tutti/jobs';
import type { Database } from '@tutti/library';
import type { ResultStore } from '@tutti/media';
import { errorOf } from '../failure.ts';
import type { Crew } from '../threads.ts';
import type { JobObserver } from './job-observer.ts';
import { StageWatch } from './stage-watch.ts';
import type { Made, ThreadDone, ThreadJob, ThreadTask, ThreadType } from './thread-task.ts';

/** What those who do jobs work with. */
export interface JobTools {
  readonly library: Database;
  readonly queue: JobQueue;
  readonly store: ResultStore;
  readonly crew: Crew<ThreadTask, ThreadDone>;
  /** Threads of what brings its own. */
  readonly threads: number;
  readonly observer?: JobObserver | undefined;
}

/** What a thread does before it says anything. */
const FIRST_STAGE: Partial<Record<ThreadType, string>> = {
  analyse: 'listening',
  master: 'measuring',
  balance: 'listening',
  duplicates: 'comparing',
};

/**
 * Works on a job in a thread; what it makes is looked at by `keep` before its folder goes.
 * @throws WorkflowError with what the thread failed of
 */
export async function inThread<Result>(
  { crew, store, observer }: JobTools,
  job: ThreadJob,
  { signal, progress }: Pick<JobContext<JobProgress<ThreadType>>, 'signal' | 'progress'>,
  keep: (made: Partial<Made>) => Promise<Result>,
  known?: ThreadTask['known'],
): Promise<Result> {
  await using workshop = await store.workshop();
  const { port1: ear, port2: port } = new MessageChannel();
  const watch = new StageWatch(job.type, FIRST_STAGE[job.type] ?? 'planning');
  ear.on('message', (said: JobProgress<ThreadType>) => {
    watch.say(said.doing);
    progress(said);
  });
  try {
    const done = await crew.work({ job, known, folder: workshop.folder, port }, signal, [port]);
    if ('error' in done) throw errorOf(done.error);
    watch.end(observer, done.analysis?.format.seconds ?? done.render?.seconds);
    return await keep(done);
  } finally {
    ear.close();
  }
}

/** What a thread makes of a job of its type. */
export function part<Part>(made: Part | undefined): Part {
  if (made === undefined) throw new JobError('internal', 'a thread made something else than it was asked for');
  return made;
}
