import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { tickChain } from './tick-chain.ts';
import { bestWorthTwin, chainWorth } from './tick-chain.twin.ts';

const kernels = new Kernels();
const OPTIONS = { hop: 100, around: 0, tightness: 150, shortest: 0.7, longest: 1.4 };
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

  it('finds where a period steps, when the path says so two hops too late and gradually', () => {
    const places = Array.from({ length: 28 }, (_, i) => (i < 16 ? 10 + 30 * i : 460 + 44 * (i - 15)));
    const pulse = new Float32Array(1000);
    for (const place of places) pulse[place] = 5;
    const path = Float32Array.of(30, 30, 30, 30, 30, 30, 35, 40, 44, 44);
    expect([...tickChain(kernels, pulse, path, { ...OPTIONS, around: 4 })]).toEqual(places);
    expect([...tickChain(kernels, pulse, path, OPTIONS)]).not.toEqual(places);
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 3],
  ])('is worth as much as any chain, of noise %i with periods of %i hops around', (seed, around) => {
    const options = { ...OPTIONS, around };
    const pulse = noise(700, seed).map((value) => Math.abs(value) ** 3 * 6);
    const path = noise(7, seed + 9).map((value) => 30 + 12 * value);
    const ticks = tickChain(kernels, pulse, path, options);
    expect(chainWorth(pulse, path, ticks, options)).toBeCloseTo(bestWorthTwin(pulse, path, options), 3);
    for (let i = 1; i < ticks.length; i++) {
      const own = Math.floor(ticks[i]! / 100);
      const periods = path.subarray(Math.max(0, own - around), own + around + 1);
      expect(ticks[i]! - ticks[i - 1]!).toBeGreaterThanOrEqual(Math.round(0.7 * Math.min(...periods)));
      expect(ticks[i]! - ticks[i - 1]!).toBeLessThanOrEqual(Math.round(1.4 * Math.max(...periods)));
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
