import { CUT_FRAMES, type Features, featuresOfClip, Kernels, SampleBlock, STEREO_VALUES } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../testing/listening-signals.ts';
import { featuresHeard, ListeningStream } from './listening-stream.ts';
import { soundingFeatures } from './sounding-frames.ts';

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

function after(silence: number, samples: Float32Array): Float32Array {
  const later = new Float32Array(silence + samples.length);
  later.set(samples, silence);
  return later;
}

function curvesOf({ onset, bandOnsets, bandEnergies, melFrames, timbreFrames, pitchFrames }: Features): Float32Array[] {
  return [onset, ...Object.values(bandOnsets), ...Object.values(bandEnergies), melFrames, timbreFrames, pitchFrames];
}

/** Root mean square of the difference, as a share of that of the second. */
function difference(curve: Float32Array, other: Float32Array): number {
  const square = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(square(curve.map((value, i) => value - other[i]!)) / square(other));
}

describe('ListeningStream', () => {
  it('measures what FeatureStream measures', () => {
    const clip = { sampleRate: RATE, channels: [whiteNoise(3 * RATE, 1), struck(RATE)] };
    expect(featuresHeard(kernels, clip)).toEqual(featuresOfClip(kernels, clip));
  });

  it.each([1, 200, 440, 441, 3527, 3528, 12_345, 44_100, 100_000])(
    'hears the same after %i samples of silence',
    (silence) => {
      const song = whiteNoise(3 * RATE, 7);
      const before = featuresHeard(kernels, { sampleRate: RATE, channels: [song] });
      const heard = featuresHeard(kernels, { sampleRate: RATE, channels: [after(silence, song)] });
      const [own, expected] = [soundingFeatures(heard), soundingFeatures(before)];
      expect(own.startSeconds - expected.startSeconds).toBeCloseTo(silence / RATE, 9);
      expect(own.frames).toBe(expected.frames);
      // The frame before the sound hears a little of it, and that is all that the first frames know of the silence.
      const [curves, others] = [own, expected].map((features) =>
        curvesOf(features).map((curve) => curve.subarray(curve.length / 10)),
      );
      curves!.forEach((curve, c) => {
        expect(difference(curve, others![c]!)).toBeLessThan(c < 4 ? 1e-3 : 1e-6);
      });
    },
  );

  it.each([22_050, RATE, 48_000])('hears the same behind quiet noise at %i Hz', (sampleRate) => {
    const song = struck(sampleRate);
    const silence = Math.round(1.2345 * sampleRate);
    const noise = whiteNoise(silence + song.length, 3).map((value) => 3e-5 * value);
    const noisy = after(silence, song).map((value, i) => value + noise[i]!);
    const [own, expected] = [noisy, after(silence, song)].map((samples) =>
      soundingFeatures(featuresHeard(kernels, { sampleRate, channels: [samples] })),
    );
    expect(own!.frames).toBe(expected!.frames);
    expect(Math.abs(own!.startSeconds - expected!.startSeconds)).toBeLessThan(3 / sampleRate);
    expect(difference(own!.onset, expected!.onset)).toBeLessThan(0.1);
    expect(difference(own!.pitchFrames, expected!.pitchFrames)).toBeLessThan(1e-3);
  });

  it('lets the first sound fall where features can be cut', () => {
    for (const silence of [0, 5000, 50_000]) {
      const channels = [after(silence, whiteNoise(RATE, 7))];
      const { startSeconds, bandEnergies } = featuresHeard(kernels, { sampleRate: RATE, channels });
      const first = Math.round((silence / RATE - startSeconds) * 100);
      expect((silence / RATE - startSeconds) * 100).toBeCloseTo(first, 6);
      expect(first % CUT_FRAMES).toBe(0);
      expect(startSeconds).toBeGreaterThanOrEqual(0);
      expect(startSeconds).toBeLessThan(CUT_FRAMES / 100);
      expect(bandEnergies.mid.subarray(0, Math.max(0, first - 1)).every((value) => value === 0)).toBe(true);
      expect(bandEnergies.mid[first]!).toBeGreaterThan(0.001);
    }
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
    const hiss = whiteNoise(9000, 4).map((value) => 1e-5 * value);
    const channels = [struck(sampleRate), whiteNoise(3 * sampleRate, 5)].map((samples) => {
      const all = after(9500, samples);
      all.set(hiss, 300);
      return all;
    });
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

  it('hears channels that cancel', () => {
    const left = whiteNoise(2 * RATE, 9);
    const channels = [left, left.map((value) => -value)];
    const { stereoFrames } = featuresHeard(kernels, { sampleRate: RATE, channels });
    expect(stereoFrames[5 * STEREO_VALUES + 4]!).toBeGreaterThan(0);
  });

  it('has all of a silence but for less than a stretch', () => {
    for (const samples of [0, 100, RATE, RATE + 3527]) {
      const { frames, startSeconds } = featuresHeard(kernels, {
        sampleRate: RATE,
        channels: [new Float32Array(samples)],
      });
      expect(frames % CUT_FRAMES).toBe(0);
      expect(startSeconds + frames / 100).toBeCloseTo(samples / RATE, 9);
    }
  });

  it('begins anew behind noise only until features were cut off', () => {
    const mark = kernels.mark();
    const stream = new ListeningStream(kernels, { sampleRate: RATE, channels: 1 });
    const block = new SampleBlock(kernels, 1, 4 * RATE);
    const noise = whiteNoise(2 * RATE, 3).map((value) => 1e-5 * value);
    block.write([noise], 0, noise.length);
    stream.process(block);
    expect(stream.cut(160, 80)).toMatchObject({ frames: 160, startSeconds: 0 });
    block.write([whiteNoise(RATE, 3)], 0, RATE);
    stream.process(block);
    expect(stream.finish()).toMatchObject({ frames: 300 - 80, startSeconds: 0 });
    kernels.release(mark);
  });

  it('refuses what FeatureStream refuses', () => {
    expect(() => new ListeningStream(kernels, { sampleRate: 3000, channels: 1 })).toThrow(/3000/);
    const mark = kernels.mark();
    const stream = new ListeningStream(kernels, { sampleRate: RATE, channels: 1 });
    const block = new SampleBlock(kernels, 1, 100);
    block.write([new Float32Array(100).fill(Number.NaN, 50)], 0, 100);
    expect(() => stream.process(block)).toThrow(/not finite/);
    kernels.release(mark);
  });
});
