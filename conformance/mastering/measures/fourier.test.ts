import { describe, expect, it } from 'vitest';
import { hann, transform } from './fourier.ts';

describe('transform', () => {
  it('is the sum that defines it', () => {
    const length = 32;
    const x = Float64Array.from({ length }, (_, i) => Math.sin(1.3 * i * i));
    const y = Float64Array.from({ length }, (_, i) => Math.cos(0.7 * i * i));
    const [real, imaginary] = [x.slice(), y.slice()];
    transform(real, imaginary);
    for (let k = 0; k < length; k++) {
      let [re, im] = [0, 0];
      for (let n = 0; n < length; n++) {
        const angle = (-2 * Math.PI * k * n) / length;
        re += x[n]! * Math.cos(angle) - y[n]! * Math.sin(angle);
        im += x[n]! * Math.sin(angle) + y[n]! * Math.cos(angle);
      }
      expect(real[k]).toBeCloseTo(re, 10);
      expect(imaginary[k]).toBeCloseTo(im, 10);
    }
  });
});

describe('hann', () => {
  it('sums to 1 with itself half of its length later', () => {
    const window = hann(64);
    for (let i = 0; i < 32; i++) expect(window[i]! + window[i + 32]!).toBeCloseTo(1, 12);
  });
});
