import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { BAND_SHAPES, type FilterBand } from './band.ts';
import { Equaliser } from './equaliser.ts';
import { equaliserTwin } from './equaliser.twin.ts';

const kernels = new Kernels();
const butterworth = Math.SQRT1_2;

function apply(
  channels: readonly Float32Array[],
  bands: readonly FilterBand[],
  sampleRate = 48_000,
  sizes: readonly number[] = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const equaliser = new Equaliser(kernels, { sampleRate, channels: channels.length, bands });
  const output = stream(kernels, channels, sizes, (block) => equaliser.process(block));
  kernels.release(mark);
  return output;
}

/** Gain in dB of a band at a frequency, from its impulse response. */
function gain(band: FilterBand, frequencyHz: number, sampleRate = 48_000): number {
  const impulse = new Float32Array(2 ** 15);
  impulse[0] = 1;
  return gainDb(apply([impulse], [band], sampleRate)[0]!, sampleRate, frequencyHz);
}

const tenBands: FilterBand[] = Array.from({ length: 10 }, (_, i) => ({
  shape: BAND_SHAPES[4 + (i % 3)]!,
  frequencyHz: 31.25 * 2 ** i,
  q: 1.4,
  gainDb: i % 2 === 0 ? 6 : -6,
}));

describe('Equaliser', () => {
  it('has the gains that define each shape', () => {
    const f = 1000;
    for (const q of [0.5, butterworth, 4]) {
      const q1 = 20 * Math.log10(q);
      expect(gain({ shape: 'low-pass', frequencyHz: f, q }, f)).toBeCloseTo(q1, 2);
      expect(gain({ shape: 'high-pass', frequencyHz: f, q }, f)).toBeCloseTo(q1, 2);
      expect(gain({ shape: 'band-pass', frequencyHz: f, q }, f)).toBeCloseTo(0, 2);
      expect(gain({ shape: 'notch', frequencyHz: f, q }, f)).toBeLessThan(-80);
      expect(gain({ shape: 'peak', frequencyHz: f, q, gainDb: 9 }, f)).toBeCloseTo(9, 2);
      expect(gain({ shape: 'peak', frequencyHz: f, q, gainDb: -9 }, f)).toBeCloseTo(-9, 2);
      expect(gain({ shape: 'low-shelf', frequencyHz: f, q, gainDb: 8 }, f)).toBeCloseTo(4, 2);
      expect(gain({ shape: 'high-shelf', frequencyHz: f, q, gainDb: -8 }, f)).toBeCloseTo(-4, 2);
    }
    const atEnds = (shape: FilterBand['shape'], gainDb = 0) =>
      [0, 24_000].map((end) => gain({ shape, frequencyHz: f, q: butterworth, gainDb }, end));
    const [lowShelf, highShelf, peak, notch] = [
      atEnds('low-shelf', 8),
      atEnds('high-shelf', -8),
      atEnds('peak', 9),
      atEnds('notch'),
    ];
    [...lowShelf, ...highShelf, ...peak, ...notch].forEach((value, i) => {
      expect(value).toBeCloseTo([8, 0, 0, -8, 0, 0, 0, 0][i]!, 2);
    });
    expect(atEnds('low-pass')[0]).toBeCloseTo(0, 3);
    expect(atEnds('high-pass')[1]).toBeCloseTo(0, 3);
  });

  it('falls by 12 dB an octave', () => {
    const low: FilterBand = { shape: 'low-pass', frequencyHz: 200, q: butterworth };
    const high: FilterBand = { shape: 'high-pass', frequencyHz: 2000, q: butterworth };
    expect(gain(low, 800) - gain(low, 1600)).toBeCloseTo(12, 0);
    expect(gain(high, 500) - gain(high, 250)).toBeCloseTo(12, 0);
  });

  it.each([8000, 44_100, 192_000])('is within -120 dB of its float64 twin, ten bands at %i Hz', (sampleRate) => {
    const bands = tenBands.filter(({ frequencyHz }) => frequencyHz < 0.45 * sampleRate);
    for (const samples of [noise(30_000), songLike(30_000, sampleRate)]) {
      const [result] = apply([samples], bands, sampleRate);
      expect(residualDb(result!, equaliserTwin(samples, bands, sampleRate))).toBeLessThan(-120);
    }
  });

  it('keeps its precision at the lowest frequencies', () => {
    const samples = noise(96_000);
    for (const shape of BAND_SHAPES) {
      const bands: FilterBand[] = [{ shape, frequencyHz: 20, q: 1, gainDb: 12 }];
      const [result] = apply([samples], bands, 96_000);
      expect(residualDb(result!, equaliserTwin(samples, bands, 96_000))).toBeLessThan(-105);
    }
  });

  it('agrees with its twin for any bands', () => {
    const band: fc.Arbitrary<FilterBand> = fc.record({
      shape: fc.constantFrom(...BAND_SHAPES),
      frequencyHz: fc.double({ min: 20, max: 20_000, noNaN: true }),
      q: fc.double({ min: 0.3, max: 8, noNaN: true }),
      gainDb: fc.double({ min: -12, max: 12, noNaN: true }),
    });
    const samples = noise(2000);
    fc.assert(
      fc.property(fc.array(band, { minLength: 1, maxLength: 16 }), (bands) => {
        const [result] = apply([samples], bands);
        const truth = equaliserTwin(samples, bands, 48_000);
        const scale = truth.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
        const errors = truth.map((value, i) => Math.abs(result![i]! - value));
        expect(Math.max(...errors)).toBeLessThan(1e-4 * scale);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the bits of its bands one after another, however many they are', () => {
    const channels = [noise(2500, 1), noise(2500, 2)];
    const bands = Array.from({ length: 16 }, (_, i) => ({ ...tenBands[i % 10]!, q: 0.5 + i / 10 }));
    let behind: readonly Float32Array[] = channels;
    for (let count = 1; count <= bands.length; count++) {
      behind = apply(behind, [bands[count - 1]!]);
      for (const sizes of [[2500], [3, 1, 7, 2, 5]])
        expect(apply(channels, bands.slice(0, count), 48_000, sizes)).toEqual(behind);
    }
  });

  it('leaves the signal alone, bit by bit, when all bands are flat', () => {
    const samples = noise(3000);
    const flat = tenBands.map((band) => ({ ...band, gainDb: 0 }));
    expect(apply([samples], flat)[0]).toEqual(samples);
  });

  it('gives the same bits for any split into blocks, also while bands glide', () => {
    const channels = [noise(9000, 1), noise(9000, 2), noise(9000, 3)];
    const make = () => new Equaliser(kernels, { sampleRate: 44_100, channels: 3, bands: tenBands });
    const changes = {
      3000: (equaliser: Equaliser) => equaliser.setBand(0, { shape: 'low-pass', frequencyHz: 500, q: 2 }),
      3100: (equaliser: Equaliser) => equaliser.setBand(9, { shape: 'notch', frequencyHz: 50, q: 1 }),
    };
    const glide = (sizes: number[]) => streamWithChanges(kernels, channels, sizes, make, changes);
    const whole = glide([3000, 100, 5900]);
    expect(glide([1000, 500, 1500, 99, 1, 4000, 1900])).toEqual(whole);
    expect(glide([...Array(500).fill(6), ...Array(50).fill(2), ...Array(843).fill(7)])).toEqual(whole);
    expect(glide([...Array(3000).fill(1), 3, 97, ...Array(1475).fill(4)])).toEqual(whole);
  });

  it('changes without a click: the step response of a change is bounded by its length', () => {
    // A tone through a peak that jumps from -12 to +12 dB: no sample may move faster than the loud tone itself does.
    const tone = sine(48_000, 48_000, 200, 0.1);
    const equaliser = new Equaliser(kernels, {
      sampleRate: 48_000,
      channels: 1,
      bands: [{ shape: 'peak', frequencyHz: 200, q: 0.7, gainDb: -12 }],
    });
    let heard = 0;
    const [result] = stream(kernels, [tone], [480], (block) => {
      if (heard === 24_000) equaliser.setBand(0, { shape: 'peak', frequencyHz: 200, q: 0.7, gainDb: 12 });
      equaliser.process(block);
      heard += block.frames;
    });
    const steepest = 0.1 * 10 ** (12 / 20) * ((2 * Math.PI * 200) / 48_000);
    let step = 0;
    for (let i = 1; i < result!.length; i++) step = Math.max(step, Math.abs(result![i]! - result![i - 1]!));
    expect(step).toBeLessThan(1.05 * steepest);
    expect(result!.subarray(40_000).reduce((a, b) => Math.max(a, b))).toBeCloseTo(0.1 * 10 ** (12 / 20), 3);
  });

  it('stays bounded while its frequency is swept up and down at every block', () => {
    const bands: FilterBand[] = [{ shape: 'low-pass', frequencyHz: 100, q: 10 }];
    const equaliser = new Equaliser(kernels, { sampleRate: 48_000, channels: 1, bands, rampSeconds: 0.001 });
    let turn = 0;
    const [result] = stream(kernels, [noise(96_000, 5, 0.1)], [32], (block) => {
      turn += 1;
      const frequencyHz = 100 * 200 ** Math.abs(Math.sin(turn * turn));
      equaliser.setBand(0, { shape: turn % 5 === 0 ? 'high-pass' : 'low-pass', frequencyHz, q: 10 });
      equaliser.process(block);
    });
    expect(result!.reduce((a, b) => Math.max(a, Math.abs(b)), 0)).toBeLessThan(3);
  });

  it('keeps channels apart and silence silent', () => {
    const [a, b] = [noise(3000, 1), noise(3000, 2)];
    const silence = new Float32Array(3000);
    const together = apply([a, b, silence], tenBands);
    expect(together[0]).toEqual(apply([a], tenBands)[0]);
    expect(together[1]).toEqual(apply([b], tenBands)[0]);
    expect(together[2]).toEqual(silence);
  });

  it('comes to rest: after a sound there is silence, without denormals', () => {
    const samples = new Float32Array(200_000);
    samples.set(noise(1000));
    const [result] = apply([samples], tenBands);
    expect(result!.subarray(150_000)).toEqual(new Float32Array(50_000));
    const tiny = apply([new Float32Array(5000).fill(1e-42)], tenBands)[0]!;
    for (const value of tiny) expect(Math.abs(value)).toBeLessThan(1e-39);
  });

  it('starts anew after reset, with the bands where they were going', () => {
    const equaliser = new Equaliser(kernels, { sampleRate: 48_000, channels: 1, bands: tenBands });
    stream(kernels, [noise(777)], [777], (block) => equaliser.process(block));
    const changed = tenBands.with(3, { shape: 'high-pass', frequencyHz: 300, q: 1 });
    equaliser.setBand(3, changed[3]!);
    equaliser.reset();
    const samples = noise(2000, 9);
    const [result] = stream(kernels, [samples], [2000], (block) => equaliser.process(block));
    expect(result).toEqual(apply([samples], changed)[0]);
  });

  it('refuses what is out of range, naming it', () => {
    const make = (band: Partial<FilterBand>) =>
      new Equaliser(kernels, {
        sampleRate: 48_000,
        channels: 2,
        bands: [{ shape: 'peak', frequencyHz: 100, q: 1, ...band }],
      });
    expect(() => make({ frequencyHz: 24_000 })).toThrow(/frequencyHz is 24000/);
    expect(() => make({ frequencyHz: Number.NaN })).toThrow(/frequencyHz is NaN/);
    expect(() => make({ q: 0 })).toThrow(/q is 0/);
    expect(() => make({ gainDb: 60 })).toThrow(/gainDb is 60/);
    expect(() => make({}).setBand(1, { shape: 'peak', frequencyHz: 100, q: 1 })).toThrow(/index is 1/);
    expect(() => new Equaliser(kernels, { sampleRate: 48_000, channels: 2, bands: [] })).toThrow(/bands.length is 0/);
    expect(() => stream(kernels, [noise(4)], [4], (block) => make({}).process(block))).toThrow(/1 channels/);
  });
});
