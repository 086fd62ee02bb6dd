import { basename, resolve } from 'node:path';
import { WorkflowError } from '../failure.ts';
import type { SetCandidate } from './set-candidate.ts';

/**
 * Finds tracks as people name them: by path, by the name of their file with or without ending, or by title.
 * @returns from a name, and what it was given for, to the path of the track; it throws WorkflowError 'missing' when
 *   it is none of them, 'unsupported' when it is several
 */
export function trackFinder(candidates: readonly SetCandidate[]): (name: string, purpose: string) => string {
  const paths = new Map<string, readonly string[]>();
  const others = new Map<string, string[]>();
  for (const { path, title } of candidates) {
    paths.set(path, [path]);
    const file = basename(path);
    for (const name of new Set([file, file.replace(/\.[^.]+$/, ''), title])) {
      const known = others.get(name);
      if (known) known.push(path);
      else others.set(name, [path]);
    }
  }
  return (name, purpose) => {
    const [found, ...more] = paths.get(resolve(name)) ?? others.get(name) ?? [];
    if (found === undefined) throw new WorkflowError('missing', `${purpose}: ${name} is none of the files`);
    if (more.length > 0)
      throw new WorkflowError(
        'unsupported',
        `${purpose}: ${name} names ${more.length + 1} of the files (${found}, ${more[0]}): name it by its path`,
      );
    return found;
  };
}
