import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { WorkflowError } from '../failure.ts';
import { isThere, makeFolder, writeAllWhole } from '../write-whole.ts';
import { type ExportOptions, exportPaths, type PreparedFile } from './prepare-export.ts';

/**
 * Finds out whether an export could be written, before the work for it is done. Leaves nothing behind.
 * @param force replace files that are there
 * @throws WorkflowError 'denied' naming what is in the way, 'missing' for a mix that is not there
 */
export async function checkExport(
  options: Pick<ExportOptions, 'formats' | 'folder' | 'name' | 'mix'>,
  force: boolean,
): Promise<void> {
  await checkFiles(options.folder, exportPaths(options), force);
  if (options.mix !== null && !(await isThere(options.mix)))
    throw new WorkflowError('missing', `${options.mix}: there is no such mix`);
}

/**
 * Finds out whether files could be written into a folder.
 * @throws WorkflowError 'denied' naming what is in the way
 */
export async function checkFiles(folder: string, paths: readonly string[], force: boolean): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found && !found.isDirectory()) throw new WorkflowError('denied', `${folder} is a file, not a folder`);
  if (found) {
    await access(folder, constants.W_OK).catch((error: unknown) => {
      throw new WorkflowError('denied', `${folder} cannot be written into: ${(error as Error).message}`, error);
    });
  }
  for (const path of paths) {
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory()) throw new WorkflowError('denied', `${path} is a folder, and a file is to have that name`);
    if (!force && (await isThere(path))) {
      throw new WorkflowError('denied', `${path} is there already: --force replaces it`);
    }
  }
}

/**
 * Writes what was prepared: all files, or none of them.
 * @throws WorkflowError 'denied'
 */
export async function writeExport(files: readonly PreparedFile[], folder: string): Promise<void> {
  await makeFolder(folder);
  await writeAllWhole(files.map(({ path, text }) => ({ path, content: text })));
}
