import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { RealFft } from '../transform/real-fft.ts';
import { Dither, type DitherOptions } from './dither.ts';
import { ditherTwin, shaperTwin, thresholdTwin } from './dither.twin.ts';

const kernels = new Kernels();
const FRAMES = 2 ** 17;

function apply(
  channels: readonly Float32Array[],
  options: Partial<DitherOptions> = {},
  sizes = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const dither = new Dither(kernels, {
    ...{ sampleRate: 44_100, channels: channels.length, bits: 16, kind: 'shaped', seed: 7 },
    ...options,
  });
  const output = stream(kernels, channels, sizes, (block) => dither.process(block));
  kernels.release(mark);
  return output;
}

/** Coefficients of the filter as the kernel has them. */
function coefficients(sampleRate: number): number[] {
  const mark = kernels.mark();
  const state = kernels.wasm.ditherCreate(sampleRate, 1, 16, true, 1);
  const values = Array.from(kernels.doubles(kernels.wasm.ditherCoefficients(state), 9));
  kernels.release(mark);
  return values;
}

/** Power of the filter's gain at a frequency. */
function shape(filter: readonly number[], frequencyHz: number, sampleRate: number): number {
  const w = (2 * Math.PI * frequencyHz) / sampleRate;
  const re = filter.reduce((sum, a, k) => sum + a * Math.cos((k + 1) * w), 1);
  const im = filter.reduce((sum, a, k) => sum - a * Math.sin((k + 1) * w), 0);
  return re * re + im * im;
}

/** Power spectrum of FRAMES samples under a Hann window, in steps of 16 bits, as density: white noise of power p has p. */
function spectrumOf(samples: Float32Array): Float64Array {
  const mark = kernels.mark();
  const pairs = new Float32Array(FRAMES + 2);
  const frame = samples.map((x, i) => 32_768 * x * (1 - Math.cos((2 * Math.PI * i) / FRAMES)));
  new RealFft(kernels, FRAMES).forward(frame, pairs);
  kernels.release(mark);
  return Float64Array.from({ length: FRAMES / 2 }, (_, k) => {
    return (pairs[2 * k]! ** 2 + pairs[2 * k + 1]! ** 2) / (1.5 * FRAMES);
  });
}

const errorOf = (input: Float32Array, output: Float32Array) => input.map((x, i) => output[i]! - x);

/** Mean of a density weighed with what the threshold of hearing leaves of it, dB. */
function audibleDb(density: Float64Array, sampleRate: number): number {
  let sum = 0;
  for (let k = 1; k < density.length; k++) {
    sum += density[k]! * 10 ** (-thresholdTwin((k * sampleRate) / FRAMES) / 10);
  }
  return 10 * Math.log10(sum);
}

const power = (samples: Float32Array) => samples.reduce((sum, x) => sum + x * x, 0) / samples.length;

describe('Dither', () => {
  it.each([8000, 44_100, 48_000, 96_000, 192_000])('has the filter of its twin, at %i Hz', (sampleRate) => {
    const filter = coefficients(sampleRate);
    shaperTwin(sampleRate).forEach((value, k) => {
      expect(filter[k]).toBeCloseTo(value, 8);
    });
  });

  it('agrees bit for bit with its twin', () => {
    const channels = [songLike(9000, 44_100), noise(9000, 3, 1.1), noise(9000, 4, 1e-5)];
    channels[2]!.fill(0, 2000, 6000);
    for (const bits of [16, 24] as const) {
      for (const kind of ['triangular', 'shaped'] as const) {
        const filter = kind === 'shaped' ? coefficients(44_100) : [];
        apply(channels, { bits, kind, seed: 99 }).forEach((output, channel) => {
          const truth = ditherTwin(channels[channel]!, bits, 99, channel, filter);
          output.forEach((value, i) => {
            expect(value + 0).toBe(truth[i]! + 0);
          });
        });
      }
    }
  });

  it('adds white noise of a quarter of a step squared when triangular, whatever the level', () => {
    for (const level of [0, 0.25, 0.5]) {
      const input = new Float32Array(FRAMES).fill((level + 0.001) / 32_768);
      const error = errorOf(input, apply([input], { kind: 'triangular' })[0]!);
      expect(power(error) * 32_768 ** 2).toBeCloseTo(0.25, 2);
      expect(Math.abs(error.reduce((sum, x) => sum + x, 0) / FRAMES) * 32_768).toBeLessThan(0.01);
      const density = spectrumOf(error);
      for (const from of [100, 20_000, 50_000]) {
        const mean = density.subarray(from, from + 10_000).reduce((sum, x) => sum + x, 0) / 10_000;
        expect(mean).toBeCloseTo(0.25, 1);
      }
    }
  });

  it.each([
    [44_100, 12, 8.2],
    [48_000, 13, 7.7],
    [88_200, 17.5, 4.7],
    [96_000, 18, 4.5],
  ])(
    'shapes noise out of hearing, at %i Hz: %f dB less to hear, at most %f dB more in all',
    (sampleRate, gain, cost) => {
      const input = songLike(FRAMES, sampleRate, 1).map((x) => 0.5 * x);
      const [white, shaped] = (['triangular', 'shaped'] as const).map((kind) =>
        errorOf(input, apply([input], { kind, sampleRate })[0]!),
      ) as [Float32Array, Float32Array];
      const heard = audibleDb(spectrumOf(white), sampleRate) - audibleDb(spectrumOf(shaped), sampleRate);
      expect(heard).toBeGreaterThan(gain);
      expect(10 * Math.log10(power(shaped) / power(white))).toBeLessThan(cost);
      const filter = coefficients(sampleRate);
      // The spectrum is that of the filter, in bands of 1 kHz.
      const density = spectrumOf(shaped);
      const bins = Math.round((1000 * FRAMES) / sampleRate);
      for (let from = bins; from + bins < density.length; from += bins) {
        let truth = 0;
        let found = 0;
        for (let k = from; k < from + bins; k++) {
          truth += 0.25 * shape(filter, (k * sampleRate) / FRAMES, sampleRate);
          found += density[k]!;
        }
        expect(Math.abs(10 * Math.log10(found / truth))).toBeLessThan(0.5);
      }
    },
  );

  it.each([8000, 44_100, 96_000])('has an error no larger than its filter allows, at %i Hz', (sampleRate) => {
    const input = songLike(FRAMES, sampleRate, 1).map((x) => 0.9 * x);
    const most = coefficients(sampleRate).reduce((sum, a) => sum + Math.abs(a), 1) * 1.5;
    const [output] = apply([input], { sampleRate });
    const largest = errorOf(input, output!).reduce((a, b) => Math.max(a, Math.abs(b)), 0) * 32_768;
    expect(largest).toBeLessThanOrEqual(most);
    expect(most).toBeLessThan(sampleRate === 44_100 ? 8.2 : 8.4);
    for (const value of output!) expect(Number.isInteger(value * 32_768)).toBe(true);
  });

  it.each(['triangular', 'shaped'] as const)(
    'lets a tone of -110 dB through 16 bits, without harmonics: %s',
    (kind) => {
      const bin = 2972;
      const hz = (bin * 44_100) / FRAMES;
      const amplitude = 10 ** (-110 / 20);
      const density = spectrumOf(apply([sine(FRAMES, 44_100, hz, amplitude)], { kind })[0]!);
      // A tone under the Hann window: its power over the noise bandwidth of 1.5 bins.
      const tone = (32_768 * amplitude) ** 2 / 4 / (1.5 / FRAMES);
      const noiseAt = (k: number) =>
        0.25 * (kind === 'shaped' ? shape(coefficients(44_100), (k * 44_100) / FRAMES, 44_100) : 1);
      expect(Math.abs(10 * Math.log10(density[bin]! / (tone + noiseAt(bin))))).toBeLessThan(1);
      for (let harmonic = 2; harmonic <= 10; harmonic++) {
        // A single bin of noise is exponentially distributed: 12 dB over its mean one time in 10 million.
        expect(density[harmonic * bin]!).toBeLessThan(16 * noiseAt(harmonic * bin));
      }
      // Rounded without dither, it would be silence.
      expect(amplitude * 32_768).toBeLessThan(0.5);
    },
  );

  it('clamps, and what was clipped leaves no trace behind', () => {
    const input = noise(9000, 1, 0.5);
    const clipped = input.slice();
    for (let i = 3000; i < 3100; i++) clipped[i] = i % 2 === 0 ? 1.7 : -2.5;
    const filter = coefficients(44_100);
    const most = 1.5 * filter.reduce((sum, a) => sum + Math.abs(a), 1);
    const [output] = apply([clipped]);
    expect(Math.max(...output!)).toBe(1 - 2 ** -15);
    expect(Math.min(...output!)).toBe(-1);
    output!.forEach((value, i) => {
      if (i < 3000 || i >= 3100) expect(Math.abs(value - input[i]!) * 32_768).toBeLessThanOrEqual(most);
    });
  });

  it.each(['triangular', 'shaped'] as const)('leaves digital silence alone: %s', (kind) => {
    const input = new Float32Array(9000);
    input.set(noise(3000, 2, 0.01));
    const [output] = apply([input], { kind });
    expect(output!.subarray(4024)).toEqual(new Float32Array(4976));
    // Up to there, noise fades into nothing without a step.
    expect(output!.subarray(3000, 4024).some((value) => value !== 0)).toBe(true);
  });

  it('gives the same bits for any split into blocks, and other noise to each channel', () => {
    const channels = [noise(5000, 1), noise(5000, 1), noise(5000, 3)];
    const whole = apply(channels, {}, [5000]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        expect(apply(channels, {}, sizes)).toEqual(whole);
      }),
      { numRuns: 10 },
    );
    expect(whole[1]).not.toEqual(whole[0]);
    expect(apply(channels.slice(0, 1))[0]).toEqual(whole[0]);
    expect(apply(channels, { seed: 8 })[0]).not.toEqual(whole[0]);
    expect(apply(channels, { seed: 0 })[0]).toEqual(apply(channels, { seed: 0 })[0]);
  });

  it('starts anew after reset', () => {
    const dither = new Dither(kernels, { sampleRate: 48_000, channels: 1, bits: 16, kind: 'shaped', seed: 5 });
    const results = [1, 2].map(() => {
      dither.reset();
      return stream(kernels, [noise(2000)], [2000], (block) => dither.process(block));
    });
    expect(results[1]).toEqual(results[0]);
  });

  it('refuses what is out of range', () => {
    expect(() => apply([noise(5)], { sampleRate: 10 })).toThrow(/sampleRate is 10/);
    expect(() => apply([noise(5)], { seed: -1 })).toThrow(/seed is -1/);
    expect(() => apply([noise(5)], { channels: 2 })).toThrow(/1 channels/);
  });
});
