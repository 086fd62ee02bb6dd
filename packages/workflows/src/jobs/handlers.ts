import { extname } from 'node:path';
import type { AnalysisLine, JobResult } from '@tutti/contract';
import { type HandledType, handle } from '@tutti/jobs';
import type { ResultStore } from '@tutti/media';
import { artworkFolder } from '../artwork/kept-pictures.ts';
import { type RecordingFile, recordingFile } from '../duplicates/recording-file.ts';
import { addLibraryRoot } from '../library/library-roots.ts';
import { libraryAnalyses } from '../lists/library-analyses.ts';
import { finishScan, scanLibrary } from '../scan/scan-library.ts';
import { analyseInThread } from './analyse-in-thread.ts';
import { askForAnalyses } from './ask-for-analyses.ts';
import { inThread, type JobTools, part } from './in-thread.ts';
import { JOB_TYPES } from './job-types.ts';
import { knownFile } from './known-analysis.ts';
import { storedJson } from './stored-json.ts';
import type { Made } from './thread-task.ts';

/** Keeps a sound that was made, and its plan. */
async function keepRender(store: ResultStore, { render }: Partial<Made>): Promise<JobResult<'mix'>> {
  const { path, planJson, ...level } = part(render);
  const plan = await storedJson(store, planJson);
  return { ...level, plan, file: { ...(await store.take(path)), ending: extname(path).slice(1) } };
}

/** The analyses of files that there are; a file that cannot be looked at says why to who listens to it. */
function knownAnalyses(tools: JobTools, files: readonly string[]): Promise<(AnalysisLine | undefined)[]> {
  return Promise.all(
    files.map((path) =>
      knownFile(tools, path).then(
        ({ analysis }) => {
          tools.observer?.analysisNeeded(analysis !== undefined);
          return analysis?.();
        },
        () => undefined,
      ),
    ),
  );
}

/** Who does the jobs: one for every type there is. */
export function jobHandlers(tools: JobTools): HandledType[] {
  const { library, queue, store, threads } = tools;
  return [
    handle(JOB_TYPES.scan, async ({ folders, analyse }, { id, owner, signal, progress }) => {
      for (const folder of folders) await addLibraryRoot(library, folder);
      const report = await scanLibrary(library, {
        ...{ analyse: analyse && ('later' as const), jobs: threads, artworkFolder: artworkFolder() },
        ...{ signal, onProgress: progress },
      });
      return {
        ...report,
        following: analyse ? await askForAnalyses(library, queue, report.scan, { id, owner }) : null,
      };
    }),
    handle(JOB_TYPES.analyse, (input, context) => analyseInThread(tools, input, context)),
    handle(JOB_TYPES.index, ({ scan }, { progress }) => {
      progress({ doing: 'making lists', share: 0 });
      return finishScan(library, scan, false);
    }),
    handle(JOB_TYPES['plan-set'], async (input, context) => {
      const keep = async ({ plans }: Partial<Made>) => JOB_TYPES['plan-set'].result({ plans });
      return inThread(tools, { type: 'plan-set', input }, context, keep, await knownAnalyses(tools, input.files));
    }),
    handle(JOB_TYPES.mix, async (input, context) => {
      const keep = (made: Partial<Made>) => keepRender(store, made);
      return inThread(tools, { type: 'mix', input }, context, keep, await knownAnalyses(tools, input.files));
    }),
    handle(JOB_TYPES.master, (input, context) =>
      inThread(tools, { type: 'master', input }, context, (made) => keepRender(store, made)),
    ),
    handle(JOB_TYPES.balance, (input, context) =>
      inThread(tools, { type: 'balance', input }, context, (made) => keepRender(store, made)),
    ),
    handle(JOB_TYPES.duplicates, async ({ edits }, context) => {
      const recordings: RecordingFile[] = [];
      for await (const line of libraryAnalyses(library, context.signal)) recordings.push(recordingFile(line));
      return inThread(tools, { type: 'duplicates', edits, recordings }, context, async ({ duplicates }) => {
        const lines = part(duplicates);
        const stored = await store.put(lines.map((line) => `${line}\n`).join(''));
        return { files: recordings.length, groups: lines.length, report: { ...stored, ending: 'jsonl' } };
      });
    }),
  ];
}
