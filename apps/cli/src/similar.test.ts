import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type SimilarTrack, similarFailureSchema, similarTrackSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-similar-'));
const ANALYSES = 'music.jsonl';

beforeAll(async () => {
  const music = join(folder, 'music');
  mkdirSync(music);
  for (let i = 0; i < 4; i++) {
    const song = { bpm: 118 + 4 * i, seconds: 24, rootHz: 55 * 2 ** ((7 * i) / 12) };
    writeSmallSong(join(music, `song-${i}.wav`), song);
  }
  writeSmallSong(join(music, 'silence.wav'), { bpm: 120, seconds: 12, rootHz: 55, drums: 0, bass: 0 });
  writeFileSync(join(folder, ANALYSES), (await tutti(['analyse', music, '--json'], folder)).stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tracksIn(stdout: string): SimilarTrack[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => similarTrackSchema.parse(JSON.parse(line)));
}
const names = (tracks: readonly SimilarTrack[]) => tracks.map(({ path }) => basename(path, '.wav'));

describe('tutti similar', () => {
  it('answers the others, nearest first, and fewer when asked for fewer', async () => {
    const all = tracksIn((await tutti(['similar', 'song-0', '--analyses', ANALYSES, '--json'], folder)).stdout);
    expect(names(all).toSorted()).toEqual(['song-1', 'song-2', 'song-3']);
    const distances = all.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    const one = await tutti(['similar', 'song-0', '--analyses', ANALYSES, '--count', '1'], folder);
    expect(one).toMatchObject({ code: 0 });
    expect(one.stdout).toMatch(new RegExp(`^ +\\d\\.\\d\\d {2}${names(all)[0]} {2}\\(.*BPM, energy`));
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('answers only what may be answered', async () => {
    const near = ['similar', 'song-0', '--analyses', ANALYSES, '--json', '--tempo-within', '4%'];
    expect(names(tracksIn((await tutti(near, folder)).stdout))).toEqual(['song-1']);
    const filtered = ['similar', 'song-0', '--analyses', ANALYSES, '--json', '--filter', 'path:song-3.wav'];
    expect(names(tracksIn((await tutti(filtered, folder)).stdout))).toEqual(['song-3']);
  });

  it.each([
    [['nobody'], /nobody is none of the files/],
    [['silence'], /silence\.wav is silent or too short/],
  ])('of %j says why there is no answer, as a line too', async (args, reason) => {
    const ended = await tutti(['similar', ...args, '--analyses', ANALYSES, '--json'], folder);
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stderr).toMatch(reason);
    expect(similarFailureSchema.parse(JSON.parse(ended.stdout)).error.message).toMatch(reason);
  });
});

describe('tutti path', () => {
  it('leads from one to the other over others, each once', async () => {
    const ended = await tutti(['path', 'song-0', 'song-3', '--analyses', ANALYSES, '--between', '9', '--json'], folder);
    const tracks = tracksIn(ended.stdout);
    expect(names(tracks)).toHaveLength(4);
    expect([names(tracks)[0], names(tracks)[3]]).toEqual(['song-0', 'song-3']);
    expect(tracks[0]!.distance).toBe(0);
  });

  it('refuses a path from a track to itself', async () => {
    const ended = await tutti(['path', 'song-0', 'song-0', '--analyses', ANALYSES], folder);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/are one track; a path needs two/);
  });
});
