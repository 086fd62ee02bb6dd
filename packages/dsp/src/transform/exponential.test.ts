import { expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';

it('exponentials are within 4e-7 of the truth, and that of 0 is exactly 1', () => {
  const kernels = new Kernels();
  const values = Float32Array.from({ length: 80_004 }, (_, i) => (i === 0 ? 0 : i / 500 - 80));
  const pointer = kernels.allocateFloats(values.length);
  kernels.floats(pointer, values.length).set(values);
  kernels.wasm.exponentials(pointer, values.length);
  const result = kernels.floats(pointer, values.length);
  expect(result[0]).toBe(1);
  values.forEach((value, i) => {
    if (Math.abs(result[i]! / Math.exp(value) - 1) > 4e-7) expect.fail(`e^${value}: ${result[i]}`);
  });
});
