import { type Clip, Kernels } from '@tutti/dsp';
import { expect, it } from 'vitest';
import { listeningPair } from './listening-pair.ts';

const tone = (amplitude: number, sampleRate: number): Clip => {
  const samples = Float32Array.from(
    { length: 2 * sampleRate },
    (_, i) => amplitude * Math.sin((2 * Math.PI * 997 * i) / sampleRate),
  );
  return { sampleRate, channels: [samples, samples] };
};

it('has FLAC at a rate that a browser plays, and gains that make both equally loud', async () => {
  const kernels = new Kernels();
  const span = { startSeconds: 0, endSeconds: 2, reason: 'all of it' };
  const { before, after } = await listeningPair({ before: tone(0.1, 96_000), after: tone(0.4, 44_100) }, span, kernels);
  expect(before.gainDb).toBe(0);
  expect(after.gainDb).toBeCloseTo(-12.04, 1);
  // STREAMINFO of RFC 9639: sample rate in 20 bits from byte 18 on, frames in 36 bits from the middle of byte 21 on.
  const rateAndFrames = ({ flac }: typeof before) => {
    const bits = Buffer.from(flac).readBigUInt64BE(18);
    return [Buffer.from(flac).toString('latin1', 0, 4), Number(bits >> 44n), Number(bits & 0xfffffffffn)];
  };
  expect(rateAndFrames(before)).toEqual(['fLaC', 48_000, 96_000]);
  expect(rateAndFrames(after)).toEqual(['fLaC', 44_100, 88_200]);
});
