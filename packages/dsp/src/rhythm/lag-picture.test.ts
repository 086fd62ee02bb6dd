import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { RealFft } from '../transform/real-fft.ts';
import { lagPicture } from './lag-picture.ts';
import { lagPictureTwin } from './lag-picture.twin.ts';

const kernels = new Kernels();
const fft = new RealFft(kernels, 256);
const WINDOW = Float32Array.from({ length: 160 }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / 160) ** 2);
const OPTIONS = { window: WINDOW, hop: 40, lags: 80 };

describe('lagPicture', () => {
  it('is 1 at the multiples of the period of a pulse', () => {
    const pulse = Float32Array.from({ length: 800 }, (_, t) => (t % 20 === 3 ? 1 : 0));
    const { columns, values, mean } = lagPicture(kernels, fft, pulse, OPTIONS);
    expect(columns).toBe(20);
    for (const column of [5, 10, 15]) {
      for (const lag of [0, 20, 40, 60]) expect(values[column * 80 + lag]).toBeCloseTo(1, 1);
      expect(values[column * 80 + 10]).toBeCloseTo(0, 5);
    }
    expect(mean[20]).toBeGreaterThan(0.8);
  });

  it.each([
    [40, 80],
    [7, 96],
    [500, 1],
  ])('is its twin, every %i values, with %i lags', (hop, lags) => {
    const curve = noise(301, 4).map(Math.abs);
    const options = { ...OPTIONS, hop, lags };
    const { columns, values, mean } = lagPicture(kernels, fft, curve, options);
    expect(columns).toBe(Math.ceil(301 / hop));
    for (let lag = 0; lag < lags; lag += 9) {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        const twin = lagPictureTwin(curve, options, column, lag);
        expect(values[column * lags + lag]).toBeCloseTo(twin, 3);
        sum += twin / columns;
      }
      expect(mean[lag]).toBeCloseTo(sum, 3);
    }
  });

  it('is 0 in silence, leaves the memory as it was, and refuses lags that would wrap around', () => {
    const mark = kernels.mark();
    expect(Math.max(...lagPicture(kernels, fft, new Float32Array(99), OPTIONS).values)).toBe(0);
    expect(lagPicture(kernels, fft, new Float32Array(0), OPTIONS).columns).toBe(1);
    expect(() => lagPicture(kernels, fft, new Float32Array(9), { ...OPTIONS, lags: 97 })).toThrow(/is 257/);
    expect(() => lagPicture(kernels, fft, new Float32Array(9), { ...OPTIONS, hop: 0 })).toThrow(/hop is 0/);
    expect(kernels.mark()).toBe(mark);
  });
});
