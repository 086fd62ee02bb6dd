import { extname } from 'node:path';
import { WorkflowError } from './failure.ts';
import { isThere } from './write-whole.ts';

/** The path of what belongs to a file and lies beside it: the same name with another ending. */
export function companionPath(out: string, ending: string): string {
  return `${out.slice(0, out.length - extname(out).length)}.${ending}`;
}

/**
 * @param without what a person says to do without it: `--no-picture`
 * @throws WorkflowError 'denied' when a file is there that would be replaced
 */
export async function requireNoCompanion(out: string, ending: string, without: string): Promise<void> {
  const path = companionPath(out, ending);
  if (await isThere(path)) {
    throw new WorkflowError('denied', `${path} is there already: --force replaces it, ${without} does without it`);
  }
}
