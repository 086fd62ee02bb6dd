import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MixPlan } from '@tutti/music/mixing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plannedMix } from '../testing/small-set.ts';
import { writeSwellingTone } from '../testing/swelling-tone.ts';
import { renderMixToFile } from './render-mix-to-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-resume-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);

const RENDER = pathToFileURL(join(import.meta.dirname, 'render-mix-to-file.ts')).href;
const TRACKS = ['a.wav', 'b.wav', 'c.wav'];
let plan: MixPlan;

beforeAll(async () => {
  await Promise.all(TRACKS.map((name, index) => writeSwellingTone(inFolder(name), 200 + 150 * index, 60)));
  const { tracks, ...rest } = plannedMix(TRACKS.map(inFolder));
  plan = {
    ...rest,
    tracks: tracks.map((track) => ({
      ...track,
      gainDb: 3,
      effects: [
        {
          ...{ kind: 'reverb', start: track.start + 20, end: track.end, decaySeconds: 3, highDecay: 0.5 },
          ...{ dampingHz: 5000, lowCutHz: 100, send: 1, wet: 0.5 },
        },
      ],
    })),
  };
  writeFileSync(inFolder('plan.json'), JSON.stringify(plan));
});

const OPTIONS = { force: false, picture: true };

/** Renders in another process, which kills itself when it has got so far. */
async function renderAndDie(out: string, seconds: number, threads = 2): Promise<void> {
  const code = `
    import { readFileSync } from 'node:fs';
    const { renderMixToFile } = await import(${JSON.stringify(RENDER)});
    const plan = JSON.parse(readFileSync(${JSON.stringify(inFolder('plan.json'))}, 'utf8'));
    const onProgress = (at) => { if (at.seconds >= ${seconds}) process.kill(process.pid, 'SIGKILL'); };
    await renderMixToFile(plan, ${JSON.stringify(out)}, { ...${JSON.stringify({ ...OPTIONS, threads })}, onProgress });`;
  const child = spawn(process.execPath, ['--conditions=@tutti/source', '--input-type=module', '-e', code], {
    stdio: 'inherit',
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
}

describe('a mix whose render was killed', () => {
  it('goes on in the next run, however often, and comes out with the same bytes, figures and picture', async () => {
    mkdirSync(inFolder('whole'));
    const whole = await renderMixToFile(plan, inFolder('whole/mix.wav'), { ...OPTIONS, threads: 1 });
    const out = inFolder('mix.wav');
    const resumed: number[] = [];
    for (const [seconds, threads] of [
      [31, 1],
      [47.5, 2],
      [90.3, 3],
    ] as const)
      await renderAndDie(out, seconds, threads);
    expect(readdirSync(folder)).toContain('.mix.wav.tutti-journal');
    expect(readdirSync(folder)).not.toContain('mix.wav');
    const again = await renderMixToFile(plan, out, { ...OPTIONS, onResume: (seconds) => resumed.push(seconds) });
    expect(resumed.length).toBe(1);
    expect(resumed[0]).toBeGreaterThan(88);
    expect(resumed[0]).toBeLessThan(91.5);
    expect(readFileSync(out).equals(readFileSync(inFolder('whole/mix.wav')))).toBe(true);
    expect({ ...again, path: '', picture: '' }).toEqual({ ...whole, path: '', picture: '' });
    const drawn = (name: string) => readFileSync(inFolder(name), 'utf8');
    expect(drawn('mix.svg')).toBe(drawn('whole/mix.svg'));
    expect(readdirSync(folder).filter((name) => name.includes('journal'))).toEqual([]);
  });

  it('begins anew for another plan', async () => {
    const out = inFolder('other.wav');
    await renderAndDie(out, 50);
    const resumed: number[] = [];
    const louder = { ...plan, tracks: plan.tracks.map((track) => ({ ...track, gainDb: 0 })) };
    await renderMixToFile(louder, out, { ...OPTIONS, picture: false, onResume: (seconds) => resumed.push(seconds) });
    expect(resumed).toEqual([]);
  });

  it('leaves no journal when it is stopped in order', async () => {
    const stop = new AbortController();
    const run = renderMixToFile(plan, inFolder('stopped.wav'), {
      ...OPTIONS,
      signal: stop.signal,
      onProgress: ({ seconds }) => seconds > 40 && stop.abort(),
    });
    await expect(run).rejects.toThrow();
    expect(readdirSync(folder).filter((name) => name.includes('stopped'))).toEqual([]);
  });
});
