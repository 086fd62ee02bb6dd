import { describe, expect, it } from 'vitest';
import { cycleContrast } from './metrical-hierarchy.ts';

/** A generator of numbers from 0 to 1 (Numerical Recipes). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One value a moment, some above the others at one place of a cycle, with noise. */
function accented(count: number, cycle: number, accent: number): Float64Array {
  const next = random(9);
  return Float64Array.from({ length: count }, (_, i) => (i % cycle === 0 ? accent : 0) + next());
}

describe('cycleContrast', () => {
  it('is the F of an analysis of variance', () => {
    // Places (1, 3, 2) and (5, 7, 6): means 2 and 6 around 4, so 24 between on 1 degree and 4 within on 4.
    const values = Float64Array.of(1, 5, 3, 7, 2, 6);
    expect(cycleContrast(values, 2)).toBeCloseTo(Math.log(1 + 24), 6);
  });

  it('is about that of chance where no place differs, for many moments as for few', () => {
    for (const count of [60, 600, 6000]) {
      for (const cycle of [2, 3, 4]) expect(cycleContrast(accented(count, cycle, 0), cycle)).toBeLessThan(1.8);
    }
  });

  it.each([2, 3, 4])('is highest for the cycle of %i that is there', (cycle) => {
    const values = accented(120, cycle, 1);
    const others = [2, 3, 4, 5].filter((other) => other % cycle !== 0);
    for (const other of others)
      expect(cycleContrast(values, cycle)).toBeGreaterThan(cycleContrast(values, other) + 0.3);
  });

  it('depends neither on gain nor on offset', () => {
    const values = accented(90, 3, 0.5);
    const changed = values.map((value) => 7 * value - 3);
    expect(cycleContrast(changed, 3)).toBeCloseTo(cycleContrast(values, 3), 6);
  });

  it('is finite where all is alike, and where a cycle has places without any moment', () => {
    expect(cycleContrast(new Float64Array(12).fill(2), 3)).toBeCloseTo(0, 6);
    expect(cycleContrast(Float64Array.of(1, 2), 4)).toBeGreaterThan(0);
    expect(Number.isFinite(cycleContrast(Float64Array.of(1, 2), 4))).toBe(true);
  });
});
