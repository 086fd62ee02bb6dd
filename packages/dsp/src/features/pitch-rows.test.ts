import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { FilterBank } from '../transform/filter-bank.ts';
import { meanRows, standingOut } from './pitch-rows.ts';
import { meanRowsTwin, standOutTwin } from './pitch-rows.twin.ts';

const kernels = new Kernels();
const BINS = 72;
const bank = FilterBank.chroma(kernels, {
  ...{ bins: BINS, binsPerOctave: 36, lowestHz: 110, tuningHz: 440 },
  ...{ centreHz: 220, spreadOctaves: 1, partials: 3, partialDecay: 0.6 },
});
const loud = (rows: number, seed: number) => noise(rows * BINS, seed).map((value) => Math.abs(value) ** 3);

describe('meanRows', () => {
  it('averages rows in blocks, and what is left', () => {
    const rows = Float32Array.from([1, 2, 3, 4, 3, 4, 5, 6, 10, 20, 30, 40]);
    const { means, meanSquare } = meanRows(kernels, rows, 4, 2);
    expect([...means]).toEqual([2, 3, 4, 5, 10, 20, 30, 40]);
    expect(meanSquare).toBe((4 + 9 + 16 + 25 + 100 + 400 + 900 + 1600) / 8);
  });

  it.each([1, 3, 8])('is its twin, %i rows to a block', (perBlock) => {
    const rows = loud(50, 2);
    const { means, meanSquare } = meanRows(kernels, rows, BINS, perBlock);
    const twin = meanRowsTwin(rows, BINS, perBlock);
    expect(means).toHaveLength(twin.length);
    for (const [i, value] of twin.entries()) expect(means[i]).toBeCloseTo(value, 6);
    expect(meanSquare).toBeCloseTo(twin.reduce((sum, value) => sum + value * value, 0) / twin.length, 6);
  });

  it('has nothing of no rows, leaves the memory as it was, and refuses odd widths', () => {
    const mark = kernels.mark();
    expect(meanRows(kernels, new Float32Array(0), 4, 8)).toEqual({ means: new Float32Array(0), meanSquare: 0 });
    expect(() => meanRows(kernels, new Float32Array(6), 6, 8)).toThrow(/width \/ 4 is 1.5/);
    expect(() => meanRows(kernels, new Float32Array(4), 4, 0)).toThrow(/perBlock is 0/);
    expect(kernels.mark()).toBe(mark);
  });
});

describe('standingOut', () => {
  it('hears a partial as it does alone, whatever flat noise is around it', () => {
    const flat = new Float32Array(BINS).fill(0.2);
    expect(Math.max(...standingOut(kernels, bank, flat, { gain: 10, around: 18 }))).toBeLessThan(1e-6);
    const tone = flat.slice();
    // Three bins a semitone from A: bin 36 is an A, too.
    tone[36] = 5;
    const classes = standingOut(kernels, bank, tone, { gain: 10, around: 18 });
    expect(classes.indexOf(Math.max(...classes))).toBe(9);
  });

  it.each([
    [30, 18],
    [0.1, 1],
    [1000, 72],
  ])('is its twin at a gain of %d, %i bins around', (gain, around) => {
    const rows = loud(20, 7);
    const classes = standingOut(kernels, bank, rows, { gain, around });
    expect(classes).toHaveLength(20 * 12);
    for (let row = 0; row < 20; row++) {
      const risen = standOutTwin(rows.subarray(row * BINS, (row + 1) * BINS), gain, around);
      for (let band = 0; band < 12; band++) {
        const sum = risen.reduce((total, value, bin) => total + value * bank.weight(band, bin), 0);
        expect(classes[row * 12 + band]).toBeCloseTo(sum, 4);
      }
    }
  });

  it('is nothing in silence and of no rows, leaves the memory as it was, and refuses what it cannot do', () => {
    const mark = kernels.mark();
    const options = { gain: 10, around: 18 };
    expect([...standingOut(kernels, bank, new Float32Array(BINS), options)]).toEqual(new Array(12).fill(0));
    expect(standingOut(kernels, bank, new Float32Array(0), options)).toHaveLength(0);
    expect(() => standingOut(kernels, bank, loud(1, 1), { gain: -1, around: 18 })).toThrow(/gain is -1/);
    expect(() => standingOut(kernels, bank, loud(1, 1), { gain: 1, around: 0 })).toThrow(/around is 0/);
    expect(kernels.mark()).toBe(mark);
    const odd = FilterBank.mel(kernels, { sampleRate: 8000, fftSize: 64, bands: 4, lowestHz: 0, highestHz: 4000 });
    expect(() => standingOut(kernels, odd, new Float32Array(33), options)).toThrow(/33 bins/);
    kernels.release(mark);
  });
});
