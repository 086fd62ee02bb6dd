import { describe, expect, it } from 'vitest';
import { advance, Random } from './random.ts';

describe('Random', () => {
  it('steps as the authors of xoshiro128** do', () => {
    // From the state 1, 2, 3, 4: the first numbers of the reference implementation.
    const state = Uint32Array.of(1, 2, 3, 4);
    const numbers = Array.from({ length: 10 }, () => advance(state));
    expect(numbers).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('fills noise with the numbers it would draw', () => {
    const noise = new Float32Array(1000);
    const filled = new Random(9);
    filled.fillNoise(noise);
    const drawn = new Random(9);
    // A draw is uniform in [0, 1) and unsigned; noise reads the same bits as a signed number.
    for (const sample of noise) {
      const next = drawn.next();
      expect(Math.abs(sample - (next < 0.5 ? 2 * next : 2 * next - 2))).toBeLessThan(1e-7);
    }
    expect(filled.next()).toBe(drawn.next());
  });

  it('gives streams that depend on their names only, not on what was drawn before', () => {
    const random = new Random(4);
    const first = random.fork('drums').next();
    random.next();
    expect(random.fork('drums').next()).toBe(first);
    expect(random.fork('bass').next()).not.toBe(first);
    expect(new Random(5).fork('drums').next()).not.toBe(first);
  });

  it('is uniform', () => {
    const random = new Random(1);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) bins[Math.floor(10 * random.next())]! += 1;
    for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});
