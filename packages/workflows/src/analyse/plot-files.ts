import { join } from 'node:path';
import type { Failure } from '@tutti/contract';
import { type AudioPath, displayPath } from '@tutti/media';
import { failureOf, WorkflowError } from '../failure.ts';
import { isThere, makeFolder, writeWhole } from '../write-whole.ts';
import { type AnalyseFilesOptions, type AnalysisResult, analyseOverThreads } from './analyse-files.ts';
import { pictureNames } from './picture-names.ts';

export interface PlotFilesOptions extends AnalyseFilesOptions {
  /** Where the pictures go; made when it is not there. */
  readonly folder: string;
  /** Replace pictures that are there. */
  readonly force?: boolean | undefined;
}

export interface PlottedFile {
  readonly result: AnalysisResult;
  /** Why there is no picture although the file could be analysed. */
  readonly pictureError?: Failure;
}

/**
 * As `analyseFiles`, and draws what was heard in each file: one SVG a file, named after it. A picture that cannot be
 * written, or whose name is taken, is told beside the result.
 * @throws WorkflowError 'denied' when there can be no such folder
 */
export async function* plotFiles(
  paths: readonly AudioPath[],
  { folder, force = false, ...options }: PlotFilesOptions,
): AsyncGenerator<PlottedFile> {
  await makeFolder(folder);
  const names = pictureNames(paths.map(displayPath));
  let index = 0;
  for await (const { result, picture } of analyseOverThreads(paths, options, true)) {
    const path = join(folder, names[index++]!);
    if (picture === undefined) yield { result };
    else {
      yield await keep(path, picture, force).then(
        () => ({ result }),
        (error: unknown) => ({ result, pictureError: failureOf(error) }),
      );
    }
  }
}

async function keep(path: string, picture: string, force: boolean): Promise<void> {
  if (!force && (await isThere(path))) {
    throw new WorkflowError('denied', `${path} is there already: --force replaces it`);
  }
  await writeWhole(path, picture);
}
