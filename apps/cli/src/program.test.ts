import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analysisFailureSchema, analysisLineSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTutti, tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-cli-'));
const music = join(folder, 'music');
const inFolder = (name: string) => join(folder, name);

beforeAll(() => {
  mkdirSync(music);
  writeSmallSong(join(music, 'one.wav'), { bpm: 120, seconds: 40, rootHz: 55 });
  writeSmallSong(join(music, 'two.wav'), { bpm: 124, seconds: 40, rootHz: 82.4 });
  writeSmallSong(join(music, 'three.wav'), { bpm: 122, seconds: 40, rootHz: 61.7 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names in a folder that a run may have left half written. */
function strays(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('.') || name.includes('.tmp') || name.includes('.part'));
}

describe('tutti', () => {
  it.each([
    [['--help'], 0, /analyse.*mix.*demo.*doctor/s],
    [['analyse', '--help'], 0, /--only/],
  ])('%j shows its help', async (args, code, expected) => {
    const ended = await tutti(args, folder);
    expect(ended).toMatchObject({ code, stdout: expect.stringMatching(expected) });
  });

  it.each([
    [['conjure'], /unknown command 'conjure'/],
    [['analyse'], /missing required argument/],
    [['analyse', 'x', '--jobs', '0'], /whole number of at least 1/],
    [['analyse', 'x', '--only', 'tempo,colour'], /"colour" is none of tempo, key/],
    [['mix', 'music'], /-o/],
    [['mix'], /name the files/],
    [['mix', 'music', '-o', 'x.wav', '--energy', 'sideways'], /rise, fall, peak, wave, flat/],
    [['mix', 'music', '-o', 'x.wav', '--tempo', '500'], /40 to 240/],
    [['mix', 'music', '--plan', 'p.json', '-o', 'x.wav'], /not both/],
    [['mix', 'music', '-o', 'x.xyz'], /xyz/],
    [['mix', 'music', '--plan-only', '--report'], /renders none/],
  ])('%j is wrong use: exit code 2 and the reason', async (args, reason) => {
    const ended = await tutti(args, folder);
    expect(ended.stderr).toMatch(reason);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('tutti analyse', () => {
  it('prints one JSON line a file in the form of the contract, and nothing else on stdout', async () => {
    const { code, stdout } = await tutti(['analyse', music, '--json'], folder);
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((text) => analysisLineSchema.parse(JSON.parse(text)));
    expect(lines.map(({ path }) => path.split('/').at(-1))).toEqual(['one.wav', 'three.wav', 'two.wav']);
    expect(lines.map(({ tempo }) => Math.round(tempo!.bpm!))).toEqual([120, 122, 124]);
  });

  it('goes on past files that cannot be read, names them, and exits with 1', async () => {
    writeFileSync(inFolder('empty.wav'), '');
    writeFileSync(inFolder('lies.mp3'), 'this is no music at all');
    const args = [
      'analyse',
      inFolder('empty.wav'),
      inFolder('lies.mp3'),
      inFolder('absent.wav'),
      join(music, 'one.wav'),
      '--json',
    ];
    const { code, stdout, stderr } = await tutti(args, folder);
    expect(code).toBe(1);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { path: string });
    const failures = lines.filter((line) => 'error' in line).map((line) => analysisFailureSchema.parse(line));
    expect(failures.map(({ error }) => error.kind).sort()).toEqual(['empty', 'missing', 'unsupported']);
    expect(lines).toHaveLength(4);
    for (const { path } of failures) expect(stderr).toContain(path);
  });

  it('analyses only what --only names', async () => {
    const { stdout } = await tutti(['analyse', join(music, 'one.wav'), '--json', '--only', 'key,loudness'], folder);
    const line = analysisLineSchema.parse(JSON.parse(stdout));
    expect(Object.keys(line)).toEqual(expect.arrayContaining(['key', 'loudness']));
    expect(Object.keys(line)).not.toContain('tempo');
  });

  it('writes the waveform of each sound once, named after it', async () => {
    copyFileSync(join(music, 'one.wav'), inFolder('copy.wav'));
    const ended = await tutti(['analyse', music, 'copy.wav', '--json', '--only', 'energy', '--peaks', 'a/b'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    const hashes = ended.stdout
      .trimEnd()
      .split('\n')
      .map((text) => analysisLineSchema.parse(JSON.parse(text)).audioHash);
    expect(hashes).toHaveLength(4);
    expect(readdirSync(inFolder('a/b')).sort()).toEqual([...new Set(hashes)].map((hash) => `${hash}.peaks`).sort());
    expect(readFileSync(inFolder(`a/b/${hashes[0]}.peaks`), 'latin1')).toMatch(/^TTPK/);
    const blocked = await tutti(['analyse', music, '--peaks', 'copy.wav'], folder);
    expect(blocked).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/copy\.wav cannot be made a folder/),
    });
  });

  it('does not pass off a folder without music as a success', async () => {
    mkdirSync(inFolder('no-music'));
    writeFileSync(join(inFolder('no-music'), 'notes.txt'), 'no music here');
    const ended = await tutti(['analyse', 'no-music', '--json'], folder);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/no audio files in no-music/) });
  });

  it('draws what --plot asks for, replaces nothing unasked, and still says what it heard', async () => {
    const plots = inFolder('plots');
    mkdirSync(plots);
    writeFileSync(join(plots, 'two.wav.svg'), 'a drawing of my own');
    const files = ['one', 'two'].map((name) => join(music, `${name}.wav`));
    const refused = await tutti(['analyse', ...files, inFolder('nowhere.wav'), '--plot', plots, '--json'], folder);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/two\.wav\.svg is there already: --force/),
    });
    expect(refused.stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(readdirSync(plots).sort()).toEqual(['one.wav.svg', 'two.wav.svg']);
    expect(readFileSync(join(plots, 'one.wav.svg'), 'utf8')).toMatch(/^<svg .*pitch classes.*<\/svg>\n$/s);
    expect(readFileSync(join(plots, 'two.wav.svg'), 'utf8')).toBe('a drawing of my own');

    const forced = await tutti(['analyse', files[1]!, '--plot', plots, '--force', '--only', 'tempo'], folder);
    expect(forced).toMatchObject({ code: 0 });
    expect(readFileSync(join(plots, 'two.wav.svg'), 'utf8')).toMatch(/^<svg (?!.*pitch classes)/s);
    expect(await tutti(['analyse', files[0]!, '--plot', files[0]!], folder)).toMatchObject({ code: 1 });
    expect(strays()).toEqual([]);
  });

  it('says the same on one thread and on two', async () => {
    const [one, two] = await Promise.all(
      ['1', '2'].map((jobs) => tutti(['analyse', music, '--json', '--jobs', jobs], folder)),
    );
    expect(one?.stdout).toBe(two?.stdout);
  });
});

describe('tutti mix', () => {
  it('writes the mix and its picture, prints the plan with the result, and the plan renders to the same bytes', async () => {
    const first = await tutti(['mix', music, '-o', 'mix.wav', '--json'], folder);
    expect(first.code, first.stderr).toBe(0);
    const plan = JSON.parse(first.stdout) as { schema: string; tracks: unknown[] };
    expect(plan.schema).toBe('tutti.mix-plan/1');
    expect(plan.tracks).toHaveLength(3);
    expect(readFileSync(inFolder('mix.svg'), 'utf8')).toMatch(/^<svg/);

    const planned = await tutti(['mix', music, '--plan-only'], folder);
    writeFileSync(inFolder('plan.json'), planned.stdout);
    const second = await tutti(['mix', '--plan', 'plan.json', '-o', 'again.wav', '--no-picture', '--report'], folder);
    expect(second.code, second.stderr).toBe(0);
    expect(readFileSync(inFolder('again.wav')).equals(readFileSync(inFolder('mix.wav')))).toBe(true);
    expect(existsSync(inFolder('again.svg'))).toBe(false);
    expect(readFileSync(inFolder('again.html'), 'utf8')).toMatch(/^<!doctype html>.*<audio .*<\/html>\n$/s);
    expect(strays()).toEqual([]);
  });

  it('does not replace a file unless told to', async () => {
    writeFileSync(inFolder('precious.wav'), 'precious');
    const refused = await tutti(['mix', music, '-o', 'precious.wav'], folder);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/precious\.wav.*--force/s) });
    expect(readFileSync(inFolder('precious.wav'), 'utf8')).toBe('precious');
    expect((await tutti(['mix', music, '-o', 'precious.wav', '--force'], folder)).code).toBe(0);
    expect(readFileSync(inFolder('precious.wav')).length).toBeGreaterThan(1e6);
  });

  it('does not replace a picture either', async () => {
    writeFileSync(inFolder('drawn.svg'), 'a drawing of my own');
    const refused = await tutti(['mix', music, '-o', 'drawn.wav'], folder);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/drawn\.svg.*--no-picture/) });
    expect(readFileSync(inFolder('drawn.svg'), 'utf8')).toBe('a drawing of my own');
  });

  it('mixes one file, says so when it is named twice, and mixes it with a copy of itself', async () => {
    const one = join(music, 'one.wav');
    const single = await tutti(['mix', one, one, '-o', 'single.wav'], folder);
    expect(single).toMatchObject({ code: 0, stderr: expect.stringMatching(/one\.wav is named more than once/) });
    const twice = inFolder('copy-of-one.wav');
    copyFileSync(one, twice);
    expect(await tutti(['mix', one, twice, '-o', 'twice.wav'], folder)).toMatchObject({ code: 0 });
    expect(readFileSync(inFolder('twice.wav')).length).toBeGreaterThan(
      readFileSync(inFolder('single.wav')).length * 1.2,
    );
  });

  it('leaves out a file that cannot be used, still mixes the rest, and exits with 1', async () => {
    writeFileSync(inFolder('broken.flac'), 'fLaC but no more');
    const ended = await tutti(['mix', music, inFolder('broken.flac'), '-o', 'rest.wav'], folder);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('broken.flac') });
    expect(existsSync(inFolder('rest.wav'))).toBe(true);
  });

  it('refuses an output that cannot be written before it spends time on the mix', async () => {
    const ended = await tutti(['mix', music, '-o', 'no/such/folder/mix.wav'], folder);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/no\/such\/folder/) });
  });

  it('refuses a plan whose file is gone or sounds different, naming it', async () => {
    const lonely = inFolder('lonely.wav');
    writeSmallSong(lonely, { bpm: 126, seconds: 20, rootHz: 55 });
    const { stdout } = await tutti(['mix', lonely, '--plan-only'], folder);
    writeFileSync(inFolder('lonely.json'), stdout);
    writeSmallSong(lonely, { bpm: 90, seconds: 20, rootHz: 55 });
    const changed = await tutti(['mix', '--plan', 'lonely.json', '-o', 'lonely-mix.wav'], folder);
    expect(changed).toMatchObject({ code: 1, stderr: expect.stringMatching(/lonely\.wav.*changed/s) });
    rmSync(lonely);
    const gone = await tutti(['mix', '--plan', 'lonely.json', '-o', 'lonely-mix.wav'], folder);
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining('lonely.wav') });
    expect(existsSync(inFolder('lonely-mix.wav'))).toBe(false);
    expect(strays()).toEqual([]);
  });

  it('stops on Ctrl-C with exit code 130 and leaves nothing half written', async () => {
    const { child, ended } = startTutti(['mix', music, '-o', 'never.wav', '--verbose'], folder);
    // Once the plan is told, the render is under way.
    let sent = false;
    child.stderr.on('data', (text: string) => {
      if (!sent && text.includes('BPM')) sent = child.kill('SIGINT');
    });
    expect((await ended).code).toBe(130);
    expect(existsSync(inFolder('never.wav'))).toBe(false);
    expect(strays()).toEqual([]);
  });
});
