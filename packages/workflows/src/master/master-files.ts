import { availableParallelism } from 'node:os';
import { failureOf } from '../failure.ts';
import { inOrder } from '../in-order.ts';
import { type Crew, onThisThread, onThreads } from '../threads.ts';
import type { MasteredFile, MasterTask, OnMasterProgress } from './master-file.ts';

export interface MasterFilesOptions {
  /** Threads, at least 1; the machine's cores when absent. */
  readonly jobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Of a single file, which is mastered on the calling thread. */
  readonly onProgress?: OnMasterProgress | undefined;
}

/**
 * Masters files over all cores. Yields what became of each, in the order given; a file that fails yields its failure and the
 * rest goes on.
 * @throws AbortError when `signal` is aborted; what was being written is gone
 */
export async function* masterFiles(
  tasks: readonly MasterTask[],
  { jobs = availableParallelism(), signal, onProgress }: MasterFilesOptions = {},
): AsyncGenerator<MasteredFile> {
  signal?.throwIfAborted();
  const crew = await crewOf(Math.max(1, Math.min(jobs, tasks.length)), tasks.length, onProgress);
  try {
    yield* inOrder(tasks, 2 * jobs, (task) =>
      crew.work(task, signal).catch((error: unknown): MasteredFile => {
        signal?.throwIfAborted();
        // The thread itself died (out of memory, say): the file is at fault, the others go on.
        return { path: task.path, error: failureOf(error) };
      }),
    );
  } finally {
    await crew.dismiss();
  }
}

async function crewOf(
  jobs: number,
  count: number,
  onProgress: OnMasterProgress | undefined,
): Promise<Crew<MasterTask, MasteredFile>> {
  if (count > 1) return onThreads(import.meta.url, 'master-worker', 'masterTask', jobs);
  const { masterTask } = await import('./master-worker.ts');
  return onThisThread((task, signal) => masterTask(task, signal, onProgress));
}
