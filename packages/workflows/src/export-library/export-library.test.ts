import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  type DjTrack,
  parseSeratoCrate,
  placeOf,
  readM3u8,
  readNml,
  readRekordbox,
  writeRekordbox,
} from '@tutti/exchange';
import {
  addEntries,
  type Database,
  keptEntries,
  listedTracks,
  makePlaylist,
  playlistNamed,
  storeAnalyses,
} from '@tutti/library';
import { emptyLibrary, onBothEngines, putTracks } from '@tutti/library/testing';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { parseFilter } from '@tutti/music/filter';
import { afterAll, expect, it } from 'vitest';
import { importCollection } from '../import/import-collection.ts';
import { storedAnalysis } from '../scan/stored-analysis.ts';
import { analysisLine } from '../testing/small-set.ts';
import { exportLibrary, type LibraryExportOptions } from './export-library.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-export-library-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const VOLUME = 'Macintosh HD';
const options = (name: string, more: Partial<LibraryExportOptions> = {}): LibraryExportOptions => ({
  ...{
    playlists: null,
    formats: ['rekordbox', 'nml', 'm3u8'],
    folder: join(folder, name),
    name: 'all',
    relocations: [],
  },
  ...{ relative: false, drive: null, startVolume: VOLUME, marks: 'kept', version: '1', force: false, ...more },
});
const SOUND = { seconds: 60, codec: 'flac', container: 'flac' };

/** Two tracks, one of them analysed, a list in a folder that has one twice and one that is away, and a smart one. */
async function smallLibrary(library: Database): Promise<number[]> {
  const files = await putTracks(library, [
    { path: 'a & b.flac', sound: SOUND, fields: { title: ['T & T'], artist: ['Björk'] } },
    { path: 'é/c.mp3', rating: 5 },
  ]);
  const [track] = await listedTracks(library, files);
  const line = { ...analysisLine('/m/a & b.flac'), audioHash: track!.audioHash! };
  await storeAnalyses(library, [{ ...storedAnalysis(line), analyser: ANALYSER_VERSION }]);
  const { id } = await makePlaylist(library, { folders: ['Sets'], name: 'one/two' });
  const entry = (file: number | null) => ({ file, path: '/gone.mp3', title: null, artist: null, seconds: null });
  await library.transaction((queries) =>
    addEntries(queries, id, [entry(files[1]!), entry(null), entry(files[0]!), entry(files[1]!)]),
  );
  await makePlaylist(library, { folders: [], name: 'best' }, { filter: parseFilter('rating:5') });
  return files;
}

onBothEngines((fresh) => {
  it('is written whole, with playlists in their folders, grids, keys and cues as they were heard', async () => {
    const library = await emptyLibrary(fresh);
    await smallLibrary(library);
    const there = options(`${library.engine}-whole`);
    const written = await exportLibrary(library, there);
    expect(
      written.map(({ format, tracks, playlists, remarks }) => [format, tracks, playlists, remarks.length]),
    ).toEqual([
      ...[
        ['rekordbox', 2, 2, 1],
        ['nml', 2, 2, 1],
        ['m3u8', 2, 1, 1],
        ['m3u8', 3, 1, 0],
        ['m3u8', 1, 1, 0],
      ],
    ]);
    expect(written[0]!.remarks[0]).toContain('/gone.mp3 is left out');
    expect(readdirSync(there.folder).sort()).toEqual([
      ...['all - Sets - one_two.m3u8', 'all - best.m3u8', 'all.m3u8', 'all.nml', 'all.rekordbox.xml'],
    ]);
    const text = (name: string) => readFileSync(join(there.folder, name), 'utf8');
    for (const { collection, remarks } of [
      readRekordbox(text('all.rekordbox.xml')),
      readNml(text('all.nml'), VOLUME),
    ]) {
      expect(remarks).toEqual([]);
      expect(collection.tracks.map(({ path }) => path)).toEqual(['/m/a & b.flac', '/m/é/c.mp3']);
      expect(collection.tracks[0]).toMatchObject({
        ...{ title: 'T & T', artist: 'Björk', bpm: 120, key: { tonic: 'A', mode: 'minor' } },
        grid: [{ seconds: expect.closeTo(0.25, 4), bpm: 120, meter: 4, beat: 1 }],
      });
      expect(collection.tracks[0]!.cues.map(({ name }) => name)).toContain('drop');
      expect(collection.tracks[1]).toMatchObject({ title: 'c', bpm: null, grid: [], cues: [] });
      expect(collection.playlists.toSorted((a, b) => a.tracks.length - b.tracks.length)).toEqual([
        { folders: [], name: 'best', tracks: [1] },
        { folders: ['Sets'], name: 'one/two', tracks: [1, 0, 1] },
      ]);
    }
    const list = readM3u8(text('all - Sets - one_two.m3u8'), placeOf('/x'));
    expect(list.entries.map(({ path, title }) => [path, title])).toEqual([
      ...[
        ['/m/é/c.mp3', 'c'],
        ['/m/a & b.flac', 'Björk - T & T'],
        ['/m/é/c.mp3', 'c'],
      ],
    ]);
    await expect(exportLibrary(library, there)).rejects.toMatchObject({ kind: 'denied' });
    await exportLibrary(library, { ...there, force: true });
  });

  it('gives one playlist, on the paths of the system that reads', async () => {
    const library = await emptyLibrary(fresh);
    await smallLibrary(library);
    const there = options(`${library.engine}-one`, {
      ...{ playlists: ['best'], name: 'best', relocations: [{ from: placeOf('/m'), to: placeOf('M:\\Music') }] },
    });
    await exportLibrary(library, there);
    expect(readdirSync(there.folder).sort()).toEqual(['best.m3u8', 'best.nml', 'best.rekordbox.xml']);
    expect(readFileSync(join(there.folder, 'best.m3u8'), 'utf8')).toContain('M:\\Music\\é\\c.mp3\n');
    const { collection } = readRekordbox(readFileSync(join(there.folder, 'best.rekordbox.xml'), 'utf8'));
    expect(collection.tracks.map(({ path }) => path)).toEqual(['M:\\Music\\é\\c.mp3']);
    await expect(exportLibrary(library, { ...there, playlists: ['none'] })).rejects.toThrow(/no playlist "none"/);
  });

  it('is written as crates, which have a track once, and read from them', async () => {
    const library = await emptyLibrary(fresh);
    const files = await smallLibrary(library);
    const there = options(`${library.engine}-serato`, { formats: ['serato'], drive: placeOf('/m') });
    const written = await exportLibrary(library, there);
    expect(written.map(({ path, tracks }) => [relative(there.folder, path), tracks])).toEqual([
      ['_Serato_/Subcrates/Sets%%one_two.crate', 2],
      ['_Serato_/Subcrates/best.crate', 1],
    ]);
    expect(written[0]!.remarks).toEqual([
      expect.stringContaining('/gone.mp3 is left out'),
      expect.stringContaining('/m/é/c.mp3 is in it once: crates have a track once'),
    ]);
    const { crate } = parseSeratoCrate(readFileSync(written[0]!.path));
    expect(crate.tracks).toEqual(['é/c.mp3', 'a & b.flac']);
    // On the drive that the folder is the root of, and on one that is called otherwise here.
    const relocations = [{ from: placeOf(there.folder), to: placeOf('/m') }];
    const plain = { startVolume: VOLUME, replace: true, preview: false };
    for (const rule of [relocations, [{ from: placeOf('/'), to: placeOf('/m') }]]) {
      const report = await importCollection(library, written[0]!.path, { ...plain, relocations: rule });
      expect(report).toMatchObject({ format: 'serato', matched: { path: 2 }, unmatched: [] });
      const { id } = await playlistNamed(library, 'Sets/one_two');
      expect((await keptEntries(library, id)).map(({ track }) => track?.id)).toEqual([files[1], files[0]]);
    }
    const elsewhere = await exportLibrary(library, { ...there, drive: placeOf('/n'), force: true });
    expect(elsewhere.map(({ tracks }) => tracks).slice(0, 2)).toEqual([0, 0]);
    expect(elsewhere[0]!.remarks).toContainEqual(expect.stringContaining('it is not on that drive'));
  });

  it('brings grids and cues that a person made back to each program within a millisecond', async () => {
    const library = await emptyLibrary(fresh);
    await smallLibrary(library);
    const cue = (name: string, seconds: number, pad: number | null) => ({
      ...{ kind: 'cue' as const, name, seconds, endSeconds: null, pad, colour: { red: 9, green: 200, blue: 0 } },
    });
    const made: DjTrack = {
      ...{ path: '/m/a & b.flac', title: 'x', artist: null, album: null, seconds: 60, sampleRate: null, bpm: 127.31 },
      ...{
        key: null,
        cues: [cue('é <1>', 12.3456, 0), { ...cue('loop', 20.001, null), kind: 'loop', endSeconds: 24.002 }],
      },
      grid: [
        { seconds: 0.1234, bpm: 127.31, meter: 4, beat: 1 },
        { seconds: 30.2868, bpm: 128.02, meter: 4, beat: 1 },
      ],
    };
    const from = join(folder, `${library.engine}-made.xml`);
    writeFileSync(from, writeRekordbox({ tracks: [made], playlists: [] }, '1'));
    await importCollection(library, from, {
      ...{ relocations: [], startVolume: VOLUME, replace: false, preview: false },
    });
    const there = options(`${library.engine}-made`);
    await exportLibrary(library, there);
    const text = (name: string) => readFileSync(join(there.folder, name), 'utf8');
    for (const { collection } of [readRekordbox(text('all.rekordbox.xml')), readNml(text('all.nml'), VOLUME)]) {
      const { cues, grid } = collection.tracks[0]!;
      for (const [i, mark] of made.grid.entries()) {
        expect(Math.abs(grid[i]!.seconds - mark.seconds)).toBeLessThan(0.001);
        expect(grid[i]!.bpm).toBeCloseTo(mark.bpm, 4);
      }
      expect(grid).toHaveLength(2);
      expect(cues.map(({ name, pad, kind, colour }) => ({ name, pad, kind, colour }))).toEqual(
        made.cues.map(({ name, pad, kind, colour }) => ({ name, pad, kind, colour })),
      );
      for (const [i, { seconds, endSeconds }] of made.cues.entries()) {
        expect(Math.abs(cues[i]!.seconds - seconds)).toBeLessThan(0.001);
        expect(Math.abs((cues[i]!.endSeconds ?? 0) - (endSeconds ?? 0))).toBeLessThan(0.001);
      }
    }
    await exportLibrary(library, { ...there, marks: 'heard', force: true });
    expect(readRekordbox(text('all.rekordbox.xml')).collection.tracks[0]!.grid).toHaveLength(1);
  });
});
