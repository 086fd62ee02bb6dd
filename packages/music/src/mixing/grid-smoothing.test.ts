import { describe, expect, it } from 'vitest';
import { seededRandom } from '../set-planning/seeded-random.ts';
import { smoothDrift } from './grid-smoothing.ts';

const ones = (count: number) => new Float64Array(count).fill(1);

describe('smoothDrift', () => {
  it('leaves a straight line as it is, however stiff', () => {
    const line = Float64Array.from({ length: 400 }, (_, i) => 0.3 + 0.4838709 * i);
    for (const stiffness of [1, 40, 1e6]) {
      const smooth = smoothDrift(line, ones(400), stiffness);
      smooth.forEach((value, i) => {
        expect(Math.abs(value - line[i]!)).toBeLessThan(1e-7);
      });
    }
  });

  it('agrees with the dense solution of its equations', () => {
    const random = seededRandom(3);
    const count = 7;
    const values = Float64Array.from({ length: count }, () => random());
    const weights = Float64Array.from({ length: count }, () => random());
    const smooth = smoothDrift(values, weights, 2.5);
    // (W + s D'D) x = W v, checked by putting the solution in.
    for (let row = 0; row < count; row++) {
      let left = weights[row]! * smooth[row]!;
      for (let d = 0; d + 2 < count; d++) {
        const difference = smooth[d]! - 2 * smooth[d + 1]! + smooth[d + 2]!;
        left += 2.5 * ([1, -2, 1][row - d] ?? 0) * difference;
      }
      expect(left).toBeCloseTo(weights[row]! * values[row]!, 12);
    }
  });

  it('halves a swing of the period it names', () => {
    const stiffness = 40;
    const period = 2 * Math.PI * stiffness ** 0.25;
    const swing = Float64Array.from({ length: 600 }, (_, i) => Math.sin((2 * Math.PI * i) / period));
    const smooth = smoothDrift(swing, ones(600), stiffness);
    const middle = smooth.subarray(200, 400);
    expect(Math.max(...middle)).toBeCloseTo(0.5, 1);
  });

  it('bridges an entry of weight 0', () => {
    const line = Float64Array.from({ length: 20 }, (_, i) => i);
    const weights = ones(20);
    line[9] = 1000;
    weights[9] = 0;
    expect(smoothDrift(line, weights, 10)[9]).toBeCloseTo(9, 9);
  });
});
