import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import type { Speaker } from './channel-weights.ts';
import { type Loudness, LoudnessMeter } from './loudness.ts';
import { loudnessTwin } from './loudness.twin.ts';

const kernels = new Kernels();

function measure(channels: readonly Float32Array[], sampleRate: number, sizes: readonly number[] = [4096]): Loudness {
  const mark = kernels.mark();
  const meter = new LoudnessMeter(kernels, { sampleRate, channels: channels.length });
  stream(kernels, channels, sizes, (block) => meter.process(block));
  kernels.release(mark);
  return meter.result();
}

/** Stereo at 48 kHz: 1 kHz with its peak at `level` dBFS, or silence. */
function tone(seconds: number, level: number | null): Float32Array[] {
  const samples = sine(Math.round(seconds * 48_000), 48_000, 1000, level === null ? 0 : 10 ** (level / 20));
  return [samples, samples];
}

const range = (length: number) => Array.from({ length }, (_, i) => i);

// The signals of EBU Tech 3341 and 3342 are checked in conformance/loudness.
describe('LoudnessMeter', () => {
  it('filters by the tables of BS.1770 at 48 kHz', () => {
    const samples = noise(4800);
    const state = kernels.wasm.kWeightingCreate(48_000, 1, 0);
    const pointer = kernels.allocateFloats(samples.length);
    kernels.floats(pointer, samples.length).set(samples);
    kernels.wasm.kWeightingAdd(state, pointer, pointer, samples.length);
    const [x, y] = [
      [0, 0],
      [0, 0],
    ];
    const z = [0, 0];
    let expected = 0;
    for (const sample of samples) {
      const shelf =
        1.53512485958697 * sample -
        2.69169618940638 * x[0]! +
        1.19839281085285 * x[1]! +
        1.69065929318241 * y[0]! -
        0.73248077421585 * y[1]!;
      const output = shelf - 2 * y[0]! + y[1]! + 1.99004745483398 * z[0]! - 0.99007225036621 * z[1]!;
      for (const [history, value] of [
        [x, sample],
        [y, shelf],
        [z, output],
      ] as const)
        history.splice(0, 2, value, history[0]!);
      expected += output ** 2;
    }
    expect(kernels.wasm.kWeightingTake(state) / expected).toBeCloseTo(1, 10);
  });

  it.each([22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000])(
    'reads -3.01 LUFS for a full-scale sine of 997 Hz in one front channel at %i Hz',
    (sampleRate) => {
      const tone = sine(2 * sampleRate, sampleRate, 997);
      const silence = new Float32Array(tone.length);
      for (const channels of [[tone], [tone, silence], [silence, tone], [silence, silence, tone]]) {
        expect(Math.abs(measure(channels, sampleRate).integratedLufs! + 3.01)).toBeLessThan(0.03);
      }
      // A surround channel weighs 1.41, which is 1.49 dB.
      const surround = [silence, silence, silence, silence, tone, silence];
      expect(Math.abs(measure(surround, sampleRate).integratedLufs! + 1.52)).toBeLessThan(0.03);
    },
  );

  it.each([
    [4000, 1],
    [8000, 1],
    [11_025, 2],
    [44_100, 2],
    [48_000, 5],
    [96_000, 2],
    [192_000, 3],
  ])('agrees with its twin to 0.001 LU at %i Hz, %i channels', (sampleRate, count) => {
    const frames = Math.round((sampleRate === 44_100 ? 9.3 : 3.7) * sampleRate);
    const channels = range(count).map((seed) =>
      songLike(frames, sampleRate, seed + 1).map((value, i) => value * (0.2 + (0.8 * i) / frames)),
    );
    const result = measure(channels, sampleRate);
    const twin = loudnessTwin({ sampleRate, channels });
    for (const key of ['integratedLufs', 'shortTermMaxLufs', 'momentaryMaxLufs', 'rangeLu'] as const) {
      expect(Math.abs(result[key]! - twin[key])).toBeLessThan(0.001);
    }
    for (const key of ['shortTerm', 'momentary'] as const) {
      expect(result[key]).toHaveLength(twin[key].length);
      twin[key].forEach((value, i) => {
        expect(Math.abs(result[key][i]! - value)).toBeLessThan(0.001);
      });
    }
  });

  it('gives the same bits for any split into blocks', () => {
    for (const sampleRate of [11_025, 44_100]) {
      const channels = range(3).map((seed) => songLike(4 * sampleRate, sampleRate, seed));
      const whole = measure(channels, sampleRate, [4 * sampleRate]);
      expect(measure(channels, sampleRate, [1, 2, 3, 441, 128, 1023])).toEqual(whole);
      expect(measure(channels, sampleRate, [127])).toEqual(whole);
    }
  });

  it('weighs each channel by its place', () => {
    const sample = noise(48_000, 1, 0.3);
    const silence = new Float32Array(48_000);
    const gainOf = (speakers: readonly Speaker[], heard: number) => {
      const meter = new LoudnessMeter(kernels, { sampleRate: 48_000, channels: speakers.length, speakers });
      stream(
        kernels,
        speakers.map((_, channel) => (channel === heard ? sample : silence)),
        [4096],
        (block) => meter.process(block),
      );
      const { integratedLufs } = meter.result();
      return integratedLufs === null ? 0 : 10 ** ((integratedLufs - measure([sample], 48_000).integratedLufs!) / 10);
    };
    const layouts: [speakers: Speaker[], weights: number[]][] = [
      [
        ['FL', 'FR', 'LFE', 'BC'],
        [1, 1, 0, 1],
      ],
      [
        ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR'],
        [1, 1, 1, 0, 1.41, 1.41],
      ],
      [
        ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR'],
        [1, 1, 1, 0, 1.41, 1.41],
      ],
      [
        ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'SL', 'SR'],
        [1, 1, 1, 0, 1, 1, 1.41, 1.41],
      ],
    ];
    for (const [speakers, weights] of layouts) {
      weights.forEach((weight, channel) => {
        expect(gainOf(speakers, channel)).toBeCloseTo(weight, 6);
      });
    }
    const short = { sampleRate: 48_000, channels: 3, speakers: ['FL', 'FR'] as const };
    expect(() => new LoudnessMeter(kernels, short)).toThrow(/speakers.length is 2/);
  });

  it('keeps channels apart: energies add', () => {
    const [a, b] = [noise(48_000, 1, 0.3), noise(48_000, 2, 0.1)];
    const silence = new Float32Array(48_000);
    const energy = (channels: Float32Array[]) => 10 ** (measure(channels, 48_000).integratedLufs! / 10);
    expect(energy([a, b]) / (energy([a, silence]) + energy([silence, b]))).toBeCloseTo(1, 9);
    expect(energy([a, silence])).toBe(energy([a]));
  });

  it('calls silence, what is below the gate and what is too short null, never infinite', () => {
    const nothing = { integratedLufs: null, shortTermMaxLufs: null, momentaryMaxLufs: null, rangeLu: null };
    const silence = measure(tone(4, null), 48_000);
    expect(silence).toMatchObject({ ...nothing, samplePeak: 0 });
    expect(Array.from(silence.shortTerm)).toEqual(Array(11).fill(-70));
    expect(measure(tone(4, -75), 48_000)).toMatchObject(nothing);
    expect(measure(tone(0.399, -20), 48_000)).toMatchObject(nothing);
    expect(measure(tone(2.9, -20), 48_000)).toMatchObject({ shortTermMaxLufs: null, rangeLu: null });
  });

  it('takes denormal samples for silence and finds the sample peak of any channel', () => {
    const tiny = new Float32Array(48_000).fill(1e-42);
    expect(measure([tiny, tiny], 48_000).integratedLufs).toBeNull();
    const channels = range(6).map(() => new Float32Array(1001));
    channels[3]![1000] = -1.5;
    expect(measure(channels, 48_000).samplePeak).toBe(1.5);
  });

  it('does not look behind the end of a block', () => {
    const block = new SampleBlock(kernels, 1, 64);
    for (const frames of [1, 4, 7, 16, 20, 33, 63]) {
      const meter = new LoudnessMeter(kernels, { sampleRate: 48_000, channels: 1 });
      block.write([Float32Array.from({ length: 64 }, (_, i) => (i < frames ? 0.25 : 1))], 0, 64);
      block.frames = frames;
      meter.process(block);
      expect(meter.result().samplePeak).toBe(0.25);
    }
  });

  it('starts anew after reset', () => {
    const meter = new LoudnessMeter(kernels, { sampleRate: 44_100, channels: 2 });
    const song = [songLike(44_100, 44_100), songLike(44_100, 44_100, 2)];
    stream(kernels, [noise(50_001), noise(50_001)], [1000], (block) => meter.process(block));
    meter.reset();
    stream(kernels, song, [1000], (block) => meter.process(block));
    expect(meter.result()).toEqual(measure(song, 44_100));
  });

  it('refuses what it cannot measure', () => {
    expect(() => new LoudnessMeter(kernels, { sampleRate: 3999, channels: 2 })).toThrow(/sampleRate is 3999/);
    expect(() => new LoudnessMeter(kernels, { sampleRate: 44_100, channels: 9 })).toThrow(/channels is 9/);
    expect(() => measure([new Float32Array(100).fill(Number.NaN)], 44_100)).toThrow(/not finite/);
    expect(() => measure([Float32Array.of(0, 0, -Infinity)], 44_100)).toThrow(/not finite/);
    const meter = new LoudnessMeter(kernels, { sampleRate: 44_100, channels: 1 });
    expect(() => stream(kernels, [noise(9), noise(9)], [9], (block) => meter.process(block))).toThrow(/2 channels/);
  });
});
