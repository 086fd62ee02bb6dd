import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { tuningSums } from './tuning.ts';
import { tuningTwin } from './tuning.twin.ts';

const kernels = new Kernels();
const OPTIONS = { bins: 60, binsPerSemitone: 3, lowestBin: 12, prominence: 1.5 };

/** Partials with the shape of a Gaussian, which a parabola through logarithms places exactly. */
function spectrum(...places: readonly number[]): Float32Array {
  return Float32Array.from({ length: OPTIONS.bins }, (_, bin) =>
    places.reduce((sum, place) => sum + Math.exp(-2 * (bin - place) ** 2), 1e-4),
  );
}

/** Places of all and of the prominent maxima of the first row, in turns, and their weights. */
function found(spectra: Float32Array, options = OPTIONS) {
  const [all, allCosine, allSine, weight, cosine, sine] = tuningSums(kernels, spectra, options).values;
  const turns = (y: number, x: number) => Math.atan2(y, x) / (2 * Math.PI);
  return { all: all!, allTurns: turns(allSine!, allCosine!), prominent: weight!, turns: turns(sine!, cosine!) };
}

describe('tuningSums', () => {
  it.each([-0.4, -0.1, 0, 0.25])('places partials that are %d of a semitone off', (off) => {
    const { prominent, turns } = found(spectrum(...[15, 27, 42].map((bin) => bin + 3 * off)));
    expect(prominent).toBeGreaterThan(2);
    expect(turns).toBeCloseTo(off, 2);
  });

  it('looks at nothing below its lowest bin, and calls no hump prominent', () => {
    expect(found(spectrum(8)).all).toBe(0);
    const hump = Float32Array.from({ length: OPTIONS.bins }, (_, bin) => Math.exp(-((bin - 30.3) ** 2) / 50));
    expect(found(hump)).toMatchObject({ all: expect.closeTo(1, 2), prominent: 0 });
    expect(found(hump, { ...OPTIONS, prominence: 0.01 }).prominent).toBeCloseTo(1, 2);
  });

  it.each([1, 12, 40])('is its twin, from bin %i on', (lowestBin) => {
    const options = { ...OPTIONS, lowestBin };
    const spectra = noise(40 * OPTIONS.bins, 3).map((value) => Math.abs(value) ** 3);
    const { rows, values } = tuningSums(kernels, spectra, options);
    expect(rows).toBe(40);
    for (let row = 0; row < rows; row++) {
      const twin = tuningTwin(spectra.subarray(row * OPTIONS.bins, (row + 1) * OPTIONS.bins), options);
      twin.forEach((value, i) => {
        expect(values[row * 6 + i]).toBeCloseTo(value, 9);
      });
    }
  });

  it('finds nothing in silence, leaves the memory as it was, and refuses what has no bin below', () => {
    const mark = kernels.mark();
    expect([...tuningSums(kernels, new Float32Array(OPTIONS.bins), OPTIONS).values]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(tuningSums(kernels, new Float32Array(0), OPTIONS).rows).toBe(0);
    expect(() => found(spectrum(), { ...OPTIONS, lowestBin: 0 })).toThrow(/lowestBin is 0/);
    expect(() => found(spectrum(), { ...OPTIONS, binsPerSemitone: 0 })).toThrow(/binsPerSemitone is 0/);
    expect(kernels.mark()).toBe(mark);
  });
});
