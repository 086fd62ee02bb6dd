import { describe, expect, it } from 'vitest';
import { finePeakDb } from './fine-peak.ts';

const sine = (cyclesPerSample: number, phase: number, frames = 4000) =>
  Float64Array.from({ length: frames }, (_, i) => {
    const fade = Math.min(1, i / 500, (frames - i) / 500);
    return fade * Math.sin(2 * Math.PI * cyclesPerSample * i + phase);
  });

describe('finePeakDb', () => {
  it.each([
    [0.25, Math.PI / 4],
    [1 / 6, Math.PI / 3],
    [0.125, Math.PI / 8],
    [0.0213, 1],
    [0.43, 0.3],
  ])('is 0 dB for a sine of %d cycles a sample, wherever its samples lie', (cycles, phase) => {
    // At 8 values a sample the nearest one is at most a sixteenth of a sample off the top.
    expect(finePeakDb(sine(cycles, phase))).toBeGreaterThan(
      20 * Math.log10(Math.cos((2 * Math.PI * cycles) / 16)) - 0.003,
    );
    expect(finePeakDb(sine(cycles, phase))).toBeLessThan(0.003);
  });

  it('finds the peak between samples of alternating sign that agree in the middle', () => {
    // The sum of |sinc(k - 1/2)| over 2 n samples: 4 / pi (1 + 1/3 + ... + 1 / (2 n - 1)).
    const samples = new Float64Array(200);
    for (let k = 0; k < 8; k++) {
      samples[100 + k] = (-1) ** k;
      samples[99 - k] = (-1) ** k;
    }
    let exact = 0;
    for (let k = 0; k < 8; k++) exact += 4 / Math.PI / (2 * k + 1);
    // What lies at half of the sample rate is not quite in the filter's reach.
    expect(finePeakDb(samples)).toBeGreaterThan(20 * Math.log10(exact) - 0.15);
    expect(finePeakDb(samples)).toBeLessThan(20 * Math.log10(exact));
  });

  it('is the sample itself for an impulse, and nothing for silence', () => {
    const impulse = new Float64Array(100);
    impulse[99] = 2;
    expect(finePeakDb(impulse)).toBeCloseTo(20 * Math.log10(2), 9);
    expect(finePeakDb(new Float64Array(100))).toBe(Number.NEGATIVE_INFINITY);
  });
});
