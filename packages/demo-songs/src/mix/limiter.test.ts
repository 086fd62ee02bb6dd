import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCurve, fadeEnd, limiterCurve } from './limiter.ts';

const SAMPLE_RATE = 8000;
const samples = fc.float32Array({ minLength: 1, maxLength: 600, noNaN: true, min: -4, max: 4 });

describe('limiterCurve', () => {
  it('keeps any signal below the ceiling, and never makes it louder', () => {
    fc.assert(
      fc.property(samples, (left) => {
        const right = left.map((x) => 0.5 * x);
        const curve = limiterCurve(left, right, 0.8, SAMPLE_RATE);
        const limited = left.slice();
        applyCurve(limited, curve, 1);
        for (const [i, x] of limited.entries()) {
          expect(Math.abs(x)).toBeLessThanOrEqual(0.8 + 1e-6);
          expect(Math.abs(x)).toBeLessThanOrEqual(Math.abs(left[i]!) + 1e-6);
        }
      }),
    );
  });

  it('leaves a quiet signal as it is', () => {
    const quiet = new Float32Array(500).map((_, i) => 0.7 * Math.sin(i));
    const limited = quiet.slice();
    applyCurve(limited, limiterCurve(quiet, quiet, 0.8, SAMPLE_RATE), 1);
    expect(limited).toEqual(quiet);
  });

  it('sees a peak that lies between samples', () => {
    // A sine at a quarter of the sample rate, sampled at 45 degrees: every sample is 0.707 of the peak.
    const tone = new Float32Array(512).map((_, i) => 0.9 * Math.sin((Math.PI / 2) * i + Math.PI / 4));
    const curve = limiterCurve(tone, tone, 0.8, SAMPLE_RATE);
    expect(curve[8]).toBeLessThan(0.99);
  });
});

describe('fadeEnd', () => {
  it('ends in silence and changes nothing before', () => {
    const ones = new Float32Array(3 * SAMPLE_RATE).fill(1);
    const curve = new Float64Array(3 * 250 + 1).fill(1);
    fadeEnd(curve, SAMPLE_RATE);
    applyCurve(ones, curve, 1);
    expect(ones.at(-1)).toBeLessThan(0.001);
    expect(ones[Math.round(2.4 * SAMPLE_RATE)]).toBe(1);
  });
});
