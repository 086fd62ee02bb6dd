import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { toMediaError } from '../errors.ts';
import type { ByteSpan, ResultStore, StoredBytes, StoredItem } from './result-store.ts';

const KEY = /^[0-9a-f]{64}$/;
/** Where files are made; what a process left there that was killed goes after two days. */
const WORKSHOPS = '.being-made';
const LEFT_MILLISECONDS = 2 * 86_400_000;
const WORKSHOP = /^workshop-(.+)-(\d+)-[^-]+$/;

/** What writes to the disk: that of the system, unless a test has one that is full. */
export type Disk = Pick<typeof import('node:fs/promises'), 'mkdir' | 'rename' | 'writeFile'>;

export interface FolderStoreOptions {
  readonly disk?: Disk | undefined;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/** A store in a folder, of this machine or shared by several: a file each, in folders by the first two digits of its key. */
export function folderStore(
  folder: string,
  { disk = { mkdir, rename, writeFile }, clock = Date.now }: FolderStoreOptions = {},
): ResultStore {
  const pathOf = (key: string) => join(folder, key.slice(0, 2), key);

  async function guarded<Result>(path: string, doing: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw toMediaError(error, path, doing);
    }
  }

  async function find(key: string): Promise<StoredBytes | undefined> {
    if (!KEY.test(key)) return undefined;
    try {
      return { key, bytes: (await stat(pathOf(key))).size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw toMediaError(error, pathOf(key), 'read');
    }
  }

  /** What is there under the key has the same bytes: to replace it changes nothing. */
  async function place(path: string, key: string): Promise<StoredBytes> {
    await disk.mkdir(join(folder, key.slice(0, 2)), { recursive: true });
    await disk.rename(path, pathOf(key));
    return { key, bytes: (await stat(pathOf(key))).size };
  }

  async function workshopsFolder(): Promise<string> {
    const workshops = join(folder, WORKSHOPS);
    await disk.mkdir(workshops, { recursive: true });
    return workshops;
  }

  return {
    place: folder,
    put: (content) =>
      guarded(folder, 'write', async () => {
        const path = join(await workshopsFolder(), randomUUID());
        try {
          await disk.writeFile(path, content);
          return await place(path, createHash('sha256').update(content).digest('hex'));
        } catch (error) {
          // Half of it takes the room that others wait for.
          await rm(path, { force: true });
          throw error;
        }
      }),
    take: (path) =>
      guarded(path, 'store', async () => {
        const hash = createHash('sha256');
        for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
        return place(path, hash.digest('hex'));
      }),
    find,
    async *list(): AsyncGenerator<StoredItem> {
      for (const shelf of await guarded(folder, 'read', () => namesIn(folder))) {
        if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
        for (const key of await guarded(folder, 'read', () => namesIn(join(folder, shelf)))) {
          const file = KEY.test(key) ? await stat(pathOf(key)).catch(() => undefined) : undefined;
          if (file !== undefined) yield { key, bytes: file.size, storedAt: new Date(file.mtimeMs) };
        }
      }
    },
    async *read(key: string, span?: ByteSpan): AsyncGenerator<Uint8Array> {
      const path = pathOf(key);
      try {
        if (!KEY.test(key)) throw Object.assign(new Error('it is no key'), { code: 'ENOENT' });
        if (span !== undefined && span.end <= span.start) return;
        const stream = createReadStream(path, span && { start: span.start, end: span.end - 1 });
        for await (const piece of stream) yield piece as Uint8Array;
      } catch (error) {
        throw toMediaError(error, path, 'read');
      }
    },
    remove: (key) =>
      guarded(pathOf(key), 'remove', async () => {
        if (KEY.test(key)) await rm(pathOf(key), { force: true });
      }),
    workshop: () =>
      guarded(folder, 'write', async () => {
        const workshops = await workshopsFolder();
        await clear(workshops, clock());
        const made = await mkdtemp(join(workshops, `workshop-${hostname()}-${process.pid}-`));
        return { folder: made, [Symbol.asyncDispose]: () => rm(made, { recursive: true, force: true }) };
      }),
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function clear(workshops: string, now: number): Promise<void> {
  for (const name of await readdir(workshops)) {
    if (isInUse(name)) continue;
    const path = join(workshops, name);
    // Another process may be clearing up as well.
    const made = await stat(path).catch(() => undefined);
    if (made !== undefined && now - made.mtimeMs > LEFT_MILLISECONDS) await rm(path, { recursive: true, force: true });
  }
}

/** Whether a process of this machine lives that made it: no clock has a say in that, and those of others are left for long. */
function isInUse(name: string): boolean {
  const [, machine, pid] = WORKSHOP.exec(name) ?? [];
  if (machine !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
