import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addRoot, type Database, listRoots, type Root, removeRoot } from '@tutti/library';
import { displayPath } from '@tutti/media';
import { failureOf, WorkflowError } from '../failure.ts';

/**
 * Takes a folder into the library, by the place where it really is.
 * @returns its path, and whether it is new
 * @throws WorkflowError 'missing', 'unsupported' when it is no folder; LibraryError 'denied' when it overlaps another
 */
export async function addLibraryRoot(library: Database, path: string): Promise<{ path: string; added: boolean }> {
  const real = await realFolder(path);
  const name = displayPath(real);
  return { path: name, added: await library.transaction((queries) => addRoot(queries, real, name)) };
}

async function realFolder(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).isDirectory()) return await realpath(path, { encoding: 'buffer' });
  } catch (error) {
    throw new WorkflowError('missing', `${path} cannot be looked into: ${failureOf(error).message}`, error);
  }
  throw new WorkflowError('unsupported', `${path} is no folder: the library is made of folders`);
}

/**
 * Takes a folder out of the library by its number. Nothing on disk is touched.
 * @throws WorkflowError 'missing'
 */
export async function removeLibraryRootById(library: Database, id: number): Promise<void> {
  const found = (await listRoots(library)).some((root) => root.id === id);
  if (!found) throw new WorkflowError('missing', `no folder of the library has the number ${id}`);
  await removeRoot(library, id);
}

/**
 * Takes a folder out of the library; it may be away. Nothing on disk is touched.
 * @throws WorkflowError 'missing' naming those there are
 */
export async function removeLibraryRoot(library: Database, path: string): Promise<Root> {
  const roots = await listRoots(library);
  const real = await realpath(path).catch(() => undefined);
  const found = roots.find(({ name }) => name === path || name === resolve(path) || name === real);
  if (found === undefined) {
    const there = roots.length === 0 ? 'it has no folders' : `there are ${roots.map(({ name }) => name).join(', ')}`;
    throw new WorkflowError('missing', `${path} is no folder of the library: ${there}`);
  }
  await removeRoot(library, found.id);
  return found;
}
