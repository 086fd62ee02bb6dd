import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  NO_SERATO_MARKERS,
  sealSeratoField,
  writeSeratoBeatGrid,
  writeSeratoFirstMarkers,
  writeSeratoMarkers,
} from '@tutti/exchange';
import { taggedMarks } from '@tutti/library';
import { emptyLibrary, onBothEngines } from '@tutti/library/testing';
import { readTagging } from '@tutti/media';
import { fixturePath } from '@tutti/media/testing';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { addLibraryRoot } from '../library/library-roots.ts';
import { chapterFrame, id3Tag, objectFrame } from '../testing/id3-tag.ts';
import { writeTaggedSong } from '../testing/tagged-songs.ts';
import { marksInTags } from './marks-in-tags.ts';
import { scanLibrary } from './scan-library.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-marks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const RED = { red: 0xcc, green: 0, blue: 0 };
const MARKERS = {
  ...NO_SERATO_MARKERS,
  cues: [{ index: 2, seconds: 1.25, colour: RED, name: 'drop' }],
  loops: [{ index: 0, seconds: 2, endSeconds: 4, colour: RED, name: '', locked: false }],
};
const GRID = [
  { seconds: 0.25, bpm: 120 },
  { seconds: 4.25, bpm: 128 },
];
const SERATO = {
  source: 'serato',
  cues: [
    { kind: 'cue', name: 'drop', seconds: 1.25, endSeconds: null, pad: 2, colour: '#cc0000' },
    { kind: 'loop', name: '', seconds: 2, endSeconds: 4, pad: 0, colour: '#cc0000' },
  ],
  grid: GRID,
  remarks: [],
};

function writeMp3(name: string, frames: readonly Buffer[]): string {
  writeFileSync(at(name), Buffer.concat([id3Tag(frames), readFileSync(fixturePath('no-header.mp3'))]));
  return at(name);
}
const marksOf = async (path: string) => marksInTags((await readTagging(path)).marks);

it('are read from the objects and chapters of an MP3', async () => {
  const path = writeMp3('a.mp3', [
    objectFrame('Serato Markers2', writeSeratoMarkers(MARKERS)),
    objectFrame('Serato BeatGrid', writeSeratoBeatGrid(GRID)),
    objectFrame('Serato Overview', Buffer.alloc(100)),
    chapterFrame('two', 60_000, 90_000, 'Second'),
    chapterFrame('one', 0, 60_000, ''),
  ]);
  const chapter = { kind: 'chapter', pad: null, colour: null };
  expect(await marksOf(path)).toEqual([
    SERATO,
    {
      source: 'chapters',
      cues: [
        { ...chapter, name: '', seconds: 0, endSeconds: 60 },
        { ...chapter, name: 'Second', seconds: 60, endSeconds: 90 },
      ],
      grid: [],
      remarks: [],
    },
  ]);
});

it('are read from the older object where there is no other', async () => {
  const [marks] = await marksOf(writeMp3('b.mp3', [objectFrame('Serato Markers_', writeSeratoFirstMarkers(MARKERS))]));
  expect(marks).toEqual({ ...SERATO, cues: SERATO.cues.map((cue) => ({ ...cue, name: '' })), grid: [] });
});

it('are read from Vorbis comments', async () => {
  const fields = [
    ['SERATO_MARKERS_V2', { name: 'Serato Markers2', data: writeSeratoMarkers(MARKERS) }],
    ['serato_beatgrid', { name: 'Serato BeatGrid', data: writeSeratoBeatGrid(GRID) }],
  ] as const;
  await writeTaggedSong(at('c.flac'), 300, [
    ...fields.map(([name, field]) => `${name}=${sealSeratoField(field)}`),
    ...['CHAPTER001=00:01:02.500', 'CHAPTER001NAME=Later', 'CHAPTER000=00:00:00.000', 'CHAPTER002=99 minutes'],
  ]);
  const [serato, chapters] = await marksOf(at('c.flac'));
  expect(serato).toEqual(SERATO);
  expect(chapters!.cues.map(({ name, seconds }) => [name, seconds])).toEqual([
    ['', 0],
    ['Later', 62.5],
  ]);
});

it('say why where they are damaged, and are none where there are none', async () => {
  const [marks] = await marksOf(
    writeMp3('d.mp3', [
      objectFrame('Serato Markers2', Buffer.from('rubbish')),
      objectFrame('Serato BeatGrid', Buffer.from([1, 0, 0, 0, 0, 9])),
    ]),
  );
  expect(marks).toMatchObject({ source: 'serato', cues: [], grid: [] });
  expect(marks!.remarks).toEqual([expect.stringContaining('begins with 72 75'), expect.stringContaining('cut off')]);
  expect(await marksOf(writeMp3('e.mp3', [objectFrame('Serato Markers2', Buffer.alloc(0))]))).toEqual([]);
});

onBothEngines((fresh) => {
  it('are kept beside the analysis, and go with the tag', { timeout: 120_000 }, async () => {
    const music = mkdtempSync(join(folder, 'music-'));
    const song = join(music, 'song.flac');
    const tag = sealSeratoField({ name: 'Serato Markers2', data: writeSeratoMarkers(MARKERS) });
    await writeTaggedSong(song, 300, [`SERATO_MARKERS_V2=${tag}`]);
    const library = await emptyLibrary(fresh);
    await addLibraryRoot(library, music);
    await scanLibrary(library, { analyse: true, jobs: 1 });
    const [file] = await library.rows(z.object({ id: z.coerce.number() }), 'SELECT id FROM file');
    expect(await taggedMarks(library, file!.id)).toEqual([{ ...SERATO, grid: [] }]);
    const [analysis] = await library.rows(z.object({ line: z.looseObject({}) }), 'SELECT line FROM analysis');
    expect(JSON.stringify(analysis)).not.toContain('"drop"');
    await writeTaggedSong(song, 300, ['TITLE=no cues any more']);
    await scanLibrary(library, { analyse: true, jobs: 1 });
    expect(await taggedMarks(library, file!.id)).toEqual([]);
  });
});
