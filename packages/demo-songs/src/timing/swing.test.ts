import { describe, expect, it } from 'vitest';
import { swungBeat } from './swing.ts';

describe('swungBeat', () => {
  it('leaves everything in place without swing', () => {
    for (let step = 0; step < 32; step++) expect(swungBeat(step / 8, 0, 1)).toBeCloseTo(step / 8, 12);
  });

  it('makes triplets of eighths at full swing, and moves no beat', () => {
    expect(swungBeat(3.5, 1, 1)).toBeCloseTo(3 + 2 / 3, 12);
    expect(swungBeat(7, 1, 1)).toBe(7);
  });

  it('moves sixteenths and leaves eighths where the style swings sixteenths', () => {
    expect(swungBeat(2.25, 0.6, 0.5)).toBeCloseTo(2.25 + 0.05, 12);
    expect(swungBeat(2.5, 0.6, 0.5)).toBe(2.5);
  });
});
