import { join } from 'node:path';
import type { AnalysisFailure, AnalysisLine } from '@tutti/contract';
import { ANALYSIS_SCHEMA } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { analyseTrack, failureOf } from '@tutti/workflows';
import type { CorpusFile } from './corpus.ts';

export interface CorpusLine {
  readonly file: CorpusFile;
  readonly line: AnalysisLine | AnalysisFailure;
  /** CPU time, decoding included. */
  readonly cpuSeconds: number;
}

/**
 * Analyses the files of a corpus one by one, as `tutti analyse` does; a file that fails gives its failure. The paths in
 * the lines are those of the manifest.
 */
export async function* analyseCorpus(folder: string, files: readonly CorpusFile[]): AsyncGenerator<CorpusLine> {
  const kernels = new Kernels();
  for (const file of files) {
    const before = process.cpuUsage();
    const line = await analyseTrack(join(folder, file.path), kernels).catch(
      (error: unknown): AnalysisFailure => ({ schema: ANALYSIS_SCHEMA, path: file.path, error: failureOf(error) }),
    );
    const { user, system } = process.cpuUsage(before);
    yield { file, line: { ...line, path: file.path }, cpuSeconds: (user + system) / 1e6 };
  }
}
