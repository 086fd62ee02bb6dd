import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';

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
    const result = inPlace([0, ...values], (pointer, count) =>
      kernels.wasm.compressAmplitude(pointer, pointer, count, 1000),
    );
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
