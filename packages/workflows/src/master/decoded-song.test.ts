import { Kernels, SampleBlock } from '@tutti/dsp';
import { expect, it } from 'vitest';
import { DecodedSong } from './decoded-song.ts';

const kernels = new Kernels();

async function read(song: DecodedSong): Promise<number[][] | null> {
  const source = song.source();
  if (source === null) return null;
  const out: number[][] = Array.from({ length: source.format.channels }, () => []);
  for await (const { channels, frames } of source.blocks()) {
    channels.forEach((samples, channel) => {
      for (const value of samples.subarray(0, frames)) out[channel]!.push(value);
    });
  }
  return out;
}

it('gives back what it was given, as often as it is asked', async () => {
  const song = new DecodedSong({ sampleRate: 44_100, channels: 2 });
  const channels = [1, 2].map((sign) => Float32Array.from({ length: 300_000 }, (_, i) => Math.sin(sign * i)));
  const block = new SampleBlock(kernels, 2, 70_000);
  for (let at = 0; at < 300_000; at += 70_000) {
    block.write(channels, at, Math.min(70_000, 300_000 - at));
    song.push(block);
  }
  expect(await read(song)).toEqual(channels.map((samples) => [...samples]));
  expect(await read(song)).toEqual(channels.map((samples) => [...samples]));
});

it('keeps nothing of what is too long, and has an answer for nothing', async () => {
  const long = new DecodedSong({ sampleRate: 44_100, channels: 2 });
  const block = new SampleBlock(kernels, 2, 2 ** 20);
  block.silence(2 ** 20);
  for (let i = 0; i < 16; i++) long.push(block);
  expect(long.source()).not.toBeNull();
  block.silence(1);
  long.push(block);
  expect(long.source()).toBeNull();
  expect(await read(new DecodedSong({ sampleRate: 44_100, channels: 1 }))).toEqual([[]]);
});
