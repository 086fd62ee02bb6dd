import { fileURLToPath } from 'node:url';
import type { AnalysedFile, AnalyseTask } from './analyse-worker.ts';

/** Who analyses: the calling thread, or others. What they do not need is not loaded. */
export interface Analysts {
  /** Rejects when `signal` is aborted, or the thread ends over the file. */
  analyse(task: AnalyseTask, signal: AbortSignal | undefined): Promise<AnalysedFile>;
  dismiss(): Promise<void>;
}

/** The calling thread. */
export async function analysingHere(): Promise<Analysts> {
  const { analyseTask } = await import('./analyse-worker.ts');
  return {
    async analyse(task, signal) {
      const analysed = await analyseTask(task, signal);
      signal?.throwIfAborted();
      return analysed;
    },
    dismiss: async () => {},
  };
}

/** Threads of a pool. */
export async function analysingThreads(count: number): Promise<Analysts> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina<AnalyseTask, AnalysedFile>({
    filename: workerFile(),
    name: 'analyseTask',
    minThreads: count,
    maxThreads: count,
  });
  return {
    analyse: (task, signal) => pool.run(task, { signal: signal ?? null }),
    dismiss: () => pool.destroy(),
  };
}

/** The worker's file: TypeScript in the workspace, JavaScript beside this module in the packed program. */
function workerFile(): string {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`./analyse-worker.${ending}`, import.meta.url));
}
