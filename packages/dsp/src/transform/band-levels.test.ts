import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';

const kernels = new Kernels();

/** Runs a kernel in place over values; their number is rounded up to a multiple of 4. */
function inPlace(values: ArrayLike<number>, kernel: (pointer: number, count: number) => void): Float32Array {
  const mark = kernels.mark();
  const count = Math.ceil(values.length / 4) * 4;
  const pointer = kernels.allocateFloats(count);
  kernels.floats(pointer, values.length).set(Array.from(values));
  kernel(pointer, count);
  const result = kernels.floats(pointer, values.length).slice();
  kernels.release(mark);
  return result;
}

describe('compressAmplitude', () => {
  it('is ln(1 + gain sqrt x), within 2e-7 of it or of 1', () => {
    const values = Float32Array.from({ length: 40_000 }, (_, i) => 10 ** (-14 + i / 2500));
    const result = inPlace([0, ...values], (pointer, count) => kernels.wasm.compressAmplitude(pointer, count, 1000));
    expect(result[0]).toBe(0);
    values.forEach((value, i) => {
      const truth = Math.log(1 + 1000 * Math.sqrt(value));
      if (Math.abs(result[i + 1]! - truth) > 2e-7 * Math.max(1, truth)) expect.fail(`${value}: ${result[i + 1]}`);
    });
  });
});

describe('powerToDecibels', () => {
  it('is 10 log10(scale x + floor), within 2e-5 dB', () => {
    const values = Float32Array.from({ length: 40_000 }, (_, i) => 10 ** (-14 + i / 2500));
    const result = inPlace([0, ...values], (pointer, count) =>
      kernels.wasm.powerToDecibels(pointer, count, 0.25, 1e-10),
    );
    expect(result[0]).toBeCloseTo(-100, 4);
    values.forEach((value, i) => {
      const truth = 10 * Math.log10(0.25 * value + 1e-10);
      if (Math.abs(result[i + 1]! - truth) > 2e-5) expect.fail(`${value}: ${result[i + 1]}, not ${truth}`);
    });
  });
});

describe('powerSpectrum', () => {
  it('squares and adds every pair, the last one included', () => {
    const mark = kernels.mark();
    const spectrum = noise(2 * 17);
    const input = kernels.allocateFloats(34);
    const output = kernels.allocateFloats(20);
    kernels.floats(input, 34).set(spectrum);
    kernels.wasm.powerSpectrum(input, output, 17, 0.5);
    const power = kernels.floats(output, 20).slice();
    kernels.release(mark);
    for (let k = 0; k < 17; k++) {
      expect(power[k]).toBeCloseTo(0.5 * (spectrum[2 * k]! ** 2 + spectrum[2 * k + 1]! ** 2), 6);
    }
    expect(Array.from(power.subarray(17))).toEqual([0, 0, 0]);
  });
});

describe('spectralFlux', () => {
  /** Flux of bands that have nothing beside them. */
  function flux(present: number[], past: number[]): number[] {
    const mark = kernels.mark();
    const [now, before, output] = [0, 0, 0].map(() => kernels.allocateFloats(16));
    kernels.floats(now!, 8).set(present);
    kernels.floats(before! + 16, 8).set(past);
    kernels.wasm.spectralFlux(now!, before! + 16, output!, 8);
    const result = Array.from(kernels.floats(output!, 8));
    kernels.release(mark);
    return result;
  }

  it('measures the rise over the loudest neighbour one frame before', () => {
    expect(flux([1, 0, 5, 0, 0, 4, 0, 2], [0, 0, 0, 3, 0, 0, 0, 0])).toEqual([1, 0, 2, 0, 0, 4, 0, 2]);
  });

  it('does not see a partial that moves by one band, and sees one that jumps', () => {
    expect(flux([0, 0, 0, 4, 0, 0, 0, 0], [0, 0, 4, 0, 0, 0, 0, 0])).toEqual(Array(8).fill(0));
    expect(flux([0, 0, 0, 0, 4, 0, 0, 0], [0, 0, 4, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 4, 0, 0, 0]);
  });

  it('does not see a fall', () => {
    expect(flux(Array(8).fill(1), Array(8).fill(2))).toEqual(Array(8).fill(0));
  });
});
