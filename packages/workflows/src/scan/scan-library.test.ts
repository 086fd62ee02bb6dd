import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@tutti/library';
import { emptyLibrary, onBothEngines } from '@tutti/library/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addLibraryRoot, removeLibraryRoot } from '../library/library-roots.ts';
import { libraryRows } from '../testing/library-rows.ts';
import { writeTaggedSong } from '../testing/tagged-songs.ts';
import { type ScanOptions, scanLibrary } from './scan-library.ts';
import { requireUnchanged } from './scan-options.ts';

const SLOW = { timeout: 240_000 };

onBothEngines((fresh) => {
  let folder: string;
  let music: string;
  let library: Database;
  const at = (...names: string[]) => join(music, ...names);
  const scan = (options: Partial<ScanOptions> = {}) => scanLibrary(library, { analyse: false, jobs: 2, ...options });
  const row = async (name: string) => (await libraryRows(library)).find(({ path }) => path === at(name));

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tutti-scan-'));
    music = join(folder, 'music');
    mkdirSync(join(music, 'sub'), { recursive: true });
    await writeTaggedSong(at('a.flac'), 300, ['TITLE=A', 'ARTIST=One']);
    await writeTaggedSong(at('b.flac'), 400, ['TITLE=B', 'ARTIST=One & Two', 'ARTISTS=One', 'ARTISTS=Two']);
    await writeTaggedSong(at('sub', 'c.flac'), 500);
    library = await emptyLibrary(fresh);
    await addLibraryRoot(library, music);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('knows what is there, and reads nothing again that is as it was', SLOW, async () => {
    const first = await scan({ analyse: true });
    expect(first).toMatchObject({
      resumed: false,
      roots: [{ path: music, offline: false, files: 3 }],
      counts: { added: 3, changed: 0, moved: 0, unchanged: 0, missing: 0, failed: 0, analysed: 3 },
      failures: [],
    });
    const rows = await libraryRows(library);
    expect(rows.map(({ path, title, artists, analysed }) => ({ path, title, artists, analysed }))).toEqual([
      { path: at('a.flac'), title: 'A', artists: ['One'], analysed: 1 },
      { path: at('b.flac'), title: 'B', artists: ['One', 'Two'], analysed: 1 },
      { path: at('sub', 'c.flac'), title: null, artists: [], analysed: 1 },
    ]);
    const steps = new Set<string>();
    const again = await scan({ analyse: true, onProgress: ({ step }) => steps.add(step) });
    expect(again.counts).toMatchObject({ added: 0, changed: 0, moved: 0, unchanged: 3, analysed: 3 });
    expect([...steps]).toEqual(['walk']);
    expect(await libraryRows(library)).toEqual(rows);
  });

  it('recognises what was retagged, moved, copied, exchanged and taken away', SLOW, async () => {
    await scan({ analyse: true });
    const before = await row('a.flac');
    await writeTaggedSong(at('a.flac'), 300, ['TITLE=Another title']);
    renameSync(at('b.flac'), at('sub', 'moved and renamed.flac'));
    await writeTaggedSong(at('sub', 'moved and renamed.flac'), 400, ['TITLE=Retagged on the way']);
    await writeTaggedSong(at('copy of a.flac'), 300);
    rmSync(at('sub', 'c.flac'));
    const heard = new Set<string>();
    const { counts } = await scan({
      analyse: true,
      onProgress: ({ step, name }) => step === 'analysis' && heard.add(name),
    });
    const none = { unchanged: 0, offline: 0, failed: 0 };
    expect(counts).toEqual({ ...none, added: 1, changed: 1, moved: 1, missing: 1, analysed: 3 });
    expect([...heard]).toEqual([]);
    expect(await row('a.flac')).toEqual({ ...before, title: 'Another title', artists: [] });
    expect(await row('copy of a.flac')).toMatchObject({ sound: before!.sound, analysed: 1 });
    expect(await row('sub/moved and renamed.flac')).toMatchObject({ title: 'Retagged on the way', missing: false });
    expect(await row('b.flac')).toBeUndefined();
    expect(await row('sub/c.flac')).toMatchObject({ missing: true, analysed: 1 });
    await writeTaggedSong(at('a.flac'), 600);
    expect((await scan()).counts).toMatchObject({ changed: 1, unchanged: 2, analysed: 2 });
    expect((await row('a.flac'))!.sound).not.toBe(before!.sound);
  });

  it('keeps what lies in a folder that is away, and finds it again', async () => {
    await scan();
    const rows = await libraryRows(library);
    const elsewhere = join(folder, 'elsewhere');
    renameSync(music, elsewhere);
    const away = await scan();
    expect(away).toMatchObject({ roots: [{ offline: true }], counts: { offline: 3, missing: 0, unchanged: 0 } });
    // Where its disk is not mounted there is an empty folder.
    mkdirSync(music);
    expect((await scan()).counts).toMatchObject({ offline: 3, missing: 0 });
    rmSync(music, { recursive: true });
    renameSync(elsewhere, music);
    expect((await scan()).counts).toMatchObject({ offline: 0, unchanged: 3 });
    expect(await libraryRows(library)).toEqual(rows);
  });

  it('takes a file that comes back for the one that it was', async () => {
    await scan();
    const rows = await libraryRows(library);
    renameSync(at('a.flac'), join(folder, 'a.flac'));
    expect((await scan()).counts).toMatchObject({ missing: 1, unchanged: 2 });
    renameSync(join(folder, 'a.flac'), at('a.flac'));
    expect((await scan()).counts).toMatchObject({ missing: 0, unchanged: 3 });
    expect(await libraryRows(library)).toEqual(rows);
  });

  it('names what fails and why, tries it again when it changed, and goes on', async () => {
    writeFileSync(at('junk.mp3'), 'no music');
    writeFileSync(at('nothing.mp3'), '');
    symlinkSync(join(folder, 'nowhere'), at('broken.mp3'));
    symlinkSync(music, at('sub', 'loop'));
    const { counts, failures } = await scan();
    expect(counts).toMatchObject({ added: 5, failed: 3 });
    expect(failures.map(({ path, step, error }) => `${path.slice(music.length + 1)} ${step} ${error.kind}`)).toEqual(
      expect.arrayContaining(['broken.mp3 walk missing', 'junk.mp3 sound unsupported', 'nothing.mp3 sound empty']),
    );
    const tried = new Set<string>();
    await scan({ onProgress: ({ step, name }) => step !== 'walk' && tried.add(name) });
    expect([...tried]).toEqual([]);
    await writeTaggedSong(at('song.flac'), 700);
    renameSync(at('song.flac'), at('junk.mp3'));
    rmSync(at('broken.mp3'));
    rmSync(at('nothing.mp3'));
    expect(await scan()).toMatchObject({ counts: { changed: 1, unchanged: 3, missing: 1, failed: 0 }, failures: [] });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'misses nothing where nobody can look',
    async () => {
      await scan();
      chmodSync(at('sub'), 0o000);
      const { counts, failures } = await scan();
      chmodSync(at('sub'), 0o755);
      expect(counts).toMatchObject({ unchanged: 3, missing: 0, failed: 1 });
      expect(failures).toMatchObject([{ step: 'walk', path: at('sub'), error: { kind: 'denied' } }]);
      expect(await scan()).toMatchObject({ counts: { unchanged: 3, failed: 0 }, failures: [] });
    },
  );

  it.runIf(process.platform === 'linux')('keeps names that are no UTF-8 apart', async () => {
    for (const byte of [0xfe, 0xff]) {
      const name = Buffer.concat([Buffer.from(`${music}/x`), Buffer.from([byte]), Buffer.from('.flac')]);
      renameSync(byte === 0xfe ? at('a.flac') : at('b.flac'), name);
    }
    expect((await scan()).counts).toMatchObject({ added: 3, failed: 0 });
    expect((await scan()).counts).toMatchObject({ unchanged: 3 });
    const rows = await libraryRows(library);
    expect(rows.map(({ path, title }) => [path, title])).toEqual(
      expect.arrayContaining([
        [at('x\ufffd.flac'), 'A'],
        [at('x\ufffd.flac'), 'B'],
      ]),
    );
  });

  it('keeps names of every script apart, and finds them again', SLOW, async () => {
    const names = [
      ...['é.flac', 'e\u0301.flac', '曲.flac', 'أغنية.flac', '🎵.flac', 'it\'s "x" \\ %20.flac', 'two  spaces .flac'],
      ...(process.platform === 'win32'
        ? []
        : ['line\nbreak.flac', '\u202eotni.flac', `${'x'.repeat(250)}.flac`, '*?.flac']),
    ];
    for (const [n, name] of names.entries()) await writeTaggedSong(at(name), 800 + 10 * n, [`TITLE=${n}`]);
    expect((await scan()).counts).toMatchObject({ added: 3 + names.length, failed: 0 });
    const rows = await libraryRows(library);
    for (const [n, name] of names.entries()) {
      expect(rows.find(({ title }) => title === `${n}`)?.path).toBe(at(name));
    }
    expect((await scan()).counts).toMatchObject({ unchanged: 3 + names.length, missing: 0 });
  });

  it('takes nothing for true of a file that changes while it is read', SLOW, async () => {
    let written = false;
    const report = await scan({
      onProgress: ({ step, name }) => {
        if (written || step !== 'walk' || name !== at('sub', 'c.flac')) return;
        // The walk has seen both; nothing of them was read yet.
        written = true;
        appendFileSync(at('a.flac'), 'more');
        rmSync(at('b.flac'));
      },
    });
    const reasons = new Set(report.failures.map(({ path, error }) => `${path} ${error.kind}`));
    expect([...reasons]).toEqual([`${at('a.flac')} denied`, `${at('b.flac')} missing`]);
    expect(report.failures[0]!.error.message).toContain('written to while it was read');
    expect(await row('a.flac')).toMatchObject({ sound: null, title: null });
    expect(await scan()).toMatchObject({ counts: { changed: 1, missing: 1, failed: 0 }, failures: [] });
    expect(await row('a.flac')).toMatchObject({ title: 'A', sound: expect.any(String) });
  });

  it('runs once at a time; a second one is refused and does nothing', SLOW, async () => {
    const outcomes = await Promise.allSettled([scan(), scan()]);
    const done = outcomes.filter(({ status }) => status === 'fulfilled');
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(done).toMatchObject([{ value: { counts: { added: 3 } } }]);
    expect(refused).toMatchObject([
      { reason: { kind: 'denied', message: expect.stringMatching(/^a scan is under way/) } },
    ]);
    expect(await scan()).toMatchObject({ resumed: false, counts: { unchanged: 3 } });
  });

  it('keeps what was done when it is stopped, and goes on from there', SLOW, async () => {
    for (let n = 0; n < 30; n++) await writeTaggedSong(at(`n${n}.flac`), 100 + 20 * n, [`TITLE=${n}`]);
    for (const step of ['walk', 'sound', 'tags'] as const) {
      const abort = new AbortController();
      const stopped = scan({
        signal: abort.signal,
        onProgress: (at) => at.step === step && at.done > 5 && abort.abort(),
      });
      await expect(stopped).rejects.toSatisfy((error: Error) => /abort|cancel/i.test(`${error.name} ${error.message}`));
    }
    const { resumed, counts } = await scan();
    expect({ resumed, counts }).toMatchObject({ resumed: true, counts: { added: 33, unchanged: 0, failed: 0 } });
    expect((await libraryRows(library)).every(({ sound }) => sound !== null)).toBe(true);
  });

  it('has folders that do not overlap, and forgets one only when told to', async () => {
    await expect(addLibraryRoot(library, at('sub'))).rejects.toMatchObject({ kind: 'denied' });
    await expect(addLibraryRoot(library, folder)).rejects.toMatchObject({ kind: 'denied' });
    await expect(addLibraryRoot(library, at('a.flac'))).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(addLibraryRoot(library, at('none'))).rejects.toMatchObject({ kind: 'missing' });
    expect(await addLibraryRoot(library, music)).toEqual({ path: music, added: false });
    await expect(removeLibraryRoot(library, folder)).rejects.toThrow(music);
    await scan();
    expect(await removeLibraryRoot(library, music)).toMatchObject({ name: music, files: 3 });
    expect(await libraryRows(library)).toEqual([]);
  });
});

describe('a file that is written to while it is read', () => {
  it('is to be read again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tutti-written-'));
    const path = join(folder, 'a.flac');
    writeFileSync(path, '1234');
    utimesSync(path, 1000, 1000);
    const file = { root: Buffer.from(folder), path: Buffer.from('a.flac'), name: path, id: 1, revision: 1 };
    await requireUnchanged({ ...file, size: 4, modifiedUs: 1_000_000_000 });
    const other = requireUnchanged({ ...file, size: 4, modifiedUs: 2_000_000_000 });
    await expect(other).rejects.toMatchObject({ kind: 'denied', message: expect.stringContaining('written to') });
    rmSync(folder, { recursive: true });
    const gone = requireUnchanged({ ...file, size: 4, modifiedUs: 1_000_000_000 });
    await expect(gone).rejects.toMatchObject({ kind: 'missing' });
  });
});
