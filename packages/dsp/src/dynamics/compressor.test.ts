import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { gainOf, steadyGainDb } from '../testing/gain.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { Compressor, type CompressorOptions } from './compressor.ts';
import { compressorTwin } from './compressor.twin.ts';
import { staticCurve } from './gain-stage.twin.ts';

const kernels = new Kernels();
const usual: CompressorOptions = {
  sampleRate: 48_000,
  channels: 1,
  mode: 'compress',
  thresholdDb: -20,
  ratio: 4,
  kneeDb: 0,
  attackSeconds: 0.01,
  releaseSeconds: 0.1,
  rangeDb: 60,
  gainDb: 0,
};
const expanding = { mode: 'expand', ratio: 0.5 } as const;
const gating = { mode: 'expand-below', ratio: 0.5 } as const;

function apply(
  channels: readonly Float32Array[],
  options: Partial<CompressorOptions> = {},
  sizes: readonly number[] = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const compressor = new Compressor(kernels, { ...usual, channels: channels.length, ...options });
  const output = stream(kernels, channels, sizes, (block) => compressor.process(block));
  kernels.release(mark);
  return output;
}

/** Gain in dB of a sine of a level when everything has settled. */
function steady(levelDb: number, options: Partial<CompressorOptions> = {}, frequencyHz = 997): number {
  const input = sine(24_000, options.sampleRate ?? 48_000, frequencyHz, 10 ** (levelDb / 20));
  return steadyGainDb(input, apply([input], { attackSeconds: 0.005, releaseSeconds: 0.02, ...options })[0]!);
}

/** Gains in dB, sample by sample, of a channel that hardly counts beside one that holds `drive`. */
function gainsBeside(drive: Float32Array, options: Partial<CompressorOptions> = {}): Float64Array {
  const probe = new Float32Array(drive.length).fill(1e-6);
  return gainOf(probe, apply([drive, probe], options)[1]!);
}

const level = (frames: number, db: number) => new Float32Array(frames).fill(10 ** (db / 20));
const step = (first: number, second: number) => Float32Array.from([...level(48_000, first), ...level(48_000, second)]);

/** Frames from 48 000 on until 63.2 % of the way from the gain there to the last one has been gone. */
function framesTo63(gains: Float64Array): number {
  const [from, to] = [gains[47_999]!, gains.at(-1)!];
  return gains.findIndex((gain, i) => i >= 48_000 && (gain - from) / (to - from) >= 1 - 1 / Math.E) - 48_000;
}

describe('Compressor', () => {
  it('has the static curve of its definition, for any settings', () => {
    // The three definitions without a knee, by hand.
    expect(steady(-8)).toBeCloseTo(-9, 2);
    expect(steady(-20.5)).toBeCloseTo(0, 2);
    expect(steady(-8, expanding)).toBeCloseTo(12, 2);
    expect(steady(-26, expanding)).toBeCloseTo(0, 2);
    expect(steady(-26, gating)).toBeCloseTo(-6, 2);
    expect(steady(-8, gating)).toBeCloseTo(0, 2);
    // In the middle of a knee of W dB the change is that of W / 8 dB beyond the threshold.
    expect(steady(-20, { kneeDb: 16 })).toBeCloseTo(-1.5, 2);
    const settings = fc.record({
      mode: fc.constantFrom<CompressorOptions['mode'][]>('compress', 'expand', 'expand-below'),
      thresholdDb: fc.double({ min: -60, max: 0, noNaN: true }),
      steepness: fc.double({ min: 1, max: 10, noNaN: true }),
      kneeDb: fc.double({ min: 0, max: 30, noNaN: true }),
      rangeDb: fc.double({ min: 0, max: 40, noNaN: true }),
      gainDb: fc.double({ min: -20, max: 20, noNaN: true }),
      sampleRate: fc.constantFrom(8000, 44_100, 192_000),
      detector: fc.constantFrom<('peak' | 'rms')[]>('peak', 'rms'),
    });
    fc.assert(
      fc.property(settings, fc.double({ min: -70, max: 6, noNaN: true }), ({ steepness, ...chosen }, levelDb) => {
        const options = { ...usual, ...chosen, ratio: chosen.mode === 'compress' ? steepness : 1 / steepness };
        // So many samples a period that one is near the sine's peak; the mean square wants periods enough instead.
        const frequencyHz = options.detector === 'rms' ? 997 : 997 * (options.sampleRate / 48_000);
        const heardDb = options.detector === 'rms' ? levelDb - 10 * Math.log10(2) : levelDb;
        const truth = staticCurve(heardDb, options) + options.gainDb;
        // Levels err by less than 0.01 dB, which an expander's slope multiplies. The most is at 8 kHz: there the ripple of the
        // square, 1994 Hz, folds to 6 Hz in groups of 4 samples, 0.0145 dB high, and attack and release keep half of it.
        const tolerance = 0.01 + 0.01 * Math.abs(1 / options.ratio - 1);
        expect(Math.abs(steady(levelDb, options, frequencyHz) - truth)).toBeLessThan(tolerance);
      }),
      { numRuns: 60 },
    );
  });

  it.each([41, 100, 440, 5001, 15_013])('hears the same level of a tone at %i Hz', (frequencyHz) => {
    expect(steady(-8, {}, frequencyHz)).toBeCloseTo(-9, 1);
    if (frequencyHz < 200) return;
    const slack = Math.abs(steady(-8, { detector: 'rms' }, frequencyHz) - 0.75 * (-12 + 3.0103));
    expect(slack).toBeLessThan(0.03);
  });

  it.each(['peak', 'rms'] as const)('does not distort a steady tone, however fast it is (%s)', (detector) => {
    for (const frequencyHz of [50, 100, 1000]) {
      const input = sine(96_000, 48_000, frequencyHz, 0.7);
      const options = { detector, attackSeconds: 0.001, releaseSeconds: 0.005 };
      const output = apply([input], options)[0]!.subarray(48_000);
      const gain = 10 ** (steadyGainDb(input, output) / 20);
      const scaled = input.subarray(48_000).map((value) => value * gain);
      expect(residualDb(output, scaled)).toBeLessThan(-100);
    }
  });

  it.each([0.0005, 0.005, 0.03, 0.2])('goes 1 - 1/e of its way, in dB, in its attack of %s s', (attackSeconds) => {
    for (const mode of [{}, expanding, gating] as const) {
      const late = framesTo63(gainsBeside(step(-40, -6), { attackSeconds, thresholdDb: -30, rangeDb: 24, ...mode }));
      expect(late).toBeGreaterThan(0.98 * 48_000 * attackSeconds);
      expect(late).toBeLessThan(1.02 * 48_000 * attackSeconds + 9);
    }
  });

  it.each([0.005, 0.05, 0.2])('goes 1 - 1/e of its way back, in dB, in its release of %s s', (releaseSeconds) => {
    for (const mode of [{}, expanding, gating] as const) {
      const options = { releaseSeconds, thresholdDb: -30, rangeDb: 24, ...mode };
      const late = framesTo63(gainsBeside(step(-6, -40), options)) - 0.0125 * 48_000;
      expect(late).toBeGreaterThan(0.98 * 48_000 * releaseSeconds);
      expect(late).toBeLessThan(1.02 * 48_000 * releaseSeconds + 13);
    }
  });

  it('lets through, bit by bit and at once, what it does not change', () => {
    const song = songLike(30_000, 48_000);
    for (const options of [
      { thresholdDb: 1 },
      { ratio: 1 },
      { rangeDb: 0 },
      { ...expanding, thresholdDb: 1 },
      { ...gating, thresholdDb: -100, attackSeconds: 0.0005, rangeDb: 0 },
    ]) {
      expect(apply([song], options)[0]).toEqual(song);
    }
    expect(new Compressor(kernels, usual).latencyFrames).toBe(0);
    // And again some time after something loud.
    const quiet = sine(96_000, 48_000, 300, 0.05);
    quiet.fill(0.9, 1000, 3000);
    expect(apply([quiet], { releaseSeconds: 0.01 })[0]!.subarray(30_000)).toEqual(quiet.subarray(30_000));
  });

  it('gives all channels the same gain, by the loudest sample or by the mean square over them', () => {
    const [loud, quiet] = [songLike(20_000, 48_000), noise(20_000, 1, 0.01)];
    const [alone] = apply([loud]);
    const both = apply([quiet, loud]);
    expect(both[1]).toEqual(alone);
    for (let i = 0; i < 20_000; i += 11) expect(both[0]![i]! * loud[i]!).toBeCloseTo(quiet[i]! * alone![i]!, 6);
    const pair = apply([loud, loud], { detector: 'rms' });
    expect(pair[0]).toEqual(pair[1]);
    expect(residualDb(pair[0]!, apply([loud], { detector: 'rms' })[0]!)).toBeLessThan(-110);
    const tone = sine(24_000, 48_000, 997, 0.5);
    const half = apply([tone, new Float32Array(24_000)], { detector: 'rms' });
    expect(steadyGainDb(tone, half[0]!)).toBeCloseTo(
      steady(20 * Math.log10(0.5), { detector: 'rms' }) + 0.75 * 3.01,
      1,
    );
  });

  it('agrees with its float64 twin', () => {
    const song = [songLike(30_000, 48_000), songLike(30_000, 48_000, 2), noise(30_000, 3, 0.1)];
    for (const particular of [
      { kneeDb: 6, gainDb: 3 },
      { detector: 'rms', kneeDb: 6 },
      { sidechainHighPassHz: 150 },
      { ...expanding, rangeDb: 6 },
      { ...gating, kneeDb: 10, thresholdDb: -10 },
    ] as const) {
      const options = { ...usual, channels: 3, ...particular };
      const truth = compressorTwin(song, options);
      apply(song, options).forEach((samples, channel) => {
        expect(residualDb(samples, truth[channel]!)).toBeLessThan(-105);
      });
    }
  });

  it('does not hear what the side-chain high-pass takes away', () => {
    const bass = sine(48_000, 48_000, 50, 0.5);
    expect(steady(-6, {}, 50)).toBeLessThan(-10);
    expect(steadyGainDb(bass, apply([bass], { sidechainHighPassHz: 500 })[0]!)).toBeCloseTo(0, 5);
    expect(steady(-8, { sidechainHighPassHz: 50 })).toBeCloseTo(-9, 1);
  });

  it('glides to new settings in a straight line, and arrives', () => {
    const mark = kernels.mark();
    const compressor = new Compressor(kernels, { ...usual, channels: 2, attackSeconds: 0.0005, releaseSeconds: 0.005 });
    const probe = new Float32Array(48_000).fill(1e-6);
    let frame = 0;
    const [, output] = stream(kernels, [level(48_000, -8), probe], [1000], (block) => {
      if (frame === 10_000) compressor.set({ thresholdDb: -40, ratio: 10, kneeDb: 12, gainDb: 6 });
      if (frame === 20_000) compressor.set({ rangeDb: 3, gainDb: -6 });
      compressor.process(block);
      frame += 1000;
    });
    const gains = gainOf(probe, output!);
    expect(gains[9_999]).toBeCloseTo(-9, 3);
    expect(gains[19_999]).toBeCloseTo(-28.8 + 6, 3);
    expect(gains[29_999]).toBeCloseTo(-9, 3);
    // 960 frames of glide; a slope of several parameters that move together is at most a few times the mean one.
    for (let i = 1; i < 48_000; i++) {
      if (i > 100) expect(Math.abs(gains[i]! - gains[i - 1]!)).toBeLessThan((4 * 40) / 960);
    }
    expect(Math.abs(gains[10_960 + 240]! - gains[19_999]!)).toBeLessThan(0.02);
    kernels.release(mark);
  });

  it('gives the same bits for any split into blocks, while it glides too', () => {
    const channels = [songLike(9000, 48_000), noise(9000, 2, 0.5), songLike(9000, 48_000, 3)];
    for (const options of [{ kneeDb: 6 }, { detector: 'rms', sidechainHighPassHz: 200 }] as const) {
      const make = () => new Compressor(kernels, { ...usual, channels: 3, ...options });
      const changes = { 3000: (compressor: Compressor) => compressor.set({ thresholdDb: -35, gainDb: 4 }) };
      const split = (sizes: readonly number[]) => streamWithChanges(kernels, channels, sizes, make, changes);
      const whole = split([3000, 6000]);
      expect(split([1, 2, 3, 5, 989, 1000, 127, 873])).toEqual(whole);
      expect(split([1])).toEqual(whole);
    }
  });

  it('keeps silence silent, starts anew after reset, and comes to rest', () => {
    for (const options of [{}, { detector: 'rms', sidechainHighPassHz: 30 }, expanding, gating] as const) {
      expect(apply([new Float32Array(5000)], { ...options, gainDb: 20 })[0]).toEqual(new Float32Array(5000));
      const compressor = new Compressor(kernels, { ...usual, ...options });
      const process = () => stream(kernels, [songLike(5001, 48_000)], [5001], (block) => compressor.process(block))[0];
      const first = process();
      expect(process()).not.toEqual(first);
      compressor.set({ gainDb: 0 });
      compressor.reset();
      expect(process()).toEqual(first);
    }
  });

  it('puts out finite samples for any input', () => {
    const value = fc.oneof(
      fc.constantFrom(0, 1e-45, -1e-42, 1e-38, 1e6, -1e6),
      fc.float({ min: -1e6, max: 1e6, noNaN: true }),
    );
    const options = fc.constantFrom<Partial<CompressorOptions>[]>(
      { gainDb: 40, detector: 'rms' },
      { ...expanding, ratio: 0.1, gainDb: 40, sidechainHighPassHz: 1000 },
      { ...gating, ratio: 0.1 },
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), options, (values, chosen) => {
        expect(apply([Float32Array.from(values)], chosen)[0]!.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('tells how far the gain went, and keeps a curve of it', () => {
    const compressor = new Compressor(kernels, usual);
    const feed = (samples: Float32Array) => stream(kernels, [samples], [1111], (block) => compressor.process(block));
    expect(compressor.gainReductionDb()).toBe(0);
    feed(step(-8, -40));
    expect(compressor.gainReductionDb()).toBeCloseTo(9, 2);
    expect(compressor.gainReductionDb()).toBe(0);
    feed(level(48_000, -40));
    expect(compressor.gainReductionDb()).toBeLessThan(0.01);
    const curve = compressor.takeCurveDb();
    expect(curve).toHaveLength(30);
    expect(curve[5]).toBeCloseTo(9, 3);
    // Hop 10 begins with the fall, hop 11 a release less the hold later.
    expect(curve[10]).toBeCloseTo(9, 2);
    expect(curve[11]).toBeCloseTo(9 * Math.exp(-0.875), 1);
    expect(compressor.takeCurveDb()).toHaveLength(0);
    feed(level(480_000, -8));
    for (let i = 0; i < 11; i++) feed(level(480_000, -8));
    expect(compressor.takeCurveDb()).toHaveLength(1024);
  });

  it('refuses what is out of range, naming it', () => {
    const make = (options: Partial<CompressorOptions>) => () => new Compressor(kernels, { ...usual, ...options });
    expect(make({ ratio: 0.5 })).toThrow(/ratio is 0.5; it must be between 1 and 100/);
    expect(make({ ...expanding, ratio: 2 })).toThrow(/ratio is 2; it must be between 0.1 and 1/);
    expect(make({ attackSeconds: 0 })).toThrow(/attackSeconds is 0/);
    expect(make({ thresholdDb: Number.NaN })).toThrow(/thresholdDb is NaN/);
    expect(make({ sidechainHighPassHz: 5 })).toThrow(/sidechainHighPassHz is 5/);
    expect(() => new Compressor(kernels, usual).set({ rangeDb: -1 })).toThrow(/rangeDb is -1/);
    expect(() => apply([Float32Array.of(Number.NaN)])).toThrow(/not finite/);
  });
});
