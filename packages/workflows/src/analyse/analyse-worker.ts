// What each thread that analyses does: it keeps one kernel instance for all files it is given.
import { basename } from 'node:path';
import type { AnalysisFailure, AnalysisLine, AnalysisPart } from '@tutti/contract';
import { ANALYSIS_SCHEMA } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { type AudioPath, displayPath } from '@tutti/media';
import { failureOf } from '../failure.ts';
import { analyseTrack, analyseTrackWithEvidence } from './analyse-track.ts';

export interface AnalyseTask {
  readonly path: AudioPath;
  readonly only?: readonly AnalysisPart[] | undefined;
  /** Whether to draw what was heard. */
  readonly draw: boolean;
  readonly peaksFolder?: string | undefined;
}

export interface AnalysedFile {
  readonly result: AnalysisLine | AnalysisFailure;
  /** SVG, where it was asked for and the file could be analysed. */
  readonly picture?: string;
}

let kernels: Kernels | undefined;

/** Never rejects: what fails comes back as the contract's failure line. */
export async function analyseTask(
  { path, only, draw, peaksFolder }: AnalyseTask,
  signal?: AbortSignal,
): Promise<AnalysedFile> {
  try {
    kernels ??= new Kernels();
    const options = { only, peaksFolder, signal };
    if (!draw) return { result: await analyseTrack(path, kernels, options) };
    const { line, evidence } = await analyseTrackWithEvidence(path, kernels, options);
    const { drawAnalysis } = await import('../analysis-picture/analysis-picture.ts');
    return { result: line, picture: drawAnalysis({ title: basename(line.path), line, evidence }) };
  } catch (error) {
    return { result: { schema: ANALYSIS_SCHEMA, path: displayPath(path), error: failureOf(error) } };
  }
}
