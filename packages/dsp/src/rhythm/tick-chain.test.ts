import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { tickChain } from './tick-chain.ts';
import { bestWorthTwin, chainWorth } from './tick-chain.twin.ts';

const kernels = new Kernels();
const OPTIONS = { hop: 100, tightness: 150, shortest: 0.7, longest: 1.4 };
const even = (count: number, period: number) => new Float32Array(count).fill(period);

describe('tickChain', () => {
  it('meets every pulse of a row, and fills in those that are missing', () => {
    const pulse = Float32Array.from({ length: 1000 }, (_, t) => (t % 50 === 20 && t !== 520 ? 5 : 0));
    const ticks = tickChain(kernels, pulse, even(10, 50), OPTIONS);
    expect([...ticks]).toEqual(Array.from({ length: 20 }, (_, i) => 20 + 50 * i));
  });

  it('follows a period that moves', () => {
    const places = [10];
    while (places.at(-1)! < 900) places.push(places.at(-1)! + Math.round(40 + places.at(-1)! / 50));
    const pulse = new Float32Array(1000);
    for (const place of places) pulse[place] = 5;
    const path = Float32Array.from({ length: 10 }, (_, i) => 41 + 2 * i);
    expect([...tickChain(kernels, pulse, path, OPTIONS)]).toEqual(places);
  });

  it.each([1, 2, 3, 4])('is worth as much as any chain, of noise %i', (seed) => {
    const pulse = noise(700, seed).map((value) => Math.abs(value) ** 3 * 6);
    const path = noise(7, seed + 9).map((value) => 30 + 12 * value);
    const ticks = tickChain(kernels, pulse, path, OPTIONS);
    expect(chainWorth(pulse, path, ticks, OPTIONS)).toBeCloseTo(bestWorthTwin(pulse, path, OPTIONS), 3);
    for (let i = 1; i < ticks.length; i++) {
      const period = path[Math.floor(ticks[i]! / 100)]!;
      expect(ticks[i]! - ticks[i - 1]!).toBeGreaterThanOrEqual(Math.round(0.7 * period));
      expect(ticks[i]! - ticks[i - 1]!).toBeLessThanOrEqual(Math.round(1.4 * period));
    }
  });

  it('has no tick of nothing, leaves the memory as it was, and refuses a path that is too short', () => {
    const mark = kernels.mark();
    expect(tickChain(kernels, new Float32Array(0), even(1, 50), OPTIONS)).toHaveLength(0);
    expect(tickChain(kernels, Float32Array.of(1), even(1, 50), OPTIONS)).toHaveLength(1);
    expect(() => tickChain(kernels, new Float32Array(201), even(2, 50), OPTIONS)).toThrow(/path has 2/);
    expect(() => tickChain(kernels, new Float32Array(9), even(1, 1), OPTIONS)).toThrow(/a period is 1/);
    expect(() => tickChain(kernels, new Float32Array(9), even(1, 9), { ...OPTIONS, longest: 9 })).toThrow(
      /longest is 9/,
    );
    expect(kernels.mark()).toBe(mark);
  });
});
