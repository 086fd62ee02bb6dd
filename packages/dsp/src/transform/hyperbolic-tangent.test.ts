import { expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';

it('hyperbolic tangents are odd, never above 1, and within 4e-7 of the truth', () => {
  const kernels = new Kernels();
  const values = Float32Array.from({ length: 40_000 }, (_, i) => 10 ** (-9 + i / 2500));
  const of = (input: Float32Array) => {
    const mark = kernels.mark();
    const pointer = kernels.allocateFloats(input.length);
    kernels.floats(pointer, input.length).set(input);
    kernels.wasm.hyperbolicTangents(pointer, input.length);
    const result = kernels.floats(pointer, input.length).slice();
    kernels.release(mark);
    return result;
  };
  const result = of(values);
  values.forEach((value, i) => {
    if (Math.abs(result[i]! / Math.tanh(value) - 1) > 4e-7) expect.fail(`tanh ${value}: ${result[i]}`);
  });
  expect(result.every((value) => value <= 1)).toBe(true);
  expect(of(values.map((value) => -value))).toEqual(result.map((value) => -value));
  expect(of(new Float32Array(4))).toEqual(new Float32Array(4));
});
