import { extname } from 'node:path';
import { WorkflowError } from '../failure.ts';
import { isThere } from '../write-whole.ts';

/** The path of a mix's picture: the same name, ending in .svg. */
export function picturePath(out: string): string {
  return `${out.slice(0, out.length - extname(out).length)}.svg`;
}

/** @throws WorkflowError 'denied' when a file is there that would be replaced */
export async function requireNoPicture(out: string): Promise<void> {
  const path = picturePath(out);
  if (await isThere(path)) {
    throw new WorkflowError('denied', `${path} is there already: --force replaces it, --no-picture does without it`);
  }
}
