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
import { analysisLineSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, startTutti, tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-balance-'));
const inFolder = (...names: string[]) => join(folder, ...names);
const SONG = { bpm: 120, seconds: 4, rootHz: 55 };

/** A folder with the stems of a small song. */
function writeStems(name: string, { drums = 0.3, bass = 0.8 } = {}): string {
  mkdirSync(inFolder(name));
  writeSmallSong(inFolder(name, 'drums.wav'), { ...SONG, drums, bass: 0 });
  writeSmallSong(inFolder(name, 'bass.wav'), { ...SONG, drums: 0, bass });
  return inFolder(name);
}

/** The plan of the folder `stems` with what its render measured, as printed. */
let printed: Ended;
/** The plan, as if it had been made for a folder with another name. */
const planFor = (name: string) => JSON.parse(printed.stdout.replaceAll(inFolder('stems'), inFolder(name))) as Printed;

beforeAll(async () => {
  writeStems('stems');
  printed = await tutti(['balance', 'stems', '-o', 'mix.wav', '--json', '--verbose'], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Printed {
  readonly schema: string;
  readonly stems: readonly {
    readonly name: string;
    readonly recognised: { readonly kind: string };
    readonly gain: { readonly gainDb: number; readonly reason: string };
    readonly source: { readonly path: string };
  }[];
  readonly result: { readonly figures: { readonly integratedLufs: number; readonly truePeakDb: number } };
}

const strays = () => readdirSync(folder).filter((name) => name.startsWith('.') || name.includes('.part'));

describe('tutti balance', () => {
  it('mixes a folder to the loudness under the ceiling, prints the plan with the result, and the plan gives the same bytes', async () => {
    expect(printed.code, printed.stderr).toBe(0);
    const plan = planFor('stems');
    expect(plan.schema).toBe('tutti.balance-plan/1');
    expect(plan.stems.map(({ name, recognised }) => [name, recognised.kind]).toSorted()).toEqual([
      ['bass', 'bass'],
      ['drums', 'drums'],
    ]);
    for (const { gain } of plan.stems) expect(gain.reason).toMatch(/\d/);
    expect(printed.stderr).toMatch(/drums: drums \(\d+ %\), \+\d+\.\d dB\n.*gain: of the kind drums it stands/s);
    const { stdout } = await tutti(['analyse', 'mix.wav', '--json', '--only', 'loudness'], folder);
    const { integratedLufs, truePeakDb } = analysisLineSchema.parse(JSON.parse(stdout)).loudness!;
    expect(Math.abs(integratedLufs! + 18)).toBeLessThan(0.3);
    expect(truePeakDb!).toBeLessThan(-0.9);
    expect(plan.result.figures.integratedLufs).toBeCloseTo(integratedLufs!, 2);
    writeFileSync(inFolder('plan.json'), printed.stdout);
    const again = await tutti(['balance', '--plan', 'plan.json', '-o', 'again.wav'], folder);
    expect(again.code, again.stderr).toBe(0);
    expect(readFileSync(inFolder('again.wav')).equals(readFileSync(inFolder('mix.wav')))).toBe(true);
    expect(strays()).toEqual([]);
  });

  it('takes a stem for what it is said to be', async () => {
    const { stdout } = await tutti(['balance', 'stems', '--plan-only', '--kind', 'drums=other'], folder);
    const [bass, drums] = (JSON.parse(stdout) as Printed).stems;
    expect([bass!.recognised, drums!.recognised]).toMatchObject([
      { kind: 'bass' },
      { kind: 'other', confidence: 1, followed: 'user' },
    ]);
  });

  it('finds the stems of a plan in the folder that they were moved to', async () => {
    writeStems('after');
    writeFileSync(inFolder('moved.json'), JSON.stringify(planFor('before')));
    const lost = await tutti(['balance', '--plan', 'moved.json', '-o', 'moved.wav'], folder);
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringMatching(/before.*(drums|bass)\.wav/) });
    expect(existsSync(inFolder('moved.wav'))).toBe(false);
    const found = await tutti(['balance', 'after', '--plan', 'moved.json', '-o', 'moved.wav'], folder);
    expect(found.code, found.stderr).toBe(0);
    expect(existsSync(inFolder('moved.wav'))).toBe(true);
  });

  it('leads towards a mix of the stems, and says how near it came', async () => {
    writeSmallSong(inFolder('wanted.wav'), { ...SONG, drums: 0.15, bass: 1.6 });
    const ended = await tutti(['balance', 'stems', '-o', 'led.wav', '--reference', 'wanted.wav'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    const [, before, after] = /loudness shares (\d+\.\d) LU, now (\d+\.\d)/.exec(ended.stderr)!;
    expect(Number(before)).toBeGreaterThan(3);
    expect(Number(after)).toBeLessThan(1);
  });

  it('names the field of a plan that was edited into nonsense, and the range', async () => {
    const plan = planFor('stems');
    const [first, ...rest] = plan.stems;
    const wild = { ...plan, stems: [{ ...first!, gain: { ...first!.gain, gainDb: 400 } }, ...rest] };
    writeFileSync(inFolder('wild.json'), JSON.stringify(wild));
    const refused = await tutti(['balance', '--plan', 'wild.json', '-o', 'no.wav'], folder);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/stems\[0\]\.gain\.gainDb is 400; .*-80 and 60/),
    });
    expect(existsSync(inFolder('no.wav'))).toBe(false);
  });

  it('refuses a plan of which a stem sounds otherwise, and leaves nothing', async () => {
    writeStems('changing', { bass: 0.5 });
    writeFileSync(inFolder('changing.json'), JSON.stringify(planFor('changing')));
    const changed = await tutti(['balance', '--plan', 'changing.json', '-o', 'no.wav'], folder);
    expect(changed).toMatchObject({ code: 1, stderr: expect.stringMatching(/bass\.wav has changed/) });
    expect(existsSync(inFolder('no.wav'))).toBe(false);
    expect(strays()).toEqual([]);
  });

  it('makes no mix when a stem cannot be read, and names it', async () => {
    writeStems('broken');
    writeFileSync(inFolder('broken', 'keys.flac'), 'fLaC but no more');
    const ended = await tutti(['balance', 'broken', '-o', 'no.wav', '--json'], folder);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/keys\.flac/) });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      path: inFolder('broken', 'keys.flac'),
      error: { kind: 'corrupt' },
    });
    expect(existsSync(inFolder('no.wav'))).toBe(false);
  });

  it('notices the mix among its stems, and takes the file that it writes for none', async () => {
    writeStems('crowded');
    const out = inFolder('crowded', 'mix.wav');
    for (const name of ['mix.wav', 'rough.wav']) copyFileSync(inFolder('mix.wav'), inFolder('crowded', name));
    const noticed = await tutti(['balance', 'crowded', '-o', out, '--force', '--json'], folder);
    expect(noticed.code, noticed.stderr).toBe(0);
    expect(noticed.stderr).toMatch(/rough is left out: it is a mix of the others: bass, drums/);
    const { stems } = JSON.parse(noticed.stdout) as Printed;
    expect(stems.map(({ name }) => name).toSorted()).toEqual(['bass', 'drums', 'rough']);
  });

  it('does not replace what is there unless told to, and never a stem', async () => {
    writeFileSync(inFolder('precious.wav'), 'precious');
    const refused = await tutti(['balance', 'stems', '-o', 'precious.wav'], folder);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/precious\.wav.*--force/s) });
    writeFileSync(inFolder('itself.json'), printed.stdout);
    const itself = await tutti(['balance', '--plan', 'itself.json', '-o', 'stems/drums.wav', '--force'], folder);
    expect(itself).toMatchObject({ code: 1, stderr: expect.stringMatching(/the mix would replace one of its stems/) });
  });

  it.each([
    [['balance'], 2, /name the folder/],
    [['balance', 'stems'], 2, /-o/],
    [['balance', 'stems', '-o', 'x.xyz'], 2, /xyz/],
    [['balance', 'stems', '-o', 'x.wav', '--loudness', '3'], 2, /between -60 and -4/],
    [['balance', 'stems', '--plan', 'p.json', '--plan-only'], 2, /either --plan or --plan-only/],
    [['balance', '--plan', 'p.json', '-o', 'x.wav', '--reference', 'r.wav'], 2, /leave out --reference/],
    [['balance', 'stems', '-o', 'x.wav', '--kind', 'drums=tuba'], 2, /one of drums, bass, vocals/],
    [['balance', 'stems', '-o', 'x.wav', '--kind', 'keys=bass'], 2, /no stem is named keys; there are bass, drums/],
    [['balance', 'nowhere', '-o', 'x.wav'], 1, /nowhere/],
    [['balance', '--plan', 'nowhere.json', '-o', 'x.wav'], 1, /there is no such balance plan/],
  ])('%j ends with %i', async (args, code, message) => {
    expect(await tutti(args, folder)).toMatchObject({ code, stderr: expect.stringMatching(message) });
  });

  it('says that a folder has no stems', async () => {
    mkdirSync(inFolder('empty'));
    const ended = await tutti(['balance', 'empty', '-o', 'x.wav'], folder);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/there are no stems in empty/) });
  });

  it('stops on Ctrl-C with exit code 130 and leaves nothing half written', async () => {
    mkdirSync(inFolder('long'));
    writeSmallSong(inFolder('long', 'drums.wav'), { ...SONG, seconds: 200, bass: 0 });
    const { child, ended } = startTutti(['balance', 'long', '-o', 'never.wav'], folder);
    let sent = false;
    const watch = setInterval(() => {
      if (!sent && strays().length > 0) sent = child.kill('SIGINT');
    }, 20);
    const { code } = await ended.finally(() => clearInterval(watch));
    expect(code).toBe(130);
    expect(existsSync(inFolder('never.wav'))).toBe(false);
    expect(strays()).toEqual([]);
  });
});
