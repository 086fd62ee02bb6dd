import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import { WorkflowError } from './failure.ts';

/** Whether anything has this name, a broken link included. */
export function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Writes a picture under another name first, so that it appears whole or not at all. What has its name is replaced. */
export async function writePicture(path: string, svg: string): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await writeFile(temporary, svg);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new WorkflowError('denied', `${path} cannot be written: ${(error as Error).message}`, error);
  }
}
