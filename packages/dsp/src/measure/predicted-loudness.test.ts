import { describe, expect, it } from 'vitest';
import type { FilterBand } from '../filter/band.ts';
import { Equaliser } from '../filter/equaliser.ts';
import { Kernels } from '../kernels.ts';
import { gainDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { BandLevels } from './band-levels.ts';
import { kWeightingPower } from './k-weighting.ts';
import { LoudnessMeter } from './loudness.ts';
import { kWeightingTwin } from './loudness.twin.ts';
import { predictLoudness } from './predicted-loudness.ts';

const kernels = new Kernels();

const bands: FilterBand[] = [
  { shape: 'low-shelf', frequencyHz: 120, q: 0.7, gainDb: 4 },
  { shape: 'peak', frequencyHz: 400, q: 0.8, gainDb: -5 },
  { shape: 'peak', frequencyHz: 2500, q: 1, gainDb: 3 },
  { shape: 'high-shelf', frequencyHz: 8000, q: 0.7, gainDb: 5 },
];

/** Loudness behind the filter, measured and predicted. */
function compare(channels: Float32Array[], sampleRate: number, filter: readonly FilterBand[]) {
  const mark = kernels.mark();
  const levels = new BandLevels(kernels, { sampleRate, channels: channels.length });
  stream(kernels, channels, [4096], (block) => levels.process(block));
  const impulse = new Float32Array(2 ** 15);
  impulse[0] = 1;
  let filtered = channels;
  let response = [impulse];
  if (filter.length > 0) {
    const equaliser = new Equaliser(kernels, { sampleRate, channels: channels.length, bands: filter });
    filtered = stream(kernels, channels, [4096], (block) => equaliser.process(block));
    const alone = new Equaliser(kernels, { sampleRate, channels: 1, bands: filter });
    response = stream(kernels, [impulse], [4096], (block) => alone.process(block));
  }
  const meter = new LoudnessMeter(kernels, { sampleRate, channels: channels.length });
  stream(kernels, filtered, [4096], (block) => meter.process(block));
  kernels.release(mark);
  return {
    predicted: predictLoudness(levels.finish(), (hz) => gainDb(response[0]!.subarray(0, 4096), sampleRate, hz))!,
    measured: meter.result().integratedLufs!,
  };
}

describe('kWeightingPower', () => {
  it('is the response of the filters in the tables', () => {
    const { shelf, highPass } = kWeightingTwin(192_000);
    for (const hz of [10, 20, 38, 100, 400, 1000, 2000, 5000, 12_000]) {
      const response = [shelf, highPass].map(([b0, b1, b2, a1, a2]) => {
        const w = (2 * Math.PI * hz) / 192_000;
        const power = (c: readonly number[]) =>
          c.reduce((x, value, i) => x + value * Math.cos(i * w), 0) ** 2 +
          c.reduce((x, value, i) => x + value * Math.sin(i * w), 0) ** 2;
        return power([b0, b1, b2]) / power([1, a1, a2]);
      });
      expect(10 * Math.log10(kWeightingPower(hz) / (response[0]! * response[1]!))).toBeCloseTo(0, 2);
    }
  });
});

describe('predictLoudness', () => {
  it.each([44_100, 48_000, 96_000])('agrees with a meter behind an equaliser, at %i Hz', (sampleRate) => {
    const frames = 6 * sampleRate;
    const song = [songLike(frames, sampleRate, 1), songLike(frames, sampleRate, 2)];
    const hiss = [noise(frames, 1, 0.1), noise(frames, 2, 0.1)];
    for (const channels of [song, hiss, [song[0]!]]) {
      for (const filter of [[], bands]) {
        const { predicted, measured } = compare(channels, sampleRate, filter);
        expect(Math.abs(predicted - measured)).toBeLessThan(0.1);
      }
    }
  });

  it('gates as the meter does: what is much softer does not count', () => {
    const soft = sine(4 * 48_000, 48_000, 1000, 0.01);
    const loud = sine(4 * 48_000, 48_000, 1000, 0.5);
    const samples = new Float32Array(8 * 48_000);
    samples.set(loud);
    samples.set(soft, loud.length);
    const { predicted, measured } = compare([samples], 48_000, []);
    expect(Math.abs(predicted - measured)).toBeLessThan(0.1);
  });

  it('knows no loudness of silence or of a moment', () => {
    const meter = new BandLevels(kernels, { sampleRate: 48_000, channels: 1 });
    for (const samples of [new Float32Array(96_000), sine(15_000, 48_000, 1000)]) {
      stream(kernels, [samples], [4096], (block) => meter.process(block));
      expect(predictLoudness(meter.finish())).toBeNull();
    }
  });
});
