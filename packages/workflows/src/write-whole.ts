import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { WorkflowError } from './failure.ts';

/** Whether anything has this name, a broken link included. */
export function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes a folder, and those around it, where it is not there.
 * @throws WorkflowError 'denied'
 */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw new WorkflowError('denied', `${path} cannot be made a folder: ${(error as Error).message}`, error);
  });
}

/** A small file that is to be written. */
interface WholeFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes a small file under another name first, so that it appears whole or not at all. What has its name is replaced.
 * @throws WorkflowError 'denied'
 */
export function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  return writeAllWhole([{ path, content }]);
}

/**
 * Writes small files that belong together: none appears before all are written under other names.
 * @throws WorkflowError 'denied' naming the one that could not be written
 */
export async function writeAllWhole(files: readonly WholeFile[]): Promise<void> {
  // Two threads may write the same file.
  const parts = files.map((file) => ({ ...file, temporary: `${file.path}.${randomUUID()}.part` }));
  let at = '';
  try {
    for (const { path, content, temporary } of parts) {
      at = path;
      await writeFile(temporary, content);
    }
    for (const { path, temporary } of parts) {
      at = path;
      await rename(temporary, path);
    }
  } catch (error) {
    for (const { temporary } of parts) await rm(temporary, { force: true });
    throw new WorkflowError('denied', `${at} cannot be written: ${(error as Error).message}`, error);
  }
}
