import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { type TruePeak, TruePeakMeter } from './true-peak.ts';
import { truePeakTwin } from './true-peak.twin.ts';

const kernels = new Kernels();

function measure(channels: readonly Float32Array[], sampleRate = 48_000, sizes: readonly number[] = [4096]): TruePeak {
  const mark = kernels.mark();
  const meter = new TruePeakMeter(kernels, { sampleRate, channels: channels.length });
  stream(kernels, channels, sizes, (block) => meter.process(block));
  const result = meter.result();
  kernels.release(mark);
  return result;
}

/** Fades 50 ms in and out, so that the edges of a tone add no peak of their own. */
function fade(samples: Float32Array): Float32Array {
  return samples.map((value, i) => value * Math.min(1, (i + 1) / 2400, (samples.length - i) / 2400));
}

/** A band-limited pulse (0.7 of half the sample rate) whose peak of 1 stands `offset` of a sample off the grid. */
function pulse(offset: number): Float32Array {
  return Float32Array.from({ length: 2400 }, (_, i) => {
    const t = i - 1200 - offset;
    if (Math.abs(t) >= 400) return 0;
    const angle = Math.PI * t * 0.7;
    return (angle === 0 ? 1 : Math.sin(angle) / angle) * Math.cos((Math.PI * t) / 800) ** 2;
  });
}

describe('TruePeakMeter', () => {
  it.each([0, 0.25, 0.5, 0.75])('finds the peak of a pulse %f of a sample off the grid', (offset) => {
    expect(Math.abs(measure([pulse(offset)]).peakDb!)).toBeLessThan(0.01);
  });

  it('reads a sine at most as much too low as a grid of quarter samples allows, and never too high', () => {
    for (const frequency of [0.05, 0.11, 0.2, 0.25, 0.33, 0.39]) {
      for (const phase of [0, 13, 45, 71]) {
        const { peak } = measure([fade(sine(12_000, 48_000, frequency * 48_000, 1, phase))]);
        expect(peak).toBeGreaterThan(Math.cos((Math.PI * frequency) / 4) - 0.0005);
        expect(peak).toBeLessThan(1.0005);
      }
    }
  });

  it.each([
    [48_000, 'noise', noise(20_000)],
    [44_100, 'a song', songLike(60_000, 44_100)],
    [96_000, 'noise', noise(20_000, 2)],
    [192_000, 'noise', noise(20_000, 3)],
  ])('agrees with its twin at %i Hz on %s: what is passed over holds no peak', (sampleRate, _, samples) => {
    expect(measure([samples], sampleRate).peak / truePeakTwin(samples, sampleRate)).toBeCloseTo(1, 5);
  });

  it('agrees with its twin on any short signal, up to both ends and however it is cut', () => {
    const values = fc.float32Array({ minLength: 1, maxLength: 150, noNaN: true, min: -2, max: 2 });
    const rates = fc.constantFrom(48_000, 96_000);
    fc.assert(
      fc.property(values, rates, fc.integer({ min: 1, max: 60 }), (samples, sampleRate, size) => {
        const expected = truePeakTwin(samples, sampleRate);
        const { peak } = measure([samples], sampleRate, [size]);
        expect(Math.abs(peak - expected)).toBeLessThan(1e-5 * expected + 1e-30);
      }),
    );
  });

  it('finds the peak before the first and behind the last sample of an abrupt signal', () => {
    for (const length of [20, 21, 32, 33, 47, 48, 49]) {
      const samples = Float32Array.from({ length }, (_, i) => (i % 2 === 0 ? 1 : -1));
      const { peak } = measure([samples]);
      expect(peak).toBeGreaterThan(1.1);
      expect(peak).toBeCloseTo(truePeakTwin(samples, 48_000), 5);
      const oneSided = Float32Array.of(
        ...new Float32Array(100),
        ...samples.map((value, i) => value * (1 - i / length)),
      );
      expect(measure([oneSided.subarray(100)]).peak).toBe(measure([oneSided]).peak);
      expect(measure([oneSided.toReversed()]).peak).toBeCloseTo(measure([oneSided]).peak, 5);
    }
  });

  it('sees silence behind the end, not what was heard long before', () => {
    const samples = noise(5000, 1, 0.9);
    for (const [i, value] of [0.8, -0.9, 0.9, 0, 0, -1, 1].entries()) samples[4993 + i] = value;
    expect(measure([samples]).peak / truePeakTwin(samples, 48_000)).toBeCloseTo(1, 5);
  });

  it('gives the same bits for any split into blocks', () => {
    const channels = [songLike(30_000, 44_100), noise(30_000)];
    for (const sampleRate of [44_100, 88_200, 176_400]) {
      const whole = measure(channels, sampleRate, [30_000]);
      expect(measure(channels, sampleRate, [1, 2, 3, 15, 16, 17, 128, 2048, 5000])).toEqual(whole);
      expect(measure(channels, sampleRate, [127])).toEqual(whole);
    }
  });

  it('may be asked in between and goes on as if it had not been', () => {
    const samples = noise(10_000);
    const meter = new TruePeakMeter(kernels, { sampleRate: 48_000, channels: 1 });
    let before = 0;
    stream(kernels, [samples], [777], (block) => {
      meter.process(block);
      const { peak } = meter.result();
      expect(peak).toBeGreaterThanOrEqual(before);
      before = peak;
    });
    // Asked at a cut, it sees silence behind the cut, so only a new meter knows the peak of the whole.
    meter.reset();
    stream(kernels, [samples], [777], (block) => meter.process(block));
    expect(meter.result()).toEqual(measure([samples]));
  });

  it('keeps channels apart', () => {
    const { channelPeaks, peak } = measure([pulse(0.5), pulse(0.5).map((value) => value / 2), new Float32Array(2400)]);
    expect(channelPeaks[0]).toBeCloseTo(1, 3);
    expect(channelPeaks[1]).toBe(channelPeaks[0]! / 2);
    expect(channelPeaks[2]).toBe(0);
    expect(peak).toBe(channelPeaks[0]);
  });

  it('tells the peak of every second', () => {
    const loud = [0.2, 0.9, 0.1, 0.5];
    const samples = sine(3.5 * 8000, 8000, 440).map((value, i) =>
      i % 8000 < 7900 ? value * loud[Math.floor(i / 8000)]! : 0,
    );
    for (const size of [1, 777, 8000, 28_000]) {
      const { secondPeaks, peak } = measure([samples.map((value) => value / 2), samples], 8000, [size]);
      expect(secondPeaks).toHaveLength(4);
      for (const [second, level] of loud.entries()) expect(secondPeaks[second]).toBeCloseTo(level, 1);
      expect(Math.max(...secondPeaks)).toBe(peak);
    }
    // Behind the last sample, at the very end of a second.
    const abrupt = Float32Array.from({ length: 4000 }, (_, i) => (i < 3900 ? 0 : i % 2 === 0 ? 1 : -1));
    const { secondPeaks, peak } = measure([abrupt], 4000);
    expect(secondPeaks).toEqual([peak]);
    expect(peak).toBeGreaterThan(1.1);
  });

  it('calls silence null, and denormal samples small', () => {
    expect(measure([new Float32Array(1000)])).toEqual({
      peak: 0,
      peakDb: null,
      channelPeaks: [0],
      secondPeaks: [0],
    });
    const { peak } = measure([new Float32Array(1000).fill(1e-42)]);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(2e-42);
  });

  it('refuses what is not finite and what does not fit', () => {
    expect(() => measure([Float32Array.of(0, Number.NaN, 0)])).toThrow(/not finite/);
    expect(() => measure([Float32Array.of(0, Infinity, 0)], 192_000)).toThrow(/not finite/);
    expect(() => new TruePeakMeter(kernels, { sampleRate: 400_000, channels: 1 })).toThrow(/sampleRate is 400000/);
    const meter = new TruePeakMeter(kernels, { sampleRate: 44_100, channels: 2 });
    expect(() => stream(kernels, [noise(9)], [9], (block) => meter.process(block))).toThrow(/1 channels/);
  });
});
