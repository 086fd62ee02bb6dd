import { featuresOfClip, Kernels, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../testing/listening-signals.ts';
import { featuresHeard, ListeningStream } from './listening-stream.ts';

const kernels = new Kernels();
const RATE = 44_100;

/** Three seconds of decaying partials, struck four times a second: known at any rate. Nothing is above 4.8 kHz. */
function struck(sampleRate: number): Float32Array {
  return Float32Array.from({ length: 3 * sampleRate }, (_, i) => {
    const time = (i + 0.5) / sampleRate;
    const since = time - 0.25 * Math.floor(time / 0.25);
    const partials = [220, 587, 1330, 4800].reduce((sum, hz, k) => sum + Math.cos(2 * Math.PI * hz * time + k), 0);
    return 0.2 * partials * (1 - Math.exp(-400 * since)) * Math.exp(-12 * since);
  });
}

/** Root mean square of the difference, as a share of that of the second. */
function difference(curve: Float32Array, other: Float32Array): number {
  const square = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(square(curve.map((value, i) => value - other[i]!)) / square(other));
}

describe('ListeningStream', () => {
  it('measures what FeatureStream measures', () => {
    const clip = { sampleRate: RATE, channels: [struck(RATE), whiteNoise(3 * RATE, 2)] };
    expect(featuresHeard(kernels, clip)).toEqual(featuresOfClip(kernels, clip));
  });

  it.each([16_000, 22_050, 32_000, 48_000, 96_000])('hears the same in a sound at %i Hz', (sampleRate) => {
    const heard = featuresHeard(kernels, { sampleRate, channels: [struck(sampleRate)] });
    const expected = featuresHeard(kernels, { sampleRate: RATE, channels: [struck(RATE)] });
    expect(heard.frameRate).toBe(100);
    expect(heard.frames).toBe(expected.frames);
    expect(difference(heard.onset, expected.onset)).toBeLessThan(sampleRate < 20_000 ? 0.1 : 0.02);
    expect(difference(heard.bandOnsets.mid, expected.bandOnsets.mid)).toBeLessThan(0.02);
    expect(difference(heard.pitchFrames, expected.pitchFrames)).toBeLessThan(0.002);
  });

  it('leaves empty what a low rate cannot hold', () => {
    const { melFrames, melBands, timbreFrames } = featuresHeard(kernels, {
      sampleRate: 8000,
      channels: [whiteNoise(3 * 8000, 3)],
    });
    const row = melFrames.subarray(20 * melBands, 21 * melBands);
    expect(row[22]!).toBeGreaterThan(-60);
    expect(row[30]!).toBeCloseTo(-150, 3);
    expect(row[39]!).toBeCloseTo(-150, 3);
    // Flat up to where it ends.
    expect(timbreFrames[12 * 12 + 3]!).toBeGreaterThan(0.4);
  });

  it.each([RATE, 48_000])('gives the same bits for any block size, at %i Hz', (sampleRate) => {
    const channels = [struck(sampleRate), whiteNoise(3 * sampleRate, 5)];
    const whole = featuresHeard(kernels, { sampleRate, channels });
    const mark = kernels.mark();
    const stream = new ListeningStream(kernels, { sampleRate, channels: 2 });
    const block = new SampleBlock(kernels, 2, 10_000);
    // The second time after a track that was given up.
    for (const sizes of [[1, 2, 700, 3], [10_000], [441]]) {
      block.write(channels, 0, 5000);
      stream.process(block);
      stream.reset();
      for (let at = 0, turn = 0; at < channels[0]!.length; turn++) {
        const size = Math.min(sizes[turn % sizes.length]!, channels[0]!.length - at);
        block.write(channels, at, size);
        stream.process(block);
        at += size;
      }
      expect(stream.finish()).toEqual(whole);
    }
    kernels.release(mark);
  });

  it('refuses what FeatureStream refuses', () => {
    expect(() => new ListeningStream(kernels, { sampleRate: 3000, channels: 1 })).toThrow(/3000/);
    const mark = kernels.mark();
    const stream = new ListeningStream(kernels, { sampleRate: RATE, channels: 1 });
    const block = new SampleBlock(kernels, 1, 100);
    block.write([new Float32Array(100).fill(Number.NaN)], 0, 100);
    expect(() => stream.process(block)).toThrow(/not finite/);
    kernels.release(mark);
  });
});
