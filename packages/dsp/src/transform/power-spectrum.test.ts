import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';

const kernels = new Kernels();

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
