import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../../testing/listening-signals.ts';
import { danceability, scalingExponent } from './danceability.ts';

const RATE = 100;

describe('scalingExponent', () => {
  it('is 0.5 for white noise', () => {
    expect(scalingExponent(whiteNoise(60_000, 1), RATE)).toBeCloseTo(0.5, 1);
  });

  it('is 1.5 for a random walk', () => {
    let place = 0;
    const walk = whiteNoise(60_000, 2).map((step) => {
      place += step;
      return place;
    });
    expect(scalingExponent(walk, RATE)).toBeCloseTo(1.5, 1);
  });

  it('is 0 for what repeats itself faster than the shortest length', () => {
    const pulses = Float32Array.from({ length: 6000 }, (_, i) => (i % 13 === 0 ? 1 : 0));
    expect(Math.abs(scalingExponent(pulses, RATE)!)).toBeLessThan(0.1);
  });

  it('does not change with gain or offset', () => {
    const curve = whiteNoise(5000, 3);
    const changed = Float32Array.from(curve, (value) => 7 * value + 4);
    expect(scalingExponent(changed, RATE)).toBeCloseTo(scalingExponent(curve, RATE)!, 4);
  });

  it('is not known of what is too short or does not move', () => {
    expect(scalingExponent(whiteNoise(100, 4), RATE)).toBeNull();
    expect(scalingExponent(new Float32Array(3000).fill(0.25), RATE)).toBeNull();
  });
});

describe('danceability', () => {
  it('is high for regular onsets, low for ones at random, and 0 without a pulse', () => {
    const regular = Float32Array.from({ length: 6000 }, (_, i) => (i % 25 === 0 ? 1 : 0));
    const random = whiteNoise(6000, 5).map((value) => (value > 0.92 ? 1 : 0));
    expect(danceability(regular, RATE, true)).toBeGreaterThan(0.7);
    expect(danceability(random, RATE, true)).toBeLessThan(0.2);
    expect(danceability(regular, RATE, false)).toBe(0);
  });
});
