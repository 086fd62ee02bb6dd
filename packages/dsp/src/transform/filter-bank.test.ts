import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise } from '../testing/signals.ts';
import { FilterBank } from './filter-bank.ts';
import { applyBankTwin, chromaBankTwin, logFrequencyBankTwin, melBankTwin, melCentreTwin } from './filter-bank.twin.ts';
import { RealFftTwin } from './real-fft.twin.ts';

const kernels = new Kernels();
const RATES = [8000, 22_050, 44_100, 192_000];

function applied(bank: FilterBank, power: Float32Array): Float32Array {
  const output = new Float32Array(bank.bands);
  bank.apply(power, output);
  return output;
}

/** Power spectrum of a sine of amplitude 1 under a periodic Hann window, 1 at its peak. */
function sinePower(frequency: number, sampleRate: number, frame: number, fftSize: number): Float32Array {
  const samples = new Float64Array(fftSize);
  for (let i = 0; i < frame; i++) {
    samples[i] = Math.cos((2 * Math.PI * frequency * i) / sampleRate + 1) * Math.sin((Math.PI * i) / frame) ** 2;
  }
  const spectrum = new Float64Array(fftSize + 2);
  new RealFftTwin(fftSize).forward(samples, spectrum);
  return Float32Array.from(
    { length: fftSize / 2 + 1 },
    (_, k) => (16 / frame ** 2) * (spectrum[2 * k]! ** 2 + spectrum[2 * k + 1]! ** 2),
  );
}

describe('FilterBank.mel', () => {
  it.each(RATES)('agrees with its twin, at %i Hz', (sampleRate) => {
    for (const [fftSize, bands] of [
      [512, 40],
      [2048, 96],
      [4096, 128],
    ] as const) {
      const mark = kernels.mark();
      const bank = FilterBank.mel(kernels, { sampleRate, fftSize, bands, lowestHz: 30, highestHz: 16_000 });
      const power = noise(bank.bins).map(Math.abs);
      const truth = new Float64Array(bands);
      applyBankTwin(melBankTwin(sampleRate, fftSize, bands, 30, 16_000), Float64Array.from(power), truth);
      expect(residualDb(applied(bank, power), truth)).toBeLessThan(-120);
      kernels.release(mark);
    }
  });

  it('counts every bin between the first and the last centre once', () => {
    const shape = { sampleRate: 44_100, fftSize: 4096, bands: 24, lowestHz: 100, highestHz: 16_000 };
    const bank = FilterBank.mel(kernels, shape);
    const binHz = 44_100 / 4096;
    const first = Math.ceil(melCentreTwin(0, 24, 100, 16_000) / binHz);
    const last = Math.floor(melCentreTwin(23, 24, 100, 16_000) / binHz);
    for (let bin = first; bin <= last; bin++) {
      let sum = 0;
      for (let band = 0; band < 24; band++) sum += bank.weight(band, bin);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it('leaves bands above half the sample rate empty', () => {
    const shape = { sampleRate: 16_000, fftSize: 1024, bands: 40, lowestHz: 30, highestHz: 16_000 };
    const output = applied(FilterBank.mel(kernels, shape), new Float32Array(513).fill(1));
    output.forEach((value, band) => {
      expect(value > 0).toBe(melCentreTwin(band, 40, 30, 16_000) < 8000);
    });
  });

  it('gives every band below half the sample rate something, however coarse the bins', () => {
    const shape = { sampleRate: 44_100, fftSize: 256, bands: 96, lowestHz: 30, highestHz: 16_000 };
    expect(applied(FilterBank.mel(kernels, shape), new Float32Array(129).fill(1)).every((value) => value > 0.9)).toBe(
      true,
    );
  });
});

describe('FilterBank.logFrequency', () => {
  it.each([6000, ...RATES])('agrees with its twin, at %i Hz', (sampleRate) => {
    const fftSize = 8192;
    for (const frameLength of [8192, 6000]) {
      const mark = kernels.mark();
      const shape = { sampleRate, fftSize, frameLength, bands: 216, bandsPerOctave: 36, lowestHz: 55 };
      const bank = FilterBank.logFrequency(kernels, shape);
      const power = noise(bank.bins).map(Math.abs);
      const truth = new Float64Array(216);
      const twin = logFrequencyBankTwin(sampleRate, fftSize, frameLength, 216, 36, 55);
      applyBankTwin(twin, Float64Array.from(power), truth);
      expect(residualDb(applied(bank, power), truth)).toBeLessThan(-120);
      kernels.release(mark);
    }
  });

  it('gives a sine on a centre its own power', () => {
    for (const frameLength of [4096, 3000]) {
      const shape = { sampleRate: 11_025, fftSize: 4096, frameLength, bands: 216, bandsPerOctave: 36, lowestHz: 55 };
      const bank = FilterBank.logFrequency(kernels, shape);
      for (let band = 12; band < 216; band += 12) {
        const output = applied(bank, sinePower(55 * 2 ** (band / 36), 11_025, frameLength, 4096));
        expect(output[band]).toBeCloseTo(1, 2);
      }
    }
  });

  it('refuses shapes out of range and arrays of another length', () => {
    const shape = { sampleRate: 11_025, fftSize: 4096, frameLength: 4096, bands: 12, bandsPerOctave: 12, lowestHz: 55 };
    expect(() => FilterBank.logFrequency(kernels, { ...shape, frameLength: 5000 })).toThrow(/frameLength is 5000/);
    expect(() => FilterBank.logFrequency(kernels, { ...shape, lowestHz: 0 })).toThrow(/lowestHz is 0/);
    expect(() => FilterBank.logFrequency(kernels, { ...shape, bands: 0 })).toThrow(/bands is 0/);
    const bank = FilterBank.logFrequency(kernels, shape);
    expect(() => bank.apply(new Float32Array(12), new Float32Array(12))).toThrow(/needs 2049 and 12/);
  });
});

describe('FilterBank.chroma', () => {
  const shape = {
    bins: 216,
    binsPerOctave: 36,
    lowestHz: 55,
    tuningHz: 440,
    centreHz: 220,
    spreadOctaves: 1.25,
    partials: 1,
    partialDecay: 0.6,
  };

  it.each([415, 440, 452.9])('agrees with its twin, with A4 at %f Hz', (tuningHz) => {
    for (const [bins, binsPerOctave, partials] of [
      [216, 36, 6],
      [144, 24, 1],
      [500, 60, 3],
    ] as const) {
      const mark = kernels.mark();
      const bank = FilterBank.chroma(kernels, { ...shape, tuningHz, bins, binsPerOctave, partials });
      const spectrum = noise(bins).map(Math.abs);
      const truth = new Float64Array(12);
      const twin = chromaBankTwin({ ...shape, tuningHz, bins, binsPerOctave, partials });
      applyBankTwin(twin, Float64Array.from(spectrum), truth);
      expect(residualDb(applied(bank, spectrum), truth)).toBeLessThan(-120);
      kernels.release(mark);
    }
  });

  it('puts the bin of each note into its class alone, weighted by the register', () => {
    const bank = FilterBank.chroma(kernels, shape);
    for (let semitone = 0; semitone < 72; semitone++) {
      const spectrum = new Float32Array(216);
      spectrum[3 * semitone] = 1;
      const pitchClass = (9 + semitone) % 12;
      const expected = Math.exp(-0.5 * ((semitone - 24) / 15) ** 2);
      applied(bank, spectrum).forEach((value, i) => {
        expect(value).toBeCloseTo(i === pitchClass ? expected : 0, 5);
      });
    }
  });

  it('counts the overtones of a note for its class', () => {
    const plain = FilterBank.chroma(kernels, { ...shape, spreadOctaves: 100 });
    const full = FilterBank.chroma(kernels, { ...shape, spreadOctaves: 100, partials: 3, partialDecay: 0.5 });
    // A2 with its octave and its twelfth, E4: what the plain bank hears as a fifth is an overtone to the other.
    const spectrum = new Float32Array(216);
    for (const semitone of [12, 24, 31]) spectrum[3 * semitone] = 1;
    expect(applied(plain, spectrum)[4]).toBeCloseTo(1, 2);
    // The octave and the twelfth of A2 itself, and A2 as the octave of A1.
    expect(applied(full, spectrum)[9]! - applied(plain, spectrum)[9]!).toBeCloseTo(0.5 + 0.25 + 0.5, 1);
  });

  it('refuses shapes out of range', () => {
    expect(() => FilterBank.chroma(kernels, { ...shape, bins: 11 })).toThrow(/bins is 11/);
    expect(() => FilterBank.chroma(kernels, { ...shape, tuningHz: 100 })).toThrow(/tuningHz is 100/);
    expect(() => FilterBank.chroma(kernels, { ...shape, partialDecay: 1.5 })).toThrow(/partialDecay is 1.5/);
  });
});
