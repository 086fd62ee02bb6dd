import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { foldedMeans, type SpectrumSums, spectralChanges } from './harmonic-change.ts';
import { spectralChangeTwin, sumBetweenTwin } from './harmonic-change.twin.ts';

const kernels = new Kernels();

/** Running sums of rows of spectra. */
function sumsOf(rows: readonly (readonly number[])[]): SpectrumSums {
  const bins = rows[0]!.length;
  const sums = new Float64Array((rows.length + 1) * bins);
  rows.forEach((row, i) => {
    row.forEach((value, bin) => {
      sums[(i + 1) * bins + bin] = sums[i * bins + bin]! + value;
    });
  });
  return { frames: rows.length, bins, sums };
}

const random = sumsOf(Array.from({ length: 40 }, (_, i) => [...noise(24, i + 1).map(Math.abs)]));
/** Ascending places, so many at a time, all over the frames. */
const places = (width: number) =>
  Float64Array.from(
    Array.from({ length: 60 }, (_, i) =>
      [...noise(width, i + 99).map((value) => 20 + 20 * value)].sort((a, b) => a - b),
    ).flat(),
  );

describe('spectralChanges', () => {
  it('is 0 for the same spectrum, 1 for another, and between for a part of each', () => {
    const spectra = sumsOf([
      [1, 0],
      [3, 0],
      [0, 2],
      [0, 1],
    ]);
    const changes = spectralChanges(kernels, spectra, Float64Array.of(0, 1, 2, 0, 2, 4, 1, 2.5, 4));
    expect(changes[0]).toBe(0);
    expect(changes[1]).toBe(1);
    // Before: 3 of the first and half of 2 of the other; after: only the other.
    expect(changes[2]).toBeCloseTo(1 - 1 / Math.sqrt(10), 12);
  });

  it('is 0 beside silence', () => {
    const silent = sumsOf([[0], [0], [1]]);
    expect([...spectralChanges(kernels, silent, Float64Array.of(0, 2, 3, 0, 1, 2))]).toEqual([0, 0]);
  });

  it('is its twin', () => {
    const moments = places(3);
    spectralChanges(kernels, random, moments).forEach((change, i) => {
      const [from, here, to] = moments.subarray(3 * i, 3 * i + 3);
      expect(change).toBeCloseTo(spectralChangeTwin(random, from!, here!, to!), 9);
    });
  });
});

describe('foldedMeans', () => {
  it('adds up the bins of a class, over what a stretch covers of each frame', () => {
    const spectra = sumsOf([
      [1, 10, 100, 1000],
      [3, 30, 300, 3000],
    ]);
    const means = foldedMeans(kernels, spectra, 2, Float64Array.of(0, 2, 0.5, 1, 0.5, 1.5));
    [202, 2020, 101, 1010, 202, 2020].forEach((mean, i) => {
      expect(means[i]).toBeCloseTo(mean, 9);
    });
  });

  it.each([5, 12, 24])('is its twin, of %i classes', (classes) => {
    const spans = places(2);
    const means = foldedMeans(kernels, random, classes, spans);
    expect(means).toHaveLength(60 * classes);
    for (let span = 0; span < 60; span++) {
      const [from, to] = spans.subarray(2 * span, 2 * span + 2);
      const sums = sumBetweenTwin(random, from!, to!);
      for (let own = 0; own < classes; own++) {
        const sum = sums.reduce((total, value, bin) => total + (bin % classes === own ? value : 0), 0);
        expect(means[span * classes + own]).toBeCloseTo(sum / (to! - from!), 8);
      }
    }
  });

  it('is nothing of no spans, leaves the memory as it was, and refuses places that are not there', () => {
    const mark = kernels.mark();
    expect(foldedMeans(kernels, random, 12, new Float64Array(0))).toHaveLength(0);
    for (const span of [
      [-1, 2],
      [3, 3],
      [39, 40.5],
      [0, Number.NaN],
    ]) {
      expect(() => foldedMeans(kernels, random, 12, Float64Array.from(span))).toThrow(/a place is/);
    }
    expect(() => spectralChanges(kernels, random, Float64Array.of(2, 1, 3))).toThrow(/a place is 1; it must be over 2/);
    expect(() => foldedMeans(kernels, { ...random, frames: 41 }, 12, new Float64Array(0))).toThrow(/41 frames/);
    expect(() => foldedMeans(kernels, random, 25, new Float64Array(0))).toThrow(/classes is 25/);
    expect(kernels.mark()).toBe(mark);
  });
});
