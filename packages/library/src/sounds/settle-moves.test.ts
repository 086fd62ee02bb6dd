import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { addFiles, setMissing } from '../files/walked-files.ts';
import { addEntries, storedEntries } from '../playlists/entries.ts';
import { listPlays } from '../playlists/opinions.ts';
import { makePlaylist } from '../playlists/playlists.ts';
import { addRoot, setRootThere } from '../roots/roots.ts';
import { beginScan } from '../scans/scans.ts';
import { emptyLibrary, onBothEngines } from '../testing/engines.ts';
import { settleMoves, storeSounds } from './sounds.ts';

const FORMAT = { sampleRate: 44_100, channels: 2, seconds: 3, container: 'flac', codec: 'flac', lossless: true };
const idRow = z.object({ id: z.int(), path: z.string() });

/** Puts in files of one sound, and gives their numbers by their paths. */
async function put(library: Database, scan: number, paths: readonly string[], sound: string) {
  await addFiles(
    library,
    1,
    scan,
    paths.map((path) => ({ path: Buffer.from(path), name: `/m/${path}`, size: 1, modifiedUs: 1 })),
  );
  const ids = new Map((await files(library)).map(({ path, id }) => [path, id]));
  await storeSounds(
    library,
    paths.map((path) => ({
      ...{ id: ids.get(`/m/${path}`)!, revision: 1, audioHash: sound.repeat(64), bitsPerSample: 16 },
      ...FORMAT,
    })),
  );
  return ids;
}

function files(library: Database) {
  return library.rows(idRow, 'SELECT id::integer AS id, path_shown AS path FROM file ORDER BY path_shown');
}

onBothEngines((fresh) => {
  async function scannedTwice(old: readonly string[], now: readonly string[]) {
    const library = await emptyLibrary(fresh);
    await addRoot(library, Buffer.from('/m'), '/m');
    const { id: first } = await beginScan(library);
    const before = await put(library, first, old, 'a');
    await library.run('UPDATE scan SET ended_at = now()');
    const { id: scan } = await beginScan(library);
    await setMissing(library, [...before.values()], true);
    await put(library, scan, now, 'a');
    return { library, scan, before };
  }

  it('gives files of one sound to those of their names first', async () => {
    const { library, scan, before } = await scannedTwice(['x/1.flac', 'x/2.flac'], ['a/other.flac', 'y/1.flac']);
    expect(await library.transaction((queries) => settleMoves(queries, scan))).toBe(2);
    expect(await files(library)).toEqual([
      { id: before.get('/m/x/2.flac'), path: '/m/a/other.flac' },
      { id: before.get('/m/x/1.flac'), path: '/m/y/1.flac' },
    ]);
  });

  it('takes one file for one: what is left over is new, or missing', async () => {
    const { library, scan, before } = await scannedTwice(['1.flac'], ['2.flac', '3.flac']);
    expect(await library.transaction((queries) => settleMoves(queries, scan))).toBe(1);
    expect(await files(library)).toMatchObject([{ id: before.get('/m/1.flac') }, { path: '/m/3.flac' }]);
    expect(await settleMoves(library, scan)).toBe(0);
  });

  it('keeps what was said of either place', async () => {
    const { library, scan, before } = await scannedTwice(['1.flac'], ['2.flac']);
    const old = before.get('/m/1.flac')!;
    const now = (await files(library)).find(({ path }) => path === '/m/2.flac')!.id;
    await library.run("INSERT INTO rating VALUES ($1, 2, '2026-01-01'), ($2, 5, '2026-01-02')", [old, now]);
    await library.run("INSERT INTO play (file_id, played_at) VALUES ($1, '2026-01-01'), ($2, '2026-01-02')", [
      old,
      now,
    ]);
    const { id: list } = await makePlaylist(library, { folders: [], name: 'list' });
    const entry = (file: number) => ({ file, path: '', title: null, artist: null, seconds: null });
    await library.transaction((queries) => addEntries(queries, list, [entry(now), entry(old)]));
    await library.transaction((queries) => settleMoves(queries, scan));
    expect((await storedEntries(library, list)).map(({ file, path }) => [file, path])).toEqual([
      [old, '/m/2.flac'],
      [old, '/m/2.flac'],
    ]);
    expect((await listPlays(library, 9, null)).map(({ track }) => [track?.id, track?.rating, track?.plays])).toEqual([
      [old, 5, 2],
      [old, 5, 2],
    ]);
  });

  it('does not take a copy for a move while the disk of the first is away', async () => {
    const { library, scan } = await scannedTwice(['1.flac'], ['2.flac']);
    await setRootThere(library, 1, false);
    expect(await settleMoves(library, scan)).toBe(0);
  });
});
