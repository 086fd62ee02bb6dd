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

/**
 * Writes a small file under another name first, so that it appears whole or not at all. What has its name is replaced.
 * @throws WorkflowError 'denied'
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  // Two threads may write the same file.
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new WorkflowError('denied', `${path} cannot be written: ${(error as Error).message}`, error);
  }
}
