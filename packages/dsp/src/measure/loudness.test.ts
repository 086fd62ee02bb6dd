import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
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

/** Seconds and dBFS of the peak of a 1 kHz sine, or null for silence; one level, or one a channel. */
type Segment = readonly [seconds: number, level: number | null | readonly number[]];

function tones(segments: readonly Segment[], channels = 2): Float32Array[] {
  const lengths = segments.map(([seconds]) => Math.round(seconds * 48_000));
  const period = sine(48, 48_000, 1000);
  return Array.from({ length: channels }, (_, channel) => {
    const joined = new Float32Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    segments.forEach(([, level], segment) => {
      const db = typeof level === 'object' && level !== null ? level[channel]! : level;
      const amplitude = db === null ? 0 : 10 ** (db / 20);
      for (let i = 0; i < lengths[segment]!; i++) joined[at++] = amplitude * period[i % 48]!;
    });
    return joined;
  });
}

const levels = (...segments: Segment[]) => segments;
const repeat = (times: number, ...segments: Segment[]) => Array.from({ length: times }, () => segments).flat();
const range = (length: number) => Array.from({ length }, (_, i) => i);

describe('LoudnessMeter on the signals of EBU Tech 3341', () => {
  const programmes: [name: string, expected: number, segments: Segment[], channels: number][] = [
    ['1: -23 dBFS', -23, [[20, -23]], 2],
    ['2: -33 dBFS', -33, [[20, -33]], 2],
    ['3: relative gate', -23, levels([10, -36], [60, -23], [10, -36]), 2],
    ['4: both gates', -23, levels([10, -72], [10, -36], [60, -23], [10, -36], [10, -72]), 2],
    ['5: loud middle', -23, levels([20, -26], [20.1, -20], [20, -26]), 2],
    ['6: five channels', -23, [[20, [-28, -28, -24, -30, -30]]], 5],
  ];
  it.each(programmes)('integrated, case %s', (_, expected, segments, channels) => {
    expect(Math.abs(measure(tones(segments, channels), 48_000).integratedLufs! - expected)).toBeLessThan(0.1);
  });

  it('6 with the silent LFE of a 5.1 file: the LFE counts for nothing', () => {
    const [left, right, centre, leftSurround, rightSurround] = tones([[5, [-28, -28, -24, -30, -30]]], 5);
    const lfe = noise(left!.length);
    const { integratedLufs } = measure([left!, right!, centre!, lfe, leftSurround!, rightSurround!], 48_000);
    expect(Math.abs(integratedLufs! + 23)).toBeLessThan(0.1);
  });

  it('short-term, case 9: constant once 3 s are heard', () => {
    const { shortTerm, shortTermMaxLufs } = measure(tones(repeat(5, [1.34, -20], [1.66, -30])), 48_000);
    expect(shortTerm).toHaveLength(121);
    for (const value of shortTerm) expect(Math.abs(value + 23)).toBeLessThan(0.1);
    expect(Math.abs(shortTermMaxLufs! + 23)).toBeLessThan(0.1);
  });

  it.each(range(20))('short-term maximum, case 10, file %i', (file) => {
    const segments = levels([0.15 * file, null], [3, -23], [1, null]);
    expect(Math.abs(measure(tones(segments), 48_000).shortTermMaxLufs! + 23)).toBeLessThan(0.1);
  });

  it('short-term maximum, case 11, after each step', () => {
    for (const steps of [1, 7, 20]) {
      const segments = range(steps).flatMap((step) => levels([0.15 * (step + 1), null], [3, -38 + step], [1, null]));
      expect(Math.abs(measure(tones(segments), 48_000).shortTermMaxLufs! - (-39 + steps))).toBeLessThan(0.1);
    }
  });

  it('momentary, case 12: constant once 1 s is heard', () => {
    const { momentary, momentaryMaxLufs } = measure(tones(repeat(25, [0.18, -20], [0.22, -30])), 48_000);
    for (const value of momentary.subarray(6)) expect(Math.abs(value + 23)).toBeLessThan(0.1);
    expect(Math.abs(momentaryMaxLufs! + 23)).toBeLessThan(0.1);
  });

  it.each(range(20))('momentary maximum, case 13, file %i', (file) => {
    const segments = levels([0.02 * file, null], [0.4, -23], [1, null]);
    expect(Math.abs(measure(tones(segments), 48_000).momentaryMaxLufs! + 23)).toBeLessThan(0.1);
  });

  it('momentary maximum, case 14, after each step', () => {
    for (const steps of [1, 5, 13, 20]) {
      const segments = range(steps).flatMap((step) => levels([0.02 * (step + 1), null], [0.4, -38 + step], [1, null]));
      expect(Math.abs(measure(tones(segments), 48_000).momentaryMaxLufs! - (-39 + steps))).toBeLessThan(0.1);
    }
  });
});

describe('LoudnessMeter on the signals of EBU Tech 3342', () => {
  it.each([
    [1, 10, [-20, -30]],
    [2, 5, [-20, -15]],
    [3, 20, [-40, -20]],
    [4, 15, [-50, -35, -20, -35, -50]],
  ])('range, case %i: %i LU', (_, expected, levels) => {
    const { rangeLu } = measure(tones(levels.map((level) => [20, level])), 48_000);
    expect(Math.abs(rangeLu! - expected)).toBeLessThan(1);
  });
});

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

  it('keeps channels apart: energies add', () => {
    const [a, b] = [noise(48_000, 1, 0.3), noise(48_000, 2, 0.1)];
    const silence = new Float32Array(48_000);
    const energy = (channels: Float32Array[]) => 10 ** (measure(channels, 48_000).integratedLufs! / 10);
    expect(energy([a, b]) / (energy([a, silence]) + energy([silence, b]))).toBeCloseTo(1, 9);
    expect(energy([a, silence])).toBe(energy([a]));
  });

  it('calls silence, what is below the gate and what is too short null, never infinite', () => {
    const nothing = { integratedLufs: null, shortTermMaxLufs: null, momentaryMaxLufs: null, rangeLu: null };
    const silence = measure(tones([[4, null]]), 48_000);
    expect(silence).toMatchObject({ ...nothing, samplePeak: 0 });
    expect(Array.from(silence.shortTerm)).toEqual(Array(11).fill(-70));
    expect(measure(tones([[4, -75]]), 48_000)).toMatchObject(nothing);
    expect(measure(tones([[0.399, -20]]), 48_000)).toMatchObject(nothing);
    expect(measure(tones([[2.9, -20]]), 48_000)).toMatchObject({ shortTermMaxLufs: null, rangeLu: null });
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
