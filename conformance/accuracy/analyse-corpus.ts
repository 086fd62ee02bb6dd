import { join } from 'node:path';
import { ANALYSIS_SCHEMA, type AnalysisFailure } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { analyseTrackWithEvidence, failureOf, type TrackWithEvidence } from '@tutti/workflows';
import type { CorpusFile } from './corpus.ts';

export interface HeardFile {
  readonly file: CorpusFile;
  readonly heard: TrackWithEvidence | { readonly line: AnalysisFailure };
  /** CPU time, decoding included. */
  readonly cpuSeconds: number;
}

/**
 * Analyses the files of a corpus one by one, as `tutti analyse` does; a file that fails gives its failure. The paths in
 * the lines are those of the manifest.
 */
export async function* analyseCorpus(folder: string, files: readonly CorpusFile[]): AsyncGenerator<HeardFile> {
  const kernels = new Kernels();
  for (const file of files) {
    const before = process.cpuUsage();
    const heard = await hear(folder, file, kernels);
    const { user, system } = process.cpuUsage(before);
    yield { file, heard, cpuSeconds: (user + system) / 1e6 };
  }
}

async function hear(folder: string, { path }: CorpusFile, kernels: Kernels): Promise<HeardFile['heard']> {
  try {
    const { line, evidence } = await analyseTrackWithEvidence(join(folder, path), kernels);
    return { line: { ...line, path }, evidence };
  } catch (error) {
    return { line: { schema: ANALYSIS_SCHEMA, path, error: failureOf(error) } };
  }
}
