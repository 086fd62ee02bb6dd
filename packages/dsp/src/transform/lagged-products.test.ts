import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { laggedProducts } from './lagged-products.ts';
import { laggedProductsTwin } from './lagged-products.twin.ts';

const kernels = new Kernels();

describe('laggedProducts', () => {
  it('knows a curve that changes its sign each time, and one that stands still', () => {
    const alternating = Float32Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 0.5 : -0.5));
    const products = laggedProducts(kernels, alternating, 20);
    expect([...products]).toEqual(Array.from({ length: 20 }, (_, lag) => ((lag % 2 === 0 ? 1 : -1) * (100 - lag)) / 4));
    expect(laggedProducts(kernels, new Float32Array(50).fill(2), 3)).toEqual(Float64Array.of(200, 196, 192));
  });

  it('is its twin bit for bit, for any length and number of lags', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ maxLength: 60, min: -1e6, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 80 }),
        (values, lags) => {
          // + 0: silence is 0, whatever the sign of the samples that it is the product of.
          const plain = laggedProductsTwin(values, lags).map((value) => value + 0);
          expect(laggedProducts(kernels, values, lags).map((value) => value + 0)).toEqual(plain);
        },
      ),
    );
    const long = noise(5000);
    expect(laggedProducts(kernels, long, 203)).toEqual(laggedProductsTwin(long, 203));
  });

  it('leaves the memory as it was, and refuses no lags', () => {
    const mark = kernels.mark();
    laggedProducts(kernels, noise(100), 10);
    expect(kernels.mark()).toBe(mark);
    expect(() => laggedProducts(kernels, noise(100), 0)).toThrow(/lags is 0/);
  });
});
