import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-export-cli-'));
const inFolder = (name: string) => join(folder, name);
const music = inFolder('music & co');
const ALL = 'rekordbox,nml,m3u8,cue,tracklist,chapters';

beforeAll(async () => {
  mkdirSync(music);
  writeSmallSong(join(music, 'one #1.wav'), { bpm: 120, seconds: 40, rootHz: 55 });
  writeSmallSong(join(music, 'été.wav'), { bpm: 124, seconds: 40, rootHz: 82.4 });
  const planned = await tutti(['mix', music, '--plan-only'], folder);
  writeFileSync(inFolder('set.plan.json'), planned.stdout);
  const analysed = await tutti(['analyse', music, '--json'], folder);
  writeFileSync(inFolder('lines.jsonl'), analysed.stdout);
  writeFileSync(inFolder('mix.flac'), 'stands for a mix');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const exporting = (format: string, ...rest: string[]) =>
  tutti(['export', 'set.plan.json', '--format', format, ...rest], folder);

describe('tutti export', () => {
  it('writes all formats, from the files or from analyses that are there, and says what it wrote', async () => {
    const heard = await exporting(ALL, '-o', 'heard/sets', '--mix', 'mix.flac', '--json');
    expect(heard.code, heard.stderr).toBe(0);
    const names = readdirSync(inFolder('heard/sets')).sort();
    expect(names).toEqual([
      ...['mix.chapters.txt', 'mix.cue', 'mix.m3u8', 'mix.nml', 'mix.rekordbox.xml', 'mix.tracklist.txt'],
    ]);
    const told = heard.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; remarks: string[] });
    expect(told.map(({ path }) => path).sort()).toEqual(names.map((name) => join('heard/sets', name)));
    // Two tracks make no chapters.
    expect(told.flatMap(({ remarks }) => remarks)).toEqual([expect.stringMatching(/from 3 on/)]);
    const text = (name: string) => readFileSync(join(inFolder('heard/sets'), name), 'utf8');
    expect(text('mix.rekordbox.xml')).toMatch(
      /one%20%231\.wav.*\n<TEMPO Inizio="[\d.]+" Bpm="120\.00" Metro="4\/4" Battito="1"\/>/,
    );
    expect(text('mix.nml')).toContain('FILE="été.wav"');
    expect(text('mix.cue')).toContain('FILE "../../mix.flac" WAVE');

    const read = await exporting(ALL, '-o', 'read', '--mix', 'mix.flac', '--analysis', 'lines.jsonl');
    expect(read).toMatchObject({ code: 0, stdout: '' });
    for (const name of names.filter((each) => each !== 'mix.cue')) {
      expect(readFileSync(join(inFolder('read'), name), 'utf8')).toBe(text(name));
    }
  });

  it('gives paths as they are on another system', async () => {
    const { code } = await exporting(
      'm3u8,nml',
      '-o',
      'moved',
      '--analysis',
      'lines.jsonl',
      '--relocate',
      `${music}=M:\\Music`,
    );
    expect(code).toBe(0);
    expect(readFileSync(inFolder('moved/set.m3u8'), 'utf8')).toContain('M:\\Music\\one #1.wav\n');
    expect(readFileSync(inFolder('moved/set.nml'), 'utf8')).toContain('DIR="/:Music/:" FILE="été.wav" VOLUME="M:"');
  });

  it.each([
    [['nml,engine', '-o', 'x'], /"engine" is none of rekordbox, nml, m3u8, cue, tracklist, chapters, serato/],
    [['nml,serato', '-o', 'x'], /a mix plan is not exported as serato: there are rekordbox, nml/],
    [['cue', '-o', 'x'], /--mix/],
    [['nml', '-o', 'x', '--relocate', 'here=there'], /two absolute folders/],
    [['nml', '-o', 'x', '--name', 'a/b'], /"a\/b" cannot be the name of files/],
  ])('%j is wrong use', async ([format, ...rest], reason) => {
    expect(await exporting(format!, ...rest)).toMatchObject({ code: 2, stderr: expect.stringMatching(reason) });
  });

  it('writes nothing when an analysis is missing, a file has changed, or something is in the way', async () => {
    writeFileSync(inFolder('some.jsonl'), readFileSync(inFolder('lines.jsonl'), 'utf8').split('\n')[0]!);
    const missing = await exporting(ALL, '-o', 'none', '--mix', 'mix.flac', '--analysis', 'some.jsonl');
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no analysis has the sound of .*été\.wav/),
    });
    const changed = readFileSync(inFolder('set.plan.json'), 'utf8').replace(/"audioHash": "./, '"audioHash": "x');
    writeFileSync(inFolder('changed.json'), changed);
    const refused = await tutti(['export', 'changed.json', '--format', ALL, '-o', 'none', '--mix', 'mix.flac'], folder);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/has changed/) });
    mkdirSync(inFolder('full'));
    writeFileSync(inFolder('full/set.cue'), 'mine');
    const there = await exporting('m3u8,cue', '-o', 'full', '--mix', 'mix.flac', '--name', 'set');
    expect(there).toMatchObject({ code: 1, stderr: expect.stringMatching(/set\.cue is there already: --force/) });
    expect(await exporting('m3u8', '-o', 'mix.flac')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not a folder/),
    });
    expect(readdirSync(folder)).not.toContain('none');
    expect(readdirSync(inFolder('full'))).toEqual(['set.cue']);
    expect(readFileSync(inFolder('full/set.cue'), 'utf8')).toBe('mine');
  });
});

it('tutti mix --export writes the set beside the mix', async () => {
  const mixed = await tutti(
    ['mix', '--plan', 'set.plan.json', '-o', 'night.flac', '--export', 'cue,rekordbox'],
    folder,
  );
  expect(mixed.code, mixed.stderr).toBe(0);
  expect(
    readdirSync(folder)
      .filter((name) => name.startsWith('night'))
      .sort(),
  ).toEqual([...['night.cue', 'night.flac', 'night.rekordbox.xml', 'night.svg']]);
  expect(readFileSync(inFolder('night.cue'), 'utf8')).toContain('FILE "night.flac" WAVE');
  const again = await tutti(
    ['mix', '--plan', 'set.plan.json', '-o', 'day.flac', '--plan-only', '--export', 'cue'],
    folder,
  );
  expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/--export goes with a mix/) });
});
