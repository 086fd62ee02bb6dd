import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturePath } from '../testing/fixture-path.ts';
import { flacWithComments } from '../testing/flac-with-comments.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasFfmpeg } from '../testing/with-ffmpeg.ts';
import { readTagFields } from './read-tag-fields.ts';

const folder = temporaryFolder();

const TAGS = {
  title: 'Jóga – “live”',
  artist: 'Björk',
  album: 'Homogenic',
  album_artist: 'Björk & others',
  genre: 'Electronic',
  track: '3/10',
  disc: '1/2',
  date: '1997-09-20',
  composer: 'Somebody',
  comment: 'one two',
};

describe.runIf(hasFfmpeg)('tags that ffmpeg wrote', () => {
  it.each(['flac', 'mp3', 'ogg', 'm4a'])('are read alike from %s', async (ending) => {
    const path = join(folder.path, `tagged.${ending}`);
    const tags = Object.entries(TAGS).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
    const done = spawnSync('ffmpeg', ['-v', 'error', '-i', fixturePath('stereo-16.flac'), ...tags, path]);
    expect(done.status, String(done.stderr)).toBe(0);
    expect(await readTagFields(path)).toMatchObject({
      title: ['Jóga – “live”'],
      artist: ['Björk'],
      album: ['Homogenic'],
      albumArtist: ['Björk & others'],
      genre: ['Electronic'],
      track: ['3'],
      tracks: ['10'],
      disc: ['1'],
      discs: ['2'],
      year: ['1997'],
      composer: ['Somebody'],
      comment: ['one two'],
    });
  });
});

it('gives every value of a field once, ReplayGain, sort names, and what is none not at all', async () => {
  const path = folder.put(
    'many.flac',
    flacWithComments(readFileSync(fixturePath('stereo-16.flac')), [
      ...['ARTIST=A & B', 'ARTISTS=A', 'ARTISTS=B', 'ARTISTS=A', 'ARTISTSORT=B, A', 'GENRE=House', 'GENRE=Techno'],
      ...[
        'REPLAYGAIN_TRACK_GAIN=-6.50 dB',
        'REPLAYGAIN_TRACK_PEAK=0.988',
        'COMPILATION=1',
        'BPM=127.5',
        'INITIALKEY=8A',
      ],
      ...['TITLE=\u0007 \u202e', 'REMIXER=\ud800x', `COMMENT=${'x'.repeat(2000)}`],
    ]),
  );
  const fields = await readTagFields(path);
  expect(fields).toMatchObject({
    artist: ['A & B'],
    artists: ['A', 'B'],
    artistSort: ['B, A'],
    genre: ['House', 'Techno'],
    replayGainDb: ['-6.5'],
    replayPeak: ['0.988'],
    compilation: ['true'],
    bpm: ['127.5'],
    key: ['8A'],
  });
  expect(fields['title']).toBeUndefined();
  expect(fields['comment']![0]).toHaveLength(500);
});

it.runIf(process.platform === 'linux')('reads a file whose name is no UTF-8', async () => {
  const path = Buffer.concat([Buffer.from(folder.path), Buffer.from([0x2f, 0xff])]);
  writeFileSync(path, flacWithComments(readFileSync(fixturePath('stereo-16.flac')), ['TITLE=bytes']));
  expect((await readTagFields(path))['title']).toEqual(['bytes']);
});

it('says why where there are none to be made out', async () => {
  await expect(readTagFields('/no/such/file.mp3')).rejects.toMatchObject({ kind: 'missing' });
  const unknown = folder.put('text.unknown', 'no music here');
  await expect(readTagFields(unknown)).rejects.toMatchObject({
    kind: 'corrupt',
    message: expect.stringMatching(/text\.unknown cannot be read/),
  });
});
