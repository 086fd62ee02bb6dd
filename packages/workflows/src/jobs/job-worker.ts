// What each thread that works on jobs does: it keeps one kernel instance for all jobs it is given.
import { Kernels } from '@tutti/dsp';
import { analyseTrack } from '../analyse/analyse-track.ts';
import { failureOf } from '../failure.ts';
import { jobPath } from './job-path.ts';
import type { Made, ThreadDone, ThreadJob, ThreadTask, ThreadTools } from './thread-task.ts';

let kernels: Kernels | undefined;

/** Never rejects: what fails comes back as a failure, since an error does not come out of a thread as it was. */
export async function jobTask({ job, known = [], folder, port }: ThreadTask): Promise<ThreadDone> {
  try {
    kernels ??= new Kernels();
    return await work(job, { kernels, known, folder, say: (progress) => port.postMessage(progress) });
  } catch (error) {
    return { error: failureOf(error) };
  } finally {
    port.close();
  }
}

/** What only one type of job needs is loaded when one comes. */
async function work(job: ThreadJob, tools: ThreadTools): Promise<Partial<Made>> {
  switch (job.type) {
    case 'analyse':
      return { analysis: await analyseTrack(jobPath(job.input), tools.kernels) };
    case 'plan-set':
      return (await import('./plan-in-thread.ts')).planSetInThread(job.input, tools);
    case 'mix':
      return (await import('./plan-in-thread.ts')).mixInThread(job.input, tools);
    case 'master':
      return (await import('./master-in-thread.ts')).masterInThread(job.input, tools);
    case 'balance':
      return (await import('./master-in-thread.ts')).balanceInThread(job.input, tools);
    case 'duplicates': {
      const { findDuplicateFiles } = await import('../duplicates/find-duplicate-files.ts');
      const onProgress = (done: number, all: number) => tools.say({ doing: 'comparing', share: done / all });
      const groups = findDuplicateFiles(job.recordings, { edits: job.edits, onProgress });
      return { duplicates: groups.map((group) => JSON.stringify(group)) };
    }
  }
}
