import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { randomFrom } from '../testing/mp3-plans.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { RealFft } from '../transform/real-fft.ts';
import { BandLevels, type BandLevelsResult } from './band-levels.ts';
import { bandLevelsTwin } from './band-levels.twin.ts';
import { thirdOctaveBands } from './third-octaves.ts';

const kernels = new Kernels();
const RATES = [8000, 11_025, 44_100, 48_000, 192_000];

function measure(channels: readonly Float32Array[], sampleRate: number, sizes = [4096]): BandLevelsResult {
  const mark = kernels.mark();
  const meter = new BandLevels(kernels, { sampleRate, channels: channels.length });
  const after = stream(kernels, channels, sizes, (block) => meter.process(block));
  expect(after).toEqual(channels);
  const result = meter.finish();
  kernels.release(mark);
  return result;
}

const decibels = (power: number) => 10 * Math.log10(power);
const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
const meanSquare = (samples: Float32Array) => samples.reduce((total, x) => total + x * x, 0) / samples.length;

/** dB in each band, mean of hops `from` to `to`. */
function bandsDb({ perHop, columns, bands }: BandLevelsResult, from: number, to: number): number[] {
  return bands.map((_, band) => {
    let power = 0;
    for (let hop = from; hop < to; hop++) power += perHop.left[hop * columns + band]! / (to - from);
    return decibels(power);
  });
}

/** Two periods of noise whose power is exactly that of pink noise, 1 between f and f e, at all multiples of rate / size. */
function pinkNoise(size: number, seed: number): Float32Array {
  const mark = kernels.mark();
  const random = randomFrom(seed);
  const spectrum = new Float32Array(size + 2);
  for (let k = 1; k < size / 2; k++) {
    const phase = 2 * Math.PI * random();
    spectrum[2 * k] = (size * Math.cos(phase)) / Math.sqrt(2 * k);
    spectrum[2 * k + 1] = (size * Math.sin(phase)) / Math.sqrt(2 * k);
  }
  const period = new Float32Array(size);
  new RealFft(kernels, size).inverse(spectrum, period);
  kernels.release(mark);
  const samples = new Float32Array(2 * size);
  samples.set(period);
  samples.set(period, size);
  return samples;
}

describe('BandLevels', () => {
  it.each(RATES)('reads a sine in the middle of a band there, and not elsewhere, at %i Hz', (sampleRate) => {
    const bands = thirdOctaveBands(sampleRate);
    // Every band at the low rates, which are quick; the highest and the lowest ones at the others.
    const chosen = sampleRate < 12_000 ? bands : [...bands.slice(0, 5), ...bands.slice(-4)];
    for (const { middleHz, nominalHz } of chosen) {
      const at = bands.findIndex((band) => band.nominalHz === nominalHz);
      // Without the splashes at both ends of the tone.
      const levels = bandsDb(measure([sine(5 * sampleRate, sampleRate, middleHz, Math.SQRT2)], sampleRate), 23, 27);
      expect(Math.abs(levels[at]!)).toBeLessThan(0.05);
      levels.forEach((level, band) => {
        const distance = Math.abs(band - at);
        if (distance > 0) expect(level).toBeLessThan([0, -23, -50, -62][distance] ?? -66);
      });
    }
  });

  it('cuts at the edges of a band: a sine there is half in each of the two', () => {
    const bands = thirdOctaveBands(44_100);
    for (const at of [3, 14, 15, 28]) {
      const levels = bandsDb(measure([sine(3 * 44_100, 44_100, bands[at]!.highHz, Math.SQRT2)], 44_100), 14, 16);
      expect(levels[at]).toBeCloseTo(-3.01, 0);
      expect(levels[at + 1]).toBeCloseTo(-3.01, 0);
    }
  });

  it.each([
    [8192, 20],
    [32_768, 50],
    [131_072, 200],
  ])('shows pink noise as flat, at %i Hz from %i Hz on', (sampleRate, fromHz) => {
    const size = 2 ** 17;
    const result = measure([pinkNoise(size, 7)], sampleRate);
    const hops = (10 * size) / sampleRate;
    const levels = bandsDb(result, hops / 2, (3 * hops) / 2);
    result.bands.forEach(({ nominalHz, lowHz, highHz }, band) => {
      if (nominalHz < fromHz) return;
      expect(Math.abs(levels[band]! - decibels(Math.log(highHz / lowHz)))).toBeLessThan(0.2);
    });
  });

  it.each(RATES)('has sums over all columns that are those of the samples, at %i Hz', (sampleRate) => {
    for (const [samples, errorDb] of [
      [noise(sampleRate, 3), 0.02],
      // Its bass of 55 Hz stands beside the border of two frame lengths.
      [songLike(sampleRate + 321, sampleRate), 0.3],
    ] as const) {
      const { whole, perHop, hops } = measure([samples], sampleRate);
      expect(Math.abs(decibels(sum(whole.left) / meanSquare(samples)))).toBeLessThan(errorDb);
      const seconds = samples.length / sampleRate;
      expect(hops).toBe(Math.ceil(10 * seconds));
      expect(sum(perHop.left) / 10 / seconds / sum(whole.left)).toBeCloseTo(1, 5);
    }
  });

  it.each([8000, 22_050, 44_100])('agrees with its float64 twin, at %i Hz', (sampleRate) => {
    const frames = Math.round(0.63 * sampleRate);
    const channels = [songLike(frames, sampleRate, 1), noise(frames, 2, 0.2)];
    const { perHop, columns } = measure(channels, sampleRate);
    const truth = bandLevelsTwin(Float64Array.from(channels[0]!), Float64Array.from(channels[1]!), sampleRate);
    for (const kind of ['left', 'right', 'product'] as const) {
      truth[kind].forEach((row, hop) => {
        row.forEach((value, column) => {
          const at = hop * columns + column;
          const scale = Math.sqrt(truth.left[hop]![column]! * truth.right[hop]![column]!) + Math.abs(value);
          expect(Math.abs(perHop[kind][at]! - value)).toBeLessThanOrEqual(1e-4 * scale + 1e-10);
        });
      });
    }
  });

  it('tells both channels, and what they have in common', () => {
    const [a, b] = [noise(88_200, 1), noise(88_200, 2)];
    const mix = a.map((x, i) => 0.6 * x + 0.8 * b[i]!);
    const { whole, bands } = measure([a, mix], 44_100);
    const correlation = (band: number) => whole.product[band]! / Math.sqrt(whole.left[band]! * whole.right[band]!);
    bands.forEach(({ nominalHz }, band) => {
      if (nominalHz >= 4000) expect(correlation(band)).toBeCloseTo(0.6, 1);
    });
    const inverted = measure([a, a.map((x) => -x)], 44_100).whole;
    expect(inverted.product).toEqual(inverted.left.map((x) => 0 - x));
    const mono = measure([a], 44_100).whole;
    expect(mono.right).toEqual(mono.left);
    expect(mono.product).toEqual(mono.left);
    expect(mono.left).toEqual(measure([a, mix], 44_100).whole.left);
  });

  it('hears in each hop what is there', () => {
    const samples = new Float32Array(4 * 44_100);
    samples.set(sine(22_050, 44_100, 1000), 88_200);
    const { perHop, columns, bands } = measure([samples], 44_100);
    const at = bands.findIndex(({ nominalHz }) => nominalHz === 1000);
    const level = (hop: number) => perHop.left[hop * columns + at]!;
    for (const hop of [21, 22, 23]) expect(level(hop)).toBeCloseTo(0.5, 2);
    for (const hop of [18, 26]) expect(level(hop)).toBeLessThan(1e-9);
  });

  it('gives the same bits for any split into blocks', () => {
    const channels = [songLike(30_001, 44_100), noise(30_001, 2, 0.3)];
    const whole = measure(channels, 44_100);
    expect(measure(channels, 44_100, [1, 255, 4096, 5000])).toEqual(whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 6 }), (sizes) => {
        expect(measure(channels, 44_100, sizes)).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  it('has nothing of silence, nor of no samples at all', () => {
    const { whole, perHop } = measure([new Float32Array(20_000)], 44_100);
    expect([...whole.left, ...perHop.left].every((value) => value === 0)).toBe(true);
    expect(measure([new Float32Array(0)], 44_100)).toMatchObject({ frames: 0, hops: 0 });
    expect(sum(measure([new Float32Array(0)], 44_100).whole.left)).toBe(0);
  });

  it('starts anew after finish', () => {
    const meter = new BandLevels(kernels, { sampleRate: 44_100, channels: 1 });
    const results = [1, 2].map(() => {
      stream(kernels, [songLike(9000, 44_100)], [9000], (block) => meter.process(block));
      return meter.finish();
    });
    expect(results[1]).toEqual(results[0]);
  });

  it('refuses what is out of range and what is no sound', () => {
    expect(() => new BandLevels(kernels, { sampleRate: 4000, channels: 1 })).toThrow(/between 8000 and 192000/);
    expect(() => new BandLevels(kernels, { sampleRate: 48_000, channels: 3 })).toThrow(/channels is 3/);
    expect(() => measure([Float32Array.of(0, Number.NaN)], 44_100)).toThrow(/not finite/);
  });
});
