import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scanReportSchema } from '@tutti/contract';
import { openLibrary } from '@tutti/library';
import { putEmbeddedFolder } from '@tutti/library/testing';
import { afterAll, expect, it } from 'vitest';
import { type LibraryRow, libraryRows } from '../testing/library-rows.ts';
import { writeTaggedSong } from '../testing/tagged-songs.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const music = join(folder, 'music');
const SONGS = 60;
const KILLS = 6;

function start(home: string): ChildProcess {
  const program = join(import.meta.dirname, '../testing/scan-program.ts');
  return spawn(process.execPath, ['--conditions=@tutti/source', program, music], {
    env: { ...process.env, TUTTI_HOME: home, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function toTheEnd(home: string) {
  const child = start(home);
  let said = '';
  child.stdout!.on('data', (text: Buffer) => {
    said += text.toString();
  });
  await once(child, 'close');
  return scanReportSchema.parse(JSON.parse(said));
}

async function rowsOf(home: string): Promise<LibraryRow[]> {
  const library = await openLibrary({ folder: home });
  try {
    return await libraryRows(library);
  } finally {
    await library.close();
  }
}

it('a scan that is killed at any moment is gone on with, and ends with the same rows', {
  timeout: 400_000,
}, async () => {
  mkdirSync(music);
  for (let n = 0; n < SONGS; n++) {
    await writeTaggedSong(join(music, `${n}.flac`), 100 + 10 * n, [`TITLE=${n}`, `ARTIST=${n % 7}`, `ALBUM=${n % 5}`]);
  }
  writeFileSync(join(music, 'junk.mp3'), 'no music');
  const [whole, killed] = [join(folder, 'whole'), join(folder, 'killed')];
  for (const home of [whole, killed]) await putEmbeddedFolder(join(home, 'library/database'));

  const started = performance.now();
  const expected = await toTheEnd(whole);
  const milliseconds = performance.now() - started;
  expect(expected.counts).toMatchObject({ added: SONGS + 1, failed: 1, analysed: SONGS });

  const after: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    // Drawn anew with each run of the tests: over time every moment is met.
    const delay = Math.random() * milliseconds;
    after.push(Math.round(delay));
    const child = start(killed);
    const ended = once(child, 'close');
    await Promise.race([sleep(delay), ended]);
    child.kill('SIGKILL');
    await ended;
  }
  const report = await toTheEnd(killed);
  expect(report.failures, `killed after ${after} ms`).toEqual(expected.failures);
  const { counts } = report;
  // One of those that were to be killed may have come to its end before; then nothing was new to the last one.
  expect(counts.added + counts.unchanged, `killed after ${after} ms`).toBe(SONGS + 1);
  expect(await rowsOf(killed), `killed after ${after} ms`).toEqual(await rowsOf(whole));
});
