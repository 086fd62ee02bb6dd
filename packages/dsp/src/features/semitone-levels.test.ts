import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { semitoneLevelSums } from './semitone-levels.ts';
import { semitoneLevelSumsTwin } from './semitone-levels.twin.ts';

const kernels = new Kernels();
const BINS = 24;

describe('semitoneLevelSums', () => {
  it('is ln(1 + compression) a frame for a semitone that is as loud as the sound', () => {
    const frames = new Float32Array(3 * BINS);
    // Of 24 bins one has it all: the root mean square is 1. The second frame is silent and counts for nothing.
    frames[6] = Math.sqrt(BINS);
    frames[2 * BINS + 6] = Math.sqrt(BINS);
    const sums = semitoneLevelSums(kernels, frames, BINS, 10 / Math.sqrt(BINS));
    expect(sums).toHaveLength(4 * 8);
    const ofSecond = [0, 1, 2, 3].map((row) => sums[row * 8 + 2]!);
    expect(ofSecond[0]).toBe(0);
    expect(ofSecond[1]).toBeCloseTo(Math.log(11), 6);
    expect(ofSecond[2]).toBe(ofSecond[1]);
    expect(ofSecond[3]).toBeCloseTo(2 * Math.log(11), 6);
    expect(sums.reduce((a, b) => a + b, 0)).toBeCloseTo(4 * Math.log(11), 5);
  });

  it.each([10, 0.01, 1e4])('is its twin at a compression of %d', (compression) => {
    const frames = noise(60 * BINS, 9).map((value, i) => Math.abs(value) ** 3 * (i % 5 === 0 ? 20 : 1));
    const sums = semitoneLevelSums(kernels, frames, BINS, compression);
    semitoneLevelSumsTwin(frames, BINS, compression).forEach((row, frame) => {
      row.forEach((value, s) => {
        expect(Math.abs(sums[frame * 8 + s]! - value)).toBeLessThan(3e-7 * Math.max(1, value) * Math.max(1, frame));
      });
    });
  });

  it('is 0 in silence, has one row of no frames, leaves the memory as it was, and refuses other bins', () => {
    const mark = kernels.mark();
    expect(Math.max(...semitoneLevelSums(kernels, new Float32Array(5 * BINS), BINS, 10))).toBe(0);
    expect([...semitoneLevelSums(kernels, new Float32Array(0), BINS, 10)]).toEqual(new Array(8).fill(0));
    expect(() => semitoneLevelSums(kernels, new Float32Array(27), 27, 10)).toThrow(/bins \/ 12 is 2.25/);
    expect(() => semitoneLevelSums(kernels, new Float32Array(BINS), BINS, -1)).toThrow(/compression is -1/);
    expect(kernels.mark()).toBe(mark);
  });
});
