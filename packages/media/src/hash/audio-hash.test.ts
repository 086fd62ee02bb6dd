import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAudioHasher } from './audio-hash.ts';

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
  const frames = channels[0]!.length;
  for (let done = 0, i = 0; done < frames; i++) {
    const count = Math.min(pieces[i % pieces.length]!, frames - done);
    hasher.update(
      channels.map((samples) => samples.subarray(done, done + count)),
      count,
    );
    done += count;
  }
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

it('takes a long piece at once', () => {
  const long = Float32Array.from({ length: 50_001 }, (_, i) => Math.sin(i));
  expect(hashOf(44_100, [long, long], [50_001])).toBe(plainHash(44_100, [long, long]));
});
