import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../../testing/listening-signals.ts';
import type { BandPowersOverTime } from '../listen/band-powers.ts';
import { fitPowers } from './fit-powers.ts';

const bandsHz = Array.from({ length: 12 }, (_, i) => 100 * 2 ** (i / 3));
const HOPS = 50;

function random(seed: number, hops = HOPS): BandPowersOverTime {
  return { bandsHz, hops, values: whiteNoise(hops * bandsHz.length, seed).map((value) => value ** 4) };
}

function sum(parts: readonly BandPowersOverTime[], weights: readonly number[]): BandPowersOverTime {
  const values = new Float32Array(HOPS * bandsHz.length);
  parts.forEach((part, i) => {
    part.values.forEach((value, at) => {
      values[at]! += weights[i]! * value;
    });
  });
  return { bandsHz, hops: HOPS, values };
}

describe('fitPowers', () => {
  const parts = [random(1), random(2), random(3), random(4)];

  it('finds the weights of a sum', () => {
    const weights = [2, 0.25, 0, 7];
    const fitted = fitPowers(sum(parts, weights), parts);
    fitted.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(weights[i]!, 4);
    });
    expect(fitted.explained).toBeCloseTo(1, 6);
  });

  it('has no weight below 0, and explains little of another sound', () => {
    const fitted = fitPowers(random(9), parts);
    for (const weight of fitted.weights) expect(weight).toBeGreaterThanOrEqual(0);
    expect(fitted.explained).toBeGreaterThan(0);
    expect(fitted.explained).toBeLessThan(0.6);
  });

  it('takes stems that are shorter, and silence', () => {
    const short = random(1, 20);
    const padded = { ...short, hops: HOPS, values: new Float32Array(HOPS * bandsHz.length) };
    padded.values.set(short.values);
    const fitted = fitPowers(sum([padded, parts[1]!], [3, 1]), [short, parts[1]!]);
    expect(fitted.weights[0]).toBeCloseTo(3, 4);
    const silence = { bandsHz, hops: HOPS, values: new Float32Array(HOPS * bandsHz.length) };
    expect(fitPowers(silence, parts)).toEqual({ weights: [0, 0, 0, 0], explained: 0 });
    expect(fitPowers(random(1), [silence]).weights).toEqual([0]);
  });
});
