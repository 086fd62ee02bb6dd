import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';

/** Who does the tasks: the calling thread, or others. What they do not need is not loaded. */
export interface Crew<Task, Done> {
  /**
   * Rejects when `signal` is aborted, or the thread ends over the task.
   * @param ports of the task's, which go over to who does it
   */
  work(task: Task, signal: AbortSignal | undefined, ports?: readonly MessagePort[]): Promise<Done>;
  dismiss(): Promise<void>;
}

/** The calling thread. */
export function onThisThread<Task, Done>(
  work: (task: Task, signal: AbortSignal | undefined) => Promise<Done>,
): Crew<Task, Done> {
  return {
    async work(task, signal) {
      const done = await work(task, signal);
      signal?.throwIfAborted();
      return done;
    },
    dismiss: async () => {},
  };
}

/**
 * Threads of a pool.
 * @param module URL of the calling module; the thread's own lies beside it, as TypeScript in the workspace and as JavaScript
 *   in the packed program
 * @param file its name without the ending
 * @param task the function in it that does a task
 * @param atOnce tasks that a thread has in hand at a time, where they wait for others
 */
export async function onThreads<Task, Done>(
  module: string,
  file: string,
  task: string,
  count: number,
  atOnce = 1,
): Promise<Crew<Task, Done>> {
  const { Piscina } = await import('piscina');
  const ending = module.endsWith('.ts') ? 'ts' : 'js';
  const pool = new Piscina<Task, Done>({
    filename: fileURLToPath(new URL(`./${file}.${ending}`, module)),
    ...{ name: task, minThreads: count, maxThreads: count, concurrentTasksPerWorker: atOnce },
  });
  return {
    work: (each, signal, ports = []) => pool.run(each, { signal: signal ?? null, transferList: [...ports] }),
    dismiss: () => pool.destroy(),
  };
}
