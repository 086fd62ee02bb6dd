import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine } from '../testing/signals.ts';
import {
  FeatureStream,
  type Features,
  LOWEST_PITCH_HZ,
  MEL_BANDS,
  PITCH_BINS,
  STEREO_VALUES,
  TIMBRE_VALUES,
} from './feature-stream.ts';
import { featuresTwin } from './feature-stream.twin.ts';
import { featuresBetween } from './features-between.ts';

const kernels = new Kernels();
const RATES = [4000, 8000, 11_025, 16_000, 22_050, 32_000, 37_800, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000];

/** All curves of a clip, fed in blocks of the given sizes, over and over. */
function measure(channels: Float32Array[], sampleRate: number, blockSizes = [65_536], topHz?: number): Features {
  const mark = kernels.mark();
  const stream = new FeatureStream(kernels, { sampleRate, ...(topHz && { topHz }) });
  const block = new SampleBlock(kernels, channels.length, 65_536);
  const length = channels[0]!.length;
  for (let offset = 0, turn = 0; offset < length; turn++) {
    const frames = Math.min(length - offset, blockSizes[turn % blockSizes.length]!);
    block.write(channels, offset, frames);
    stream.process(block);
    offset += frames;
  }
  const features = stream.finish();
  kernels.release(mark);
  return features;
}

function curves(features: Features): Float32Array[] {
  const { onset, bandOnsets, bandEnergies, melFrames, timbreFrames, stereoFrames, pitchFrames } = features;
  const matrices = [melFrames, timbreFrames, stereoFrames, pitchFrames];
  return [onset, ...Object.values(bandOnsets), ...Object.values(bandEnergies), ...matrices];
}

function indexOfMaximum(values: Float32Array): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}

/** Feeds blocks of a size and cuts, as soon as it can, `length` frames off, of which the next stretch repeats some. */
function measureInStretches(channels: Float32Array[], sampleRate: number, size: number, length: number, step: number) {
  const mark = kernels.mark();
  const stream = new FeatureStream(kernels, { sampleRate });
  const block = new SampleBlock(kernels, channels.length, size);
  const stretches: Features[] = [];
  for (let offset = 0; offset < channels[0]!.length; offset += size) {
    block.write(channels, offset, Math.min(size, channels[0]!.length - offset));
    stream.process(block);
    while (stream.holdsMoreThan(length)) stretches.push(stream.cut(length, step));
  }
  stretches.push(stream.finish());
  kernels.release(mark);
  return stretches;
}

describe('features of a stretch', () => {
  it.each([
    [11_025, 1000, 160, 96],
    [44_100, 65_536, 160, 96],
    [44_100, 441, 400, 400],
    [48_000, 4800, 800, 8],
  ])(
    'are those of the whole, cut while it is measured: %i Hz, blocks of %i, %i frames, %i on',
    (rate, size, length, step) => {
      const channels = [noise(12 * rate, 3), noise(12 * rate, 4)];
      const whole = measure(channels, rate);
      const stretches = measureInStretches(channels, rate, size, length, step);
      expect(stretches.length).toBeGreaterThan(2);
      stretches.forEach((features, i) => {
        const from = i * step;
        const to = Math.min(whole.frames, from + length);
        const expected = featuresBetween(whole, { from, to: i < stretches.length - 1 ? to : whole.frames });
        expect(features).toEqual(expected);
        const part = { from: 8, to: features.frames - (i < stretches.length - 1 ? 16 : 0) };
        expect(featuresBetween(features, part, from)).toEqual(
          featuresBetween(whole, { from: from + part.from, to: from + part.to }),
        );
      });
    },
  );

  it('begin anew with the next track', () => {
    const mark = kernels.mark();
    const stream = new FeatureStream(kernels, { sampleRate: 44_100 });
    const block = new SampleBlock(kernels, 1, 2 * 44_100);
    block.write([noise(2 * 44_100)], 0, block.capacity);
    stream.process(block);
    stream.cut(96, 48);
    stream.reset();
    stream.process(block);
    const features = stream.finish();
    kernels.release(mark);
    expect(features).toEqual(measure([noise(2 * 44_100)], 44_100));
  });
});

describe('FeatureStream', () => {
  it('gives one frame for every hop begun', () => {
    for (const samples of [0, 1, 440, 441, 442, 44_100, 100_001]) {
      const features = measure([noise(samples)], 44_100);
      const frames = Math.ceil(samples / 441);
      expect(features.frameRate).toBe(100);
      expect(features.frames).toBe(frames);
      for (const curve of [...Object.values(features.bandOnsets), ...Object.values(features.bandEnergies)]) {
        expect(curve.length).toBe(frames);
      }
      expect(features.melFrames.length).toBe(Math.ceil(frames / 4) * MEL_BANDS);
      expect(features.timbreFrames.length).toBe(Math.ceil(frames / 8) * TIMBRE_VALUES);
      expect(Math.abs(features.stereoFrames.length / STEREO_VALUES - frames / 16)).toBeLessThan(2);
      expect(features.pitchFrames.length).toBe(Math.ceil(frames / 8) * PITCH_BINS);
    }
  });

  it.each([44_100, 96_000])('gives the same bits for any block size, at %i Hz', (sampleRate) => {
    const left = noise(sampleRate * 2 + 17, 3);
    const right = noise(sampleRate * 2 + 17, 4);
    const whole = curves(measure([left, right], sampleRate));
    for (const sizes of [[1, 2, 3, 5, 700], [441], [128], [4096, 1, 65_536]]) {
      expect(curves(measure([left, right], sampleRate, sizes))).toEqual(whole);
    }
  });

  it.each<readonly [number, number]>([
    ...RATES.map((rate) => [rate, rate / 2] as const),
    [44_100, 2000],
    [44_100, 4000],
    [44_100, 11_025],
    [44_100, 96_000],
  ])('agrees with its float64 twin, at %i Hz up to %d Hz', (sampleRate, topHz) => {
    const length = Math.round(sampleRate * 0.7) + 13;
    const left = noise(length, 8).map((value, i) => value * Math.exp(-((i * 7) % length) / (0.05 * sampleRate)));
    const right = sine(length, sampleRate, 330, 0.3);
    const result = measure([left, right], sampleRate, undefined, topHz);
    const hop = Math.round(sampleRate / result.frameRate);
    const truth = featuresTwin([left, right], sampleRate, hop, Math.min(topHz, sampleRate / 2));
    const { onset, bandOnsets, bandEnergies, melFrames, timbreFrames, stereoFrames, pitchFrames } = truth;
    const expected = [onset, ...bandOnsets, ...bandEnergies, melFrames, timbreFrames, stereoFrames, pitchFrames];
    curves(result).forEach((curve, c) => {
      expect(curve.length).toBe(expected[c]!.length);
      if (expected[c]!.some((value) => value !== 0)) expect(residualDb(curve, expected[c]!)).toBeLessThan(-120);
      else expect(curve.every((value) => value === 0)).toBe(true);
    });
  });

  it('measures the mean of the channels', () => {
    const a = noise(20_000, 5);
    const b = noise(20_000, 6);
    const ofMono = ({ stereoFrames, ...features }: Features) =>
      curves({ ...features, stereoFrames: new Float32Array(0) });
    const mono = ofMono(measure([a.map((value, i) => (value + b[i]!) / 2)], 44_100));
    const stereo = ofMono(measure([a, b], 44_100));
    stereo.forEach((curve, c) => {
      curve.forEach((value, i) => {
        if (Math.abs(value - mono[c]![i]!) > 1e-3) expect.fail(`curve ${c}: ${value} and ${mono[c]![i]} at ${i}`);
      });
    });
    const five = measure([a, a, a, a, a], 44_100);
    expect(five.onset[0]).toBeCloseTo(measure([a], 44_100).onset[0]!, 4);
  });

  it.each(RATES)('sees a click when it happens, at %i Hz', (sampleRate) => {
    const clip = new Float32Array(sampleRate * 4);
    const positions = noise(12, sampleRate).map((value, i) => Math.round(sampleRate * (0.2 + i * 0.3 + value * 0.1)));
    for (const position of positions) clip[position] = 0.9;
    const { onset, frameRate } = measure([clip], sampleRate);
    for (const position of positions) {
      const frame = (position / sampleRate) * frameRate;
      const first = Math.round(frame) - 6;
      const peak = first + indexOfMaximum(onset.subarray(Math.max(0, first), first + 13));
      expect(Math.abs(peak - Math.round(frame))).toBeLessThanOrEqual(1);
    }
  });

  it('sees the attack at the first sample', () => {
    const { onset } = measure([noise(44_100)], 44_100);
    expect(indexOfMaximum(onset)).toBe(0);
  });

  it.each([-40, -20, 3])('hears the same onsets %d dB louder', (decibels) => {
    const length = 3 * 44_100;
    const song = noise(length, 8).map((value, i) => 0.4 * value * Math.exp(-((i * 7) % 20_000) / 2000));
    const { onset, bandOnsets } = measure([song], 44_100);
    const scaled = measure([song.map((value) => value * 10 ** (decibels / 20))], 44_100);
    expect(residualDb(scaled.onset, onset)).toBeLessThan(-100);
    for (const band of ['low', 'mid', 'high'] as const) {
      expect(residualDb(scaled.bandOnsets[band], bandOnsets[band])).toBeLessThan(-100);
    }
  });

  it('hears the same onsets after silence', () => {
    const length = 2 * 44_100;
    const song = noise(length, 8).map((value, i) => 0.4 * value * Math.exp(-((i * 7) % 20_000) / 2000));
    const later = new Float32Array(length + 300 * 441);
    later.set(song, 300 * 441);
    const after = measure([later], 44_100).onset;
    // The frame that the first sample falls into sees nothing before it in either.
    expect(residualDb(after.subarray(300), measure([song], 44_100).onset)).toBeLessThan(-40);
  });

  it.each(RATES)('measures the mean square of a sine in its band, at %i Hz', (sampleRate) => {
    for (const [frequency, band] of [
      [90, 'low'],
      [1000, 'mid'],
      [8000, 'high'],
    ] as const) {
      if (frequency * 2.5 > sampleRate) continue;
      const { bandEnergies } = measure([sine(sampleRate, sampleRate, frequency, 0.5)], sampleRate);
      const middle = Math.floor(bandEnergies.low.length / 2);
      for (const [name, curve] of Object.entries(bandEnergies)) {
        if (name === band) expect(curve[middle]! / 0.125).toBeCloseTo(1, 1);
        else expect(curve[middle]!).toBeLessThan(0.125 * 10 ** -2.4);
      }
    }
  });

  it.each(RATES)('finds the pitch of every semitone, at %i Hz', (sampleRate) => {
    for (let bin = 6; bin < PITCH_BINS; bin += 33) {
      const frequency = LOWEST_PITCH_HZ * 2 ** (bin / 36);
      if (frequency > sampleRate * 0.45) continue;
      const { pitchFrames } = measure([sine(sampleRate, sampleRate, frequency, 0.5)], sampleRate);
      const frames = pitchFrames.length / PITCH_BINS;
      const middle = pitchFrames.subarray(Math.floor(frames / 2) * PITCH_BINS).subarray(0, PITCH_BINS);
      expect(indexOfMaximum(middle)).toBe(bin);
      expect(middle[bin]! / 0.5).toBeCloseTo(1, 1);
    }
  });

  it('tells two low semitones apart', () => {
    const length = 44_100;
    const low = sine(length, 44_100, 110, 0.4);
    const high = sine(length, 44_100, 110 * 2 ** (1 / 12), 0.4);
    const { pitchFrames } = measure([low.map((value, i) => value + high[i]!)], 44_100);
    const frame = pitchFrames.subarray(6 * PITCH_BINS, 7 * PITCH_BINS);
    expect(Math.min(frame[36]!, frame[39]!)).toBeGreaterThan(0.3);
  });

  it('keeps silence silent', () => {
    const features = measure([new Float32Array(50_000)], 44_100);
    for (const curve of curves(features)) {
      const expected = curve === features.melFrames ? -150 : 0;
      expect(curve.every((value) => Math.abs(value - expected) < 1e-4)).toBe(true);
    }
  });

  it('stays finite from the smallest to enormous samples', () => {
    for (const amplitude of [1e-45, 1e-38, 1e-20, 1e-9, 1, 1e6]) {
      const clip = noise(30_000).map((value) => value * amplitude);
      for (const curve of curves(measure([clip, clip], 44_100))) {
        expect(curve.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('refuses a sample that is not finite, in any channel', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const position of [0, 101, 999]) {
        const clip = new Float32Array(1000);
        clip[position] = bad;
        expect(() => measure([new Float32Array(1000), clip], 44_100)).toThrow(/not finite/);
      }
    }
  });

  it('takes no more kernel memory while it runs', () => {
    const mark = kernels.mark();
    const stream = new FeatureStream(kernels, { sampleRate: 48_000 });
    const block = new SampleBlock(kernels, 8, 48_000);
    const made = kernels.mark();
    const { buffer } = kernels.wasm.memory;
    block.silence(48_000);
    for (let second = 0; second < 20; second++) stream.process(block);
    expect(stream.finish().frames).toBe(2000);
    expect(kernels.mark()).toBe(made);
    expect(kernels.wasm.memory.buffer).toBe(buffer);
    kernels.release(mark);
  });

  it('starts anew after finish and after reset', () => {
    const mark = kernels.mark();
    const stream = new FeatureStream(kernels, { sampleRate: 44_100 });
    const block = new SampleBlock(kernels, 1, 30_000);
    const results: Float32Array[][] = [];
    for (let turn = 0; turn < 3; turn++) {
      block.write([noise(30_000, 9)], 0, 30_000);
      stream.process(block);
      if (turn === 1) {
        stream.reset();
        stream.process(block);
      }
      results.push(curves(stream.finish()));
    }
    kernels.release(mark);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it.each([3999, 192_001, Number.NaN])('refuses the sample rate %d', (sampleRate) => {
    expect(() => new FeatureStream(kernels, { sampleRate })).toThrow(/between 4000 and 192000/);
  });
});
