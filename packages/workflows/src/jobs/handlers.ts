import { extname } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { Failure, JobProgress, JobResult, StoredFile } from '@tutti/contract';
import { type HandledType, handle, type JobContext, JobError } from '@tutti/jobs';
import type { Database } from '@tutti/library';
import type { ResultStore } from '@tutti/media';
import { artworkFolder } from '../artwork/kept-pictures.ts';
import { addLibraryRoot } from '../library/library-roots.ts';
import { scanLibrary } from '../scan/scan-library.ts';
import type { Crew } from '../threads.ts';
import { JOB_TYPES } from './job-types.ts';
import type { Made, ThreadDone, ThreadJob, ThreadTask, ThreadType } from './thread-task.ts';

/** What those who do jobs work with. */
export interface JobTools {
  readonly library: Database;
  readonly store: ResultStore;
  readonly crew: Crew<ThreadTask, ThreadDone>;
  /** Threads of what brings its own. */
  readonly threads: number;
}

/** A failure that came out of a thread. */
class FailedInThread extends Error {
  override readonly name = 'FailedInThread';
  readonly kind: Failure['kind'];
  readonly needs: string | undefined;

  constructor({ kind, message, needs }: Failure) {
    super(message);
    this.kind = kind;
    this.needs = needs;
  }
}

/** Works on a job in a thread; what it makes is looked at by `keep` before its folder goes. */
async function inThread<Result>(
  { crew, store }: JobTools,
  job: ThreadJob,
  { signal, progress }: JobContext<JobProgress<ThreadType>>,
  keep: (made: Partial<Made>) => Promise<Result>,
): Promise<Result> {
  await using workshop = await store.workshop();
  const { port1: ear, port2: port } = new MessageChannel();
  ear.on('message', progress);
  try {
    const done = await crew.work({ job, folder: workshop.folder, port }, signal, [port]);
    if ('error' in done) throw new FailedInThread(done.error);
    return await keep(done);
  } finally {
    ear.close();
  }
}

async function storedJson(store: ResultStore, json: string): Promise<StoredFile> {
  return { ...(await store.put(json)), ending: 'json' };
}

/** Keeps a sound that was made, and its plan. */
async function keepRender(store: ResultStore, { render }: Partial<Made>): Promise<JobResult<'mix'>> {
  const { path, planJson, ...level } = part(render);
  const plan = await storedJson(store, planJson);
  return { ...level, plan, file: { ...(await store.take(path)), ending: extname(path).slice(1) } };
}

/** What a thread makes of a job of its type. */
function part<Part>(made: Part | undefined): Part {
  if (made === undefined) throw new JobError('internal', 'a thread made something else than it was asked for');
  return made;
}

/** Who does the jobs: one for every type there is. */
export function jobHandlers(tools: JobTools): HandledType[] {
  const { library, store, threads } = tools;
  return [
    handle(JOB_TYPES.scan, async ({ folders, analyse }, { signal, progress }) => {
      for (const folder of folders) await addLibraryRoot(library, folder);
      const options = { analyse, jobs: threads, artworkFolder: artworkFolder(), signal, onProgress: progress };
      return scanLibrary(library, options);
    }),
    handle(JOB_TYPES.analyse, (input, context) =>
      inThread(tools, { type: 'analyse', input }, context, async ({ analysis }) => {
        const { audioHash, json } = part(analysis);
        return { audioHash, analysis: await storedJson(store, json) };
      }),
    ),
    handle(JOB_TYPES['plan-set'], (input, context) =>
      inThread(tools, { type: 'plan-set', input }, context, async ({ plans }) =>
        JOB_TYPES['plan-set'].result({ plans }),
      ),
    ),
    handle(JOB_TYPES.mix, (input, context) =>
      inThread(tools, { type: 'mix', input }, context, (made) => keepRender(store, made)),
    ),
    handle(JOB_TYPES.master, (input, context) =>
      inThread(tools, { type: 'master', input }, context, (made) => keepRender(store, made)),
    ),
    handle(JOB_TYPES.balance, (input, context) =>
      inThread(tools, { type: 'balance', input }, context, (made) => keepRender(store, made)),
    ),
  ];
}
