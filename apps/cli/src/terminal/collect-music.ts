import { resolve } from 'node:path';
import { type CollectedFiles, collectFiles } from '@tutti/workflows';
import type { Session } from '../session.ts';
import { reportFailure } from './failures.ts';
import { shownName } from './terminal.ts';

/** The audio files that a set is made from; what is named twice or cannot be read is told. */
export async function collectMusic(paths: readonly string[], { terminal, signal }: Session): Promise<CollectedFiles> {
  const collected = await collectFiles(paths, signal);
  const named = paths.map((path) => resolve(path));
  for (const path of new Set(named.filter((path, index) => named.indexOf(path) !== index))) {
    terminal.complain(`${shownName(path)} is named more than once and used once`);
  }
  for (const failure of collected.failures) reportFailure(failure, terminal);
  return collected;
}
