import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScanReport } from '@tutti/contract';
import type { Database } from '@tutti/library';
import { emptyLibrary, onBothEngines } from '@tutti/library/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addLibraryRoot } from '../library/library-roots.ts';
import { libraryRows } from '../testing/library-rows.ts';
import { writeTaggedSong } from '../testing/tagged-songs.ts';
import { scanLibrary } from './scan-library.ts';
import { type WatchTimes, watchLibrary } from './watch-library.ts';

const SLOW = { timeout: 120_000 };
/** The walk by itself never comes within a test, unless one asks for it. */
const QUICK: WatchTimes = { settle: 300, longest: 5000, look: 200, walk: 3_600_000 };

onBothEngines((fresh) => {
  let folder: string;
  let library: Database;
  let reports: ScanReport[];
  let busy: string[];
  let end: AbortController;
  let watching: Promise<void> | undefined;
  const at = (...names: string[]) => join(folder, 'music', ...names);

  function watch(times: Partial<WatchTimes> = {}): void {
    watching = watchLibrary(library, {
      ...{ analyse: false, jobs: 1, signal: end.signal, times: { ...QUICK, ...times } },
      onScan: (report) => reports.push(report),
      onBusy: (message) => busy.push(message),
    });
  }
  /** The report of the first scan, from the one of a number on, that is as wanted. */
  async function report(wanted: (report: ScanReport) => boolean, from = 1): Promise<ScanReport> {
    for (;;) {
      const found = reports.slice(from).find(wanted);
      if (found) return found;
      await Promise.race([sleep(20), watching]);
    }
  }
  const firstScan = () => report(() => true, 0);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tutti-watch-'));
    mkdirSync(at('sub'), { recursive: true });
    [reports, busy, end] = [[], [], new AbortController()];
    library = await emptyLibrary(fresh);
    await writeTaggedSong(at('a.flac'), 300, ['TITLE=A']);
    await addLibraryRoot(library, at());
  });
  afterEach(async () => {
    end.abort();
    await watching;
    rmSync(folder, { recursive: true, force: true });
  });

  it('notices what is added, written to, renamed and taken away', SLOW, async () => {
    watch();
    expect((await firstScan()).counts.added).toBe(1);
    await writeTaggedSong(at('sub', 'b.flac'), 400);
    await report(({ counts }) => counts.added === 1);
    await writeTaggedSong(at('a.flac'), 300, ['TITLE=Another']);
    await report(({ counts }) => counts.changed === 1);
    renameSync(at('sub', 'b.flac'), at('moved.flac'));
    await report(({ counts }) => counts.moved === 1);
    rmSync(at('moved.flac'));
    await report(({ counts }) => counts.missing === 1);
    expect((await libraryRows(library)).map(({ title, missing }) => [title, missing])).toEqual([
      ['Another', false],
      [null, true],
    ]);
  });

  it('reads a file when it has come to rest', SLOW, async () => {
    await writeTaggedSong(join(folder, 'whole.flac'), 500, ['TITLE=Whole']);
    const whole = readFileSync(join(folder, 'whole.flac'));
    watch({ settle: 600 });
    await firstScan();
    writeFileSync(at('slow.flac'), '');
    const PIECES = 20;
    for (let n = 0; n < PIECES; n++) {
      appendFileSync(at('slow.flac'), whole.subarray((n * whole.length) / PIECES, ((n + 1) * whole.length) / PIECES));
      await sleep(60);
    }
    const found = await report(({ counts }) => counts.added === 1);
    expect(found.failures).toEqual([]);
    expect(reports).toHaveLength(2);
  });

  it('does not wait for ever for what never rests', SLOW, async () => {
    watch({ settle: 1000, longest: 1500 });
    await firstScan();
    const noise = setInterval(() => appendFileSync(at('log.txt'), 'x'), 50);
    try {
      await writeTaggedSong(at('b.flac'), 400);
      await report(({ counts }) => counts.added === 1);
    } finally {
      clearInterval(noise);
    }
  });

  it('keeps what lies in a folder that goes away, and finds it when it comes back', SLOW, async () => {
    watch();
    await firstScan();
    renameSync(at(), join(folder, 'elsewhere'));
    const gone = await report(({ roots }) => roots[0]!.offline);
    expect(gone.counts).toMatchObject({ missing: 0, offline: 1 });
    await writeTaggedSong(join(folder, 'elsewhere', 'b.flac'), 400);
    renameSync(join(folder, 'elsewhere'), at());
    const back = await report(({ roots, counts }) => !roots[0]!.offline && counts.added === 1, reports.indexOf(gone));
    expect(back.counts).toMatchObject({ added: 1, unchanged: 1, missing: 0 });
    // Its changes are noticed again.
    await writeTaggedSong(at('c.flac'), 500);
    await report(({ counts }) => counts.added === 1 && counts.unchanged === 2, reports.indexOf(back));
  });

  it('walks from time to time, whatever it noticed', SLOW, async () => {
    watch({ walk: 400 });
    await firstScan();
    await report(() => true);
    await report(() => true, 2);
  });

  it('scans a folder that was added meanwhile', SLOW, async () => {
    watch({ walk: 400 });
    await firstScan();
    mkdirSync(join(folder, 'more'));
    await writeTaggedSong(join(folder, 'more', 'x.flac'), 700);
    await addLibraryRoot(library, join(folder, 'more'));
    expect((await report(({ counts }) => counts.added === 1)).roots).toHaveLength(2);
  });

  it('tries again when another scan is under way', SLOW, async () => {
    const begun = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const other = library.alone('a scan', () => {
      begun.resolve();
      return released;
    });
    await begun.promise;
    await expect(scanLibrary(library, { analyse: false })).rejects.toThrow(/a scan is under way/);
    watch();
    while (busy.length === 0) await sleep(20);
    expect(reports).toEqual([]);
    release();
    await other;
    expect((await firstScan()).counts.added).toBe(1);
  });

  it('ends at once, in the middle of whatever it does', SLOW, async () => {
    watch();
    end.abort();
    await watching;
    expect(reports).toEqual([]);
    expect(await scanLibrary(library, { analyse: false, jobs: 1 })).toMatchObject({ counts: { added: 1, failed: 0 } });
  });
});
