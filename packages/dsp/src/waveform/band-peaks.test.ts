import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { BandPeaks, type WaveformPeaks } from './band-peaks.ts';
import { bandPeaksTwin } from './band-peaks.twin.ts';

const kernels = new Kernels();
const RATE = 44_100;

function measure(channels: readonly Float32Array[], sampleRate = RATE, sizes = [65_536]): WaveformPeaks {
  const mark = kernels.mark();
  const meter = new BandPeaks(kernels, { sampleRate, channels: channels.length });
  const after = stream(kernels, channels, sizes, (block) => meter.process(block));
  expect(after).toEqual(channels);
  const peaks = meter.finish();
  kernels.release(mark);
  return peaks;
}

describe('BandPeaks', () => {
  it.each([8000, 44_100, 96_000])('agrees with its float64 twin, at %i Hz', (sampleRate) => {
    const channels = [songLike(30_000, sampleRate, 1), noise(30_000, 3, 0.4), songLike(30_000, sampleRate, 5)];
    const { levels, highHz } = measure(channels, sampleRate);
    const truth = bandPeaksTwin(channels, sampleRate, highHz);
    expect(levels[0]!.values.length).toBe(truth.length);
    levels[0]!.values.forEach((value, i) => {
      expect(Math.abs(value - Math.min(255, truth[i]!))).toBeLessThan(0.51);
    });
  });

  it.each([
    [50, [1, 0, 0]],
    [800, [0, 1, 0]],
    [9000, [0, 0, 1]],
  ] as const)('shows a sine of %i Hz in its band, as high as it is', (frequency, bands) => {
    // Fourth-order Linkwitz-Riley: 1 / (1 + (f / fc)^4) below, the same upside down above, frequencies warped by the
    // bilinear transform.
    const warped = (hz: number) => Math.tan((Math.PI * hz) / RATE);
    const [low, high] = [150, 4000].map((crossover) => (warped(frequency) / warped(crossover)) ** 4) as [
      number,
      number,
    ];
    const gains = [1 / (1 + low), low / (1 + low) / (1 + high), high / (1 + high)];
    const { levels } = measure([sine(2 * RATE, RATE, frequency, 0.6)]);
    for (const { values } of levels) {
      const settled = values.subarray(3 * Math.ceil(values.length / 12), values.length - 3);
      for (let band = 0; band < 3; band++) {
        const height = Math.max(...settled.filter((_, i) => i % 3 === band));
        expect(gains[band]).toBeCloseTo(bands[band]!, 0);
        expect(Math.abs(height - 255 * 0.6 * gains[band]!)).toBeLessThan(1.5);
      }
    }
  });

  it('has in each coarser level the largest of the bins below', () => {
    const { levels, frames } = measure([songLike(100_003, RATE)]);
    expect(levels.map(({ framesPerBin }) => framesPerBin)).toEqual([256, 2048, 16_384]);
    for (const { framesPerBin, values } of levels) {
      expect(values.length).toBe(3 * Math.ceil(frames / framesPerBin));
      const factor = framesPerBin / 256;
      for (let bin = 0; 3 * bin < values.length; bin++) {
        for (let band = 0; band < 3; band++) {
          const finest = levels[0]!.values.filter((_, i) => i % 3 === band && Math.floor(i / 3 / factor) === bin);
          expect(values[3 * bin + band]).toBe(Math.max(...finest));
        }
      }
    }
  });

  it('gives the same bytes for any block size', () => {
    const channels = [songLike(40_001, RATE), noise(40_001, 2, 0.3)];
    const whole = measure(channels);
    for (const sizes of [[1, 255, 256, 257], [1000], [4096, 3]]) expect(measure(channels, RATE, sizes)).toEqual(whole);
  });

  it('shows what is louder than full scale as full scale, and silence as nothing', () => {
    const loud = measure([sine(20_000, RATE, 1000, 3)]).levels[0]!.values;
    expect(loud[3 * 20 + 1]).toBe(255);
    expect(measure([new Float32Array(5000)]).levels[0]!.values.every((value) => value === 0)).toBe(true);
    expect(measure([new Float32Array(0)])).toMatchObject({ frames: 0 });
  });

  it('hears every channel', () => {
    const quiet = new Float32Array(10_000);
    const tone = sine(10_000, RATE, 1000, 0.5);
    const alone = measure([tone]).levels;
    expect(measure([quiet, tone]).levels).toEqual(alone);
    expect(measure([quiet, quiet, tone]).levels).toEqual(alone);
  });

  it('starts anew after finish', () => {
    const mark = kernels.mark();
    const meter = new BandPeaks(kernels, { sampleRate: RATE, channels: 1 });
    const results = [1, 2].map(() => {
      stream(kernels, [songLike(9000, RATE)], [9000], (block) => meter.process(block));
      return meter.finish();
    });
    kernels.release(mark);
    expect(results[1]).toEqual(results[0]);
  });

  it('refuses what is out of range and what is no sound', () => {
    expect(() => new BandPeaks(kernels, { sampleRate: 100, channels: 1 })).toThrow(/between 4000 and 192000/);
    expect(() => new BandPeaks(kernels, { sampleRate: RATE, channels: 9 })).toThrow(/between 1 and 8/);
    expect(() => measure([new Float32Array([0, Number.NaN])])).toThrow(/not finite/);
  });
});
