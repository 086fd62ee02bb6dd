import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossoverTwin } from '../filter/crossover.twin.ts';
import { Kernels } from '../kernels.ts';
import { steadyGainDb } from '../testing/gain.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { Compressor } from './compressor.ts';
import { type MultibandBand, MultibandCompressor, type MultibandOptions } from './multiband.ts';
import { multibandTwin } from './multiband.twin.ts';

const kernels = new Kernels();
const band: MultibandBand = {
  mode: 'compress',
  thresholdDb: -30,
  ratio: 3,
  kneeDb: 6,
  attackSeconds: 0.005,
  releaseSeconds: 0.05,
  rangeDb: 60,
  gainDb: 0,
};
const FREQUENCIES: number[][] = [[700], [200, 2500], [120, 800, 5000]];
const none = (crossoverHz: readonly number[]) => [null, ...crossoverHz.map(() => null)];

function apply(
  channels: readonly Float32Array[],
  options: Partial<MultibandOptions> & Pick<MultibandOptions, 'crossoverHz'>,
  sizes: readonly number[] = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const multiband = new MultibandCompressor(kernels, {
    sampleRate: 48_000,
    channels: channels.length,
    bands: none(options.crossoverHz),
    ...options,
  });
  const output = stream(kernels, channels, sizes, (block) => multiband.process(block));
  kernels.release(mark);
  return output;
}

describe('the crossover', () => {
  it('has the magnitudes of Linkwitz and Riley, -6 dB at the crossover and 24 dB an octave', () => {
    const impulse = Float64Array.from({ length: 2 ** 15 }, (_, i) => (i === 0 ? 1 : 0));
    const warp = (frequencyHz: number) => Math.tan((Math.PI * frequencyHz) / 48_000);
    const [low, high] = crossoverTwin(impulse, 48_000, [700]);
    for (const frequencyHz of [50, 350, 700, 1400, 10_000]) {
      const ratio = (warp(frequencyHz) / warp(700)) ** 4;
      expect(gainDb(low!, 48_000, frequencyHz)).toBeCloseTo(-20 * Math.log10(1 + ratio), 3);
      expect(gainDb(high!, 48_000, frequencyHz)).toBeCloseTo(20 * Math.log10(ratio / (1 + ratio)), 3);
    }
    for (const crossoverHz of FREQUENCIES) {
      const bands = crossoverTwin(impulse, 48_000, crossoverHz);
      // In the middle of each band, far from the others' crossovers, a band is all there is.
      const edges = [20, ...crossoverHz, 20_000];
      bands.forEach((samples, k) => {
        expect(gainDb(samples, 48_000, Math.sqrt(edges[k]! * edges[k + 1]!))).toBeGreaterThan(-0.6);
      });
    }
  });
});

describe('MultibandCompressor', () => {
  it.each(FREQUENCIES)(
    'is flat within 0.01 dB when no band does anything, crossovers from %i Hz',
    (...crossoverHz: number[]) => {
      for (const sampleRate of [16_000, 44_100, 192_000]) {
        for (const bands of [none(crossoverHz), [null, ...crossoverHz.map(() => ({ ...band, thresholdDb: 20 }))]]) {
          const impulse = new Float32Array(2 ** 16);
          impulse[0] = 0.5;
          const [result] = apply([impulse], { sampleRate, crossoverHz, bands });
          for (let frequencyHz = 20; frequencyHz < 0.45 * sampleRate; frequencyHz *= 1.19) {
            expect(Math.abs(gainDb(result!, sampleRate, frequencyHz) + 6.0206)).toBeLessThan(0.01);
          }
        }
      }
    },
  );

  it('changes the band it is told to, and leaves what the others hold', () => {
    const crossoverHz = [120, 800, 5000];
    const lowShare = (frequencyHz: number, borderHz: number) => {
      const warp = (hz: number) => Math.tan((Math.PI * hz) / 48_000);
      return 1 / (1 + (warp(frequencyHz) / warp(borderHz)) ** 4);
    };
    for (const frequencyHz of [40, 310, 2003, 11_003]) {
      const tone = sine(48_000, 48_000, frequencyHz, 0.5);
      const [first, second, third] = crossoverHz.map((borderHz) => lowShare(frequencyHz, borderHz));
      // All bands are in phase and add up to 1.
      const shares = [second! * first!, second! * (1 - first!), (1 - second!) * third!, (1 - second!) * (1 - third!)];
      shares.forEach((share, k) => {
        const bands = [0, 1, 2, 3].map((i) => (i === k ? { ...band, kneeDb: 0 } : null));
        const over = Math.max(0, 20 * Math.log10(0.5 * share) + 30);
        const truth = 20 * Math.log10(1 - share + share * 10 ** (((-2 / 3) * over) / 20));
        expect(steadyGainDb(tone, apply([tone], { crossoverHz, bands })[0]!)).toBeCloseTo(truth, 1);
      });
    }
  });

  it('is each band through its compressor, added up', () => {
    const song = [songLike(20_000, 48_000), noise(20_000, 2, 0.3), songLike(20_000, 48_000, 3)];
    for (const crossoverHz of FREQUENCIES) {
      const bands = [
        band,
        null,
        { ...band, detector: 'rms', gainDb: 3 },
        { ...band, mode: 'expand', ratio: 0.8 },
      ] as const;
      const options = { sampleRate: 48_000, channels: 3, crossoverHz, bands: bands.slice(0, crossoverHz.length + 1) };
      const truth = multibandTwin(song, options);
      apply(song, options).forEach((samples, channel) => {
        expect(residualDb(samples, truth[channel]!)).toBeLessThan(-105);
      });
    }
  });

  it('gives all channels of a band the same gain', () => {
    const [loud, quiet] = [sine(30_000, 48_000, 300, 0.8), sine(30_000, 48_000, 310, 0.001)];
    const options = { crossoverHz: [2000], bands: [band, null] };
    const [first, second] = apply([loud, quiet], options);
    expect(steadyGainDb(quiet, second!)).toBeCloseTo(steadyGainDb(loud, first!), 1);
    expect(steadyGainDb(quiet, second!)).toBeLessThan(-10);
  });

  it('gives the same bits for any split into blocks, settings on the way included', () => {
    const channels = [songLike(9000, 48_000), noise(9000, 2, 0.5), songLike(9000, 48_000, 3)];
    for (const crossoverHz of FREQUENCIES) {
      const bands = [band, ...crossoverHz.map((_, i) => (i === 1 ? null : band))];
      const make = () => new MultibandCompressor(kernels, { sampleRate: 48_000, channels: 3, crossoverHz, bands });
      const changes = { 3000: (multiband: MultibandCompressor) => multiband.set(0, { thresholdDb: -40, gainDb: 6 }) };
      const split = (sizes: readonly number[]) => streamWithChanges(kernels, channels, sizes, make, changes);
      const whole = split([3000, 6000]);
      expect(split([1, 2, 3, 5, 989, 1000, 127, 873])).toEqual(whole);
      expect(split([1])).toEqual(whole);
    }
  });

  it('keeps silence silent, comes to rest, starts anew after reset, and is finite for any input', () => {
    const options = { crossoverHz: [120, 800, 5000], bands: [band, band, null, { ...band, gainDb: 40 }] };
    expect(apply([new Float32Array(5000)], options)[0]).toEqual(new Float32Array(5000));
    const ended = noise(96_000, 1, 0.5).fill(0, 2000);
    expect(apply([ended], options)[0]!.subarray(80_000)).toEqual(new Float32Array(16_000));
    const multiband = new MultibandCompressor(kernels, { sampleRate: 48_000, channels: 1, ...options });
    const process = () => stream(kernels, [songLike(5001, 48_000)], [5001], (block) => multiband.process(block))[0];
    const first = process();
    expect(process()).not.toEqual(first);
    multiband.reset();
    expect(process()).toEqual(first);
    const value = fc.oneof(
      fc.constantFrom(0, 1e-45, -1e-42, 1e6, -1e6),
      fc.float({ min: -1e6, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
        expect(apply([Float32Array.from(values)], options)[0]!.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('tells of each band how far its gain went', () => {
    const multiband = new MultibandCompressor(kernels, {
      sampleRate: 48_000,
      channels: 1,
      crossoverHz: [800],
      bands: [null, band],
    });
    stream(kernels, [sine(48_000, 48_000, 5990, 0.5)], [1000], (block) => multiband.process(block));
    const alone = new Compressor(kernels, { ...band, sampleRate: 48_000, channels: 1 });
    stream(kernels, [sine(48_000, 48_000, 5990, 0.5)], [1000], (block) => alone.process(block));
    expect(multiband.gainReductionDb()[0]).toBeNull();
    expect(multiband.gainReductionDb()[1]).toBe(0);
    expect(multiband.takeCurvesDb()[1]![9]).toBeCloseTo(alone.takeCurveDb()[9]!, 1);
  });

  it('refuses what is out of range, naming it', () => {
    const make = (crossoverHz: number[], bands: (MultibandBand | null)[] = none(crossoverHz)) =>
      new MultibandCompressor(kernels, { sampleRate: 48_000, channels: 1, crossoverHz, bands });
    expect(() => make([800, 200])).toThrow(/crossoverHz\[1\] is 200/);
    expect(() => make([800, 23_000])).toThrow(/crossoverHz\[1\] is 23000/);
    expect(() => make([])).toThrow(/crossoverHz.length is 0/);
    expect(() => make([800], [null])).toThrow(/bands.length is 1/);
    expect(() => make([800]).set(0, { gainDb: 1 })).toThrow(/band 0 has no compressor/);
    expect(() => make([800], [null, { ...band, ratio: 0 }])).toThrow(/ratio is 0/);
  });
});
