import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  importFailureSchema,
  importReportSchema,
  playlistEntrySchema,
  playlistPreviewSchema,
  playlistSchema,
  playSchema,
} from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-playlists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const environment = { TUTTI_HOME: join(folder, 'home'), DATABASE_URL: '' };
const run = (...args: string[]) => tutti(args, folder, environment);
const lines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const music = join(folder, 'music');
const SLOW = { timeout: 240_000 };

beforeAll(async () => {
  mkdirSync(music);
  writeSmallSong(join(music, 'one.wav'), { bpm: 120, seconds: 2, rootHz: 110 });
  writeSmallSong(join(music, 'two.wav'), { bpm: 120, seconds: 3, rootHz: 110 });
  writeFileSync(join(music, 'three.wav'), readFileSync(join(music, 'two.wav')));
  const scanned = await run('scan', music, '--no-analysis');
  expect(scanned.code, scanned.stderr).toBe(0);
}, 240_000);

async function done(...args: string[]) {
  const ended = await run(...args);
  expect(ended.code, ended.stderr).toBe(0);
  return ended;
}

async function titlesIn(...args: string[]) {
  const { stdout } = await done(...args, '--json');
  return lines(stdout).map((line) => playlistEntrySchema.parse(line).track?.title ?? null);
}

describe('tutti playlist', () => {
  it('keeps lists by hand, through moves of their files', SLOW, async () => {
    await done('playlist', 'new', 'Sets/Friday');
    await done('playlist', 'add', 'Sets/Friday', 'one', 'two', 'one', '--filter', 'title:three', '--at', '1');
    await done('playlist', 'move', 'Sets/Friday', '4', '2');
    await done('playlist', 'take', 'Sets/Friday', '3');
    renameSync(join(music, 'one.wav'), join(music, 'uno.wav'));
    await done('scan', '--no-analysis');
    expect(await titlesIn('playlist', 'show', 'Sets/Friday')).toEqual(['uno', 'three', 'uno']);
    const [listed] = lines((await done('playlist', 'list', '--json')).stdout).map((line) => playlistSchema.parse(line));
    expect(listed).toMatchObject({ folders: ['Sets'], name: 'Friday', entries: 3, rule: null });
  });

  it('finds tracks by a rule, which can be looked at before', SLOW, async () => {
    await done('rate', '5', 'two', 'three');
    const { stdout } = await done('playlist', 'preview', '--filter', 'rating:5', '--sort', 'title', '--json');
    const preview = playlistPreviewSchema.parse(lines(stdout)[0]);
    expect(preview).toMatchObject({ tracks: 2, rule: { words: 'rating:5', sort: 'title', limit: null } });
    expect(preview.first.map(({ title }) => title)).toEqual(['three', 'two']);
    writeFileSync(join(folder, 'rule.json'), JSON.stringify({ ...preview.rule, words: null, limit: 1 }));
    expect((await done('playlist', 'new', 'best', '--rule', 'rule.json')).stderr).toContain('best has 1 tracks now');
    expect((await done('playlist', 'show', 'best')).stdout).toMatch(/^ +1 .*three\n$/);
  });

  it('points at what is wrong', SLOW, async () => {
    expect(await run('playlist', 'new', 'x', '--filter', 'bpm:fast')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/bpm:fast\n {4}\^\^\^\^/),
    });
    writeFileSync(join(folder, 'words.json'), '{"filter": "key:8A energy>high"}');
    expect(await run('playlist', 'preview', '--rule', 'words.json')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/filter: .*\nkey:8A energy>high\n {14}\^\^\^\^/),
    });
    for (const wrong of [['move', 'a', '1'], ['list', '--filter', 'a'], ['dance']])
      expect((await run('playlist', ...wrong)).code).toBe(2);
  });
});

it('tutti queue and history say what is played next, and what was', SLOW, async () => {
  await done('queue', 'add', 'two', 'three');
  expect(await titlesIn('queue', 'next')).toEqual(['two']);
  expect(await titlesIn('queue', 'list')).toEqual(['three']);
  expect((await done('queue', 'clear')).stderr).toContain('1 tracks were in the queue');
  expect(await run('queue', 'next')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nothing in the queue'),
  });
  await done('history', 'add', 'three', '--at', '2026-01-02T03:04:05Z');
  const plays = lines((await done('history', 'list', '--json')).stdout).map((line) => playSchema.parse(line));
  expect(plays.map(({ track }) => track?.title)).toEqual(['two', 'three']);
  expect(plays[1]).toMatchObject({ at: '2026-01-02T03:04:05.000Z', track: { plays: 1, rating: 5 } });
  expect((await run('history', 'add', 'two', '--at', '2999-01-01')).code).toBe(2);
  expect((await run('rate', '6', 'two')).code).toBe(2);
});

it('tutti export and import give lists to other programs and take them back', SLOW, async () => {
  const exported = await done('export', '--library', '--format', 'rekordbox,m3u8', '-o', 'out', '--json');
  expect(lines(exported.stdout)[0]).toMatchObject({ format: 'rekordbox', tracks: 3, playlists: 2, remarks: [] });
  expect(readdirSync(join(folder, 'out')).sort()).toEqual([
    ...['library - Sets - Friday.m3u8', 'library - best.m3u8', 'library.m3u8', 'library.rekordbox.xml'],
  ]);
  const moved = readFileSync(join(folder, 'out/library.rekordbox.xml'), 'utf8').replaceAll('/music/two', '/music/2');
  writeFileSync(join(folder, 'moved.xml'), moved.replaceAll(folder, '/elsewhere').replaceAll('Name="two"', 'Name="2"'));
  const imported = await run('import', 'moved.xml', 'absent.nml', '--relocate', `/elsewhere=${folder}`, '--json');
  expect(imported).toMatchObject({ code: 1, stderr: expect.stringContaining('absent.nml cannot be read') });
  const [report, failure] = lines(imported.stdout);
  expect(importReportSchema.parse(report)).toMatchObject({
    ...{ tracks: 3, matched: { path: 2, name: 0 } },
    unmatched: [{ sought: join(music, '2.wav'), title: '2', reason: 'nothing' }],
  });
  expect(importFailureSchema.parse(failure).error.kind).toBe('missing');
  expect(await titlesIn('playlist', 'show', 'Sets/Friday 2')).toEqual(['uno', 'three', 'uno']);
  const wrong = [
    ['--library', '--playlist', 'best'],
    [],
    ['--library', '--format', 'cue'],
    ['--library', '--mix', 'x'],
  ];
  for (const words of wrong)
    expect(
      (await run('export', '-o', 'x', ...(words.includes('--format') ? [] : ['--format', 'm3u8']), ...words)).code,
    ).toBe(2);
});
