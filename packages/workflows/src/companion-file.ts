import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { WorkflowError } from './failure.ts';
import { isThere } from './write-whole.ts';

/** The path of what belongs to a file and lies beside it: the same name with another ending. */
export function companionPath(out: string, ending: string): string {
  return `${out.slice(0, out.length - extname(out).length)}.${ending}`;
}

/**
 * @param force replace a file that is there
 * @param without what a person says to do without it: `--no-picture`
 * @throws WorkflowError 'denied' when a file is there that may not be replaced, or a folder
 */
export async function requireNoCompanion(
  out: string,
  ending: string,
  { force, without }: { readonly force: boolean; readonly without: string },
): Promise<void> {
  const path = companionPath(out, ending);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    throw new WorkflowError(
      'denied',
      `${path} is a folder, and a file is to have that name: ${without} does without it`,
    );
  }
  if (!force && (await isThere(path))) {
    throw new WorkflowError('denied', `${path} is there already: --force replaces it, ${without} does without it`);
  }
}
