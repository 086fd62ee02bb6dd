import type { AnalysisLine, JobInput, JobProgress, JobResult } from '@tutti/contract';
import type { JobContext } from '@tutti/jobs';
import {
  type Database,
  forgetFailures,
  type HeardFile,
  noteFailures,
  storeAnalyses,
  storeSounds,
} from '@tutti/library';
import { displayPath, type FileStamp, fileStamp } from '@tutti/media';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { failureOf, WorkflowError } from '../failure.ts';
import { soundOf } from '../scan/hash-files.ts';
import { storedAnalysis } from '../scan/stored-analysis.ts';
import { inThread, type JobTools, part } from './in-thread.ts';
import { jobPath } from './job-path.ts';
import { knownFile } from './known-analysis.ts';
import { storedJson } from './stored-json.ts';

/**
 * Analyses a file, unless that was done before; where it belongs to the library, that knows it from then on, and what is wrong with
 * it as well.
 * @throws MediaError 'missing', WorkflowError with what was wrong
 */
export async function analyseInThread(
  tools: JobTools,
  input: JobInput<'analyse'>,
  context: JobContext<JobProgress<'analyse'>>,
): Promise<JobResult<'analyse'>> {
  const path = jobPath(input);
  const { stamp, file, analysis } = await knownFile(tools, path);
  tools.observer?.analysisNeeded(analysis !== undefined);
  const line = analysis === undefined ? await listen(tools, input, context, stamp, file) : await analysis();
  if (file?.line === null) await noteAnalysis(tools.library, file, line);
  return {
    audioHash: line.audioHash,
    analysis: await storedJson(tools.store, JSON.stringify(line)),
    heard: { ...stamp, analyser: ANALYSER_VERSION },
  };
}

async function listen(
  tools: JobTools,
  input: JobInput<'analyse'>,
  context: JobContext<JobProgress<'analyse'>>,
  stamp: FileStamp,
  file: HeardFile | undefined,
): Promise<AnalysisLine> {
  const path = jobPath(input);
  try {
    const line = await inThread(tools, { type: 'analyse', input }, context, async (made) => part(made.analysis));
    const now = await fileStamp(path);
    if (now.size !== stamp.size || now.modifiedUs !== stamp.modifiedUs) {
      throw new WorkflowError('denied', `${displayPath(path)} was written to while it was listened to`);
    }
    return line;
  } catch (error) {
    if (file !== undefined && !context.signal.aborted) {
      await noteFailures(tools.library, 'analysis', [{ ...file, reason: failureOf(error) }]);
    }
    throw error;
  }
}

function noteAnalysis(library: Database, file: HeardFile, line: AnalysisLine): Promise<void> {
  return library.transaction(async (queries) => {
    await storeSounds(queries, [soundOf(file, line.audioHash, line.format)]);
    await storeAnalyses(queries, [storedAnalysis(line)]);
    await forgetFailures(queries, 'analysis', [file.id]);
  });
}
