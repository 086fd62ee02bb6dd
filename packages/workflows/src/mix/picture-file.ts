import { access, rename, rm, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { WorkflowError } from '../failure.ts';

/** The path of a mix's picture: the same name, ending in .svg. */
export function picturePath(out: string): string {
  return `${out.slice(0, out.length - extname(out).length)}.svg`;
}

/** @throws WorkflowError 'denied' when a file is there that would be replaced */
export async function requireNoPicture(out: string): Promise<void> {
  const path = picturePath(out);
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) {
    throw new WorkflowError('denied', `${path} is there already: --force replaces it, --no-picture does without it`);
  }
}

/** Writes the picture under another name first, so that it appears whole or not at all. */
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
