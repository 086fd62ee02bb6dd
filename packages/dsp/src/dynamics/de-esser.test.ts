import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equaliserTwin } from '../filter/equaliser.twin.ts';
import { Kernels } from '../kernels.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { DeEsser, type DeEsserOptions } from './de-esser.ts';
import { deEsserTwin } from './de-esser.twin.ts';

const kernels = new Kernels();
const RATE = 48_000;
const usual: DeEsserOptions = {
  sampleRate: RATE,
  channels: 1,
  lowHz: 4500,
  highHz: 11_000,
  thresholdDb: -12,
  ratio: 4,
  rangeDb: 10,
};

function apply(
  channels: readonly Float32Array[],
  options: Partial<DeEsserOptions> = {},
  sizes: readonly number[] = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const deEsser = new DeEsser(kernels, { ...usual, channels: channels.length, ...options });
  const output = stream(kernels, channels, sizes, (block) => deEsser.process(block));
  kernels.release(mark);
  return output;
}

/** Amplitude of a tone in the last half of a signal. */
function toneAmplitude(samples: Float32Array, frequencyHz: number): number {
  const half = samples.subarray(samples.length >> 1);
  return (10 ** (gainDb(half, RATE, frequencyHz) / 20) * 2) / half.length;
}

function band(samples: ArrayLike<number>, lowHz: number, highHz: number): Float64Array {
  const q = Math.SQRT1_2;
  const high = { shape: 'high-pass', frequencyHz: lowHz, q } as const;
  const low = { shape: 'low-pass', frequencyHz: highHz, q } as const;
  return equaliserTwin(samples, [high, high, high, low, low, low], RATE);
}

function levelDb(samples: ArrayLike<number>, from: number, to: number): number {
  let energy = 0;
  for (let i = from; i < to; i++) energy += samples[i]! ** 2;
  return 10 * Math.log10(energy / (to - from));
}

/** A vowel on 120 Hz all the time, and a sibilant of 0.1 s, louder than it, in each second half of 0.4 s. */
function voice(frames: number): { vowel: Float32Array; both: Float32Array } {
  const vowel = Float32Array.from({ length: frames }, (_, i) => {
    let sum = 0;
    for (let k = 1; k * 120 < 4000; k++) {
      const formant = 1 / (1 + ((k * 120 - 600) / 300) ** 2) + 0.1 / (1 + ((k * 120 - 2400) / 300) ** 2);
      sum += formant * Math.sin((2 * Math.PI * 120 * k * i) / RATE + k * k);
    }
    return 0.1 * sum;
  });
  const hiss = band(noise(frames, 5, 2.5), 5500, 8500);
  return { vowel, both: vowel.map((value, i) => value + (i % 19_200 >= 9600 && i % 19_200 < 14_400 ? hiss[i]! : 0)) };
}

describe('DeEsser', () => {
  it('turns a tone in the band down by the curve of its share in the energy', () => {
    for (const [amplitude, thresholdDb] of [
      [0.3, -30],
      [0.1, -12],
      [0.03, -25],
      [0.003, -12],
    ] as const) {
      const voiced = sine(RATE, RATE, 300, 0.3);
      const input = voiced.map((value, i) => value + amplitude * Math.sin((2 * Math.PI * 6700 * i) / RATE));
      const [output] = apply([input], { thresholdDb, rangeDb: 24 });
      const borders = Math.tan((Math.PI * 6700) / RATE);
      const below = 1 / (1 + (Math.tan((Math.PI * usual.lowHz) / RATE) / borders) ** 4);
      const above = 1 / (1 + (borders / Math.tan((Math.PI * usual.highHz) / RATE)) ** 4);
      const share = below * above;
      const over = 10 * Math.log10((share * amplitude) ** 2 / (amplitude ** 2 + 0.09)) - thresholdDb;
      const bent = Math.abs(over) < 3 ? (over + 3) ** 2 / 12 : Math.max(0, over);
      const truth = 1 - share + share * 10 ** ((-0.75 * bent) / 20);
      expect(20 * Math.log10(toneAmplitude(output!, 6700) / amplitude)).toBeCloseTo(20 * Math.log10(truth), 1);
      expect(toneAmplitude(output!, 300)).toBeCloseTo(0.3, 4);
    }
  });

  it('turns sibilants down, not the vowel under them, nor the vowel before and after', () => {
    const { vowel, both } = voice(96_000);
    const [output] = apply([both], { thresholdDb: -14 });
    const [plain, treated] = [band(both, 5000, 9000), band(output!, 5000, 9000)];
    for (let start = 9600; start < 90_000; start += 19_200) {
      const inside = levelDb(treated, start + 1200, start + 4800) - levelDb(plain, start + 1200, start + 4800);
      expect(inside).toBeLessThan(-4);
      expect(inside).toBeGreaterThan(-10);
    }
    // Some of the vowel's upper harmonics are turned by the phase of the crossover: energies are compared, not samples.
    const [lowBefore, lowAfter] = [band(both, 30, 2500), band(output!, 30, 2500)];
    expect(Math.abs(levelDb(lowAfter, 9600, 90_000) - levelDb(lowBefore, 9600, 90_000))).toBeLessThan(0.02);
    // Its abrupt beginning aside, the vowel alone is not touched.
    const alone = apply([vowel], { thresholdDb: -14 })[0]!;
    const unchanged = apply([vowel], { rangeDb: 0 })[0]!;
    expect(alone.subarray(48_000)).toEqual(unchanged.subarray(48_000));
    for (let start = 19_200; start < 90_000; start += 19_200) {
      expect(Math.abs(levelDb(output!, start, start + 9600) - levelDb(both, start, start + 9600))).toBeLessThan(0.05);
    }
  });

  it('turns hi-hats down by its range at most, the less the more there is beside them, and no drum with them', () => {
    const hats = band(noise(96_000, 9, 0.5), 6000, 12_000).map((value, i) => value * Math.exp(-(i % 6000) / 1200));
    const drums = Float32Array.from({ length: 96_000 }, (_, i) => {
      const beat = (i % 24_000) / RATE;
      return (
        0.8 * Math.exp(-beat * 6) * Math.sin(2 * Math.PI * 55 * beat) + 0.3 * Math.sin((2 * Math.PI * 65 * i) / RATE)
      );
    });
    const change = (input: Float32Array) => {
      const output = apply([input])[0]!;
      const [before, after] = [band(input, 5500, 8500), band(output, 5500, 8500)];
      return levelDb(after, 0, 96_000) - levelDb(before, 0, 96_000);
    };
    const alone = change(Float32Array.from(hats));
    expect(alone).toBeLessThan(-3);
    expect(alone).toBeGreaterThan(-10);
    const mixed = Float32Array.from(drums, (value, i) => value + hats[i]!);
    expect(change(mixed)).toBeGreaterThan(-0.5);
    const kick = band(apply([mixed])[0]!, 30, 2000);
    expect(Math.abs(levelDb(kick, 0, 96_000) - levelDb(band(mixed, 30, 2000), 0, 96_000))).toBeLessThan(0.02);
  });

  it('does the same at any level', () => {
    const { both } = voice(40_000);
    const [loud] = apply([both]);
    const [quiet] = apply([both.map((value) => value / 64)]);
    expect(quiet!.map((value) => value * 64)).toEqual(loud);
  });

  it('is flat within 0.01 dB when nothing stands out, with an upper end of the band and without', () => {
    for (const [sampleRate, highHz] of [
      [16_000, 7900],
      [44_100, 9000],
      [192_000, 12_000],
    ] as const) {
      const impulse = new Float32Array(2 ** 15);
      impulse[0] = 0.5;
      const [result] = apply([impulse], { sampleRate, highHz, rangeDb: 0 });
      for (let frequencyHz = 20; frequencyHz < 0.45 * sampleRate; frequencyHz *= 1.19) {
        expect(Math.abs(gainDb(result!, sampleRate, frequencyHz) + 6.0206)).toBeLessThan(0.01);
      }
    }
    // Without an upper end all that is above is in the band.
    const high = sine(32_000, 16_000, 7903, 0.5);
    const gain = apply([high], { sampleRate: 16_000, highHz: 7900 })[0]!;
    expect(levelDb(gain, 16_000, 32_000) - levelDb(high, 16_000, 32_000)).toBeCloseTo(-9, 1);
  });

  it('agrees with its float64 twin, all channels with one gain', () => {
    const { both } = voice(30_000);
    const channels = [both, songLike(30_000, RATE), noise(30_000, 3, 0.05)];
    const options = { ...usual, channels: 3, thresholdDb: -20 };
    const truth = deEsserTwin(channels, options);
    apply(channels, options).forEach((samples, channel) => {
      expect(residualDb(samples, truth[channel]!)).toBeLessThan(-105);
    });
  });

  it('does not hear what lies below the whole, and agrees with its twin there too', () => {
    const { both } = voice(RATE);
    // A bass that has far more energy than the voice: beside all of it nothing stands out.
    const bass = sine(RATE, RATE, 55, 0.9);
    const mix = both.map((value, i) => value + bass[i]!);
    const lowered = (wholeFromHz: number | undefined) => {
      const [out] = apply([mix], { wholeFromHz });
      return (
        levelDb(band(mix, 5000, 10_000), 0.6 * RATE, 0.7 * RATE) -
        levelDb(band(out!, 5000, 10_000), 0.6 * RATE, 0.7 * RATE)
      );
    };
    expect(lowered(undefined)).toBeLessThan(0.5);
    expect(lowered(1000)).toBeGreaterThan(3);
    const options = { ...usual, channels: 2, wholeFromHz: 1000 };
    const channels = [songLike(20_000, RATE), noise(20_000, 3)];
    const truth = deEsserTwin(channels, options);
    apply(channels, options).forEach((samples, channel) => {
      expect(residualDb(samples, truth[channel]!)).toBeLessThan(-100);
    });
    expect(apply(channels, options, [1, 2, 1021, 7, 300])).toEqual(apply(channels, options));
  });

  it('gives the same bits for any split into blocks, settings on the way included', () => {
    const channels = [voice(9000).both, noise(9000, 2, 0.5), songLike(9000, RATE, 3)];
    const make = () => new DeEsser(kernels, { ...usual, channels: 3 });
    const changes = { 3000: (deEsser: DeEsser) => deEsser.set({ thresholdDb: -30, rangeDb: 20 }) };
    const split = (sizes: readonly number[]) => streamWithChanges(kernels, channels, sizes, make, changes);
    const whole = split([3000, 6000]);
    expect(split([1, 2, 3, 5, 989, 1000, 127, 873])).toEqual(whole);
    expect(split([1])).toEqual(whole);
  });

  it('glides to new settings without a step', () => {
    const deEsser = new DeEsser(kernels, { ...usual, rampSeconds: 0.1 });
    const tone = sine(RATE, RATE, 6700, 0.5);
    let frame = 0;
    const [output] = stream(kernels, [tone], [1000], (block) => {
      if (frame === 24_000) deEsser.set({ rangeDb: 0 });
      deEsser.process(block);
      frame += block.frames;
    });
    // The tone's own steps, and never more: a click would stand out of them.
    const largest = (from: number, to: number) => {
      let most = 0;
      for (let i = from; i < to; i++)
        most = Math.max(
          most,
          Math.abs(output![i]! - 2 * Math.cos((2 * Math.PI * 6700) / RATE) * output![i - 1]! + output![i - 2]!),
        );
      return most;
    };
    expect(largest(12_000, 23_900)).toBeLessThan(1e-5);
    expect(largest(23_900, 40_000)).toBeLessThan(1e-3);
    expect(levelDb(output!, 44_000, 48_000)).toBeCloseTo(levelDb(tone, 44_000, 48_000), 2);
    expect(levelDb(output!, 20_000, 24_000)).toBeLessThan(levelDb(tone, 20_000, 24_000) - 4);
  });

  it('keeps silence silent, comes to rest, starts anew after reset, and is finite for any input', () => {
    expect(apply([new Float32Array(5000)])[0]).toEqual(new Float32Array(5000));
    const ended = noise(48_000, 1, 0.5).fill(0, 2000);
    expect(apply([ended])[0]!.subarray(40_000)).toEqual(new Float32Array(8000));
    const deEsser = new DeEsser(kernels, usual);
    const process = () => stream(kernels, [voice(12_001).both], [5001], (block) => deEsser.process(block))[0];
    const first = process();
    expect(deEsser.gainReductionDb()).toBeGreaterThan(3);
    expect(deEsser.takeCurveDb()).toHaveLength(2);
    expect(process()).not.toEqual(first);
    deEsser.reset();
    expect(deEsser.gainReductionDb()).toBe(0);
    expect(process()).toEqual(first);
    const value = fc.oneof(
      fc.constantFrom(0, 1e-45, -1e-42, 1e6, -1e6),
      fc.float({ min: -1e6, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
        expect(apply([Float32Array.from(values)], { thresholdDb: -40 })[0]!.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('refuses what is out of range, naming it', () => {
    const make = (options: Partial<DeEsserOptions>) => () => new DeEsser(kernels, { ...usual, ...options });
    expect(make({ lowHz: 11_500 })).toThrow(/lowHz is 11500/);
    expect(make({ highHz: 25_000 })).toThrow(/highHz is 25000/);
    expect(make({ thresholdDb: 3 })).toThrow(/thresholdDb is 3/);
    expect(make({ rangeDb: Number.NaN })).toThrow(/rangeDb is NaN/);
    expect(() => new DeEsser(kernels, usual).set({ ratio: 0.5 })).toThrow(/ratio is 0.5/);
  });
});
