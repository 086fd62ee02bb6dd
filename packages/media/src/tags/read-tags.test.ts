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

/** A text frame of ID3v2.3, in Latin-1. */
function id3v2Frame(name: string, text: string): Buffer {
  const frame = Buffer.alloc(11 + text.length);
  frame.write(name, 0, 'latin1');
  frame.writeUInt32BE(1 + text.length, 4);
  frame.write(text, 11, 'latin1');
  return frame;
}

function id3v2(frames: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.concat(Object.entries(frames).map(([name, text]) => id3v2Frame(name, text)));
  // Sizes have seven bits a byte; this one fits into the last.
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, body.length]), body]);
}

it.each([
  [{ TBPM: '127.5', TKEY: 'F#m' }, 127.5, 'F#m'],
  [{ TBPM: '0', TKEY: ' ' }, null, null],
  [{ TBPM: '99999' }, null, null],
  [{ TBPM: 'fast' }, null, null],
])('reads tempo and key where they make sense: %j', async (frames, bpm, key) => {
  const song = Buffer.concat([id3v2(frames), readFileSync(fixturePath('no-header.mp3'))]);
  expect(await readTags(folder.put('claims.mp3', song))).toMatchObject({ bpm, key });
});

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
  expect(tags).toMatchObject({ title: null, artist: null, album: null, bpm: null, key: null });
});

it('gives nulls and a warning for a file that is not there', async () => {
  expect((await readTags('/no/such/file.mp3')).warnings).toHaveLength(1);
});
