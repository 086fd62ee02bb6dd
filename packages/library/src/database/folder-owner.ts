import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { LibraryError, reasonOf } from '../errors.ts';

/** What the owner of a folder leaves in it, so that another process can name it. */
const ownerSchema = z.object({ pid: z.int().positive(), since: z.string() });

export interface FolderOwner {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * Makes this process the only owner of a folder until it gives it back or ends, however it ends.
 *
 * What holds is a lock of the operating system on `owner.lock`: the system itself takes it from a process that was
 * killed, so that no lock is ever stale, and a number of a process that was given to another one deceives nobody. Node has
 * no call for such locks of its own; the SQLite in it locks a file in this way on every system while a transaction is open.
 * @throws LibraryError 'denied' that names the owner, or when the folder cannot be written
 */
export async function ownFolder(folder: string): Promise<FolderOwner> {
  const note = join(folder, 'owner.json');
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new LibraryError('denied', `${folder} cannot be made a folder: ${reasonOf(error)}`, { cause: error });
  });
  const lock = takeLock(join(folder, 'owner.lock'));
  if (lock === undefined) {
    const owner = await readNote(note);
    const who = owner === undefined ? 'another process' : `process ${owner.pid} (since ${owner.since})`;
    throw new LibraryError(
      'denied',
      `the library in ${folder} is in use by ${who}: end that one first, or set DATABASE_URL to a server that many can use`,
    );
  }
  try {
    await writeFile(note, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
    return { release: () => lock.close() };
  } catch (error) {
    lock.close();
    throw new LibraryError('denied', `${folder} cannot be written: ${reasonOf(error)}`, { cause: error });
  }
}

/** Undefined when somebody else has it. */
function takeLock(path: string): DatabaseSync | undefined {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    throw new LibraryError('denied', `${path} cannot be locked: ${reasonOf(error)}`, { cause: error });
  }
}

async function readNote(path: string): Promise<z.infer<typeof ownerSchema> | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
