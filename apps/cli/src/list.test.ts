import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { facetsSchema, listedTrackSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-lists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const environment = { TUTTI_HOME: join(folder, 'home'), DATABASE_URL: '' };
const run = (...args: string[]) => tutti(args, folder, environment);
const lines = (text: string) => text.split('\n').filter((line) => line !== '');

beforeAll(async () => {
  const music = join(folder, 'music');
  mkdirSync(music);
  writeSmallSong(join(music, 'Árbol.wav'), { bpm: 120, seconds: 2, rootHz: 110 });
  for (const name of ['house one', 'house two']) {
    writeFileSync(join(music, `${name}.wav`), readFileSync(join(music, 'Árbol.wav')));
  }
  const scanned = await run('scan', music, '--no-analysis');
  expect(scanned.code, scanned.stderr).toBe(0);
}, 240_000);

describe('tutti list', () => {
  it('lists what a filter means, in the order that is asked for', async () => {
    const listed = await run('list', 'length<10', 'house', '--sort', '-title', '--json');
    const tracks = lines(listed.stdout).map((line) => listedTrackSchema.parse(JSON.parse(line)));
    expect(tracks.map(({ title }) => title)).toEqual(['house two', 'house one']);
    expect(tracks[0]).toMatchObject({ seconds: 2, bpm: null, plays: 0, rating: null, offline: false });
    const first = await run('list', '--sort', 'title', '--limit', '1');
    expect(first.stdout).toMatch(/^ +0:02 .*Árbol\n$/);
  });

  it('counts what tracks have in common', async () => {
    const { stdout } = await run('list', '--facets', '--json');
    expect(facetsSchema.parse(JSON.parse(stdout))).toMatchObject({ tracks: 3, genres: [] });
  });

  it('points at what is wrong', async () => {
    expect(await run('list', 'bpm:fast')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/bpm:fast\n {4}\^\^\^\^/),
    });
    expect(await run('list', '--sort', 'colour')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not by "colour"'),
    });
  });
});

it('tutti search finds beginnings of words, and forgives mistakes', async () => {
  expect(lines((await run('search', 'arb')).stdout)).toHaveLength(1);
  const forgiven = await run('search', 'huose', 'tw');
  expect(forgiven.stdout).toContain('house two');
  expect(forgiven.stderr).toContain('huose is in no track; house is');
});
