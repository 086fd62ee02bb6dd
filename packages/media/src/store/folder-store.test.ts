import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Disk, folderStore } from './folder-store.ts';
import type { ResultStore, StoredItem } from './result-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

async function read(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}

async function listed(store: ResultStore): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  for await (const item of store.list()) items.push(item);
  return items;
}

it('keeps bytes under their SHA-256, once however often they come, and gives them back whole or in part', async () => {
  const store = folderStore(join(folder, 'made when needed'));
  expect(await store.put('abc')).toEqual({ key: ABC, bytes: 3 });
  const file = join(folder, 'file');
  writeFileSync(file, 'abc');
  expect(await store.take(file)).toEqual({ key: ABC, bytes: 3 });
  expect(readdirSync(folder)).not.toContain('file');
  expect(await store.find(ABC)).toEqual({ key: ABC, bytes: 3 });
  expect(await read(store.read(ABC))).toBe('abc');
  expect(await read(store.read(ABC, { start: 1, end: 2 }))).toBe('b');
  expect(await read(store.read(ABC, { start: 1, end: 1 }))).toBe('');
  await store.remove(ABC);
  await store.remove(ABC);
  expect(await store.find(ABC)).toBeUndefined();
  await expect(read(store.read(ABC))).rejects.toMatchObject({ kind: 'missing' });
});

it('knows no key that is none, wherever it leads', async () => {
  const store = folderStore(folder);
  for (const key of ['', '../secret', ABC.toUpperCase(), `${ABC}/..`]) {
    expect(await store.find(key)).toBeUndefined();
    await expect(read(store.read(key))).rejects.toMatchObject({ kind: 'missing' });
  }
});

it('gives a place to make files in, and clears what a killed process left there', async () => {
  const store = folderStore(join(folder, 'workshops'));
  let inside: string;
  {
    await using workshop = await store.workshop();
    inside = workshop.folder;
    writeFileSync(join(inside, 'half'), '');
  }
  expect(() => readdirSync(inside)).toThrow('ENOENT');
  const left = join(inside, '..', 'left');
  writeFileSync(left, '');
  const long = new Date(Date.now() - 3 * 86_400_000);
  utimesSync(left, long, long);
  await using again = await store.workshop();
  expect(readdirSync(join(again.folder, '..'))).toHaveLength(1);
});

it('lists all that is stored, and nothing else', async () => {
  const place = join(folder, 'listed');
  const store = folderStore(place);
  const all = async () => (await listed(store)).map(({ key, bytes }) => [key, bytes]);
  expect(await all()).toEqual([]);
  await store.put('abc');
  const { key } = await store.put('abcd');
  await using workshop = await store.workshop();
  writeFileSync(join(workshop.folder, 'half'), '');
  writeFileSync(join(place, 'ba', 'a note'), '');
  expect((await all()).sort()).toEqual(
    [
      [key, 4],
      [ABC, 3],
    ].sort(),
  );
  const [item] = await listed(store);
  expect(Math.abs(item!.storedAt.getTime() - Date.now())).toBeLessThan(600_000);
});

it('leaves nothing half on a disk that is full, and says that it is', async () => {
  const place = join(folder, 'full');
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const refuse = async () => {
    throw full;
  };
  // As a disk does that takes the first half.
  const half: Disk = {
    ...{ mkdir, rename },
    async writeFile(path, content) {
      await writeFile(path, String(content).slice(0, 1));
      throw full;
    },
  };
  const message = `cannot write ${place}: the disk is full`;
  for (const disk of [half, { ...half, mkdir: refuse }, { ...half, writeFile, rename: refuse }]) {
    await expect(folderStore(place, { disk }).put('abc')).rejects.toMatchObject({ kind: 'denied', message });
  }
  expect(await listed(folderStore(place))).toEqual([]);
  expect(readdirSync(join(place, '.being-made'))).toEqual([]);
  // There is room again.
  expect(await folderStore(place).put('abc')).toEqual({ key: ABC, bytes: 3 });
});

it('clears no place that a living process works in, however the clock leaps', async () => {
  const place = join(folder, 'leaping');
  let now = Date.now();
  const store = folderStore(place, { clock: () => now });
  await using mine = await store.workshop();
  const names = readdirSync(join(place, '.being-made'));
  const gone = join(place, '.being-made', names[0]!.replace(/-\d+-([^-]+)$/, '-999999999-$1'));
  mkdirSync(gone);
  for (const days of [-1000, 1000]) {
    now = Date.now() + days * 86_400_000;
    await using another = await store.workshop();
    expect([existsSync(mine.folder), existsSync(another.folder), existsSync(gone)]).toEqual([true, true, days < 0]);
  }
});

it('says so where nothing can be written', async () => {
  writeFileSync(join(folder, 'no folder'), '');
  await expect(folderStore(join(folder, 'no folder')).put('x')).rejects.toMatchObject({ name: 'MediaError' });
});
