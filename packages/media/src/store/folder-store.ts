import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toMediaError } from '../errors.ts';
import type { ByteSpan, ResultStore, StoredBytes } from './result-store.ts';

const KEY = /^[0-9a-f]{64}$/;
/** Where files are made; what a process that was killed left there goes after two days. */
const WORKSHOPS = '.being-made';
const LEFT_MILLISECONDS = 2 * 86_400_000;

/** A store in a folder, of this machine or shared by several: a file each, in folders by the first two digits of its key. */
export function folderStore(folder: string): ResultStore {
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
    await mkdir(join(folder, key.slice(0, 2)), { recursive: true });
    await rename(path, pathOf(key));
    return { key, bytes: (await stat(pathOf(key))).size };
  }

  async function workshopsFolder(): Promise<string> {
    const workshops = join(folder, WORKSHOPS);
    await mkdir(workshops, { recursive: true });
    return workshops;
  }

  return {
    place: folder,
    put: (content) =>
      guarded(folder, 'write', async () => {
        const path = join(await workshopsFolder(), randomUUID());
        await writeFile(path, content);
        return place(path, createHash('sha256').update(content).digest('hex'));
      }),
    take: (path) =>
      guarded(path, 'store', async () => {
        const hash = createHash('sha256');
        for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
        return place(path, hash.digest('hex'));
      }),
    find,
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
        await clear(workshops);
        const made = await mkdtemp(join(workshops, 'workshop-'));
        return { folder: made, [Symbol.asyncDispose]: () => rm(made, { recursive: true, force: true }) };
      }),
  };
}

async function clear(workshops: string): Promise<void> {
  for (const name of await readdir(workshops)) {
    const path = join(workshops, name);
    // Another process may be clearing up as well.
    const made = await stat(path).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > LEFT_MILLISECONDS)
      await rm(path, { recursive: true, force: true });
  }
}
