import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ScanReport, scanReportSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { startTutti, tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-keeping-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const environment = { TUTTI_HOME: join(folder, 'home'), DATABASE_URL: '' };
// The first run makes a database, which takes seconds of a processor.
const SLOW = { timeout: 240_000 };
/** Two pixels. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGM4IWdzQs4GAAkNAkVEh+5bAAAAAElFTkSuQmCC';
const run = (...args: string[]) => tutti(args, folder, environment);

describe('tutti library and scan', () => {
  it('keep folders, bring the library up to them, and say what failed', SLOW, async () => {
    const music = join(folder, 'music');
    mkdirSync(music);
    writeSmallSong(join(music, 'song.wav'), { bpm: 120, seconds: 2, rootHz: 110 });
    writeFileSync(join(music, 'junk.mp3'), 'no music');
    writeFileSync(join(music, 'cover.png'), Buffer.from(PNG, 'base64'));
    expect(await run('library', 'add', music, 'nowhere')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /music is in the library; tutti scan looks into it\n.*nowhere cannot be looked into/,
      ),
    });
    const scanned = await run('scan', '--json');
    expect(scanned.code, scanned.stderr).toBe(1);
    const report = scanReportSchema.parse(JSON.parse(scanned.stdout));
    expect(report.counts).toMatchObject({ added: 2, failed: 1, analysed: 1 });
    expect(scanned.stderr).toMatch(/junk\.mp3: no audio format .*\(unsupported\)/);
    expect(scanned.stderr).toContain('2 added, 0 changed, 0 moved, 0 unchanged, 1 failed; 1 analysed');
    const listed = await run('library', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toEqual({ path: music, files: 2, offlineSince: null });
    const song = join(music, 'song.wav');
    const pictures = await run('library', 'artwork', song, '--json');
    expect(JSON.parse(pictures.stdout)).toMatchObject({ mediaType: 'image/png', width: 2, source: 'folder' });
    expect(await run('library', 'artwork', song, '-o', 'tile.webp', '--size', '96')).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'tile.webp')).toString('latin1', 8, 12)).toBe('WEBP');
    expect(await run('library', 'artwork', song, '-o', 'tile.webp', '--size', '7')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('sizes are 96, 320, 1024'),
    });
    expect(await run('library', 'artwork', song, '--size', '96')).toMatchObject({ code: 2 });
    expect(await run('library', 'remove', music)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('2 files'),
    });
    expect(await run('library', 'remove')).toMatchObject({ code: 2 });
  });
});

describe('tutti scan --watch', () => {
  it('follows a folder until Ctrl-C, which is its good end', SLOW, async () => {
    const music = join(folder, 'watched');
    mkdirSync(music);
    writeSmallSong(join(music, 'one.wav'), { bpm: 120, seconds: 2, rootHz: 110 });
    const { child, ended } = startTutti(['scan', music, '--watch', '--no-analysis', '--json'], folder, environment);
    const reports: ScanReport[] = [];
    let said = '';
    child.stderr.on('data', (text: string) => {
      said += text;
    });
    let rest = '';
    child.stdout.on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop()!;
      reports.push(...lines.map((line) => scanReportSchema.parse(JSON.parse(line))));
    });
    const until = async (reached: () => boolean) => {
      while (!reached() && child.exitCode === null) await sleep(50);
    };
    await until(() => said.includes('Ctrl-C ends it'));
    writeSmallSong(join(music, 'two.wav'), { bpm: 120, seconds: 3, rootHz: 220 });
    await until(() => reports.length > 1);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(
      reports.map(({ counts }) => [counts.added, counts.failed]),
      stderr,
    ).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(code).toBe(0);
    expect(await run('library', 'remove', music)).toMatchObject({ code: 0 });
  });
});

describe('tutti backup and restore', () => {
  it('write the library into a file and take it back, and replace nothing unless they are told to', SLOW, async () => {
    const backup = await run('backup', 'a.tutti-backup', '--json');
    expect(backup).toMatchObject({ code: 0 });
    expect(JSON.parse(backup.stdout)).toMatchObject({ path: 'a.tutti-backup' });
    expect(await run('backup', 'a.tutti-backup')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--force replaces it'),
    });
    expect(readFileSync(join(folder, 'a.tutti-backup')).length).toBeGreaterThan(20);
    expect(await run('restore', 'a.tutti-backup')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is a library'),
    });
    expect(await run('restore', 'a.tutti-backup', '--force')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/backed up to .*before-restore.*rows restored/s),
    });
  });

  it('say what is wrong', SLOW, async () => {
    expect(await run('restore', 'absent')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no backup absent'),
    });
    expect(await run('backup')).toMatchObject({ code: 2 });
  });

  it('end with the code of a missing service where the server cannot be reached', async () => {
    const gone = { ...environment, DATABASE_URL: 'postgresql://me:secret@127.0.0.1:9/x' };
    const ended = await tutti(['backup', 'b.tutti-backup'], folder, gone);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('127.0.0.1:9/x');
    expect(ended.stderr).not.toContain('secret');
  });
});
