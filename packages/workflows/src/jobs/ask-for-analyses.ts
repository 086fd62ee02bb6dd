import type { JobResult } from '@tutti/contract';
import type { JobQueue } from '@tutti/jobs';
import { type Database, unanalysedFiles } from '@tutti/library';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { fullPath } from '../scan/scan-options.ts';
import { inputOfPath } from './job-path.ts';
import { JOB_TYPES } from './job-types.ts';

/** Jobs that are asked for in one transaction. */
const AT_ONCE = 100;

/**
 * Asks for the analysis of each sound of the library that has none, and for the index after the last of them. A job that is asked for
 * already is not asked for twice.
 * @param asker the job that asks; what it asks for belongs to the same owner
 */
export async function askForAnalyses(
  library: Database,
  queue: JobQueue,
  scan: number,
  { id: asked, owner }: { readonly id: string; readonly owner: string },
): Promise<JobResult<'scan'>['following']> {
  const background = { owner, priority: 'background' } as const;
  const ids: string[] = [];
  for (let last = 0; ; ) {
    const files = await unanalysedFiles(library, ANALYSER_VERSION, last, AT_ONCE);
    if (files.length === 0) break;
    last = files.at(-1)!.id;
    await library.transaction(async (statements) => {
      for (const { root, path } of files) {
        const input = inputOfPath(fullPath(root, path));
        ids.push((await queue.submitWithin(statements, JOB_TYPES.analyse, input, background)).id);
      }
    });
    queue.wake();
  }
  if (ids.length === 0) return null;
  const index = await queue.submit(JOB_TYPES.index, { scan, asked }, { ...background, afterEnd: ids });
  return { analyses: ids.length, index: index.id };
}
