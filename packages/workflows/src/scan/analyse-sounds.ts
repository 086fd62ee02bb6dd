import {
  countUnanalysed,
  type Database,
  type FailedFile,
  type FileSound,
  forgetFailures,
  noteFailures,
  type StoredAnalysis,
  storeAnalyses,
  storeSounds,
  unanalysedFiles,
} from '@tutti/library';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { analyseFiles } from '../analyse/analyse-files.ts';
import { failureOf } from '../failure.ts';
import { soundOf } from './hash-files.ts';
import { fullPath, requireUnchanged, type StepOptions } from './scan-options.ts';
import { storedAnalysis } from './stored-analysis.ts';

/** Analyses are noted after so many, or so long, whichever is sooner: what a process that is killed has worked in vain. */
const BATCH = 20;
const LONGEST_MILLISECONDS = 2000;

/** Analyses each sound that has no analysis of this version, over all cores. What sound a file has is noted as well. */
export async function analyseSounds(
  library: Database,
  { jobs, signal, onProgress }: StepOptions & { readonly jobs?: number | undefined },
): Promise<void> {
  const total = await countUnanalysed(library, ANALYSER_VERSION);
  if (total === 0) return;
  const files = await unanalysedFiles(library, ANALYSER_VERSION, 0, total);
  const sounds: FileSound[] = [];
  const analyses: StoredAnalysis[] = [];
  const failed: FailedFile[] = [];
  let kept = performance.now();
  const keep = async () => {
    const done = sounds.splice(0);
    await library.transaction(async (queries) => {
      await storeSounds(queries, done);
      await storeAnalyses(queries, analyses.splice(0));
      await forgetFailures(
        queries,
        'analysis',
        done.map(({ id }) => id),
      );
      await noteFailures(queries, 'analysis', failed.splice(0));
    });
    kept = performance.now();
  };
  let index = 0;
  try {
    const paths = files.map(({ root, path }) => fullPath(root, path));
    for await (const result of analyseFiles(paths, { jobs, signal })) {
      const file = files[index]!;
      index += 1;
      if ('error' in result) failed.push({ ...file, reason: result.error });
      else {
        try {
          await requireUnchanged(file);
          sounds.push(soundOf(file, result.audioHash, result.format));
          analyses.push(storedAnalysis(result));
        } catch (error) {
          failed.push({ ...file, reason: failureOf(error) });
        }
      }
      onProgress?.({ step: 'analysis', done: index, total, name: file.name });
      if (sounds.length + failed.length >= BATCH || performance.now() - kept > LONGEST_MILLISECONDS) await keep();
    }
  } finally {
    await keep();
  }
}
