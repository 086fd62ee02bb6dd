import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { gainDb } from '../testing/residual.ts';
import { stream } from '../testing/streaming.ts';
import { BAND_SHAPES, type FilterBand } from './band.ts';
import { cascadeResponseDb } from './band-response.ts';
import { Equaliser } from './equaliser.ts';

const kernels = new Kernels();
const RATE = 48_000;

describe('cascadeResponseDb', () => {
  it('has the closed forms of the shapes', () => {
    const at = (band: FilterBand, hz: number) => cascadeResponseDb([band], RATE)(hz);
    const butterworth = { frequencyHz: 1000, q: Math.SQRT1_2 };
    expect(at({ shape: 'low-pass', ...butterworth }, 1000)).toBeCloseTo(-3.01, 2);
    expect(at({ shape: 'high-pass', ...butterworth }, 1000)).toBeCloseTo(-3.01, 2);
    expect(at({ shape: 'high-pass', ...butterworth }, 10)).toBeCloseTo(-80, 0);
    expect(at({ shape: 'peak', frequencyHz: 1000, q: 2, gainDb: 7 }, 1000)).toBeCloseTo(7, 9);
    expect(at({ shape: 'low-shelf', frequencyHz: 1000, q: 0.7, gainDb: 6 }, 1000)).toBeCloseTo(3, 9);
    expect(at({ shape: 'low-shelf', frequencyHz: 1000, q: 0.7, gainDb: 6 }, 1)).toBeCloseTo(6, 3);
    expect(at({ shape: 'high-shelf', frequencyHz: 1000, q: 0.7, gainDb: -6 }, 24_000)).toBeCloseTo(-6, 3);
    expect(at({ shape: 'notch', frequencyHz: 1000, q: 2 }, 1000)).toBeLessThan(-150);
    expect(cascadeResponseDb([], RATE)(1000)).toBe(0);
  });

  it.each(BAND_SHAPES)('is what an equaliser does: %s', (shape) => {
    const bands: FilterBand[] = [
      { shape, frequencyHz: 700, q: 1.3, gainDb: 8 },
      { shape, frequencyHz: 9000, q: 0.6, gainDb: -5 },
    ];
    const equaliser = new Equaliser(kernels, { sampleRate: RATE, channels: 1, bands });
    const impulse = new Float32Array(2 ** 14);
    impulse[0] = 1;
    const [response] = stream(kernels, [impulse], [4096], (block) => equaliser.process(block));
    const expected = cascadeResponseDb(bands, RATE);
    for (const hz of [60, 300, 650, 1500, 5000, 8000, 15_000, 20_000]) {
      if (expected(hz) > -60) expect(gainDb(response!, RATE, hz)).toBeCloseTo(expected(hz), 2);
    }
  });

  it('refuses what an equaliser refuses', () => {
    expect(() => cascadeResponseDb([{ shape: 'peak', frequencyHz: 1, q: 1 }], RATE)).toThrow(/frequencyHz is 1/);
    expect(() => cascadeResponseDb([], 0)).toThrow(/sampleRate is 0/);
  });
});
