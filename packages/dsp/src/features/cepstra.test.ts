import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { CEPSTRAL_COEFFICIENTS, cepstra } from './cepstra.ts';
import { cepstraTwin } from './cepstra.twin.ts';

const kernels = new Kernels();
const BANDS = 40;
const cepstraOf = (levels: Float32Array, bands = BANDS) => cepstra(kernels, levels, bands);

describe('cepstra', () => {
  it('have nothing but a level for a flat spectrum', () => {
    const [level, ...rest] = cepstraOf(new Float32Array(BANDS).fill(-20));
    expect(level).toBeCloseTo(-20 * Math.sqrt(BANDS), 4);
    for (const value of rest) expect(value).toBeCloseTo(0, 4);
  });

  it('tell the waves that a spectrum is made of apart', () => {
    const levels = Float32Array.from(
      { length: BANDS },
      (_, band) => 6 * Math.cos((Math.PI * 5 * (band + 0.5)) / BANDS),
    );
    const values = cepstraOf(levels);
    expect(values.length).toBe(CEPSTRAL_COEFFICIENTS);
    values.forEach((value, c) => {
      // The energy of the wave: 36 / 2 a band.
      expect(value).toBeCloseTo(c === 5 ? Math.sqrt((36 / 2) * BANDS) : 0, 4);
    });
  });

  it('keep a level change in coefficient 0', () => {
    const levels = noise(3 * BANDS, 4).map((value) => 20 * value - 30);
    const quiet = cepstraOf(levels.map((value) => value - 12));
    cepstraOf(levels).forEach((value, i) => {
      const lost = i % CEPSTRAL_COEFFICIENTS === 0 ? 12 * Math.sqrt(BANDS) : 0;
      expect(quiet[i]).toBeCloseTo(value - lost, 3);
    });
  });

  it('count what is far below the loudest band as 60 dB below it', () => {
    const levels = new Float32Array(BANDS).fill(-100);
    levels[3] = -10;
    const floored = levels.map((value) => Math.max(value, -70));
    expect(cepstraOf(levels)).toEqual(cepstraOf(floored));
  });

  it.each([1, 13, 40])('are their twin of %i bands', (bands) => {
    const levels = noise(bands * 60, 6).map((value) => 90 * value - 60);
    const twin = cepstraTwin(levels, bands);
    const kernel = cepstraOf(levels, bands);
    expect(kernel).toHaveLength(60 * CEPSTRAL_COEFFICIENTS);
    twin.forEach((value, i) => {
      expect(kernel[i]).toBeCloseTo(value, 3);
    });
  });

  it('are none of no frames, leave the memory as it was, and refuse to have no bands', () => {
    const mark = kernels.mark();
    expect(cepstraOf(new Float32Array(0))).toHaveLength(0);
    expect(() => cepstraOf(new Float32Array(3), 0)).toThrow(/bands is 0/);
    expect(kernels.mark()).toBe(mark);
  });
});
