import { createHash } from 'node:crypto';
import { Kernels, SampleBlock } from '@tutti/dsp';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAudioHasher } from './audio-hash.ts';

const kernels = new Kernels();

/** The definition, plainly. */
function plainHash(sampleRate: number, channels: readonly Float32Array[]): string {
  const hash = createHash('sha256').update(`tutti.audio-hash/1 ${sampleRate} ${channels.length}\n`, 'ascii');
  const bytes = Buffer.alloc(channels[0]!.length * channels.length * 3);
  for (let i = 0; i < channels[0]!.length; i++) {
    for (const [c, samples] of channels.entries()) {
      const scaled = Math.min(Math.max(samples[i]! * 2 ** 23, -(2 ** 23)), 2 ** 23 - 1);
      const floor = Math.floor(scaled);
      const up = scaled - floor > 0.5 || (scaled - floor === 0.5 && floor % 2 !== 0);
      bytes.writeIntLE(up ? floor + 1 : floor, (i * channels.length + c) * 3, 3);
    }
  }
  return hash.update(bytes).digest('hex');
}

function hashOf(sampleRate: number, channels: readonly Float32Array[], pieces: readonly number[]): string {
  const hasher = createAudioHasher(sampleRate, channels.length);
  const mark = kernels.mark();
  const block = new SampleBlock(kernels, channels.length, Math.max(...pieces));
  const frames = channels[0]!.length;
  for (let done = 0, i = 0; done < frames; i++) {
    const count = Math.min(pieces[i % pieces.length]!, frames - done);
    block.write(channels, done, count);
    hasher.update(block);
    done += count;
  }
  kernels.release(mark);
  return hasher.digest();
}

it('is what its definition says, in pieces of any size, for any number of channels', () => {
  const samples = fc.float32Array({ minLength: 1, maxLength: 300, min: -2, max: 2, noNaN: true });
  const pieces = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 8 }), pieces, (one, count, sizes) => {
      const channels = Array.from({ length: count }, (_, c) => one.map((x) => x * (1 - c / 8)));
      expect(hashOf(48_000, channels, sizes)).toBe(plainHash(48_000, channels));
    }),
  );
});

it('tells rates, channels and lengths apart', () => {
  const silence = new Float32Array(100);
  const hashes = [
    hashOf(44_100, [silence], [100]),
    hashOf(48_000, [silence], [100]),
    hashOf(44_100, [silence, silence], [100]),
    hashOf(44_100, [new Float32Array(101)], [100]),
  ];
  expect(new Set(hashes).size).toBe(4);
});

it('takes blocks that take turns', () => {
  const whole = Float32Array.from({ length: 50_001 }, (_, i) => Math.sin(i));
  const mark = kernels.mark();
  const blocks = [new SampleBlock(kernels, 2, 30_000), new SampleBlock(kernels, 2, 20_001)];
  const hasher = createAudioHasher(44_100, 2);
  for (const [block, offset, frames] of [
    [blocks[0]!, 0, 20_000],
    [blocks[1]!, 20_000, 20_001],
    [blocks[0]!, 40_001, 10_000],
  ] as const) {
    block.write([whole, whole], offset, frames);
    hasher.update(block);
  }
  kernels.release(mark);
  expect(hasher.digest()).toBe(plainHash(44_100, [whole, whole]));
});
