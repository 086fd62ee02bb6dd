import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { type PartialSearch, partialMotion } from './partial-motion.ts';
import { partialMotionTwin } from './partial-motion.twin.ts';

const kernels = new Kernels();
const BINS = 60;
const SEARCH: PartialSearch = {
  ...{ first: 10, end: 50, around: 6, prominence: 1.2, faintest: 1e-4, heldBins: 0.3, sameBins: 2 },
};

/** Partials with the shape of a Gaussian over an even floor; places in bins. */
function spectrum(places: readonly number[], floor = 1e-3): Float32Array {
  return Float32Array.from({ length: BINS }, (_, bin) =>
    places.reduce((sum, place) => sum + Math.exp(-((bin - place) ** 2)), floor),
  );
}
const rowsOf = (...rows: readonly Float32Array[]) => Float32Array.from(rows.flatMap((row) => [...row]));

describe('partialMotion', () => {
  it('tells what glides from what is held, and from another note', () => {
    const frames = rowsOf(spectrum([20, 35]), spectrum([20, 36]), spectrum([20.1, 40]), spectrum([]));
    const { moved, all } = partialMotion(kernels, frames, BINS, SEARCH);
    // From the first to the second frame one of two alike moves by a bin; then one is held, and one is gone.
    expect(moved[0]! / all[0]!).toBeCloseTo(0.5, 5);
    expect([...moved.subarray(1)]).toEqual([0, 0, 0]);
    expect(all[3]).toBe(0);
  });

  it('looks only where it is told to, and at nothing fainter than it is told', () => {
    const outside = partialMotion(kernels, rowsOf(spectrum([8, 52])), BINS, SEARCH);
    expect([...outside.all]).toEqual([0]);
    const loud = spectrum([30]).map((amplitude) => 1000 * amplitude);
    const beside = (faintest: number) =>
      partialMotion(kernels, rowsOf(loud, spectrum([20])), BINS, { ...SEARCH, faintest }).all[1]!;
    expect(beside(1e-2)).toBe(0);
    expect(beside(1e-4)).toBeGreaterThan(0.5);
  });

  it.each([
    [1, 10, 50],
    [6, 6, 54],
    [3, 11, 40],
  ])('is its twin with %i bins around, from %i to %i', (around, first, end) => {
    const search = { ...SEARCH, around, first, end };
    const frames = noise(BINS * 200).map((value, i) => Math.abs(value) ** 4 * (i % 7 === 0 ? 30 : 1));
    const [kernel, twin] = [partialMotion(kernels, frames, BINS, search), partialMotionTwin(frames, BINS, search)];
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    expect(total(twin.all)).toBeGreaterThan(100);
    expect(total(twin.moved)).toBeGreaterThan(10);
    for (let row = 0; row < 200; row++) {
      expect(kernel.all[row]).toBeCloseTo(twin.all[row]!, 10);
      expect(kernel.moved[row]).toBeCloseTo(twin.moved[row]!, 10);
    }
  });

  it('hears nothing in silence and in no frames, leaves the memory as it was, and refuses what has no room around it', () => {
    const mark = kernels.mark();
    expect([...partialMotion(kernels, new Float32Array(BINS), BINS, SEARCH).all]).toEqual([0]);
    expect(partialMotion(kernels, new Float32Array(0), BINS, SEARCH).moved).toHaveLength(0);
    expect(() => partialMotion(kernels, new Float32Array(BINS), BINS, { ...SEARCH, first: 5 })).toThrow(/first is 5/);
    expect(() => partialMotion(kernels, new Float32Array(BINS), BINS, { ...SEARCH, end: 55 })).toThrow(/end is 55/);
    expect(() => partialMotion(kernels, new Float32Array(BINS), BINS, { ...SEARCH, faintest: 2 })).toThrow(/faintest/);
    expect(kernels.mark()).toBe(mark);
  });
});
