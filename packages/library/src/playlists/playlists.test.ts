import { parseFilter } from '@tutti/music/filter';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import type { Asked } from '../lists/filter-sql.ts';
import { addRoot, listRoots, removeRoot } from '../roots/roots.ts';
import { storeSounds } from '../sounds/sounds.ts';
import { emptyLibrary, onBothEngines } from '../testing/engines.ts';
import { putTracks } from '../testing/put-tracks.ts';
import { addEntries, clearEntries, moveEntry, type NewEntry, removeEntries, storedEntries } from './entries.ts';
import { listPlays, notePlay, rateTracks } from './opinions.ts';
import { keptEntries, playlistEntries, previewRule, requireKeptByHand } from './playlist-tracks.ts';
import {
  changeRule,
  listPlaylists,
  makePlaylist,
  type Playlist,
  playlistNamed,
  removePlaylist,
  renamePlaylist,
  shownPlace,
} from './playlists.ts';
import { queueList } from './queue.ts';

const ASKED: Asked = { now: new Date('2026-05-05T12:00:00Z'), timeZone: 'UTC' };
const at = (name: string, ...folders: string[]) => ({ name, folders });
const ruleOf = (words: string, more: object = {}) => ({ filter: parseFilter(words), words, ...more });
const entry = (file: number | null, path = '/elsewhere'): NewEntry => ({
  ...{ file, path, title: `title of ${path}`, artist: null, seconds: 3 },
});
const SOUND = { seconds: 3, codec: 'flac', container: 'flac' };

async function tracksIn(library: Database, playlist: Playlist) {
  return (await playlistEntries(library, playlist, ASKED)).map(({ track }) => track?.id ?? null);
}

onBothEngines((fresh) => {
  it('are named by their folders and names, one for each', async () => {
    const library = await emptyLibrary(fresh);
    await makePlaylist(library, at('Friday', 'Sets', '2026'));
    await makePlaylist(library, at('Friday'));
    await makePlaylist(library, at('é "\\'), ruleOf('bpm:120'));
    expect((await listPlaylists(library)).map(shownPlace)).toEqual(['Sets/2026/Friday', 'Friday', 'é "\\']);
    expect(await playlistNamed(library, 'Sets/2026/Friday')).toMatchObject({ entries: 0, rule: null });
    await expect(makePlaylist(library, at('Friday', 'Sets', '2026'))).rejects.toThrow(/"Sets\/2026\/Friday" already/);
    await expect(playlistNamed(library, 'Saturday')).rejects.toMatchObject({ kind: 'missing' });
    await makePlaylist(library, at('2026/Friday', 'Sets'));
    await expect(playlistNamed(library, 'Sets/2026/Friday')).rejects.toThrow(/two playlists/);
    for (const name of ['', ' ', 'a\0', '\ud800', 'a'.repeat(201)])
      await expect(makePlaylist(library, at(name))).rejects.toThrow(/1 to 200 characters/);
    await expect(makePlaylist(library, { name: 'a', folders: Array(21).fill('b') })).rejects.toThrow(/at most 20/);
    const friday = await playlistNamed(library, 'Friday');
    await expect(renamePlaylist(library, friday, at('é "\\'))).rejects.toMatchObject({ kind: 'denied' });
    await renamePlaylist(library, friday, at('Friday'));
    await renamePlaylist(library, friday, at('Saturday', 'Sets'));
    expect((await playlistNamed(library, 'Sets/Saturday')).id).toBe(friday.id);
    await removePlaylist(library, friday);
    expect(await listPlaylists(library)).toHaveLength(3);
  });

  it('have entries in the order in which they are put, taken and moved, as a list in memory has', async () => {
    const library = await emptyLibrary(fresh);
    const files = await putTracks(
      library,
      Array.from({ length: 5 }, (_, i) => ({ path: `${i}.mp3` })),
    );
    const { id: list } = await makePlaylist(library, at('list'));
    const change = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), files: fc.array(fc.constantFrom(...files), { maxLength: 4 }) }),
      fc.record({ kind: fc.constant('insert' as const), files: fc.array(fc.constantFrom(...files)), at: fc.nat() }),
      fc.record({ kind: fc.constant('remove' as const), at: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }) }),
      fc.record({ kind: fc.constant('move' as const), from: fc.nat(), to: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
        await library.transaction((queries) => clearEntries(queries, list));
        const kept: number[] = [];
        for (const each of changes) {
          const place = (number: number) => number % Math.max(1, kept.length);
          await library.transaction(async (queries) => {
            if (each.kind === 'add' || each.kind === 'insert') {
              const position = each.kind === 'insert' ? each.at % (kept.length + 1) : undefined;
              const entries = each.files.map((file) => entry(file));
              await addEntries(queries, list, entries, position === undefined ? undefined : position + 1);
              kept.splice(position ?? kept.length, 0, ...each.files);
            } else if (kept.length > 0 && each.kind === 'remove') {
              const gone = new Set(each.at.map(place));
              await removeEntries(
                queries,
                list,
                [...gone].map((index) => index + 1),
              );
              kept.splice(0, kept.length, ...kept.filter((_, i) => !gone.has(i)));
            } else if (kept.length > 0 && each.kind === 'move') {
              const [from, to] = [place(each.from), place(each.to)];
              await moveEntry(queries, list, from + 1, to + 1);
              kept.splice(to, 0, ...kept.splice(from, 1));
            }
          });
        }
        const stored = await storedEntries(library, list);
        expect(stored.map(({ file }) => file)).toEqual(kept);
        expect(stored.map(({ position }) => position)).toEqual(kept.map((_, i) => i + 1));
        expect(await storedEntries(library, list, 2, 2)).toEqual(stored.slice(2, 4));
      }),
      { numRuns: 25 },
    );
  });

  it('refuse positions that they have not, and more than they can hold', async () => {
    const library = await emptyLibrary(fresh);
    const { id: list } = await makePlaylist(library, at('list'));
    const change = (work: Parameters<Database['transaction']>[0]) => library.transaction(work);
    await expect(change((queries) => removeEntries(queries, list, [1]))).rejects.toThrow(/the list is empty/);
    await change((queries) => addEntries(queries, list, [entry(null), entry(null)]));
    await expect(change((queries) => moveEntry(queries, list, 1, 3))).rejects.toThrow(/3 is no position .* 1 to 2/);
    await expect(change((queries) => addEntries(queries, list, [entry(null)], 4))).rejects.toThrow(/from 1 to 3/);
    const many = Array.from({ length: 99_999 }, () => entry(null));
    await expect(change((queries) => addEntries(queries, list, many))).rejects.toMatchObject({ kind: 'limit' });
    expect(await storedEntries(library, list)).toHaveLength(2);
  });

  it('keep the track of a file that is missing or left, and find its sound wherever it turns up', async () => {
    const library = await emptyLibrary(fresh);
    const [a, b] = await putTracks(library, [{ path: 'a.mp3', sound: SOUND }, { path: 'b.mp3' }]);
    const playlist = await makePlaylist(library, at('list'));
    await library.transaction((queries) =>
      addEntries(queries, playlist.id, [entry(a!, '/m/a.mp3'), entry(b!, '/m/b.mp3'), entry(null, '/n/c.mp3')]),
    );
    expect(await tracksIn(library, playlist)).toEqual([a, b, null]);
    await library.run('UPDATE file SET missing_since = now() WHERE id = $1', [a!]);
    expect(await tracksIn(library, playlist)).toEqual([null, b, null]);
    expect((await keptEntries(library, playlist.id))[0]).toMatchObject({ path: '/m/a.mp3', track: null });
    // The folder leaves the library, and all that was known of its files.
    await removeRoot(library, (await listRoots(library))[0]!.id);
    expect(await keptEntries(library, playlist.id)).toMatchObject([
      { position: 1, track: null, path: '/m/a.mp3', title: 'title of /m/a.mp3', seconds: 3 },
      { position: 2, track: null, path: '/m/b.mp3' },
      { position: 3, track: null, path: '/n/c.mp3' },
    ]);
    // It comes back under another name: one file has the sound, another one the path.
    const [other, same] = await putTracks(library, [{ path: 'x/other.mp3' }, { path: 'b.mp3' }]);
    expect(await tracksIn(library, playlist)).toEqual([null, same, null]);
    await library.run('UPDATE file SET sound_id = (SELECT id FROM sound) WHERE id = $1', [other!]);
    expect(await tracksIn(library, playlist)).toEqual([other, same, null]);
    await library.run("UPDATE file SET path_shown = '/n/c.mp3' WHERE id = $1", [same!]);
    expect(await tracksIn(library, playlist)).toEqual([other, null, same]);
  });

  it('take of several files of one sound that at the old place', async () => {
    const library = await emptyLibrary(fresh);
    const [, b] = await putTracks(library, [{ path: 'a.mp3', sound: SOUND }, { path: 'b.mp3' }]);
    await library.run('UPDATE file SET sound_id = (SELECT id FROM sound)');
    const playlist = await makePlaylist(library, at('list'));
    await library.transaction((queries) => addEntries(queries, playlist.id, [entry(b!)]));
    await removeRoot(library, (await listRoots(library))[0]!.id);
    const [, again] = await putTracks(library, [{ path: 'a.mp3' }, { path: 'b.mp3' }]);
    await library.run('UPDATE file SET sound_id = (SELECT id FROM sound)');
    expect(await tracksIn(library, playlist)).toEqual([again]);
  });

  it('take a file of the same sound whose folder is there before one whose folder is away', async () => {
    const library = await emptyLibrary(fresh);
    const [a, b] = await putTracks(library, [{ path: 'a.mp3', sound: SOUND }, { path: 'b.mp3' }]);
    await addRoot(library, Buffer.from('/n'), '/n');
    const roots = await listRoots(library);
    await library.run('UPDATE root SET offline_since = now() WHERE id = $1', [roots[1]!.id]);
    await library.run('UPDATE file SET sound_id = (SELECT id FROM sound)');
    const [c] = await library.rows(
      z.object({ id: z.int() }),
      `INSERT INTO file (root_id, path, path_shown, size, modified_us, added_at, sound_id)
       SELECT $1, '\\x63', '/n/c', 1, 1, now(), id FROM sound RETURNING id`,
      [roots[1]!.id],
    );
    const playlist = await makePlaylist(library, at('list'));
    await library.transaction((queries) => addEntries(queries, playlist.id, [entry(a!)]));
    await library.run('UPDATE file SET missing_since = now() WHERE id = $1', [a!]);
    expect(await tracksIn(library, playlist)).toEqual([b]);
    await library.run('UPDATE file SET missing_since = now() WHERE id = $1', [b!]);
    expect(await tracksIn(library, playlist)).toEqual([c!.id]);
  });

  it('that are smart are worked out when they are asked for, in their order, no longer than they may be', async () => {
    const library = await emptyLibrary(fresh);
    const [a, b, c] = await putTracks(library, [{ path: 'a.mp3' }, { path: 'b.mp3' }, { path: 'c.mp3' }]);
    const best = await makePlaylist(library, at('best'), ruleOf('rating>=4', { sort: '-rating', limit: 2 }));
    await rateTracks(library, [a!], 4);
    await rateTracks(library, [b!, c!], 5);
    expect(await tracksIn(library, best)).toEqual([c, b]);
    await rateTracks(library, [b!], null);
    expect(await tracksIn(library, best)).toEqual([c, a]);
    expect((await playlistEntries(library, best, ASKED, 1, 5)).map(({ position }) => position)).toEqual([2]);
    await changeRule(library, best, ruleOf('rating:4'));
    expect(await tracksIn(library, await playlistNamed(library, 'best'))).toEqual([a]);
    expect(await playlistNamed(library, 'best')).toMatchObject({ entries: null, rule: { words: 'rating:4' } });
    expect(() => requireKeptByHand(best)).toThrow(/its rule finds its tracks/);
    const list = await makePlaylist(library, at('list'));
    await expect(changeRule(library, list, ruleOf('a'))).rejects.toThrow(/kept by hand/);
    expect(requireKeptByHand(list)).toBe(list.id);
  });

  it.each([
    [{ filter: { kind: 'all', of: [{ kind: 'keys', camelot: ['8A', '13A'] }] } }, /filter\.of\[0\]\.camelot\[1\]: /],
    [{ filter: { kind: 'not', of: { kind: 'range', field: 'title' } } }, /filter\.of\.field: /],
    [{ ...ruleOf('a'), sort: 'colour' }, /sort: lists are sorted by .*"colour"/],
    [{ ...ruleOf('a'), limit: 0 }, /limit: /],
    [{ ...ruleOf('a'), more: 1 }, /the rule: .*more/],
    ['a', /the rule: /],
  ])('that are smart refuse %j, with the place of what is wrong', async (rule, message) => {
    const library = await emptyLibrary(fresh);
    await expect(makePlaylist(library, at('x'), rule)).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringMatching(message),
    });
    expect(await listPlaylists(library)).toEqual([]);
  });

  it('can be looked at before they are made: how many tracks, and the first', async () => {
    const library = await emptyLibrary(fresh);
    await putTracks(
      library,
      ['c', 'a', 'b', 'x'].map((path) => ({ path: `${path}.mp3`, rating: path === 'x' ? null : 3 })),
    );
    const rule = { ...ruleOf('rating:any'), sort: 'title', limit: null };
    const seen = await previewRule(library, rule, ASKED, 2);
    expect(seen.count).toBe(3);
    expect(seen.first.map(({ title }) => title)).toEqual(['a', 'b']);
    expect(await previewRule(library, { ...rule, limit: 1 }, ASKED, 5)).toMatchObject({ count: 1 });
    expect(await previewRule(library, { ...rule, ...ruleOf('zzz') }, ASKED, 5)).toEqual({ count: 0, first: [] });
  });

  it('are none of them the queue, of which there is one', async () => {
    const library = await emptyLibrary(fresh);
    const queue = await queueList(library);
    expect(await queueList(library)).toBe(queue);
    const [a] = await putTracks(library, [{ path: 'a.mp3' }]);
    await library.transaction((queries) => addEntries(queries, queue, [entry(a!)]));
    expect((await keptEntries(library, queue)).map(({ track }) => track?.id)).toEqual([a]);
    expect(await listPlaylists(library)).toEqual([]);
  });
});

onBothEngines((fresh) => {
  it('what was played is listed page by page, the latest first', async () => {
    const library = await emptyLibrary(fresh);
    const [a, b] = await putTracks(library, [{ path: 'a.mp3' }, { path: 'b.mp3' }]);
    const day = (number: number) => new Date(Date.UTC(2026, 0, number));
    for (const [file, number] of [
      [a, 3],
      [b, 1],
      [a, 2],
      [b, 2],
    ] as const)
      await notePlay(library, file!, day(number));
    const first = await listPlays(library, 3, null);
    expect(first.map(({ at: when, track }) => [track?.id, when.getUTCDate()])).toEqual([
      [a, 3],
      [b, 2],
      [a, 2],
    ]);
    const rest = await listPlays(library, 3, first.at(-1)!.id);
    expect(rest.map(({ track }) => track?.id)).toEqual([b]);
    await library.run('UPDATE file SET missing_since = now() WHERE id = $1', [b!]);
    expect((await listPlays(library, 1, first[0]!.id))[0]).toMatchObject({ track: null, path: '/m/b.mp3' });
  });

  it('stars and plays come back with the sound of a file that left', async () => {
    const library = await emptyLibrary(fresh);
    const [a] = await putTracks(library, [{ path: 'a.mp3', sound: SOUND }, { path: 'b.mp3' }]);
    await rateTracks(library, [a!], 4);
    await notePlay(library, a!, new Date('2026-01-02T00:00:00Z'));
    await expect(rateTracks(library, [a!], 6)).rejects.toThrow(/0 to 5, not 6/);
    await removeRoot(library, (await listRoots(library))[0]!.id);
    expect(await listPlays(library, 9, null)).toEqual([]);
    const [back, other] = await putTracks(library, [{ path: 'new/a.mp3' }, { path: 'b.mp3' }]);
    const hash = z.object({ hash: z.string() });
    const [sound] = await library.rows(hash, "SELECT encode(audio_hash, 'hex') AS hash FROM sound");
    const heard = (id: number, audioHash: string) => ({
      ...{ id, revision: 1, audioHash, sampleRate: 44_100, channels: 2, seconds: 3 },
      ...{ container: 'flac', codec: 'flac', lossless: true, bitsPerSample: null },
    });
    await storeSounds(library, [heard(other!, 'ab'.repeat(32)), heard(back!, sound!.hash)]);
    expect((await listPlays(library, 9, null)).map(({ track }) => [track?.id, track?.rating])).toEqual([[back, 4]]);
    // Once: a second file of the sound has its own.
    await storeSounds(library, [heard(other!, sound!.hash)]);
    expect(await listPlays(library, 9, null)).toHaveLength(1);
  });
});
