import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fixturePath } from '../testing/fixture-path.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readTags } from './read-tags.ts';

const folder = temporaryFolder();

function id3v1(title: string, artist: string): Buffer {
  const tag = Buffer.alloc(128);
  tag.write('TAG', 0, 'latin1');
  tag.write(title, 3, 'latin1');
  tag.write(artist, 33, 'latin1');
  return tag;
}

it('reads title and artist, on one line', async () => {
  const song = Buffer.concat([readFileSync(fixturePath('no-header.mp3')), id3v1('A\tsong', 'Some one')]);
  expect(await readTags(folder.put('tagged.mp3', song))).toMatchObject({ title: 'A song', artist: 'Some one' });
});

it.each([
  ['nothing', ''],
  ['text', 'no music here'],
  ['a tag cut off', 'ID3\x04\x00\x00\x00\x7f\x7f\x7fTIT2\x00\x00\x0f\xff'],
])('gives nulls for %s', async (_, content) => {
  const tags = await readTags(folder.put('odd.mp3', Buffer.from(content, 'latin1')));
  expect(tags).toMatchObject({ title: null, artist: null, album: null });
});

it('gives nulls and a warning for a file that is not there', async () => {
  expect((await readTags('/no/such/file.mp3')).warnings).toHaveLength(1);
});
