import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../../testing/listening-signals.ts';
import { CEPSTRAL_COEFFICIENTS, cepstra } from './mfcc.ts';

const BANDS = 40;

describe('cepstra', () => {
  it('have nothing but a level for a flat spectrum', () => {
    const [level, ...rest] = cepstra(new Float32Array(BANDS).fill(-20), BANDS);
    expect(level).toBeCloseTo(-20 * Math.sqrt(BANDS), 4);
    for (const value of rest) expect(value).toBeCloseTo(0, 4);
  });

  it('tell the waves that a spectrum is made of apart', () => {
    const levels = Float32Array.from(
      { length: BANDS },
      (_, band) => 6 * Math.cos((Math.PI * 5 * (band + 0.5)) / BANDS),
    );
    const values = cepstra(levels, BANDS);
    expect(values.length).toBe(CEPSTRAL_COEFFICIENTS);
    values.forEach((value, c) => {
      // The energy of the wave: 36 / 2 a band.
      expect(value).toBeCloseTo(c === 5 ? Math.sqrt((36 / 2) * BANDS) : 0, 4);
    });
  });

  it('keep a level change in coefficient 0', () => {
    const levels = whiteNoise(3 * BANDS, 4).map((value) => 20 * value - 30);
    const quiet = cepstra(
      levels.map((value) => value - 12),
      BANDS,
    );
    cepstra(levels, BANDS).forEach((value, i) => {
      const lost = i % CEPSTRAL_COEFFICIENTS === 0 ? 12 * Math.sqrt(BANDS) : 0;
      expect(quiet[i]).toBeCloseTo(value - lost, 3);
    });
  });

  it('count what is far below the loudest band as 60 dB below it', () => {
    const levels = new Float32Array(BANDS).fill(-100);
    levels[3] = -10;
    const floored = levels.map((value) => Math.max(value, -70));
    expect(cepstra(levels, BANDS)).toEqual(cepstra(floored, BANDS));
  });
});
