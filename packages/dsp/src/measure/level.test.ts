import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soundPeaks } from '../block-requirements.ts';
import { Kernels } from '../kernels.ts';
import { noise, sine } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { LevelMeter } from './level.ts';
import { levelTwin } from './level.twin.ts';
import { LoudnessMeter } from './loudness.ts';

const kernels = new Kernels();

function measure(channels: readonly Float32Array[], sizes: readonly number[] = [4096]) {
  const meter = new LevelMeter(kernels, { channels: channels.length });
  stream(kernels, channels, sizes, (block) => meter.process(block));
  const soFar = { samplePeak: meter.samplePeak(), squares: meter.squares() };
  return { all: meter.result(), channels: meter.channelLevels(), soFar };
}

describe('LevelMeter', () => {
  it('knows a sine on a DC offset', () => {
    const { all } = measure([sine(48_000, 48_000, 1000, 0.5).map((value) => value + 0.25)]);
    expect(all.samplePeak).toBeCloseTo(0.75, 6);
    expect(all.mean).toBeCloseTo(0.25, 6);
    expect(all.rms).toBeCloseTo(Math.sqrt(0.125 + 0.0625), 6);
    expect(measure([sine(48_000, 48_000, 1000)]).all.crestDb).toBeCloseTo(3.0103, 3);
  });

  it('says the same when it is told the peaks of the blocks, and so does the meter of loudness', () => {
    const channels = [noise(48_000, 1), sine(48_000, 48_000, 100, 2)];
    const told = [
      new LevelMeter(kernels, { channels: 2 }),
      new LoudnessMeter(kernels, { sampleRate: 48_000, channels: 2 }),
    ];
    const alone = [
      new LevelMeter(kernels, { channels: 2 }),
      new LoudnessMeter(kernels, { sampleRate: 48_000, channels: 2 }),
    ];
    stream(kernels, channels, [5000], (block) => {
      const peaks = soundPeaks(block, 2);
      for (const meter of told) meter.process(block, peaks);
      for (const meter of alone) meter.process(block);
    });
    expect(told.map((meter) => meter.result())).toEqual(alone.map((meter) => meter.result()));
    stream(kernels, [Float32Array.of(0.5), Float32Array.of(Number.NaN)], [1], (block) => {
      expect(() => soundPeaks(block, 2)).toThrow(/channel 1 holds a sample that is not finite/);
      expect(() => soundPeaks(block, 1)).toThrow(/2 channels/);
    });
  });

  it('agrees with its twin, channel by channel, and sums up all of them', () => {
    const channels = [noise(5001, 1), noise(5001, 2, 0.1), sine(5001, 44_100, 100, 2)];
    const result = measure(channels);
    channels.forEach((samples, i) => {
      const twin = levelTwin(samples);
      expect(result.channels[i]!.samplePeak).toBe(twin.samplePeak);
      expect(result.channels[i]!.rms).toBeCloseTo(twin.rms, 12);
      expect(result.channels[i]!.mean).toBeCloseTo(twin.mean, 12);
      expect(result.channels[i]!.crestDb).toBeCloseTo(twin.crestDb!, 10);
    });
    const joined = levelTwin(channels.flatMap((samples) => Array.from(samples)));
    expect(result.all.rms).toBeCloseTo(joined.rms, 12);
    expect(result.all.samplePeak).toBe(joined.samplePeak);
    expect(result.soFar.samplePeak).toBe(joined.samplePeak);
    expect(result.soFar.squares).toBeCloseTo(3 * 5001 * joined.rms ** 2, 8);
  });

  it('gives the same bits for any split into blocks', () => {
    const channels = [noise(5001, 1), noise(5001, 2), noise(5001, 3)];
    expect(measure(channels, [1, 2, 3, 64, 127])).toEqual(measure(channels, [5001]));
  });

  it('tells what was cut off at full scale from what touches it', () => {
    const clipped = sine(48_000, 48_000, 100, 2).map((value) => Math.max(-1, Math.min(1, value)));
    // The sine is over 1 for 2/3 of the time: arcsine of 1/2 is 30 of 90 degrees.
    expect(measure([clipped]).all.clippedShare).toBeCloseTo(2 / 3, 2);
    expect(measure([clipped, new Float32Array(48_000)]).channels.map((level) => level.clippedShare > 0)).toEqual([
      true,
      false,
    ]);
    expect(measure([sine(48_000, 48_000, 40)]).all.clippedShare).toBe(0);
    expect(measure([clipped.map((value) => 0.99 * value)]).all.clippedShare).toBe(0);
    expect(measure([noise(48_000)]).all.clippedShare).toBe(0);
    // Files of 16 bits end one step below 1.
    expect(measure([Float32Array.of(0, ...new Array<number>(5).fill(32_767 / 32_768), 0)]).all.clippedShare).toBe(
      5 / 7,
    );
  });

  it('agrees with its twin on clipping, however it is cut', () => {
    const values = fc.constantFrom(0, 0.5, 1, -1, 32_767 / 32_768);
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 20 }),
        (samples, size) => {
          const { clippedShare } = measure([Float32Array.from(samples)], [size]).all;
          expect(clippedShare).toBeCloseTo(levelTwin(samples).clippedShare, 12);
        },
      ),
    );
  });

  it('gives silence no crest factor and refuses what is not finite', () => {
    expect(measure([new Float32Array(10)]).all).toEqual({
      samplePeak: 0,
      rms: 0,
      mean: 0,
      clippedShare: 0,
      crestDb: null,
    });
    expect(new LevelMeter(kernels, { channels: 1 }).result().rms).toBe(0);
    expect(() => measure([Float32Array.of(1, Number.NaN)])).toThrow(/not finite/);
    expect(() => new LevelMeter(kernels, { channels: 0 })).toThrow(/channels is 0/);
  });

  it('starts anew after reset', () => {
    const meter = new LevelMeter(kernels, { channels: 1 });
    stream(kernels, [noise(100)], [100], (block) => meter.process(block));
    meter.reset();
    stream(kernels, [Float32Array.of(0.5)], [1], (block) => meter.process(block));
    expect(meter.result()).toEqual({
      samplePeak: 0.5,
      rms: 0.5,
      mean: 0.5,
      clippedShare: 0,
      crestDb: 0,
    });
  });
});
