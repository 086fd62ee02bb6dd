import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import { type MixPlan, renderMix } from '@tutti/music/mixing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plannedMix } from '../testing/small-set.ts';
import { writeSwellingTone } from '../testing/swelling-tone.ts';
import { renderMixToFile } from './render-mix-to-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-decks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);
const OPTIONS = { force: true, picture: true, sampleFormat: 'float32' } as const;

/** Tracks of a minute that begin every 20 s: three are heard at once, and one after the other ends. */
let plan: MixPlan;

beforeAll(async () => {
  const names = ['a.wav', 'b.wav', 'c.wav', 'd.wav', 'e.wav'];
  await Promise.all(
    names.map((name, i) => writeSwellingTone(inFolder(name), 150 + 90 * i, 60, i === 2 ? 48_000 : 44_100)),
  );
  await writeSwellingTone(inFolder('short.wav'), 200, 20);
  const { tracks, ...rest } = plannedMix(names.map(inFolder));
  plan = {
    ...rest,
    seconds: 20 * names.length + 30,
    tracks: tracks.map((track, i) => {
      const speed = 1 + 0.01 * i;
      const start = 20 * i;
      return {
        ...track,
        ...{ start, end: start + 50 - 0.1 * i, cueOut: 1 + speed * (50 - 0.1 * i), keyShift: i === 3 ? 0.5 : 0 },
        timeMap: [
          { mix: start, source: 1 },
          { mix: start + 50, source: 1 + speed * 50 },
        ],
        effects: [
          {
            kind: 'gater',
            start: start + 5,
            end: start + 20,
            ...{ periodSeconds: 0.5, duty: 0.5 },
            ...{ edgeSeconds: 0.01, depth: 0.8 },
          },
        ],
      };
    }),
  };
});

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** What is in the folder of a mix of that name, and beside it. */
const leftOf = (name: string) => readdirSync(folder).filter((file) => file.includes(name) || file.endsWith('.part'));

describe('decks on several threads', () => {
  it('give the same file and picture as on one, and the samples of a render without any thread', async () => {
    const digests: string[] = [];
    for (const threads of [1, 2, 3]) {
      const out = inFolder(`on-${threads}.wav`);
      const { loudness } = await renderMixToFile(plan, out, { ...OPTIONS, threads });
      const picture = readFileSync(inFolder(`on-${threads}.svg`), 'utf8').replaceAll(`on-${threads}`, '');
      digests.push(`${digest(out)} ${createHash('sha256').update(picture).digest('hex')} ${JSON.stringify(loudness)}`);
    }
    expect(new Set(digests).size).toBe(1);
    const samples = readFileSync(inFolder('on-2.wav'));
    const frames = Math.round(plan.seconds * plan.sampleRate);
    const bytes = samples.subarray(samples.length - 8 * frames);
    let at = 0;
    let differing = 0;
    for await (const block of renderMix(plan, (i) => openAudio(plan.tracks[i]!.path), new Kernels())) {
      const [left, right] = [block.channel(0), block.channel(1)];
      for (let i = 0; i < block.frames; i++, at += 8)
        if (bytes.readFloatLE(at) !== left[i] || bytes.readFloatLE(at + 4) !== right[i]) differing += 1;
    }
    expect(at).toBe(bytes.length);
    expect(differing).toBe(0);
  });

  it.each([1, 2, 3])('tell what is wrong with a file, on %i, and leave nothing', async (threads) => {
    const broken = {
      ...plan,
      tracks: plan.tracks.map((track, i) => (i === 3 ? { ...track, path: inFolder('gone.wav') } : track)),
    };
    const run = renderMixToFile(broken, inFolder('broken.wav'), { ...OPTIONS, threads });
    await expect(run).rejects.toMatchObject({ kind: 'missing', message: expect.stringContaining('gone.wav') });
    const short = {
      ...plan,
      tracks: plan.tracks.map((track, i) => (i === 1 ? { ...track, path: inFolder('short.wav') } : track)),
    };
    const other = renderMixToFile(short, inFolder('broken.wav'), { ...OPTIONS, threads });
    await expect(other).rejects.toThrow('ends after 20.00 s');
    expect(leftOf('broken')).toEqual([]);
  });

  it.each([1, 3])('stop when they are told to, on %i, and leave nothing', async (threads) => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const run = renderMixToFile(plan, inFolder('stopped.wav'), {
      ...{ ...OPTIONS, threads, signal: stop.signal },
      onProgress: ({ seconds }) => seconds > 30 && stop.abort(reason),
    });
    await expect(run).rejects.toThrow();
    expect(leftOf('stopped')).toEqual([]);
  });
});
