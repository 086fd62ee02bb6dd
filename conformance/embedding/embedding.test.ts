import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSong } from '@tutti/demo-songs';
import { type Clip, clipFrames, Kernels, Resampler, SampleBlock } from '@tutti/dsp';
import { createAudioWriter, decodeFile, findFfmpeg } from '@tutti/media';
import { analyseClip } from '@tutti/music/analysis';
import { afterAll, describe, expect, it } from 'vitest';
import { distance, medianDistance, neighbourScore } from './nearest.ts';
import { songsOfTake } from './whitening-songs.ts';

const kernels = new Kernels();
const hasFfmpeg = (await findFfmpeg()) !== undefined;
const folder = mkdtempSync(join(tmpdir(), 'tutti-embedding-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a change that leaves the music as it is may move a song by, as a share of the median distance between songs. */
const SMALL = 0.25;

function place(clip: Clip): readonly number[] {
  return analyseClip(kernels, clip).embedding!.values;
}

function mapSamples({ sampleRate, channels }: Clip, change: (samples: Float32Array) => Float32Array): Clip {
  return { sampleRate, channels: channels.map(change) };
}

function resampled(clip: Clip, toRate: number): Clip {
  const frames = clipFrames(clip);
  const mark = kernels.mark();
  const options = { fromRate: clip.sampleRate, toRate, channels: clip.channels.length, maximumFrames: frames };
  const resampler = new Resampler(kernels, options);
  const input = new SampleBlock(kernels, clip.channels.length, frames);
  const output = new SampleBlock(kernels, clip.channels.length, resampler.maximumOutputFrames);
  input.write(clip.channels, 0, frames);
  const pieces: Float32Array[][] = [];
  const keep = () => pieces.push(clip.channels.map((_, i) => output.channel(i).slice(0, output.frames)));
  resampler.process(input, output);
  keep();
  resampler.flush(output);
  keep();
  kernels.release(mark);
  const channels = clip.channels.map((_, i) => {
    const joined = new Float32Array(pieces.reduce((sum, piece) => sum + piece[i]!.length, 0));
    let at = 0;
    for (const piece of pieces) {
      joined.set(piece[i]!, at);
      at += piece[i]!.length;
    }
    return joined;
  });
  return { sampleRate: toRate, channels };
}

async function throughMp3(clip: Clip, name: string): Promise<Clip> {
  const path = join(folder, `${name}.mp3`);
  const writer = await createAudioWriter(path, { sampleRate: clip.sampleRate, channels: clip.channels.length });
  await writer.write(clip.channels, clipFrames(clip));
  await writer.finish();
  return (await decodeFile(path)).clip;
}

describe('the embedding', () => {
  // Songs that the constants were not made from.
  const songs = [100, 101].flatMap(songsOfTake).map((spec, i) => {
    const { clip } = composeSong(spec);
    return { id: `${spec.style}-${spec.seed}`, style: spec.style, clip: i < 4 ? clip : null, values: place(clip) };
  });
  const median = medianDistance(songs);
  const changed = songs.flatMap(({ id, clip, values }) => (clip ? [{ id, clip, values }] : []));

  it('puts songs next to ones of their style, ten times as often as chance', () => {
    const { right, chance } = neighbourScore(songs, ({ style }) => style);
    expect(chance).toBeCloseTo(1 / 19, 5);
    expect(right / chance).toBeGreaterThan(10);
  });

  it.each(changed)('hardly moves $id with its level', ({ clip, values }) => {
    const quiet = place(mapSamples(clip, (samples) => samples.map((value) => 0.25 * value)));
    expect(distance(quiet, values) / median).toBeLessThan(SMALL);
  });

  it.each(changed)('hardly moves $id by silence before it', ({ clip, values }) => {
    const late = mapSamples(clip, (samples) => {
      const padded = new Float32Array(samples.length + Math.round(2.345 * clip.sampleRate));
      padded.set(samples, padded.length - samples.length);
      return padded;
    });
    expect(distance(place(late), values) / median).toBeLessThan(SMALL);
  });

  it.each(changed)('hardly moves $id at 48 kHz', ({ clip, values }) => {
    expect(distance(place(resampled(clip, 48_000)), values) / median).toBeLessThan(SMALL);
  });

  it.runIf(hasFfmpeg).each(changed)('hardly moves $id as an MP3', async ({ id, clip, values }) => {
    expect(distance(place(await throughMp3(clip, id)), values) / median).toBeLessThan(SMALL);
  });
});
