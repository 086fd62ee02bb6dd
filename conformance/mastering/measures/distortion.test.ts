import { describe, expect, it } from 'vitest';
import { differenceDistortionDb, modulationDistortionDb, toneDistortion } from './distortion.ts';

const sampleRate = 48_000;

function second(value: (turns: (frequencyHz: number) => number, i: number) => number): Float64Array {
  return Float64Array.from({ length: sampleRate }, (_, i) =>
    value((frequencyHz) => (2 * Math.PI * frequencyHz * i) / sampleRate, i),
  );
}

describe('toneDistortion', () => {
  it.each([40, 997, 5000])('is that of a cubed cosine of %i Hz: 3/4 of the tone and 1/4 of its third harmonic', (f) => {
    const { harmonicDb, residualDb } = toneDistortion(
      second((turns) => 0.3 * Math.cos(turns(f)) ** 3),
      f,
    );
    expect(harmonicDb).toBeCloseTo(20 * Math.log10(1 / 3), 9);
    expect(residualDb).toBeCloseTo(20 * Math.log10(1 / 3), 9);
  });

  it('does not mind gain, phase or a constant', () => {
    const { harmonicDb, residualDb } = toneDistortion(
      second((turns) => 0.2 + 7 * Math.sin(1 + turns(100)) + 0.07 * Math.sin(turns(300))),
      100,
    );
    expect(harmonicDb).toBeCloseTo(-40, 6);
    expect(residualDb).toBeCloseTo(-40, 6);
  });

  it('counts a modulated gain as residual, not as harmonics', () => {
    // (1 + m cos) sin: two sidebands of m / 2 each, m^2 / 2 of the power.
    const { harmonicDb, residualDb } = toneDistortion(
      second((turns) => (1 + 0.1 * Math.cos(turns(7))) * Math.sin(turns(1000))),
      1000,
    );
    expect(harmonicDb).toBeLessThan(-120);
    expect(residualDb).toBeCloseTo(10 * Math.log10(0.005), 9);
  });

  it('is that of a clipped sine, by its Fourier series', () => {
    // sin clipped at 1/2: the coefficients by integrating over the flat and the round parts.
    const a = Math.asin(0.5);
    const coefficient = (n: number) => {
      const round =
        n === 1 ? a / 2 - Math.sin(2 * a) / 4 : (Math.sin((n - 1) * a) / (n - 1) - Math.sin((n + 1) * a) / (n + 1)) / 2;
      return (4 / Math.PI) * (round + (0.5 * Math.cos(n * a)) / n);
    };
    let harmonics = 0;
    for (let n = 3; n < 500; n += 2) harmonics += coefficient(n) ** 2;
    const { harmonicDb } = toneDistortion(
      second((turns) => Math.max(-0.5, Math.min(0.5, Math.sin(turns(48))))),
      48,
    );
    expect(harmonicDb).toBeCloseTo(10 * Math.log10(harmonics / coefficient(1) ** 2), 3);
  });
});

describe('modulationDistortionDb', () => {
  it('is m^2 / 2 of a high tone whose gain follows the low one', () => {
    const signal = second(
      (turns) => Math.sin(turns(60)) + 0.25 * (1 + 0.02 * Math.sin(turns(60))) * Math.sin(turns(7000)),
    );
    expect(modulationDistortionDb(signal, 60, 7000)).toBeCloseTo(10 * Math.log10(0.0002), 6);
  });
});

describe('differenceDistortionDb', () => {
  it('finds the difference of two tones after a square law', () => {
    // c (sin a + sin b)^2 holds c cos(a - b); its other partials, at sums and at 0, are not products of this kind.
    const signal = second((turns) => {
      const x = Math.sin(turns(19_000)) + Math.sin(turns(20_000));
      return x + 0.01 * x * x;
    });
    expect(differenceDistortionDb(signal, 19_000, 20_000)).toBeCloseTo(10 * Math.log10(0.01 ** 2 / 2), 1);
  });

  it('finds those beside the tones after a modulated gain', () => {
    const signal = second(
      (turns) => (1 + 0.01 * Math.cos(turns(1000))) * (Math.sin(turns(19_000)) + Math.sin(turns(20_000))),
    );
    // Each tone has m / 2 to either side; one of each falls onto the other tone.
    const outer = 2 * (0.005 ** 2 / 2);
    expect(differenceDistortionDb(signal, 19_000, 20_000)).toBeCloseTo(10 * Math.log10(outer), 1);
  });
});
