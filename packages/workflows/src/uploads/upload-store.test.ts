import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { MOST_UPLOAD_BYTES, UploadStore } from './upload-store.ts';
import { soundName } from './uploaded-sound.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-uploads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = { name: 'a.wav', bytes: 10, owner: 'me', room: 10 };

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

it('what a process that was killed left can be gone on with, for a day', async () => {
  const id = await new UploadStore(folder).begin(ask);
  await new UploadStore(folder).add(id, 0, pieces('abc', 'd'));
  const store = new UploadStore(folder);
  expect(await store.find(id)).toMatchObject({ offset: 4, bytes: 10, path: null });
  await expect(store.add(id, 3, pieces('d'))).rejects.toMatchObject({ kind: 'denied' });
  await expect(store.add(id, 4, pieces('efg', 'hijklm'))).rejects.toMatchObject({ kind: 'limit' });
  expect(await store.find(id)).toMatchObject({ offset: 4 });
  await store.tidy(new Date());
  expect(readdirSync(folder)).toEqual([id]);
  const begun = new Date(Date.now() - 25 * 3_600_000);
  utimesSync(join(folder, id, '.content'), begun, begun);
  await store.tidy(new Date());
  expect(readdirSync(folder)).toEqual([]);
  await expect(store.find(id)).rejects.toMatchObject({ kind: 'missing' });
});

it('there is a limit, and the disk must have room', async () => {
  const store = new UploadStore(folder);
  await expect(store.begin({ ...ask, room: MOST_UPLOAD_BYTES + 1 })).rejects.toMatchObject({ kind: 'limit' });
  for (const id of ['..', '../x', '', `${'0'.repeat(12)}-${'0'.repeat(15)}/`]) {
    await expect(store.find(id)).rejects.toMatchObject({ kind: 'missing' });
    await store.discard(id);
  }
});

it.each([
  ['song.mp3', 'song.mp3'],
  ['/music/a b.flac', 'a b.flac'],
  ['C:\\music\\c.wav', 'c.wav'],
  ['..', 'song'],
  ['...hidden', 'hidden'],
  ['a<b>:"c|?*.wav', 'a_b___c___.wav'],
  ['a\u0007b\r\nx.wav', 'a_b__x.wav'],
  ['CON.wav', 'CON_.wav'],
  ['e\u0301.wav', '\u00e9.wav'],
  ['', 'song'],
])('the name %j becomes %j', (given, name) => {
  expect(soundName(given)).toBe(name);
});

it('a long name is cut between characters, its ending kept', () => {
  const name = soundName(`${'🎵'.repeat(300)}.flac`);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(name).toMatch(/^(?:🎵)+\.flac$/u);
});
