import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { fitSteadyPulse } from './steady-pulse.ts';

const kernels = new Kernels();
const FRAME_RATE = 100;

/** Onsets as rounded triangles at the given frames, which need not be whole. */
function pulseAt(places: readonly number[], frames: number): Float32Array {
  const pulse = new Float32Array(frames);
  for (const place of places) {
    for (let i = Math.max(0, Math.floor(place) - 3); i <= Math.min(frames - 1, place + 4); i++) {
      pulse[i] = pulse[i]! + Math.max(0, 1 - Math.abs(i - place) / 3);
    }
  }
  return pulse;
}

const ticks = (count: number, place: (k: number) => number) => Array.from({ length: count }, (_, k) => place(k));

describe('fitSteadyPulse', () => {
  it('finds the period to a part in 100 000 from a guess half a percent off', () => {
    const pulse = pulseAt(
      ticks(500, (k) => 13.7 + k * 24.123),
      12_500,
    );
    const fit = fitSteadyPulse(kernels, pulse, FRAME_RATE, 24.123 * 1.005);
    expect(fit.periodFrames / 24.123).toBeCloseTo(1, 5);
    expect(fit.originFrames).toBeCloseTo(13.7, 1);
    expect(fit.coherence).toBeGreaterThan(0.99);
    expect(fit.wanderFrames).toBeLessThan(0.1);
  });

  it('tells a tempo that drifts from a section that lags', () => {
    const drifting = fitSteadyPulse(
      kernels,
      pulseAt(
        ticks(500, (k) => 10 + k * 24 + 30 * Math.sin(k / 60)),
        12_200,
      ),
      FRAME_RATE,
      24,
    );
    const lagging = fitSteadyPulse(
      kernels,
      pulseAt(
        ticks(500, (k) => 10 + k * 24 + (k > 250 ? 3 : 0)),
        12_200,
      ),
      FRAME_RATE,
      24,
    );
    expect(drifting.coherence).toBeLessThan(0.85);
    expect(lagging.coherence).toBeGreaterThan(0.85);
    expect(lagging.slipFrames).toBeLessThan(0.4);
    expect(drifting.slipFrames).toBeGreaterThan(1);
  });

  it('has nothing to say of silence', () => {
    const fit = fitSteadyPulse(kernels, new Float32Array(3000), FRAME_RATE, 30);
    expect(fit.coherence).toBe(0);
    expect(fit.wanderFrames).toBe(Number.POSITIVE_INFINITY);
  });
});
