import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { clipSource } from '../../sources/clip-source.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import { sourceOf } from '../../testing/mix-rendering.ts';
import { stereoSource } from './stereo-source.ts';

const kernels = new Kernels();

async function read(source: TrackSource): Promise<number[][]> {
  const out: number[][] = source.format.channels === 2 ? [[], []] : [];
  for await (const { channels, frames } of source.blocks()) {
    for (const [i, samples] of out.entries()) samples.push(...channels[i]!.subarray(0, frames));
  }
  return out;
}

describe('stereoSource', () => {
  const left = Float32Array.from({ length: 9000 }, (_, i) => Math.sin(i));
  const right = left.map((value) => -0.5 * value);

  it('hands stereo on as it is', async () => {
    const source = clipSource({ sampleRate: 44_100, channels: [left, right] });
    expect(stereoSource(source, 'x', kernels)).toBe(source);
  });

  it('gives mono to both sides with the same power', async () => {
    const out = await read(stereoSource(sourceOf({ sampleRate: 44_100, channels: [left] }), 'x', kernels));
    expect(out[0]).toEqual(Array.from(left, (value) => Math.fround(Math.SQRT1_2 * value)));
    expect(out[1]).toEqual(out[0]);
  });

  it('mixes surround down', async () => {
    const silence = new Float32Array(9000);
    const channels = [left, right, silence, left, silence, silence];
    const out = await read(stereoSource(sourceOf({ sampleRate: 48_000, channels }), 'x', kernels));
    // Low-frequency effects, the fourth channel, are no part of it.
    expect(out.map((samples) => samples.map((value) => value + 0))).toEqual([
      [...left],
      [...right].map((value) => value + 0),
    ]);
  });

  it('refuses what is not mixed, by name', () => {
    const source = (sampleRate: number, count: number) =>
      clipSource({ sampleRate, channels: Array.from({ length: count }, () => left) });
    expect(() => stereoSource(source(44_100, 9), 'choir', kernels)).toThrow(/choir has 9 channels; a stem has 1 to 8/);
    expect(() => stereoSource(source(4000, 1), 'choir', kernels)).toThrow(/choir has a sample rate of 4000 Hz.*8000/);
  });
});
