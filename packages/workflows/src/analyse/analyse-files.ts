import { availableParallelism } from 'node:os';
import { ANALYSIS_SCHEMA, type AnalysisFailure, type AnalysisLine, type AnalysisPart } from '@tutti/contract';
import { type AudioPath, displayPath } from '@tutti/media';
import { failureOf } from '../failure.ts';
import { inOrder } from '../in-order.ts';
import { type Crew, onThisThread, onThreads } from '../threads.ts';
import { makeFolder } from '../write-whole.ts';
import type { AnalysedFile, AnalyseTask } from './analyse-worker.ts';

export interface AnalyseFilesOptions {
  /** Threads, at least 1; the machine's cores when absent. */
  readonly jobs?: number | undefined;
  /**
   * Analyse a single file on the calling thread, which does nothing else meanwhile, instead of starting one for it: that
   * costs as much as half a minute of sound.
   */
  readonly oneHere?: boolean | undefined;
  readonly only?: readonly AnalysisPart[] | undefined;
  /** Folder for the peaks of the waveforms, a file for each sound; it is made when it is not there. */
  readonly peaksFolder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type AnalysisResult = AnalysisLine | AnalysisFailure;

/** Files in flight for each thread: enough that none waits, few enough that results do not pile up. */
const IN_FLIGHT_PER_JOB = 4;

/**
 * Analyses files over all cores. Yields one result a file, in the order given, whatever order they finish in; a file
 * that fails yields its failure and the rest goes on.
 * @throws AbortError when `signal` is aborted; threads are stopped at once, the calling one goes on to its next read
 */
export async function* analyseFiles(
  paths: readonly AudioPath[],
  options: AnalyseFilesOptions = {},
): AsyncGenerator<AnalysisResult> {
  for await (const { result } of analyseOverThreads(paths, options, false)) yield result;
}

/** As `analyseFiles`, with a picture of each analysis where `draw` says so. */
export async function* analyseOverThreads(
  paths: readonly AudioPath[],
  options: AnalyseFilesOptions,
  draw: boolean,
): AsyncGenerator<AnalysedFile> {
  const { signal, only, peaksFolder } = options;
  signal?.throwIfAborted();
  if (peaksFolder !== undefined) await makeFolder(peaksFolder);
  const jobs = Math.max(1, Math.min(options.jobs ?? availableParallelism(), paths.length));
  const crew = options.oneHere && paths.length === 1 ? await analysingHere() : await analysingThreads(jobs);
  try {
    yield* inOrder(paths, jobs * IN_FLIGHT_PER_JOB, (path) =>
      crew.work({ path, only, draw, peaksFolder }, signal).catch((error: unknown) => {
        signal?.throwIfAborted();
        // The thread itself died (out of memory, say): the file is at fault, the others go on.
        return { result: { schema: ANALYSIS_SCHEMA, path: displayPath(path), error: failureOf(error) } };
      }),
    );
  } finally {
    await crew.dismiss();
  }
}

async function analysingHere(): Promise<Crew<AnalyseTask, AnalysedFile>> {
  const { analyseTask } = await import('./analyse-worker.ts');
  return onThisThread(analyseTask);
}

function analysingThreads(count: number): Promise<Crew<AnalyseTask, AnalysedFile>> {
  return onThreads(import.meta.url, 'analyse-worker', 'analyseTask', count);
}
