import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { newPartPath } from '@tutti/media';
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
export interface WholeFile {
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

/** Files that are whole and have not got their names yet. */
export interface UnnamedFiles {
  /** Lets them appear, one after another. @throws WorkflowError 'denied' naming the one that cannot have its name */
  name(): Promise<void>;
  /** Removes those that have no name. */
  discard(): Promise<void>;
}

/**
 * Writes small files under other names in their folders. What a killed process leaves of them is removed by the next one that
 * writes a sound file into the folder.
 * @throws WorkflowError 'denied' naming the one that could not be written
 */
export async function writeUnnamed(files: readonly WholeFile[]): Promise<UnnamedFiles> {
  const parts = files.map((file) => ({ ...file, temporary: newPartPath(dirname(resolve(file.path))) }));
  const discard = async () => {
    for (const { temporary } of parts) await rm(temporary, { force: true });
  };
  const each = async (act: (part: (typeof parts)[number]) => Promise<void>) => {
    for (const part of parts) {
      await act(part).catch(async (error: unknown) => {
        await discard();
        throw new WorkflowError('denied', `${part.path} cannot be written: ${(error as Error).message}`, error);
      });
    }
  };
  await each(({ temporary, content }) => writeFile(temporary, content));
  return { name: () => each(({ temporary, path }) => rename(temporary, path)), discard };
}

/**
 * Writes small files that belong together: none appears before all are written under other names.
 * @throws WorkflowError 'denied' naming the one that could not be written
 */
export async function writeAllWhole(files: readonly WholeFile[]): Promise<void> {
  const unnamed = await writeUnnamed(files);
  await unnamed.name();
}
