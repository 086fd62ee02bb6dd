import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { Resampler, type ResamplerOptions } from './resampler.ts';
import { ResamplerTwin } from './resampler.twin.ts';

const kernels = new Kernels();

/** Feeds `channels` in blocks whose sizes repeat `sizes`, flushes, and joins what comes out. */
function feed(resampler: Resampler, channels: readonly Float32Array[], sizes: readonly number[]): Float32Array[] {
  const mark = kernels.mark();
  const input = new SampleBlock(kernels, channels.length, Math.max(...sizes));
  const output = new SampleBlock(kernels, channels.length, resampler.maximumOutputFrames);
  const parts: Float32Array[][] = [];
  const keep = () => parts.push(channels.map((_, i) => output.channel(i).slice(0, output.frames)));
  for (let at = 0, turn = 0; at < channels[0]!.length; turn++) {
    const size = Math.min(sizes[turn % sizes.length]!, channels[0]!.length - at);
    input.write(channels, at, size);
    resampler.process(input, output);
    keep();
    at += size;
  }
  resampler.flush(output);
  keep();
  kernels.release(mark);
  return channels.map((_, i) => Float32Array.from(parts.flatMap((part) => Array.from(part[i]!))));
}

function convert(
  channels: readonly Float32Array[],
  fromRate: number,
  toRate: number,
  options: Partial<ResamplerOptions> = {},
  sizes: readonly number[] = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const maximumFrames = Math.max(...sizes);
  const resampler = new Resampler(kernels, { channels: channels.length, fromRate, toRate, maximumFrames, ...options });
  const output = feed(resampler, channels, sizes);
  kernels.release(mark);
  return output;
}

/** The middle half of a signal, away from its ends. */
const middle = (samples: Float32Array): Float32Array =>
  samples.subarray(samples.length >> 2, (samples.length * 3) >> 2);

const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

const PAIRS: [fromRate: number, toRate: number][] = [
  [48_000, 44_100],
  [44_100, 48_000],
  [44_100, 22_050],
  [22_050, 44_100],
  [44_100, 96_000],
  [192_000, 44_100],
  [4000, 44_100],
  [8000, 48_000],
  [96_000, 8000],
  [11_025, 32_000],
  // Their fractions are too long for a table of all phases.
  [44_100, 47_999],
  [48_000, 44_101],
  [8000, 191_999],
];

describe('Resampler', () => {
  it.each(PAIRS)('turns sines into the sines they are, %i to %i Hz', (fromRate, toRate) => {
    const lower = Math.min(fromRate, toRate);
    for (const share of [0.01, 0.3, 0.7, 0.9]) {
      const frequency = (share * lower) / 2;
      const [result] = convert([sine(fromRate >> 2, fromRate, frequency, 0.7, 30)], fromRate, toRate);
      const truth = sine(result!.length, toRate, frequency, 0.7, 30);
      // Pass-band gain, images, aliases and timing all at once: -100 dB is 0.0001 dB of gain.
      expect(residualDb(middle(result!), middle(truth))).toBeLessThan(-95);
    }
  });

  it.each(PAIRS.filter(([fromRate, toRate]) => toRate < fromRate))(
    'removes by 100 dB what half the new rate cannot hold, %i to %i Hz',
    (fromRate, toRate) => {
      for (const frequency of [0.501, 0.53, 0.6, 0.99].map((share) => share * toRate)) {
        if (frequency >= fromRate / 2) continue;
        const [result] = convert([sine(fromRate >> 2, fromRate, frequency)], fromRate, toRate);
        expect(20 * Math.log10(rms(middle(result!)) / Math.SQRT1_2)).toBeLessThan(-100);
      }
    },
  );

  it('keeps aliases out of the pass-band when the stop-band begins at 2 - passBand', () => {
    const options = { passBand: 0.9, stopBand: 1.1 };
    const alias = (frequency: number) => {
      const [result] = convert([sine(24_000, 48_000, frequency)], 48_000, 32_000, options);
      return 20 * Math.log10(rms(middle(result!)) / Math.SQRT1_2);
    };
    expect(alias(17_650)).toBeLessThan(-100);
    expect(alias(20_000)).toBeLessThan(-100);
    // Between, tones fold to above 14.4 kHz, where they are let through in part.
    expect(alias(16_500)).toBeGreaterThan(-40);
    const [result] = convert([sine(24_000, 48_000, 14_400)], 48_000, 32_000, options);
    expect(20 * Math.log10(rms(middle(result!)) / Math.SQRT1_2)).toBeCloseTo(0, 3);
  });

  it.each(PAIRS)('is within -115 dB of its float64 twin, up to both ends, %i to %i Hz', (fromRate, toRate) => {
    const hiss = noise(fromRate >> 4);
    const samples = songLike(hiss.length, fromRate).map((value, i) => value + 0.3 * hiss[i]!);
    const [result] = convert([samples], fromRate, toRate);
    const truth = new ResamplerTwin(fromRate, toRate).convert(samples);
    expect(result).toHaveLength(truth.length);
    expect(residualDb(result!, truth)).toBeLessThan(-115);
  });

  it('gives round(frames * toRate / fromRate) frames and the same bits for any split into blocks', () => {
    const rate = fc.constantFrom(8000, 11_025, 22_050, 44_100, 48_000, 47_999);
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2500 }), rate, rate, sizes, (frames, fromRate, toRate, cuts) => {
        const channels = [noise(frames, 1), noise(frames, 2)];
        const whole = convert(channels, fromRate, toRate, {}, [frames]);
        expect(whole[0]).toHaveLength(Math.round((frames * toRate) / fromRate));
        expect(convert(channels, fromRate, toRate, {}, cuts)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
    // Longer than what is taken at once.
    const long = [noise(9000)];
    expect(convert(long, 44_100, 48_000, {}, [9000])).toEqual(convert(long, 44_100, 48_000, {}, [1, 2047, 2048, 2049]));
  });

  it('keeps time zero where it is: an impulse stays at its time, the same on both sides', () => {
    const impulse = new Float32Array(2000);
    impulse[1000] = 1;
    const [result] = convert([impulse], 44_100, 88_200);
    expect(result!.indexOf(result!.reduce((a, b) => Math.max(a, b)))).toBe(2000);
    for (let i = 1; i < 500; i++) expect(result![2000 + i]).toBeCloseTo(result![2000 - i]!, 7);
    expect(convert([Float32Array.of(1)], 44_100, 88_200)[0]![0]).toBeCloseTo(0.95, 1);
  });

  it('keeps a constant constant, in every phase', () => {
    for (const [fromRate, toRate] of PAIRS) {
      const [result] = convert([new Float32Array(fromRate >> 3).fill(0.5)], fromRate, toRate);
      for (const value of middle(result!)) expect(Math.abs(value - 0.5)).toBeLessThan(1e-6);
    }
  });

  it('hands the samples through when the rates are equal', () => {
    const channels = [noise(3000, 1), noise(3000, 2)];
    expect(convert(channels, 44_100, 44_100, {}, [7, 1000])).toEqual(channels);
  });

  it('keeps channels apart, silence silent and denormals harmless', () => {
    const [a, b] = [noise(3000, 1), noise(3000, 2)];
    const [left, right, third] = convert([a, b, new Float32Array(3000)], 48_000, 44_100);
    expect(left).toEqual(convert([a], 48_000, 44_100)[0]);
    expect(right).toEqual(convert([b], 48_000, 44_100)[0]);
    expect(third).toEqual(new Float32Array(2756));
    const [tiny] = convert([new Float32Array(1000).fill(1e-42)], 48_000, 44_100);
    for (const value of tiny!) expect(Math.abs(value)).toBeLessThan(1e-41);
  });

  it('begins a new stream after flush and after reset', () => {
    const options = { channels: 1, fromRate: 48_000, toRate: 44_100, maximumFrames: 500 };
    const resampler = new Resampler(kernels, options);
    const samples = [noise(1234)];
    const first = feed(resampler, samples, [500]);
    expect(feed(resampler, samples, [500])).toEqual(first);
    const input = new SampleBlock(kernels, 1, 500);
    const output = new SampleBlock(kernels, 1, resampler.maximumOutputFrames);
    input.write([noise(500, 7)], 0, 500);
    resampler.process(input, output);
    resampler.reset();
    expect(feed(resampler, samples, [499])).toEqual(first);
  });

  it('refuses what it cannot convert, naming it', () => {
    const make = (options: Partial<ResamplerOptions>) =>
      new Resampler(kernels, { channels: 1, fromRate: 48_000, toRate: 44_100, maximumFrames: 100, ...options });
    expect(() => make({ fromRate: 44_100.5 })).toThrow(/fromRate is 44100.5/);
    expect(() => make({ toRate: 3999 })).toThrow(/toRate is 3999/);
    expect(() => make({ passBand: 0.99 })).toThrow(/passBand is 0.99/);
    expect(() => make({ stopBand: 0.9 })).toThrow(/stopBand is 0.9/);
    const input = new SampleBlock(kernels, 1, 200);
    const small = new SampleBlock(kernels, 1, 50);
    const output = new SampleBlock(kernels, 1, 200);
    input.silence(101);
    expect(() => make({}).process(input, output)).toThrow(/input.frames is 101/);
    input.silence(100);
    expect(() => make({}).process(input, small)).toThrow(/output.capacity is 50/);
    input.channel(0)[3] = Number.NaN;
    expect(() => make({}).process(input, output)).toThrow(/not finite/);
  });
});
