import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AudioPath } from '../decode/file-bytes.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { fileStamp } from './file-stamp.ts';
import { walkAudio } from './walk-audio.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
mkdirSync(at('b/deep'), { recursive: true });
mkdirSync(at('.hidden'));
for (const name of [
  'c.mp3',
  'a.FLAC',
  'notes.txt',
  '.secret.mp3',
  'b/2.wav',
  'b/10.wav',
  'b/deep/x.ogg',
  '.hidden/y.mp3',
]) {
  folder.put(name, 'x');
}
symlinkSync(folder.path, at('b/loop'));
symlinkSync(at('c.mp3'), at('d.mp3'));
symlinkSync(at('nowhere.mp3'), at('e.mp3'));

async function names(paths: AudioPath[]): Promise<string[]> {
  const items = [];
  for await (const { name, error } of walkAudio(paths)) {
    items.push(`${name.replace(`${folder.path}/`, '')}${error ? ` ${error.kind}` : ''}`);
  }
  return items;
}

it('walks folders in order: sound only, nothing hidden, links once and not in circles, what is broken named', async () => {
  expect(await names([folder.path])).toEqual([
    'a.FLAC',
    'b/10.wav',
    'b/2.wav',
    'b/deep/x.ogg',
    'c.mp3',
    'e.mp3 missing',
  ]);
});

it('says how large each file is and when it was changed', async () => {
  const path = folder.put('b/2.wav', 'twelve bytes');
  utimesSync(path, 1_764_000_000.5, 1_764_000_000.25);
  const items = [];
  for await (const item of walkAudio([path, at('gone')])) items.push(item);
  expect(items[0]).toMatchObject({ stamp: { size: 12, modifiedUs: 1_764_000_000_250_000 } });
  expect(await fileStamp(path)).toEqual(items[0]!.stamp);
  expect(items[1]!.stamp).toBeUndefined();
});

it('gives what is named whatever it is called, once', async () => {
  expect(await names([at('.secret.mp3'), at('notes.txt'), at('d.mp3'), at('c.mp3'), at('b')])).toEqual([
    '.secret.mp3',
    'notes.txt',
    'd.mp3',
    'b/10.wav',
    'b/2.wav',
    'b/deep/x.ogg',
    // By way of the link back to the top.
    'b/loop/a.FLAC',
    'b/loop/e.mp3 missing',
  ]);
});

it('goes on after a path that is not there', async () => {
  expect(await names([at('gone'), at('a.FLAC')])).toEqual(['gone missing', 'a.FLAC']);
});

it.runIf(process.platform === 'linux')('keeps names that are no UTF-8 as bytes', async () => {
  mkdirSync(at('bytes'));
  const raw = Buffer.concat([Buffer.from(at('bytes/')), Buffer.from([0x62, 0xff, 0xfe]), Buffer.from('.wav')]);
  writeFileSync(raw, 'x');
  const items = [];
  for await (const item of walkAudio([at('bytes')])) items.push(item);
  expect(items).toHaveLength(1);
  expect(Buffer.from(items[0]!.path as Buffer).equals(raw)).toBe(true);
  expect(items[0]!.name).toContain('b\uFFFD\uFFFD.wav');
});

it('stops when cancelled', async () => {
  const walk = walkAudio([folder.path], { signal: AbortSignal.abort() });
  await expect(walk.next()).rejects.toMatchObject({ kind: 'cancelled' });
});
