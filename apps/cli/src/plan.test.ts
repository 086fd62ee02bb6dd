import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setPlanFailureSchema, setPlanSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-plan-'));
const music = join(folder, 'music');
const names = ['one', 'two', 'three', 'four', 'five'];
const ANALYSES = 'music.jsonl';

beforeAll(async () => {
  mkdirSync(music);
  names.forEach((name, i) => {
    writeSmallSong(join(music, `${name}.wav`), { bpm: 118 + 3 * i, seconds: 24, rootHz: 55 * 2 ** (i / 12) });
  });
  writeFileSync(join(folder, ANALYSES), (await tutti(['analyse', music, '--json'], folder)).stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = (...args: string[]) => tutti(['plan', '--analyses', ANALYSES, ...args], folder);

/** The sets that were printed, as names of songs. */
function setsIn(stdout: string): string[][] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => setPlanSchema.parse(JSON.parse(line)).tracks.map(({ title }) => title));
}

describe('tutti plan', () => {
  it.each([
    [['plan'], /name the files or folders/],
    [['plan', 'music', '--analyses', 'x.jsonl'], /not both/],
    [['plan', 'music', '--energy', 'sideways'], /rise, fall, peak, wave, flat, or levels/],
    [['plan', 'music', '--energy', '3,11'], /levels from 1 to 10/],
    [['plan', 'music', '--energy', '0%:3,5'], /levels from 1 to 10/],
    [['plan', 'music', '--tempo-range', '130-120'], /two tempos from 20 to 400/],
    [['plan', 'music', '--tempo-path', 'fast'], /BPM from 20 to 400/],
    [['plan', 'music', '--pair', 'one'], /two tracks with :: between/],
    [['plan', 'music', '--filter', 'bpm:fast'], /"fast" is no number[\s\S]*\nbpm:fast\n {4}\^{4}\n/],
    [['plan', 'music', '--length', '0'], /minutes, over 0/],
    [['plan', 'music', '--first', 'one', '--start', 'two'], /same option/],
  ])('%j is wrong use: exit code 2 and the reason', async (args, reason) => {
    const ended = await tutti(args, folder);
    expect(ended.stderr).toMatch(reason);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
  });

  it('listens to files and says their order and why, on stdout', async () => {
    const ended = await tutti(['plan', music], folder);
    expect(ended).toMatchObject({ code: 0 });
    for (const name of names) expect(ended.stdout).toMatch(new RegExp(`^ +\\d\\. .*${name} `, 'm'));
    expect(ended.stdout).toMatch(/stretch [+−]?\d/);
    expect(ended.stdout).toMatch(/^5 tracks in \d\.\d minutes; .*; proven best by these costs$/m);
  });

  it('takes only what a filter means, and says so when that is nothing', async () => {
    const some = await plan('--filter', 'bpm>=120 -path:five.wav', '--json');
    expect(setsIn(some.stdout)[0]!.toSorted()).toEqual(['four', 'three', 'two']);
    const none = await plan('--filter', 'bpm>900');
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toMatch(/it means none of the 5 files/);
  });

  it('plans from analyses the same as from files, and prints sets in the form of the contract', async () => {
    const options = ['--length', '1', '--energy', '0%:5,100%:7', '--candidates', '2', '--json', '--seed', '3'];
    const [fromLines, fromFiles] = await Promise.all([plan(...options), tutti(['plan', music, ...options], folder)]);
    expect(fromLines.code, fromLines.stderr).toBe(0);
    expect(fromLines.stdout).toBe(fromFiles.stdout);
    for (const set of setsIn(fromLines.stdout)) expect(new Set(set).size).toBe(set.length);
  });

  it('holds what is asked for, tracks named by path, file or title', async () => {
    const ended = await plan(
      ...['--first', join(music, 'three.wav'), '--last', 'five.wav', '--pair', 'three::one', '--not', 'two'],
      ...['--order', 'one', '--order', 'four', '--json'],
    );
    expect(ended.code, ended.stderr).toBe(0);
    expect(setsIn(ended.stdout)).toEqual([['three', 'one', 'four', 'five']]);
    const ranged = await plan('--tempo-range', '117-125', '--keep-order', '--json');
    expect(setsIn(ranged.stdout)).toEqual([['one', 'three', 'two']]);
    expect(ranged.stderr).toMatch(/2 tracks are left out, outside 117 to 125 BPM/);
  });

  it('refuses by name what cannot be met: exit code 1, and a line with the error', async () => {
    const ended = await plan('--must', 'one', '--must', 'two', '--must', 'three', '--length', '0.5', '--json');
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/length: the 3 tracks .* 0\.5 minutes/) });
    const { error } = setPlanFailureSchema.parse(JSON.parse(ended.stdout));
    expect(error).toMatchObject({ kind: 'unsupported', message: expect.stringMatching(/^length: /) });
    const unknown = await plan('--must', 'nobody', '--json');
    expect(setPlanFailureSchema.parse(JSON.parse(unknown.stdout)).error).toMatchObject({ kind: 'missing' });
  });

  it('says which name is meant for several files, and which line is no analysis', async () => {
    mkdirSync(join(folder, 'other'));
    copyFileSync(join(music, 'one.wav'), join(folder, 'other', 'one.wav'));
    const twice = await tutti(['plan', music, 'other', '--first', 'one'], folder);
    expect(twice).toMatchObject({ code: 1, stderr: expect.stringMatching(/first: one names 2 of the files/) });
    writeFileSync(join(folder, 'broken.jsonl'), '\n{"schema": "tutti.analysis/1"}\n');
    const broken = await tutti(['plan', '--analyses', 'broken.jsonl'], folder);
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringMatching(/broken\.jsonl: line 2 is no analysis/) });
    const gone = await tutti(['plan', '--analyses', 'gone.jsonl'], folder);
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringMatching(/gone\.jsonl: there is no such file/) });
  });

  it('leaves out what could not be analysed, says so, and exits with 1', async () => {
    const failure = { schema: 'tutti.analysis/1', path: 'bad.mp3', error: { kind: 'corrupt', message: 'no frames' } };
    const lines = (await tutti(['analyse', join(music, 'one.wav'), '--json'], folder)).stdout;
    writeFileSync(join(folder, 'some.jsonl'), `${JSON.stringify(failure)}\n${lines}`);
    const ended = await tutti(['plan', '--analyses', 'some.jsonl'], folder);
    expect(ended).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/one/),
      stderr: expect.stringMatching(/bad\.mp3: no frames/),
    });
  });
});

describe('tutti mix', () => {
  it('takes what can be asked of a set', async () => {
    const ended = await tutti(
      ['mix', music, '--plan-only', '--start', 'two', '--last', 'four.wav', '--not', 'five', '--pair', 'two::three'],
      folder,
    );
    expect(ended.code, ended.stderr).toBe(0);
    const { tracks } = JSON.parse(ended.stdout) as { tracks: { title: string }[] };
    expect(tracks.map(({ title }) => title)).toEqual(['two', 'three', 'one', 'four']);
    const ranged = await tutti(['mix', music, '--plan-only', '--tempo-range', '117-125'], folder);
    expect(ranged.stderr).toMatch(/2 tracks are left out, outside 117 to 125 BPM/);
  });
});
