import { describe, expect, it } from 'vitest';
import { onsetLag } from './onset-lag.ts';

const sampleRate = 44_100;

/** Decaying bursts at the given times: low ones or bright ones. */
function hits(times: readonly number[], frequencyHz: number, seconds = 12): Float32Array {
  const signal = new Float32Array(seconds * sampleRate);
  for (const time of times) {
    const start = Math.round(time * sampleRate);
    for (let i = 0; i < 0.15 * sampleRate && start + i < signal.length; i++) {
      signal[start + i]! +=
        Math.exp(-i / (0.03 * sampleRate)) * Math.sin((2 * Math.PI * frequencyHz * (i + 1)) / sampleRate);
    }
  }
  return signal;
}
const beats = (offset: number, period: number) => Array.from({ length: 20 }, (_, i) => offset + i * period);

describe('onsetLag', () => {
  it.each([0, 0.003, 0.012, -0.025, 0.06])('finds a lag of %d s between a kick and a snare', (lag) => {
    const result = onsetLag(hits(beats(0.2, 0.5), 90), hits(beats(0.2 + lag, 0.5), 1500), sampleRate, 0.1);
    expect(Math.abs(result.lagSeconds - lag)).toBeLessThanOrEqual(0.003);
    expect(result.spreadSeconds).toBeLessThanOrEqual(0.002);
  });

  it('finds the lag when one of them also plays between the beats', () => {
    const busy = hits([...beats(0.207, 0.5), ...beats(0.457, 0.5)], 3000);
    expect(onsetLag(hits(beats(0.2, 0.5), 90), busy, sampleRate, 0.1).lagSeconds).toBeCloseTo(0.007, 2);
  });

  it('hangs on single parts where there is no common rhythm', () => {
    // Hits that have nothing to do with each other: 7 of the one to 5 of the other, none ever together twice.
    const uneven = hits(
      Array.from({ length: 20 }, (_, i) => 0.3 + 0.571 * i + 0.09 * Math.sin(5 * i)),
      1500,
    );
    expect(onsetLag(hits(beats(0.2, 0.5), 90), uneven, sampleRate, 0.045).spreadSeconds).toBeGreaterThan(0.01);
  });

  it('is not known where one of them has no onsets', () => {
    const silence = new Float32Array(12 * sampleRate);
    expect(onsetLag(hits(beats(0.2, 0.5), 90), silence, sampleRate, 0.1).spreadSeconds).toBe(0.2);
  });
});
