import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { folderStore } from './folder-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

async function read(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
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

it('says so where nothing can be written', async () => {
  writeFileSync(join(folder, 'no folder'), '');
  await expect(folderStore(join(folder, 'no folder')).put('x')).rejects.toMatchObject({ name: 'MediaError' });
});
