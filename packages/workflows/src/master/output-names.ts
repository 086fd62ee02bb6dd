import { basename, extname, join } from 'node:path';
import { WorkflowError } from '../failure.ts';

/**
 * Where the masters of many files go: each under its own name in one folder, with the ending of the format.
 * @param format an ending without a dot: `wav`, `flac`, ...
 * @throws WorkflowError 'denied' when two files would have one name, or a master the name of its source
 */
export function outputNames(paths: readonly string[], folder: string, format: string): string[] {
  const names = paths.map((path) => join(folder, `${basename(path, extname(path))}.${format}`));
  // Some file systems tell no capitals apart.
  const taken = new Map<string, string>();
  names.forEach((name, index) => {
    const path = paths[index]!;
    const other = taken.get(name.toLowerCase());
    if (other !== undefined)
      throw new WorkflowError('denied', `${other} and ${path} would both become ${name}; master them into two folders`);
    taken.set(name.toLowerCase(), path);
    if (name === path) throw new WorkflowError('denied', `the master of ${path} would replace it; name another folder`);
  });
  return names;
}
