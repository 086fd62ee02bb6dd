import { availableParallelism } from 'node:os';
import { inOrder } from '../in-order.ts';
import { type Crew, onThisThread, onThreads } from '../threads.ts';
import type { StemOrFailure } from './balance-worker.ts';
import type { StemFile } from './hear-file.ts';

export interface HearStemsOptions {
  /** Threads, at least 1; the machine's cores when absent. */
  readonly jobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Share of the stems that was heard, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Hears files over all cores; gives what became of each, in their order. @throws AbortError when `signal` is aborted */
export async function hearStems(
  files: readonly StemFile[],
  { jobs = availableParallelism(), signal, onProgress }: HearStemsOptions,
): Promise<StemOrFailure[]> {
  signal?.throwIfAborted();
  const crew = await crewOf(Math.max(1, Math.min(jobs, files.length)), files.length, onProgress);
  const heard: StemOrFailure[] = [];
  try {
    for await (const each of inOrder(files, 2 * jobs, (file) => crew.work(file, signal))) {
      heard.push(each);
      onProgress?.(heard.length / files.length);
    }
  } finally {
    await crew.dismiss();
  }
  return heard;
}

async function crewOf(
  jobs: number,
  count: number,
  onProgress: ((share: number) => void) | undefined,
): Promise<Crew<StemFile, StemOrFailure>> {
  if (count > 1) return onThreads(import.meta.url, 'balance-worker', 'hearTask', jobs);
  const { hearTask } = await import('./balance-worker.ts');
  return onThisThread((file, signal) => hearTask(file, signal, onProgress));
}
