import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise } from '../testing/signals.ts';
import { RealFft } from './real-fft.ts';
import { RealFftTwin } from './real-fft.twin.ts';

const kernels = new Kernels();
const SIZES = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 262_144];

function forward(size: number, frame: Float32Array): Float32Array {
  const mark = kernels.mark();
  const spectrum = new Float32Array(size + 2);
  new RealFft(kernels, size).forward(frame, spectrum);
  kernels.release(mark);
  return spectrum;
}

/** The defining sum in float64. */
function slowTransform(frame: ArrayLike<number>): Float64Array {
  const size = frame.length;
  const spectrum = new Float64Array(size + 2);
  for (let k = 0; k <= size / 2; k++) {
    for (let n = 0; n < size; n++) {
      const angle = (-2 * Math.PI * ((k * n) % size)) / size;
      spectrum[2 * k]! += frame[n]! * Math.cos(angle);
      spectrum[2 * k + 1]! += frame[n]! * Math.sin(angle);
    }
  }
  return spectrum;
}

describe('RealFft', () => {
  it.each(SIZES.filter((size) => size <= 2048))('agrees with the defining sum, size %i', (size) => {
    const frame = noise(size);
    expect(residualDb(forward(size, frame), slowTransform(frame))).toBeLessThan(-120);
  });

  it.each(SIZES)('agrees with its twin and comes back from its inverse, size %i', (size) => {
    const frame = noise(size, size);
    const truth = new Float64Array(size + 2);
    new RealFftTwin(size).forward(Float64Array.from(frame), truth);
    const mark = kernels.mark();
    const fft = new RealFft(kernels, size);
    const spectrum = new Float32Array(fft.bins * 2);
    const back = new Float32Array(size);
    fft.forward(frame, spectrum);
    fft.inverse(spectrum, back);
    kernels.release(mark);
    expect(residualDb(spectrum, truth)).toBeLessThan(-120);
    expect(residualDb(back, frame)).toBeLessThan(-120);
  });

  it.each(SIZES)('keeps the energy (Parseval), size %i', (size) => {
    const frame = noise(size, 7);
    const spectrum = forward(size, frame);
    const inTime = frame.reduce((sum, value) => sum + value * value, 0);
    let inFrequency = 0;
    for (let k = 0; k <= size / 2; k++) {
      const mirrored = k === 0 || k === size / 2 ? 1 : 2;
      inFrequency += (mirrored * (spectrum[2 * k]! ** 2 + spectrum[2 * k + 1]! ** 2)) / size;
    }
    expect(inFrequency / inTime).toBeCloseTo(1, 6);
  });

  it.each(SIZES)('turns an impulse into a rotating phasor, size %i', (size) => {
    for (const position of [0, 1, size / 2 + 3, size - 1]) {
      const frame = new Float32Array(size);
      frame[position] = 1;
      const spectrum = forward(size, frame);
      for (let k = 0; k <= size / 2; k++) {
        const angle = (-2 * Math.PI * ((k * position) % size)) / size;
        if (Math.hypot(spectrum[2 * k]! - Math.cos(angle), spectrum[2 * k + 1]! - Math.sin(angle)) > 1e-6) {
          expect.fail(`bin ${k} of an impulse at ${position} is ${spectrum[2 * k]}, ${spectrum[2 * k + 1]}`);
        }
      }
    }
  });

  it('puts a cosine into its bin and nowhere else', () => {
    const size = 2048;
    for (const bin of [0, 1, 2, 3, 4, 5, 511, 512, 513, 1020, 1023, 1024]) {
      const frame = Float32Array.from({ length: size }, (_, n) => Math.cos((2 * Math.PI * ((bin * n) % size)) / size));
      const spectrum = forward(size, frame);
      const truth = new Float64Array(size + 2);
      truth[2 * bin] = bin === 0 || bin === size / 2 ? size : size / 2;
      expect(residualDb(spectrum, truth)).toBeLessThan(-120);
    }
  });

  it('is linear', () => {
    const size = 1024;
    const a = noise(size, 3);
    const b = noise(size, 4);
    const mixed = forward(
      size,
      a.map((value, i) => 0.5 * value - 0.25 * b[i]!),
    );
    const fromA = forward(size, a);
    const fromB = forward(size, b);
    expect(
      residualDb(
        mixed,
        fromA.map((value, i) => 0.5 * value - 0.25 * fromB[i]!),
      ),
    ).toBeLessThan(-120);
  });

  it('ignores imaginary parts at 0 Hz and at half the sample rate on the way back', () => {
    const fft = new RealFft(kernels, 64);
    const spectrum = new Float32Array(66);
    spectrum[1] = 5;
    spectrum[65] = -3;
    const frame = new Float32Array(64).fill(1);
    fft.inverse(spectrum, frame);
    expect(Array.from(frame)).toEqual(Array(64).fill(0));
  });

  it('transforms in place in the kernels memory', () => {
    const size = 256;
    const plan = kernels.wasm.fftCreate(size);
    const memory = kernels.allocateFloats(size + 2);
    const frame = noise(size);
    kernels.floats(memory, size).set(frame);
    kernels.wasm.fftForward(plan, memory, memory);
    expect(kernels.floats(memory, size + 2)).toEqual(forward(size, frame));
    kernels.wasm.fftInverse(plan, memory, memory);
    expect(residualDb(kernels.floats(memory, size), frame)).toBeLessThan(-120);
  });

  it.each([0, 16, 48, 1000, 524_288, 2.5, Number.NaN])('refuses the size %d', (size) => {
    expect(() => new RealFft(kernels, size)).toThrow(/power of two from 32 to 262144/);
    expect(kernels.wasm.fftCreate(size)).toBe(0);
  });

  it('refuses arrays of another length', () => {
    const fft = new RealFft(kernels, 32);
    expect(() => fft.forward(new Float32Array(31), new Float32Array(34))).toThrow(/frame has 31 values/);
    expect(() => fft.inverse(new Float32Array(32), new Float32Array(32))).toThrow(/spectrum has 32 values/);
  });
});
