// One thread of the pool: keeps one kernel instance for all files it is given.
import type { AnalysisFailure, AnalysisLine, AnalysisPart } from '@tutti/contract';
import { ANALYSIS_SCHEMA } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { type AudioPath, displayPath } from '@tutti/media';
import { failureOf } from '../failure.ts';
import { analyseTrack } from './analyse-track.ts';

export interface AnalyseTask {
  readonly path: AudioPath;
  readonly only?: readonly AnalysisPart[] | undefined;
}

let kernels: Kernels | undefined;

/** Never rejects: what fails comes back as the contract's failure line. */
export async function analyseTask({ path, only }: AnalyseTask): Promise<AnalysisLine | AnalysisFailure> {
  try {
    kernels ??= new Kernels();
    return await analyseTrack(path, kernels, { only });
  } catch (error) {
    return { schema: ANALYSIS_SCHEMA, path: displayPath(path), error: failureOf(error) };
  }
}
