import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analysisLineSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTutti, tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-master-'));
const music = join(folder, 'music');
const inFolder = (name: string) => join(folder, name);
const one = join(music, 'one.wav');

beforeAll(() => {
  process.env['TUTTI_HOME'] = inFolder('home');
  mkdirSync(music);
  writeSmallSong(one, { bpm: 120, seconds: 12, rootHz: 55 });
  writeSmallSong(join(music, 'two.wav'), { bpm: 100, seconds: 9, rootHz: 82.4 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Printed {
  readonly schema: string;
  readonly stages: readonly { readonly kind: string; readonly reason: string }[];
  readonly target: { readonly loudnessLufs: number };
  readonly result: { readonly result: { readonly after: Record<string, number> } };
}

function strays(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('.') || name.includes('.part'));
}

/** What `tutti analyse` measures of a file. */
async function loudnessOf(path: string) {
  const { stdout } = await tutti(['analyse', path, '--json', '--only', 'loudness'], folder);
  return analysisLineSchema.parse(JSON.parse(stdout)).loudness!;
}

describe('tutti master', () => {
  it('reaches the loudness under the ceiling, prints the plan with the result, and the plan renders to the same bytes', async () => {
    const first = await tutti(['master', one, '-o', 'one.wav', '--loudness', '-19', '--json', '--report'], folder);
    expect(first.code, first.stderr).toBe(0);
    const plan = JSON.parse(first.stdout) as Printed;
    expect(plan).toMatchObject({ schema: 'tutti.master-plan/1', target: { loudnessLufs: -19 } });
    for (const { reason } of plan.stages) expect(reason).toMatch(/\d/);
    const { integratedLufs, truePeakDb } = await loudnessOf('one.wav');
    expect(Math.abs(integratedLufs! + 19)).toBeLessThan(0.1);
    expect(truePeakDb!).toBeLessThan(-0.95);
    expect(plan.result.result.after['integratedLufs']).toBeCloseTo(integratedLufs!, 2);
    const page = readFileSync(inFolder('one.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>.*id="play".*<svg.*<\/html>\s*$/s);
    const withoutScripts = page.replaceAll(/<script[^>]*>[^<]*<\/script>/g, '');
    expect(withoutScripts).not.toMatch(/NaN|undefined|Infinity|<script/);

    writeFileSync(inFolder('plan.json'), first.stdout);
    const again = await tutti(['master', '--plan', 'plan.json', one, '-o', 'again.wav'], folder);
    expect(again.code, again.stderr).toBe(0);
    expect(readFileSync(inFolder('again.wav')).equals(readFileSync(inFolder('one.wav')))).toBe(true);
    expect(strays()).toEqual([]);
  });

  it('masters several files into a folder, goes on after one that fails, and exits with 1', async () => {
    writeFileSync(inFolder('broken.flac'), 'fLaC but no more');
    const ended = await tutti(
      ['master', music, inFolder('broken.flac'), '-o', 'many', '--format', 'flac', '--json'],
      folder,
    );
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('broken.flac') });
    expect(readdirSync(inFolder('many')).sort()).toEqual(['one.flac', 'two.flac']);
    const lines = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { error?: { kind: string } });
    expect(lines.map(({ error }) => error?.kind)).toEqual([undefined, undefined, 'corrupt']);
  });

  it('keeps a master whose report cannot be written, names the report, and exits with 1', async () => {
    // As long as a name may be; that of the page is one longer.
    const out = `${'a'.repeat(251)}.wav`;
    const ended = await tutti(['master', one, '-o', out, '--report', '--json'], folder);
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/one\.wav: the master is written, its report is not: .*a\.html cannot be written/),
    });
    expect((await loudnessOf(out)).integratedLufs).toBeCloseTo(-14, 0);
    const { result } = JSON.parse(ended.stdout) as { result: object };
    expect(result).toMatchObject({ path: inFolder(out), report: null, reportError: { kind: 'denied' } });
    expect(strays()).toEqual([]);
  });

  it('refuses before the work a report whose name a folder has', async () => {
    mkdirSync(join(inFolder('taken.html'), 'inside'), { recursive: true });
    const ended = await tutti(['master', one, '-o', 'taken.wav', '--report', '--force'], folder);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/taken\.html is a folder/) });
    expect(existsSync(inFolder('taken.wav'))).toBe(false);
  });

  it('keeps the loudness relations of an album', async () => {
    const ended = await tutti(['master', music, '-o', 'album', '--album', '--loudness', '-16'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    const lufs = async (path: string) => (await loudnessOf(path)).integratedLufs!;
    const before = (await lufs('music/one.wav')) - (await lufs('music/two.wav'));
    const after = (await lufs('album/one.wav')) - (await lufs('album/two.wav'));
    expect(Math.abs(after - before)).toBeLessThan(0.2);
  });

  it('writes a preview and a pair of equal loudness', async () => {
    const ended = await tutti(['master', one, '-o', 'short.wav', '--preview', '--loudness', '-10'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    const [before, after] = await Promise.all(['short-before.wav', 'short-after.wav'].map(loudnessOf));
    expect(Math.abs(before!.integratedLufs! - after!.integratedLufs!)).toBeLessThan(0.1);
    expect(existsSync(inFolder('short.wav'))).toBe(true);
  });

  it('comes nearer to a reference, and says by how much', async () => {
    const ended = await tutti(['master', one, '-o', 'like-two.wav', '--reference', join(music, 'two.wav')], folder);
    expect(ended.code, ended.stderr).toBe(0);
    const [, was, is] = /balance ([\d.]+) dB from the reference, now ([\d.]+)/.exec(ended.stderr)!;
    expect(Number(is)).toBeLessThanOrEqual(Number(was));
  });

  it('refuses a plan whose file changed, and leaves nothing', async () => {
    const lonely = inFolder('lonely.wav');
    writeSmallSong(lonely, { bpm: 126, seconds: 6, rootHz: 55 });
    const { stdout } = await tutti(['master', lonely, '--plan-only'], folder);
    writeFileSync(inFolder('lonely.json'), stdout);
    writeSmallSong(lonely, { bpm: 90, seconds: 6, rootHz: 55 });
    const changed = await tutti(['master', '--plan', 'lonely.json', lonely, '-o', 'no.wav'], folder);
    expect(changed).toMatchObject({ code: 1, stderr: expect.stringMatching(/lonely\.wav has changed/) });
    expect(existsSync(inFolder('no.wav'))).toBe(false);
    expect(strays()).toEqual([]);
  });

  it('names the field of a plan that was edited into nonsense, and the range', async () => {
    const { stdout } = await tutti(['master', one, '--plan-only'], folder);
    const plan = JSON.parse(stdout) as { target: Record<string, unknown> };
    writeFileSync(inFolder('wild.json'), JSON.stringify({ ...plan, target: { ...plan.target, ceilingDb: 3 } }));
    const refused = await tutti(['master', '--plan', 'wild.json', one, '-o', 'no.wav'], folder);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/target\.ceilingDb is 3; .*-24 and 0/) });
  });

  it('refuses a plan that was made louder by hand and promises what it was, naming the field; one that promises nothing is rendered', async () => {
    const { stdout } = await tutti(['master', one, '--plan-only'], folder);
    const louder = stdout.replace(
      /("kind": "gain",\s+"gainDb": )(-?[\d.]+)/,
      (_, key, gain) => `${key}${Number(gain) - 3}`,
    );
    expect(louder).not.toBe(stdout);
    writeFileSync(inFolder('softer.json'), louder);
    const order = ['master', '--plan', 'softer.json', one, '-o', 'softer.wav', '--json'];
    const refused = await tutti(order, folder);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: {
        kind: 'corrupt',
        message: expect.stringMatching(/expected\.integratedLufs promises -14\.\d+ LUFS.*has -1[67]/),
      },
    });
    expect(existsSync(inFolder('softer.wav'))).toBe(false);
    writeFileSync(inFolder('softer.json'), louder.replace(/("expected": \{\s+"integratedLufs": )-?[\d.]+/, '$1null'));
    expect(await tutti(order, folder)).toMatchObject({ code: 0 });
    expect((await loudnessOf('softer.wav')).integratedLufs!).toBeLessThan(-15);
  });

  it('does not replace what is there unless told to', async () => {
    writeFileSync(inFolder('precious.wav'), 'precious');
    const refused = await tutti(['master', one, '-o', 'precious.wav'], folder);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/precious\.wav.*--force/s) });
    expect(readFileSync(inFolder('precious.wav'), 'utf8')).toBe('precious');
    expect((await tutti(['master', one, '-o', 'precious.wav', '--force'], folder)).code).toBe(0);
    expect(await tutti(['master', music, '-o', 'music'], folder)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/would replace it/),
    });
  });

  it.each([
    [['master'], /path/],
    [['master', 'music'], /-o/],
    [['master', 'music', '-o', 'x.wav', '--style', 'loud'], /balanced, rock/],
    [['master', 'music', '-o', 'x.wav', '--loudness', '3'], /between -60 and -4/],
    [['master', 'music/one.wav', '-o', 'x.xyz'], /xyz/],
    [['master', 'music', '-o', 'x', '--plan', 'p.json', '--album'], /album/],
  ])('%j is wrong use', async (args, message) => {
    expect(await tutti(args, folder)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });

  it('stops on Ctrl-C with exit code 130 and leaves nothing half written', async () => {
    writeSmallSong(inFolder('long.wav'), { bpm: 120, seconds: 600, rootHz: 55 });
    const { child, ended } = startTutti(['master', 'long.wav', '-o', 'never.wav'], folder);
    // Once a file is being written, the render is under way.
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

describe('tutti preset', () => {
  it('keeps what a plan decided, lists it, shows it, and masters by it', async () => {
    const { stdout } = await tutti(['master', one, '--plan-only', '--style', 'warm', '--loudness', '-18'], folder);
    writeFileSync(inFolder('warm.json'), stdout);
    const saved = await tutti(['preset', 'save', 'warm.json', '--name', 'My warmth', '--description', 'soft'], folder);
    expect(saved.code, saved.stderr).toBe(0);
    expect((await tutti(['preset', 'list'], folder)).stdout).toMatch(/My warmth\s+soft.*streaming.*balanced/s);
    const shown = await tutti(['preset', 'show', 'My warmth'], folder);
    expect(JSON.parse(shown.stdout)).toMatchObject({ name: 'My warmth', style: 'warm' });
    writeFileSync(inFolder('shared.json'), shown.stdout);
    expect(await tutti(['preset', 'validate', 'shared.json'], folder)).toMatchObject({ code: 0 });
    const mastered = await tutti(['master', join(music, 'two.wav'), '-o', 'warm.wav', '--preset', 'My warmth'], folder);
    expect(mastered.code, mastered.stderr).toBe(0);
    expect(Math.abs((await loudnessOf('warm.wav')).integratedLufs! + 18)).toBeLessThan(0.15);
  });

  it('refuses one that is damaged, newer or unknown, with the reason', async () => {
    writeFileSync(
      inFolder('newer.json'),
      JSON.stringify({ schema: 'tutti.master-preset/9', name: 'x', description: '' }),
    );
    writeFileSync(inFolder('damaged.json'), '{');
    const checked = await tutti(['preset', 'validate', 'newer.json', 'damaged.json'], folder);
    expect(checked).toMatchObject({ code: 1, stderr: expect.stringMatching(/version 9.*damaged\.json/s) });
    const unknown = await tutti(['master', one, '-o', 'x.wav', '--preset', 'nobody'], folder);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringMatching(/no preset "nobody"/) });
  });

  it('never replaces the song itself, and words what a plan or a reference cannot do', async () => {
    const bytes = readFileSync(one);
    const itself = await tutti(['master', one, '-o', one, '--force'], folder);
    expect([itself.code, itself.stderr]).toEqual([1, expect.stringMatching(/would replace the song itself/)]);
    expect(readFileSync(one).equals(bytes)).toBe(true);
    const short = inFolder('short.wav');
    writeSmallSong(short, { bpm: 120, seconds: 1, rootHz: 55 });
    const order = ['master', one, '-o', 'matched.wav', '--reference', short, '--json'];
    const { code, stdout } = await tutti(order, folder);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { kind: 'unsupported', message: expect.stringMatching(/reference lasts 1.00 s/) },
    });
    expect(existsSync(inFolder('matched.wav'))).toBe(false);
  });
});
