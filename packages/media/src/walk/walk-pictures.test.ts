import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { walkAudio } from './walk-audio.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);

it('sees the pictures beside each file, and for a disc those of the album', async () => {
  for (const name of ['album/CD1', 'album/CD2', 'album/extra', 'cover.jpg']) mkdirSync(at(name), { recursive: true });
  for (const name of [
    'album/CD1/a.mp3',
    'album/CD2/b.mp3',
    'album/extra/c.mp3',
    'album/d.mp3',
    'album/e.mp3',
    'f.mp3',
  ]) {
    folder.put(name, 'x');
  }
  for (const name of ['album/cover.jpg', 'album/CD2/front.png', 'album/notes.jpg']) folder.put(name, 'picture');
  symlinkSync(at('nowhere'), at('album/folder.jpg'));
  const seen: Record<string, string[]> = {};
  const lists = new Set<unknown>();
  for await (const { name, pictures } of walkAudio([folder.path], { pictures: true })) {
    seen[name.slice(folder.path.length + 1)] = pictures!.map(({ path }) => String(path).slice(folder.path.length + 1));
    lists.add(pictures);
  }
  expect(seen).toEqual({
    'album/CD1/a.mp3': ['album/cover.jpg'],
    'album/CD2/b.mp3': ['album/CD2/front.png'],
    'album/extra/c.mp3': [],
    'album/d.mp3': ['album/cover.jpg'],
    'album/e.mp3': ['album/cover.jpg'],
    'f.mp3': [],
  });
  expect(lists.size).toBe(4);
  for await (const item of walkAudio([folder.path])) expect(item.pictures).toBeUndefined();
});
