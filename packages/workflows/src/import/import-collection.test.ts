import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DjTrack, placeOf, writeM3u8, writeNml, writeRekordbox } from '@tutti/exchange';
import { keptEntries, listPlaylists, playlistNamed, shownPlace, storeTaggedMarks, taggedMarks } from '@tutti/library';
import { emptyLibrary, onBothEngines, putTracks } from '@tutti/library/testing';
import { afterAll, expect, it } from 'vitest';
import { importCollection } from './import-collection.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const PLAIN = { relocations: [], startVolume: 'Macintosh HD', replace: false, preview: false };
const FROM_WINDOWS = { ...PLAIN, relocations: [{ from: placeOf('M:\\Music'), to: placeOf('/m') }] };
const NML = { startVolume: 'Macintosh HD', uuidOf: () => '0'.repeat(32) };
const SOUND = { seconds: 200, codec: 'mp3', container: 'mp3' };

const track = (path: string, rest: Partial<DjTrack> = {}): DjTrack => ({
  ...{ path, title: 't', artist: 'x', album: null, seconds: 200, sampleRate: null, bpm: null, key: null },
  ...{ grid: [], cues: [], ...rest },
});
const CUE = {
  ...{ kind: 'cue' as const, name: 'drop', seconds: 61.234, endSeconds: null, pad: 2 },
  colour: { red: 1, green: 2, blue: 255 },
};
const LOOP = { ...CUE, kind: 'loop' as const, name: 'é', seconds: 30, endSeconds: 32, pad: null, colour: null };
const GRID = [{ seconds: 0.123, bpm: 127.5, meter: 4, beat: 1 }];

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

onBothEngines((fresh) => {
  it('finds tracks by path and by name, keeps the rest by name, and says so', async () => {
    const library = await emptyLibrary(fresh);
    const [a, b] = await putTracks(library, [
      { path: 'a.mp3', sound: SOUND },
      { path: 'elsewhere.mp3', fields: { title: ['Été'], artist: ['Björk'] }, sound: SOUND },
    ]);
    const collection = {
      tracks: [
        track('M:\\Music\\a.mp3'),
        track('M:\\Music\\b.mp3', { title: 'ete', artist: 'BJORK', seconds: 201 }),
        track('M:\\Music\\gone.mp3'),
      ],
      playlists: [
        { folders: ['Sets', '2026'], name: 'one', tracks: [2, 1, 0, 1] },
        { folders: [], name: 'two', tracks: [0] },
      ],
    };
    const path = written(`${library.engine}.xml`, writeRekordbox(collection, '1'));
    const report = {
      ...{ schema: 'tutti.import/1', path, format: 'rekordbox', preview: true, tracks: 3, marks: 0, remarks: [] },
      matched: { path: 1, name: 1 },
      playlists: [
        { folders: ['Sets', '2026'], name: 'one', entries: 4, unmatched: 1 },
        { folders: [], name: 'two', entries: 1, unmatched: 0 },
      ],
      unmatched: [
        {
          ...{ path: 'M:\\Music\\gone.mp3', sought: '/m/gone.mp3', title: 't', artist: 'x', seconds: 200 },
          reason: 'nothing',
        },
      ],
    };
    const sorted = (found: typeof report) => ({
      ...found,
      playlists: found.playlists.toSorted((x, y) => x.entries - y.entries),
    });
    expect(
      sorted((await importCollection(library, path, { ...FROM_WINDOWS, preview: true })) as typeof report),
    ).toEqual(sorted(report));
    expect(await listPlaylists(library)).toEqual([]);
    await importCollection(library, path, FROM_WINDOWS);
    const one = await playlistNamed(library, 'Sets/2026/one');
    const entries = await keptEntries(library, one.id);
    expect(entries.map((entry) => [entry.track?.id ?? null, entry.path, entry.title])).toEqual([
      [null, '/m/gone.mp3', 't'],
      [b, '/m/elsewhere.mp3', 'Été'],
      [a, '/m/a.mp3', 'a'],
      [b, '/m/elsewhere.mp3', 'Été'],
    ]);
    // What was not there is found when it comes.
    await library.run("UPDATE file SET path_shown = '/m/gone.mp3' WHERE id = $1", [a!]);
    expect((await keptEntries(library, one.id))[0]!.track?.id).toBe(a);
    await importCollection(library, path, FROM_WINDOWS);
    await importCollection(library, path, { ...FROM_WINDOWS, replace: true });
    const names = (await listPlaylists(library)).map(shownPlace).sort();
    expect(names).toEqual(['Sets/2026/one', 'Sets/2026/one 2', 'two', 'two 2']);
  });

  it.each(['rekordbox', 'traktor'] as const)('keeps grids and cues of %s within a millisecond', async (source) => {
    const library = await emptyLibrary(fresh);
    const [a, b] = await putTracks(library, [{ path: 'a.mp3' }, { path: 'b.mp3' }]);
    const tags = { source: 'serato', cues: [], grid: [], remarks: ['tags'] };
    await storeTaggedMarks(library, [{ id: a!, marks: [tags] }]);
    const collection = {
      tracks: [track('/m/a.mp3', { grid: GRID, cues: [LOOP, CUE] }), track('/m/b.mp3')],
      playlists: [],
    };
    const path =
      source === 'traktor'
        ? written(`${library.engine}.nml`, writeNml(collection, NML))
        : written(`${library.engine}-marks.xml`, writeRekordbox(collection, '1'));
    for (let times = 0; times < 2; times++) {
      expect(await importCollection(library, path, PLAIN)).toMatchObject({ marks: 1, matched: { path: 2 } });
    }
    const kept = await taggedMarks(library, a!);
    expect(kept.map((marks) => marks.source)).toEqual([source, 'serato'].sort());
    const { cues, grid } = kept.find((marks) => marks.source === source)!;
    const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 3));
    const expected = [LOOP, CUE].map((cue) => ({
      ...{ ...cue, seconds: near(cue.seconds), endSeconds: near(cue.endSeconds) },
      colour: cue.colour && '#0102ff',
    }));
    expect(cues).toEqual(expected);
    expect(grid).toEqual([{ ...GRID[0], seconds: near(0.123), bpm: expect.closeTo(127.5, 4) }]);
    expect(await taggedMarks(library, b!)).toEqual([]);
    // Tags that are read again leave what was imported.
    await storeTaggedMarks(library, [{ id: a!, marks: [] }]);
    expect((await taggedMarks(library, a!)).map((marks) => marks.source)).toEqual([source]);
  });

  it('reads playlists of players, also such as are no UTF-8', async () => {
    const library = await emptyLibrary(fresh);
    const [a] = await putTracks(library, [{ path: 'Ä.mp3', fields: { title: ['Song'], artist: ['One'] } }]);
    const entry = { place: placeOf('/x/y.mp3'), title: 'One - Song', seconds: 200 };
    const utf8 = written(`${library.engine} list.m3u8`, writeM3u8([entry], 'named', null));
    expect(await importCollection(library, utf8, PLAIN)).toMatchObject({
      ...{ format: 'm3u8', matched: { path: 0, name: 1 } },
      playlists: [{ name: 'named' }],
    });
    const old = written(`${library.engine} old.m3u`, Buffer.from('/m/\xc4.mp3\nhttp://radio\n', 'latin1'));
    expect(await importCollection(library, old, PLAIN)).toMatchObject({
      ...{ matched: { path: 1 }, playlists: [{ name: `${library.engine} old`, entries: 1 }] },
      remarks: [expect.stringContaining('on the network')],
    });
    expect((await keptEntries(library, (await playlistNamed(library, 'named')).id))[0]!.track?.id).toBe(a);
  });

  it('changes nothing for what cannot be read', async () => {
    const library = await emptyLibrary(fresh);
    const refused = (path: string) => importCollection(library, path, PLAIN);
    await expect(refused(join(folder, 'absent.xml'))).rejects.toMatchObject({ kind: 'missing' });
    await expect(refused(written('x.txt', ''))).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(refused(written('x.xml', '<a/>'))).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(refused(written('x.nml', '<NML><COLLECTION>'))).rejects.toMatchObject({ kind: 'corrupt' });
    await expect(refused(folder)).rejects.toMatchObject({ kind: 'unsupported' });
    expect(await listPlaylists(library)).toEqual([]);
  });
});
